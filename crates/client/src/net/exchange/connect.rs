use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use inkan_protocol::Clock;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, ClientConnection, ProtocolVersion, SupportedProtocolVersion};

use super::answer::{Answer, Body, NoAnswer, is_complete};
use super::observer::{Observation, Observer};
use super::shown::TlsReport;
use super::target::Target;
use crate::net::patience::DIAGNOSIS;
use crate::net::proxy::{DialFailure, Network, remaining};

/// What is longer is not read to its end: more than any page about a certificate, and as much as the longest head that
/// HTTP connections of the client take.
const LONGEST_ANSWER: usize = 400 * 1024;

/// One connection from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// Whether anything accepted it.
    pub(crate) reached: bool,
    pub(crate) tls: Option<TlsReport>,
    pub(crate) observed: Observation,
    /// Whether the server asked for a new handshake after the first (RFC 5246 §7.4.1.1), as one does that wants a
    /// certificate for some of its pages only. Neither browsers nor rustls do that.
    pub(crate) renegotiates: bool,
    pub(crate) end: End,
}

/// How a connection ended.
#[derive(Debug)]
pub(crate) enum End {
    /// With an answer.
    Answered(Answer),
    /// With something that is not HTTP.
    Unreadable,
    /// Within the head of the answer.
    CutShort,
    /// Nothing was asked, since the server is not trusted or only its handshake mattered.
    NotAsked,
    /// Nothing more came in time.
    Silent,
    /// The connection broke.
    Broken,
    /// There was no way out.
    NotReached(DialFailure),
    /// The server hung up without a reason.
    HungUp,
    /// TLS ended it: an alert of the server's, or something that this end does not accept.
    Tls(rustls::Error),
    /// What came first was no TLS but these bytes.
    NotTls(Vec<u8>),
}

/// How to make a connection.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) versions: &'static [&'static SupportedProtocolVersion],
    /// How long it may take, without the time that a person takes to type a PIN.
    pub(crate) limit: Duration,
    /// Whether to ask for the page, or to leave after the handshake.
    pub(crate) ask: bool,
}

/// rustls's view of the injected clock.
#[derive(Debug)]
pub(crate) struct Time(pub(crate) Arc<dyn Clock>);

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        unix_time(self.0.now())
    }
}

/// That moment as rustls counts; none before 1970.
pub(crate) fn unix_time(at: time::OffsetDateTime) -> Option<UnixTime> {
    u64::try_from(at.unix_timestamp()).ok().map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

impl Exchange {
    /// Makes the connection. Never fails: how it ended is what was asked.
    pub(crate) fn make(
        target: &Target,
        plan: &Plan,
        observer: &Arc<Observer>,
        clock: &Arc<dyn Clock>,
        network: &Network,
    ) -> Self {
        let (stream, deadline) = match network.connect(&target.url, plan.limit) {
            Ok(connected) => connected,
            Err(failure) => return Self::without_tls(false, End::NotReached(failure)),
        };
        let tls = configuration(plan, observer, clock)
            .and_then(|tls| ClientConnection::new(Arc::new(tls), target.name().clone()));
        let tls = match tls {
            Ok(tls) => tls,
            Err(error) => return Self::without_tls(true, End::Tls(error)),
        };
        let mut line = OpenConnection { tls, wire: Wire::new(stream, deadline), mute: false };
        let mut end = line.talk(target, plan, observer).unwrap_or_else(|end| end);
        if line.wire.first.is_empty() && matches!(end, End::Silent | End::NotTls(_)) {
            // Some servers wait for a line of HTTP to end before they say that they speak it.
            end = plain_answer(target, network).map_or(end, End::NotTls);
        }
        let renegotiates = line.wire.records.handshake_begun_again;
        Self { reached: true, tls: line.report(), observed: observer.observation(), renegotiates, end }
    }

    fn without_tls(reached: bool, end: End) -> Self {
        Self { reached, tls: None, observed: Observation::default(), renegotiates: false, end }
    }
}

/// What a server says to plain HTTP, for which nothing but the host's name is sent; none if it is not HTTP.
fn plain_answer(target: &Target, network: &Network) -> Option<Vec<u8>> {
    let (stream, deadline) = network.connect(&target.url, DIAGNOSIS).ok()?;
    let mut wire = Wire::new(stream, deadline);
    wire.write_all(request(target, "/").as_bytes()).ok()?;
    wire.collect_head();
    wire.first.starts_with(b"HTTP/").then_some(wire.first)
}

fn request(target: &Target, path: &str) -> String {
    let host = &target.url[url::Position::BeforeHost..url::Position::AfterPort];
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: inkan/{version}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    )
}

