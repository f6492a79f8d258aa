//! Peers that send a byte now and then, and peers that send nothing. The bank must end each of them.

use std::io;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use rustls::ClientConnection;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::attacked_bank::{AttackedBank, Site};
use crate::report::Outcome;
use crate::visitor::{Line, Visitor};

/// The time between two bytes.
const PAUSE: Duration = Duration::from_millis(500);
/// The longest time until the bank ends a slow peer. Its own limit is 10 s for the headers, and 10 s for the body.
const LONGEST: Duration = Duration::from_secs(40);
/// The peers of each kind.
const PEERS: u8 = 6;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty SETTINGS frame of HTTP/2 (RFC 9113 §6.5).
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
/// A PING frame of HTTP/2 (RFC 9113 §6.7).
const PING: &[u8] = &[0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
const HEADERS: &[u8] = b"GET /.well-known/inkan HTTP/1.1\r\nHost: localhost\r\nAccept: */*;q=0.1234567890123456789";

#[derive(Debug, Clone, Copy)]
enum Kind {
    Silence,
    Handshake,
    SilenceAfterTheHandshake,
    Headers,
    PlainHeaders,
    HeaderLines,
    Body,
    Http2WithoutARequest,
    Http2Pings,
}

const KINDS: [Kind; 9] = [
    Kind::Silence,
    Kind::Handshake,
    Kind::SilenceAfterTheHandshake,
    Kind::Headers,
    Kind::PlainHeaders,
    Kind::HeaderLines,
    Kind::Body,
    Kind::Http2WithoutARequest,
    Kind::Http2Pings,
];

/// Starts several peers of each kind, again and again until the time is over, and waits until the bank has ended all.
pub(crate) async fn attack(bank: &AttackedBank, until: Instant) -> Outcome {
    let (mut outcome, mut peers, mut slowest) = (Outcome::default(), 0, Duration::ZERO);
    loop {
        let mut slow = JoinSet::new();
        for kind in KINDS {
            for number in 0..PEERS {
                let visitor = bank.visitor().from(Ipv4Addr::new(127, 0, 3, number + 1));
                let site = bank.site(usize::from(number));
                slow.spawn(async move {
                    let began = Instant::now();
                    // A bank that hangs up early ends the peer as well.
                    let ended = tokio::time::timeout(LONGEST, go_slowly(kind, &visitor, site)).await.is_ok();
                    (kind, ended, began.elapsed())
                });
            }
        }
        while let Some(Ok((kind, ended, after))) = slow.join_next().await {
            peers += 1;
            slowest = slowest.max(after);
            outcome.check(ended, || format!("{kind:?}: the bank has not hung up after {} s", LONGEST.as_secs()));
        }
        if Instant::now() >= until {
            break;
        }
    }
    outcome.tried =
        format!("{peers} peers of {} kinds, the last one ended after {:.1} s", KINDS.len(), slowest.as_secs_f64());
    outcome
}

/// Does what a peer of that kind does until the bank hangs up.
async fn go_slowly(kind: Kind, visitor: &Visitor, site: Site) -> io::Result<()> {
    match kind {
        Kind::Silence => trickle_plainly(visitor.connect(site.portal).await?, &[]).await,
        Kind::Handshake => {
            trickle_plainly(visitor.connect(site.certificate_login).await?, &client_hello(visitor)).await
        }
        Kind::PlainHeaders => trickle_plainly(visitor.connect(site.plain).await?, HEADERS).await,
        Kind::SilenceAfterTheHandshake => trickle(visitor.line(site.portal).await?, &[]).await,
        Kind::Headers => trickle(visitor.line(site.portal).await?, &HEADERS.chunks(1).collect::<Vec<_>>()).await,
        Kind::HeaderLines => {
            let mut line = visitor.line(site.portal).await?;
            line.send(b"GET /.well-known/inkan HTTP/1.1\r\nHost: localhost\r\n").await?;
            trickle(line, &[b"X-One-More: 1\r\n".as_slice(); 200]).await
        }
        Kind::Body => {
            let mut line = visitor.line(site.portal).await?;
            let head = "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            line.send(format!("{head}Content-Length: 1000\r\n\r\n").as_bytes()).await?;
            trickle(line, &[b" ".as_slice(); 999]).await
        }
        Kind::Http2WithoutARequest => trickle(http2(visitor, site).await?, &[]).await,
        Kind::Http2Pings => trickle(http2(visitor, site).await?, &[PING; 200]).await,
    }
}

async fn http2(visitor: &Visitor, site: Site) -> io::Result<Line> {
    let mut line = visitor.line_by(site.portal, "h2").await?;
    line.send(&[PREFACE, SETTINGS].concat()).await?;
    Ok(line)
}

/// Sends the parts one after the other, then nothing, until the bank hangs up.
async fn trickle(mut line: Line, parts: &[&[u8]]) -> io::Result<()> {
    for part in parts {
        if tokio::time::timeout(PAUSE, line.hung_up()).await.is_ok() {
            return Ok(());
        }
        line.send(part).await?;
    }
    line.hung_up().await;
    Ok(())
}

/// Does the same without TLS, byte by byte.
async fn trickle_plainly(mut stream: TcpStream, bytes: &[u8]) -> io::Result<()> {
    let mut read = [0; 4096];
    let mut bytes = bytes.iter();
    loop {
        match tokio::time::timeout(PAUSE, stream.read(&mut read)).await {
            Ok(Ok(1..)) => {}
            Ok(Ok(0) | Err(_)) => return Ok(()),
            Err(_) => {
                if let Some(byte) = bytes.next() {
                    stream.write_all(&[*byte]).await?;
                }
            }
        }
    }
}

/// Returns the first message of a TLS handshake.
fn client_hello(visitor: &Visitor) -> Vec<u8> {
    let name = ServerName::try_from("localhost").expect("a name");
    let mut connection = ClientConnection::new(visitor.tls(&["http/1.1"]), name).expect("a client");
    let mut hello = Vec::new();
    connection.write_tls(&mut hello).expect("a vector takes all bytes");
    hello
}
