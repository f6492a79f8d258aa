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

/// The longest answer that is read to its end, in bytes. It is longer than any page about a certificate, and as long as
/// the longest head that the client's HTTP connections accept.
const LONGEST_ANSWER: usize = 400 * 1024;

/// The record of one connection, from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// Whether a TCP connection was made.
    pub(crate) reached: bool,
    pub(crate) tls: Option<TlsReport>,
    pub(crate) observed: Observation,
    /// Whether the server asked for a new handshake after the first (RFC 5246 §7.4.1.1). A server does so if it wants a
    /// certificate for some of its pages only. Browsers and rustls do not make a new handshake.
    pub(crate) renegotiates: bool,
    pub(crate) end: End,
}

/// How a connection ended.
#[derive(Debug)]
pub(crate) enum End {
    /// The server answered.
    Answered(Answer),
    /// The server sent bytes that are not HTTP.
    Unreadable,
    /// The connection ended within the head of the answer.
    CutShort,
    /// No request was sent, since the server is not trusted, or since only its handshake mattered.
    NotAsked,
    /// No more bytes came in time.
    Silent,
    /// An answer began, and did not end in time.
    Slow,
    /// The connection broke.
    Broken,
    /// The connection was not made.
    NotReached(DialFailure),
    /// The server closed the connection without a reason.
    HungUp,
    /// TLS ended the connection: the server sent an alert, or the client did not accept a message of the server.
    Tls(rustls::Error),
    /// The server did not speak TLS. The bytes are the first that it sent.
    NotTls(Vec<u8>),
}

/// How to make a connection.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) versions: &'static [&'static SupportedProtocolVersion],
    /// The time limit, without the time that the user takes to enter a PIN.
    pub(crate) limit: Duration,
    /// Whether to request the page, or to close the connection after the handshake.
    pub(crate) ask: bool,
}

/// The injected clock, as rustls reads it.
#[derive(Debug)]
pub(crate) struct Time(pub(crate) Arc<dyn Clock>);

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        unix_time(self.0.now())
    }
}

/// Returns `at` as rustls counts time; none before 1970.
pub(crate) fn unix_time(at: time::OffsetDateTime) -> Option<UnixTime> {
    u64::try_from(at.unix_timestamp()).ok().map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

impl Exchange {
    /// Makes the connection. Never fails: the result holds how the connection ended.
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
            // Some servers answer in plain HTTP only after the end of a line of HTTP.
            end = plain_answer(target, network).map_or(end, End::NotTls);
        }
        let renegotiates = line.wire.records.handshake_begun_again;
        Self { reached: true, tls: line.report(), observed: observer.observation(), renegotiates, end }
    }

    fn without_tls(reached: bool, end: End) -> Self {
        Self { reached, tls: None, observed: Observation::default(), renegotiates: false, end }
    }
}

/// Returns the server's answer to a plain HTTP request, which names only the host; none if the answer is not HTTP.
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

/// An open connection. Reading goes on if writing fails, since the alert with the cause may have arrived already.
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
            // Only the server's clock can show whether this PC's clock is wrong.
            Some(Err(rustls::Error::InvalidCertificate(cause))) if plan.ask && is_about_time(&cause) => {
                target.url.path()
            }
            // A network's login page is recognised by the address that it leads to. The path that the user typed is not
            // sent.
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
                // Many servers close the connection without announcing the end.
                Err(End::Silent) if !received.is_empty() => return Err(End::Slow),
                Err(End::HungUp) if !received.is_empty() => return Ok(end_of(&received)),
                Err(end) => return Err(end),
            }
        }
    }

    /// Collects the deciphered bytes. Returns false if the server has announced the end.
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

    /// Sends the bytes that are waiting, then reads once from the server.
    fn turn(&mut self) -> Result<(), End> {
        self.flush();
        match self.tls.read_tls(&mut self.wire) {
            Ok(0) => Err(self.hung_up()),
            Ok(_) => {
                // A key may ask the user for its PIN during this call. That time does not count against the server.
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
        // rustls marks the cipher suites of TLS 1.3 by `TLS13_`, and IANA by `TLS_`.
        let suite = self.tls.negotiated_cipher_suite()?.suite();
        let cipher = suite.as_str().unwrap_or_default().replace("TLS13_", "TLS_");
        let alpn = self.tls.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
        Some(TlsReport { protocol, cipher, alpn, fallback: false })
    }
}

/// Returns the end of a connection on which `received` came.
fn end_of(received: &[u8]) -> End {
    match Answer::read(received) {
        Ok(answer) => End::Answered(answer),
        Err(NoAnswer::CutShort) if received.is_empty() => End::HungUp,
        Err(NoAnswer::CutShort) => End::CutShort,
        Err(NoAnswer::Unreadable) => End::Unreadable,
    }
}

/// Returns the same as [`end_of`] for an answer that reached [`LONGEST_ANSWER`]. The body counts as complete, since no
/// part is known to be missing.
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

/// A TCP connection with its deadline, and the first bytes that came over it.
struct Wire {
    stream: TcpStream,
    deadline: Instant,
    first: Vec<u8>,
    records: Records,
}

/// The number of first bytes that are stored. They distinguish protocols, and hold the head of a plain HTTP answer.
const FIRST: usize = 4096;

impl Wire {
    fn new(stream: TcpStream, deadline: Instant) -> Self {
        Self { stream, deadline, first: Vec::new(), records: Records::default() }
    }

    /// Reads until the head of a plain HTTP answer is complete, or until no more bytes come.
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

/// The TLS records that have come (RFC 5246 §6.2.1). TLS 1.2 does not encrypt the type of a record, and rustls does not
/// report that it declined a new handshake.
#[derive(Debug, Default)]
struct Records {
    header: Vec<u8>,
    /// The number of bytes of the current record that are still to come.
    left: usize,
    /// Whether a handshake of TLS 1.2 is complete.
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
