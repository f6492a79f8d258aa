//! Floods: connections without a request, logins of nobody, and wrong passwords.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::administration::log_in;
use crate::attacked_bank::AttackedBank;
use crate::report::Outcome;
use crate::subjects::{SUBJECT, unlock};
use crate::visitor::Visitor;

/// The hosts that take part in a flood of connections.
const HOSTS: u8 = 12;
/// The connections that each of them opens. The bank accepts 256 of one address.
const OF_ONE_HOST: usize = 400;
/// The logins that are under way at a time.
const LOGINS: usize = 100;
/// The first bytes of a TLS record: its type, the version, and a length of 16,384 bytes.
const RECORD: &[u8] = b"\x16\x03\x01\x40\x00\x01";

/// Opens connections from several hosts to every listener, holds them, and opens others when the bank has hung up.
pub(crate) async fn of_connections(bank: &AttackedBank, until: Instant) -> Outcome {
    // Half of the files, since the honest clients and the other attacks need some.
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX) / 2;
    let each = usize::try_from(files / u64::from(HOSTS)).unwrap_or(usize::MAX).min(OF_ONE_HOST);
    let opened = Arc::new(AtomicUsize::new(0));
    let mut hosts = JoinSet::new();
    for host in 1..=HOSTS {
        let visitor = bank.visitor().from(Ipv4Addr::new(127, 0, 1, host));
        let site = bank.site(usize::from(host));
        let opened = Arc::clone(&opened);
        hosts.spawn(async move {
            loop {
                let mut held = Vec::new();
                for (_, to) in (0..each).zip([site.portal, site.certificate_login, site.plain].into_iter().cycle()) {
                    held.extend(begin(&visitor, to).await.ok());
                }
                opened.fetch_add(held.len(), Ordering::Relaxed);
                // The bank ends a connection without a request after 10 s.
                tokio::time::sleep_until((Instant::now() + Duration::from_secs(5)).min(until).into()).await;
                if Instant::now() >= until {
                    return;
                }
            }
        });
    }
    while hosts.join_next().await.is_some() {}
    let opened = opened.load(Ordering::Relaxed);
    Outcome::of(format!("{opened} connections without a request from {HOSTS} hosts"))
}

async fn begin(visitor: &Visitor, to: SocketAddr) -> io::Result<TcpStream> {
    let mut stream = tokio::time::timeout(Duration::from_secs(2), visitor.connect(to)).await??;
    stream.write_all(RECORD).await?;
    Ok(stream)
}

/// Logs in as nobody and with wrong passwords, from several hosts at once. Each login must be refused, or told to try
/// again.
pub(crate) async fn of_logins(bank: &AttackedBank, until: Instant) -> Outcome {
    let mut logins = JoinSet::new();
    for number in 0..LOGINS {
        let host = u8::try_from(number % 10).unwrap_or_default() + 1;
        let visitor = bank.visitor().from(Ipv4Addr::new(127, 0, 2, host));
        let site = bank.site(number);
        logins.spawn(async move {
            let (mut outcome, mut refused, mut waits) = (Outcome::default(), 0, 0);
            for round in 0usize.. {
                if Instant::now() >= until {
                    break;
                }
                let nobody = format!("daremo{number}-{round}");
                let user = if number % 4 == 0 { SUBJECT } else { &nobody };
                match log_in(&visitor, site, user, "Chigau9mono").await {
                    Ok((answer, _)) if answer.is_busy() => waits += 1,
                    Ok((answer, _)) if matches!(answer.status, 401 | 403 | 423) => refused += 1,
                    Ok((answer, _)) => outcome.fault(format!("a wrong login: {} {}", answer.status, answer.code())),
                    Err(error) => outcome.fault(format!("a wrong login: {error}")),
                }
            }
            (outcome, refused, waits)
        });
    }
    let (mut outcome, mut refused, mut waits) = (Outcome::default(), 0usize, 0usize);
    while let Some(Ok((other, some, others))) = logins.join_next().await {
        outcome.take(other);
        (refused, waits) = (refused + some, waits + others);
    }
    unlock(bank, SUBJECT);
    outcome.tried = format!("{LOGINS} wrong logins at a time: {refused} refused, {waits} told to try again");
    outcome
}
