//! A disk that fills up and has room again: the bank refuses, says that it is not ready, keeps what it has acknowledged,
//! and goes on by itself.

use std::time::{Duration, Instant};

use inkan_journeys::FillingDisk;
use tokio::task::JoinSet;

use crate::administration::log_in;
use crate::attacked_bank::AttackedBank;
use crate::pauses::ready;
use crate::report::Outcome;
use crate::visitor::Request;

const USER: &str = "hanakodt";
/// More logins at once than the bank has connections to its database.
const LOGINS: usize = 12;
/// The longest time until the bank says that it is not ready.
const NOTICES: Duration = Duration::from_secs(10);

/// Fills the disk and makes room, again and again, at least twice.
pub(crate) async fn attack(bank: &mut AttackedBank, disk: &FillingDisk, until: Instant) -> Outcome {
    let (mut outcome, mut fillings, mut refused) = (Outcome::default(), 0, 0);
    let mut sessions = Vec::new();
    while fillings < 2 || Instant::now() < until {
        for (status, session) in logins(bank, &mut outcome).await {
            outcome.check(status == 200, || format!("a login with room on the disk: {status}"));
            sessions.extend(session);
        }
        disk.fill();
        for (status, _) in logins(bank, &mut outcome).await {
            outcome.check(status == 503, || format!("a login while the disk is full: {status}"));
            refused += 1;
        }
        is_not_ready(bank, &mut outcome).await;
        disk.make_room();
        ready(bank, 0, &mut outcome).await;
        fillings += 1;
    }
    let (visitor, site) = (bank.visitor(), bank.site(0));
    for session in &sessions {
        let kept = visitor.ask(site.portal, &Request::get("/v1/top").by(session)).await;
        outcome.check(kept.is_ok_and(|answer| answer.is_success()), || "an acknowledged session is gone".to_owned());
    }
    outcome.take(bank.audit());
    outcome.tried =
        format!("{fillings} times full; {refused} logins refused; {} sessions acknowledged before", sessions.len());
    outcome
}

/// Logs in many times at once, and returns the status of each answer, with the session if there is one.
async fn logins(bank: &AttackedBank, outcome: &mut Outcome) -> Vec<(u16, Option<String>)> {
    let mut logins = JoinSet::new();
    let password = bank.secret(USER, "login_password").to_owned();
    for _ in 0..LOGINS {
        let (visitor, site, password) = (bank.visitor(), bank.site(0), password.clone());
        logins.spawn(async move { log_in(&visitor, site, USER, &password).await });
    }
    let mut answers = Vec::new();
    while let Some(Ok(answered)) = logins.join_next().await {
        match answered {
            Ok((answer, session)) => answers.push((answer.status, session)),
            Err(error) => outcome.fault(format!("a login: {error}")),
        }
    }
    answers
}

/// Waits until the bank says that it is not ready.
async fn is_not_ready(bank: &AttackedBank, outcome: &mut Outcome) {
    let (began, visitor, site) = (Instant::now(), bank.visitor(), bank.site(0));
    while began.elapsed() < NOTICES {
        match visitor.ask(site.portal, &Request::get("/ready")).await {
            Ok(answer) if answer.status == 503 => return,
            Ok(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            Err(error) => return outcome.fault(format!("the readiness while the disk is full: {error}")),
        }
    }
    outcome.fault(format!("the bank is ready {} s after the disk is full", NOTICES.as_secs()));
}
