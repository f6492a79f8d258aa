use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::RETRY_AFTER;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;

use crate::answer::Answer;
use crate::call::Call;
use crate::fault::Fault;

/// The longest time for one request. A server that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// The number of addresses from which connections come, as of as many offices.
const OFFICES: usize = 200;

/// Who connects: to which address, with which certificate.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    address: SocketAddr,
    tls: Option<Arc<ClientConfig>>,
}

/// An open connection over HTTP/1.1.
pub(crate) struct Connection(SendRequest<Full<Bytes>>);

impl Client {
    /// Returns a client of `https://localhost:PORT`.
    pub(crate) fn new(url: &str, tls: Arc<ClientConfig>) -> Result<Self, Fault> {
        let port = url.trim_end_matches('/').rsplit_once(':').ok_or("no port")?.1.parse()?;
        Ok(Self { address: (Ipv4Addr::LOCALHOST, port).into(), tls: Some(tls) })
    }

    /// Connects from the address of the office `office`.
    pub(crate) async fn connect(&self, office: usize) -> Result<Connection, Fault> {
        tokio::time::timeout(PATIENCE, self.connected(office)).await?
    }

    async fn connected(&self, office: usize) -> Result<Connection, Fault> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        let last = u8::try_from(office % OFFICES)? + 2;
        socket.bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)), 0))?;
        let stream: TcpStream = socket.connect(self.address).await?;
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else { return Connection::over(stream).await };
        let name = ServerName::try_from("localhost")?;
        Connection::over(TlsConnector::from(Arc::clone(tls)).connect(name, stream).await?).await
    }

    /// Sends one request over a connection of its own.
    pub(crate) async fn ask(&self, office: usize, call: &Call) -> Result<Answer, Fault> {
        self.connect(office).await?.ask(call).await
    }
}

impl Connection {
    async fn over<S>(stream: S) -> Result<Self, Fault>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Its error is that of the request.
        tokio::spawn(async move { connection.await.ok() });
        Ok(Self(sender))
    }

    /// Sends a request, and reads the answer to its end.
    pub(crate) async fn ask(&mut self, call: &Call) -> Result<Answer, Fault> {
        tokio::time::timeout(PATIENCE, self.asked(call)).await?
    }

    async fn asked(&mut self, call: &Call) -> Result<Answer, Fault> {
        self.0.ready().await?;
        let response = self.0.send_request(call.request()?).await?;
        let status = response.status().as_u16();
        let retry_after = response.headers().contains_key(RETRY_AFTER);
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, retry_after, body })
    }
}