fn configuration(plan: &Plan, observer: &Arc<Observer>, clock: &Arc<dyn Clock>) -> Result<ClientConfig, rustls::Error> {
    let mut tls = ClientConfig::builder_with_details(observer.provider().clone(), Arc::new(Time(clock.clone())))
        .with_protocol_versions(plan.versions)?
        .dangerous()
        .with_custom_certificate_verifier(observer.clone())
        .with_client_cert_resolver(observer.clone());
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

/// A connection in use. Reading goes on where writing fails: the alert that says why may have arrived already.
struct OpenConnection {
    tls: ClientConnection,
    wire: Wire,
    /// Whether writing has failed.
    mute: bool,
}

impl OpenConnection {
    fn talk(&mut self, target: &Target, plan: &Plan, observer: &Observer) -> Result<End, End> {
        while self.tls.is_handshaking() {
            self.turn()?;
        }
        self.wire.records.established = self.tls.protocol_version() == Some(ProtocolVersion::TLSv1_2);
        self.flush();
        let path = match observer.observation().verdict {
            Some(Ok(())) if plan.ask => &target.url[url::Position::BeforePath..url::Position::AfterQuery],
            // Only the server's clock can tell whether it is this PC's that is wrong.
            Some(Err(rustls::Error::InvalidCertificate(cause))) if plan.ask && is_about_time(&cause) => {
                target.url.path()
            }
            // A network's login page gives itself away by where it leads. What the person typed stays here.
            Some(Err(_)) if plan.ask => "/",
            _ => return Ok(End::NotAsked),
        };
        self.tls.writer().write_all(request(target, path).as_bytes()).map_err(|_| End::Broken)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<End, End> {
        let mut received = Vec::new();
        loop {
            let open = self.collect(&mut received);
            if received.len() >= LONGEST_ANSWER {
                return Ok(too_long(&received));
            }
            if !open || is_complete(&received) {
                return Ok(end_of(&received));
            }
            match self.turn() {
                Ok(()) => {}
                // Many servers hang up instead of saying that they are done.
                Err(End::HungUp) if !received.is_empty() => return Ok(end_of(&received)),
                Err(end) => return Err(end),
            }
        }
    }

    /// Takes what has been deciphered; false if the server has said that it is done.
    fn collect(&mut self, received: &mut Vec<u8>) -> bool {
        let mut part = [0; 4096];
        loop {
            match self.tls.reader().read(&mut part) {
                Ok(0) => return false,
                Ok(length) => received.extend_from_slice(&part[..length]),
                Err(_) => return true,
            }
        }
    }

    /// Sends what is waiting, then hears the server once.
    fn turn(&mut self) -> Result<(), End> {
        self.flush();
        match self.tls.read_tls(&mut self.wire) {
            Ok(0) => Err(self.hung_up()),
            Ok(_) => {
                // A key may ask the person for its PIN here, which takes nothing of the server's time.
                let began = Instant::now();
                let heard = self.tls.process_new_packets().map(drop);
                self.wire.deadline += began.elapsed();
                heard.map_err(|error| {
                    self.flush();
                    self.objection(error)
                })
            }
            Err(error) => match error.kind() {
                ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
                    Err(self.hung_up())
                }
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Err(End::Silent),
                _ => Err(End::Broken),
            },
        }
    }

    fn flush(&mut self) {
        while self.tls.wants_write() && !self.mute {
            self.mute = self.tls.write_tls(&mut self.wire).is_err();
        }
    }

    fn hung_up(&self) -> End {
        if self.wire.first.is_empty() { End::NotTls(Vec::new()) } else { End::HungUp }
    }

    fn objection(&mut self, error: rustls::Error) -> End {
        match error {
            rustls::Error::InvalidMessage(_) if !is_tls_record(&self.wire.first) => {
                self.wire.collect_head();
                End::NotTls(self.wire.first.clone())
            }
            error => End::Tls(error),
        }
    }

    fn report(&self) -> Option<TlsReport> {
        let protocol = match self.tls.protocol_version()? {
            ProtocolVersion::TLSv1_3 => "TLSv1.3".to_owned(),
            ProtocolVersion::TLSv1_2 => "TLSv1.2".to_owned(),
            other => format!("{other:?}"),
        };
        // rustls marks the suites of TLS 1.3 in its own way.
        let suite = self.tls.negotiated_cipher_suite()?.suite();
        let cipher = suite.as_str().unwrap_or_default().replace("TLS13_", "TLS_");
        let alpn = self.tls.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
        Some(TlsReport { protocol, cipher, alpn, fallback: false })
    }
}

/// The end of a connection over which so much came.
fn end_of(received: &[u8]) -> End {
    match Answer::read(received) {
        Ok(answer) => End::Answered(answer),
        Err(NoAnswer::CutShort) if received.is_empty() => End::HungUp,
        Err(NoAnswer::CutShort) => End::CutShort,
        Err(NoAnswer::Unreadable) => End::Unreadable,
    }
}

/// The same where more would have come, of which nothing is known to be missing.
fn too_long(received: &[u8]) -> End {
    match Answer::read(received) {
        Ok(answer) => End::Answered(Answer { body: Body::Whole, ..answer }),
        Err(_) => End::Unreadable,
    }
}

/// Returns whether these bytes begin a record of a handshake or an alert (RFC 8446 §5.1).
fn is_tls_record(bytes: &[u8]) -> bool {
    matches!(bytes, [0x15 | 0x16, 0x03, ..])
}

pub(crate) fn is_about_time(cause: &CertificateError) -> bool {
    use CertificateError as E;
    matches!(cause, E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. })
}

