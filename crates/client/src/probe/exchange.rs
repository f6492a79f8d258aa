use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use inkan_protocol::Clock;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, ClientConnection, ProtocolVersion, SupportedProtocolVersion};

use super::answer::{Answer, is_complete};
use super::observer::{Observation, Observer};
use super::report::TlsReport;
use super::target::Target;
use crate::proxy::{Network, Way, remaining};

/// A server that says nothing for this long is not waited for.
const WITHOUT_KEY: Duration = Duration::from_secs(20);
/// A key may wait for a PIN, which people need time to find.
const WITH_KEY: Duration = Duration::from_secs(180);
/// More than any page about a certificate: what is longer is not read to its end.
const LONGEST_ANSWER: usize = 64 * 1024;

/// One connection from its beginning to its end.
#[derive(Debug)]
pub(super) struct Exchange {
    /// Whether anything accepted it.
    pub(super) reached: bool,
    pub(super) tls: Option<TlsReport>,
    pub(super) observed: Observation,
    pub(super) end: End,
}

/// How a connection ended.
#[derive(Debug)]
pub(super) enum End {
    /// With an answer, or with something that is none.
    Answered(Option<Answer>),
    /// Nothing was asked, since the server is not trusted or only its handshake mattered.
    NotAsked,
    /// Nobody accepted it, or all went silent.
    Unreachable(io::Error),
    /// There was no way out.
    NoWay(Way),
    /// The server hung up without a reason.
    HungUp,
    /// TLS ended it: an alert of the server's, or something that this end does not accept.
    Tls(rustls::Error),
    /// What came first was no TLS but these bytes.
    NotTls(Vec<u8>),
}

/// How to make a connection.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) versions: &'static [&'static SupportedProtocolVersion],
    /// Whether a person may have to type a PIN meanwhile.
    pub(super) with_key: bool,
    /// Whether to ask for the page, or to leave after the handshake.
    pub(super) ask: bool,
}

/// rustls's view of the injected clock.
#[derive(Debug)]
struct Time(Arc<dyn Clock>);

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        unix_time(self.0.now())
    }
}

/// That moment as rustls counts; none before 1970.
pub(super) fn unix_time(at: time::OffsetDateTime) -> Option<UnixTime> {
    u64::try_from(at.unix_timestamp()).ok().map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

impl Exchange {
    /// Makes the connection. Never fails: how it ended is what was asked.
    pub(super) fn make(
        target: &Target,
        plan: &Plan,
        observer: &Arc<Observer>,
        provider: &Arc<CryptoProvider>,
        clock: &Arc<dyn Clock>,
        network: &Network,
    ) -> Self {
        let stream = match network.connect(&target.url) {
            Ok(stream) => stream,
            Err(way) => return Self::without_tls(false, End::NoWay(way)),
        };
        let deadline = Instant::now() + if plan.with_key { WITH_KEY } else { WITHOUT_KEY };
        let tls = configuration(plan, observer, provider, clock)
            .and_then(|tls| ClientConnection::new(Arc::new(tls), target.name().clone()));
        let tls = match tls {
            Ok(tls) => tls,
            Err(error) => return Self::without_tls(true, End::Tls(error)),
        };
        let mut line = Line { tls, wire: Wire { stream, deadline, first: Vec::new() }, mute: false };
        let end = line.talk(target, plan, observer).unwrap_or_else(|end| end);
        Self { reached: true, tls: line.report(), observed: observer.observation(), end }
    }

    fn without_tls(reached: bool, end: End) -> Self {
        Self { reached, tls: None, observed: Observation::default(), end }
    }
}

fn configuration(
    plan: &Plan,
    observer: &Arc<Observer>,
    provider: &Arc<CryptoProvider>,
    clock: &Arc<dyn Clock>,
) -> Result<ClientConfig, rustls::Error> {
    let mut tls = ClientConfig::builder_with_details(provider.clone(), Arc::new(Time(clock.clone())))
        .with_protocol_versions(plan.versions)?
        .dangerous()
        .with_custom_certificate_verifier(observer.clone())
        .with_client_cert_resolver(observer.clone());
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

/// A connection in use. Reading goes on where writing fails: the alert that says why may have arrived already.
struct Line {
    tls: ClientConnection,
    wire: Wire,
    /// Whether writing has failed.
    mute: bool,
}

impl Line {
    fn talk(&mut self, target: &Target, plan: &Plan, observer: &Observer) -> Result<End, End> {
        while self.tls.is_handshaking() {
            self.turn()?;
        }
        self.flush();
        let path = match observer.observation().verdict {
            Some(Ok(())) if plan.ask => &target.url[url::Position::BeforePath..url::Position::AfterQuery],
            // Only the server's clock can tell whether it is this PC's that is wrong. What the person may have put into
            // the query stays here.
            Some(Err(rustls::Error::InvalidCertificate(cause))) if plan.ask && is_about_time(&cause) => {
                target.url.path()
            }
            _ => return Ok(End::NotAsked),
        };
        let host = &target.url[url::Position::BeforeHost..url::Position::AfterPort];
        let version = env!("CARGO_PKG_VERSION");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: inkan/{version}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        );
        self.tls.writer().write_all(request.as_bytes()).map_err(End::Unreachable)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<End, End> {
        let mut received = Vec::new();
        loop {
            let open = self.collect(&mut received);
            if !open || is_complete(&received) || received.len() >= LONGEST_ANSWER {
                return Ok(End::Answered(Answer::read(&received)));
            }
            match self.turn() {
                Ok(()) => {}
                // Many servers hang up instead of saying that they are done.
                Err(End::HungUp) if !received.is_empty() => return Ok(End::Answered(Answer::read(&received))),
                Err(end) => return Err(end),
            }
        }
    }

    /// Takes what has been deciphered; false where the server has said that it is done.
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
            Ok(_) => self.tls.process_new_packets().map(drop).map_err(|error| {
                self.flush();
                self.objection(error)
            }),
            Err(error) => match error.kind() {
                ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
                    Err(self.hung_up())
                }
                _ => Err(End::Unreachable(error)),
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

    fn objection(&self, error: rustls::Error) -> End {
        match error {
            rustls::Error::InvalidMessage(_) if !is_tls_record(&self.wire.first) => {
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

/// Whether these bytes begin a record of a handshake or an alert (RFC 8446 §5.1).
fn is_tls_record(bytes: &[u8]) -> bool {
    matches!(bytes, [0x15 | 0x16, 0x03, ..])
}

pub(super) fn is_about_time(cause: &CertificateError) -> bool {
    use CertificateError as E;
    matches!(cause, E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. })
}

/// The TCP connection until a moment, and the first bytes that came over it.
struct Wire {
    stream: TcpStream,
    deadline: Instant,
    first: Vec<u8>,
}

/// As many first bytes as tell protocols apart.
const FIRST: usize = 16;

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(remaining(self.deadline)?))?;
        let length = self.stream.read(buffer)?;
        let wanted = FIRST.saturating_sub(self.first.len()).min(length);
        self.first.extend_from_slice(&buffer[..wanted]);
        Ok(length)
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
