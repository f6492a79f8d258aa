//! A client of the bank below any HTTP library, which sends bytes as they are.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;

use crate::shifted_clock::ShiftedClock;

/// The longest time for one request. A bank that needs longer hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// A key and its certificate.
#[derive(Debug)]
pub(crate) struct Identity {
    /// The certificate, as DER.
    pub(crate) certificate: Vec<u8>,
    /// The key, as PKCS#8.
    pub(crate) key: Vec<u8>,
}

/// Somebody at one address of the loopback network.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    from: Ipv4Addr,
    roots: Arc<RootCertStore>,
    clock: Arc<ShiftedClock>,
    identity: Option<Arc<Identity>>,
}

/// A connection of any kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// One connection, over TLS or without.
pub(crate) struct Line {
    stream: Box<dyn Stream>,
    read: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Visitor {
    /// Returns a visitor who trusts the CA in the PEM file `ca`, without a certificate.
    pub(crate) fn trusting(ca: &std::path::Path, clock: Arc<ShiftedClock>) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ca).expect("the bank's CA")).expect("a CA");
        Self { from: Ipv4Addr::LOCALHOST, roots: Arc::new(roots), clock, identity: None }
    }

    /// Returns the same visitor at another address.
    pub(crate) fn from(&self, from: Ipv4Addr) -> Self {
        Self { from, ..self.clone() }
    }

    /// Returns the same visitor with that key and certificate.
    pub(crate) fn with(&self, identity: Arc<Identity>) -> Self {
        Self { identity: Some(identity), ..self.clone() }
    }

    /// Returns the settings of TLS with these application protocols.
    pub(crate) fn tls(&self, protocols: &[&str]) -> Arc<ClientConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_details(provider, Arc::clone(&self.clock) as Arc<_>);
        let builder = builder.with_safe_default_protocol_versions().expect("versions of TLS");
        let builder = builder.with_root_certificates(Arc::clone(&self.roots));
        let mut config = match &self.identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                let key = PrivateKeyDer::try_from(identity.key.clone()).expect("a key");
                builder.with_client_auth_cert(vec![identity.certificate.clone().into()], key).expect("a key")
            }
        };
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config)
    }

    /// Connects without TLS.
    pub(crate) async fn connect(&self, to: SocketAddr) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind((self.from, 0).into())?;
        socket.connect(to).await
    }

    /// Connects without TLS, for a request.
    pub(crate) async fn plain_line(&self, to: SocketAddr) -> io::Result<Line> {
        Ok(Line { stream: Box::new(self.connect(to).await?), read: Vec::new() })
    }

    /// Connects over TLS, for requests over HTTP/1.1.
    pub(crate) async fn line(&self, to: SocketAddr) -> io::Result<Line> {
        self.line_by(to, "http/1.1").await
    }

    /// Connects over TLS with that application protocol.
    pub(crate) async fn line_by(&self, to: SocketAddr, protocol: &str) -> io::Result<Line> {
        let stream = self.connect(to).await?;
        let name = ServerName::try_from("localhost").expect("a name");
        let stream = TlsConnector::from(self.tls(&[protocol])).connect(name, stream).await?;
        Ok(Line { stream: Box::new(stream), read: Vec::new() })
    }

    /// Sends one request over a new connection with TLS.
    ///
    /// # Errors
    /// Errors of the connection, and `TimedOut` after [`PATIENCE`].
    pub(crate) async fn ask(&self, to: SocketAddr, request: &Request<'_>) -> io::Result<Answer> {
        let asking = async {
            let mut line = self.line(to).await?;
            line.send(&request.bytes()).await?;
            line.answer().await
        };
        tokio::time::timeout(PATIENCE, asking).await?
    }
}

/// A request over HTTP/1.1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) authorization: Option<&'a str>,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: Vec<u8>,
}

impl<'a> Request<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self { method: "GET", path, ..Self::default() }
    }

    pub(crate) fn post(path: &'a str, body: &Value) -> Self {
        let body = body.to_string().into_bytes();
        Self { method: "POST", path, content_type: Some("application/json"), body, ..Self::default() }
    }

    pub(crate) fn by(self, authorization: &'a str) -> Self {
        Self { authorization: Some(authorization), ..self }
    }

    /// Returns the header section with these additional lines, and the blank line after it.
    pub(crate) fn head(&self, more: &str) -> String {
        let line =
            |name: &str, value: Option<&str>| value.map(|value| format!("{name}: {value}\r\n")).unwrap_or_default();
        format!(
            "{} {} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n{}{}Content-Length: {}\r\n{more}\r\n",
            self.method,
            self.path,
            line("Authorization", self.authorization),
            line("Content-Type", self.content_type),
            self.body.len()
        )
    }

    fn bytes(&self) -> Vec<u8> {
        [self.head("").as_bytes(), &self.body].concat()
    }
}

impl Line {
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// Returns the next answer, which may be `100 Continue`.
    ///
    /// # Errors
    /// Errors of the connection; `UnexpectedEof` if the bank hangs up before the end of the answer.
    pub(crate) async fn answer(&mut self) -> io::Result<Answer> {
        loop {
            if let Some((head, mut answer)) = head(&self.read)? {
                let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0usize);
                if length > LONGEST {
                    return Err(ErrorKind::FileTooLarge.into());
                }
                while self.read.len() < head + length {
                    self.fill().await?;
                }
                answer.body = self.read[head..head + length].to_vec();
                self.read.drain(..head + length);
                return Ok(answer);
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// Waits until the bank hangs up. What it sends before is not kept.
    pub(crate) async fn hung_up(&mut self) {
        let mut part = [0; 4096];
        while matches!(self.stream.read(&mut part).await, Ok(1..)) {}
    }
}

/// Reads the head of an answer, and returns its length and the answer without a body; none if it is not complete.
fn head(bytes: &[u8]) -> io::Result<Option<(usize, Answer)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let read = response.parse(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
    let httparse::Status::Complete(length) = read else { return Ok(None) };
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers = response.headers.iter().map(|one| (one.name.to_ascii_lowercase(), text(one.value))).collect();
    Ok(Some((length, Answer { status: response.code.unwrap_or_default(), headers, body: Vec::new() })))
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Returns the body as JSON; null if it is not JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the code of a problem; empty if the answer is none.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns whether the bank has too much to do and says when to try again.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.status, 429 | 503) && self.header("retry-after").is_some()
    }
}