/// The TCP connection until a moment, and the first bytes that came over it.
struct Wire {
    stream: TcpStream,
    deadline: Instant,
    first: Vec<u8>,
    records: Records,
}

/// How many first bytes distinguish protocols, and hold the head of an answer in plain HTTP.
const FIRST: usize = 4096;

impl Wire {
    fn new(stream: TcpStream, deadline: Instant) -> Self {
        Self { stream, deadline, first: Vec::new(), records: Records::default() }
    }

    /// Reads on until the head of an answer in plain HTTP is whole, as far as it comes.
    fn collect_head(&mut self) {
        self.deadline = self.deadline.min(Instant::now() + DIAGNOSIS);
        let mut part = [0; 1024];
        while (self.first.is_empty() || self.first.starts_with(b"HTTP/"))
            && self.first.len() < FIRST
            && !self.first.windows(4).any(|end| end == b"\r\n\r\n")
            && matches!(self.read(&mut part), Ok(1..))
        {}
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(remaining(self.deadline)?))?;
        let length = self.stream.read(buffer)?;
        let wanted = FIRST.saturating_sub(self.first.len()).min(length);
        self.first.extend_from_slice(&buffer[..wanted]);
        self.records.pass(&buffer[..length]);
        Ok(length)
    }
}

/// The records that have come (RFC 5246 §6.2.1). Their kind is not encrypted in TLS 1.2, and rustls keeps it to itself
/// that it has declined a new handshake.
#[derive(Debug, Default)]
struct Records {
    header: Vec<u8>,
    /// What is still to come of the present record.
    left: usize,
    /// Whether the handshake is over, in TLS 1.2.
    established: bool,
    handshake_begun_again: bool,
}

impl Records {
    fn pass(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.left > 0 {
                let skipped = self.left.min(bytes.len());
                self.left -= skipped;
                bytes = &bytes[skipped..];
                continue;
            }
            self.header.push(bytes[0]);
            bytes = &bytes[1..];
            if let [kind, _, _, high, low] = self.header[..] {
                self.handshake_begun_again |= self.established && kind == 0x16;
                self.left = usize::from(u16::from_be_bytes([high, low]));
                self.header.clear();
            }
        }
    }
}

impl Write for Wire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(remaining(self.deadline)?))?;
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handshake_after_the_handshake_is_seen_however_the_bytes_come() {
        let before = [0x16, 3, 3, 0, 2, 1, 1];
        let after = [0x17, 3, 3, 0, 1, 0x16, 0x16, 3, 3, 0, 1, 0];
        for size in 1..=after.len() {
            let mut records = Records::default();
            records.pass(&before);
            records.established = true;
            after[..6].chunks(size).for_each(|part| records.pass(part));
            assert!(!records.handshake_begun_again, "{size}");
            after[6..].chunks(size).for_each(|part| records.pass(part));
            assert!(records.handshake_begun_again, "{size}");
        }
    }
}
