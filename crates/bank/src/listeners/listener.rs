use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::admission::{Admission, Admitted};
use super::log_rate::LogRate;
use super::peer::{Peer, Source};
use super::stopping::{Stopping, stopped};
use super::{http_connection, proxy_protocol};

/// How long to wait if the system has no file descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(250);
/// The longest time for the header of a load balancer.
const BALANCER_HEADER: Duration = Duration::from_secs(5);

/// The lines about refused handshakes.
static HANDSHAKES: LogRate = LogRate::new();

/// Accepts connections, with TLS or without, and serves them.
#[derive(Debug)]
pub(crate) struct Listener {
    tcp: TcpListener,
    address: SocketAddr,
    serving: Serving,
}

/// What the task of each connection needs.
#[derive(Debug, Clone)]
struct Serving {
    tls: Option<Arc<ServerConfig>>,
    admission: Admission,
}

impl Listener {
    /// Listens on `address`; port 0 is any free port. Without `tls`, the answers are signed or public ones.
    pub(crate) async fn bind(
        address: SocketAddr,
        tls: Option<Arc<ServerConfig>>,
        admission: Admission,
    ) -> io::Result<Self> {
        let tcp = TcpListener::bind(address).await?;
        let address = tcp.local_addr()?;
        Ok(Self { tcp, address, serving: Serving { tls, admission } })
    }

    /// Returns the address of the listener.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves connections until the bank stops, and then until the running requests have ended.
    ///
    /// Each connection has a task of its own, so that a slow client does not delay others.
    pub(crate) async fn serve(self, router: Router, stopping: Stopping) {
        let mut connections = JoinSet::new();
        let mut stop = pin!(stopped(stopping.clone()));
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = self.tcp.accept() => match accepted {
                    Ok((stream, address)) => {
                        if let Some(connection) = self.serving.connection(stream, address.ip()) {
                            connections.spawn(connection.serve(router.clone(), stopping.clone()));
                        }
                    }
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept a connection");
                        tokio::time::sleep(EXHAUSTED).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(self.tcp);
        while connections.join_next().await.is_some() {}
    }
}

impl Serving {
    /// Returns the connection to serve; `None` if its address has too many.
    fn connection(&self, stream: TcpStream, address: IpAddr) -> Option<Connection> {
        // Small answers must not wait for the acknowledgement of others; without it they still arrive.
        stream.set_nodelay(true).ok();
        let address = address.to_canonical();
        // The limit of an address is that of the client, whom a balancer has yet to name.
        let admitted = if self.admission.is_balancer(address) { None } else { Some(self.admission.admit(address)?) };
        Some(Connection { stream, address, admitted, serving: self.clone() })
    }
}

/// A connection before its handshake.
struct Connection {
    stream: TcpStream,
    address: IpAddr,
    admitted: Option<Admitted>,
    serving: Serving,
}

impl Connection {
    async fn serve(mut self, router: Router, stopping: Stopping) {
        let (source, admitted) = match self.admitted.take() {
            Some(admitted) => (Source(self.address), admitted),
            None => match self.admit_behind_balancer().await {
                Some(found) => found,
                None => return,
            },
        };
        let activity = &admitted.activity;
        let Some(tls) = self.serving.tls else {
            return http_connection::serve(self.stream, router, source, None, activity, stopping).await;
        };
        let handshake = TlsAcceptor::from(tls).accept(self.stream);
        let stream = tokio::select! {
            done = handshake => match done {
                Ok(stream) => stream,
                Err(error) if HANDSHAKES.passes() => return tracing::info!(%source, %error, "handshake refused"),
                Err(_) => return,
            },
            () = activity.over() => return tracing::debug!(%source, "handshake timed out"),
        };
        let peer = Peer::of(stream.get_ref().1);
        http_connection::serve(stream, router, source, Some(peer), activity, stopping).await;
    }

    /// Reads who connected to the balancer, and admits this client.
    async fn admit_behind_balancer(&mut self) -> Option<(Source, Admitted)> {
        let balancer = self.address;
        let header = proxy_protocol::read_source(&mut self.stream);
        let source = match tokio::time::timeout(BALANCER_HEADER, header).await {
            Ok(Ok(source)) => source.map_or(balancer, |source| source.to_canonical()),
            Ok(Err(error)) => {
                tracing::warn!(%balancer, %error, "a connection of a load balancer was refused");
                return None;
            }
            Err(_) => {
                tracing::warn!(%balancer, "the header of a load balancer timed out");
                return None;
            }
        };
        Some((Source(source), self.serving.admission.admit(source)?))
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::routing::get;
    use rustls::server::ResolvesServerCertUsingSni;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::watch;
    use tokio::time::Instant;

    use super::super::limits::ConnectionLimits;
    use super::*;

    /// Serves one path, and returns the address and what stops the listener.
    async fn serving(tls: Option<Arc<ServerConfig>>) -> (SocketAddr, watch::Sender<bool>) {
        serving_within(ConnectionLimits::default(), tls).await
    }

    async fn serving_within(
        limits: ConnectionLimits,
        tls: Option<Arc<ServerConfig>>,
    ) -> (SocketAddr, watch::Sender<bool>) {
        let admission = Admission::new(limits);
        let listener = Listener::bind((Ipv4Addr::LOCALHOST, 0).into(), tls, admission).await.unwrap();
        let address = listener.address();
        let (stop, stopping) = watch::channel(false);
        let whole = async |body: String| if body == "whole" { "served" } else { "cut off" };
        tokio::spawn(listener.serve(Router::new().route("/", get(async || "served").post(whole)), stopping));
        (address, stop)
    }

    /// A configuration without a certificate, whose handshakes go no further than the first message.
    fn tls() -> Arc<ServerConfig> {
        let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        Arc::new(builder.with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new())))
    }

    /// Sends `first`, then `again` every 5 seconds until the bank hangs up. Returns the answer and how long it took.
    async fn drip(address: SocketAddr, first: &[u8], again: &[u8]) -> (Vec<u8>, Duration) {
        let began = Instant::now();
        let (mut reader, mut writer) = TcpStream::connect(address).await.unwrap().into_split();
        writer.write_all(first).await.unwrap();
        let mut answer = Vec::new();
        let dripping = async {
            loop {
                tokio::time::sleep(Duration::from_secs(5)).await;
                if writer.write_all(again).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            // The connection may be reset, since bytes were on their way.
            _ = reader.read_to_end(&mut answer) => {}
            () = dripping => {}
        }
        (answer, began.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_without_a_whole_request_is_hung_up_on_however_steadily_it_sends() {
        let (plain, _stop) = serving(None).await;
        let (over_tls, _stop_too) = serving(Some(tls())).await;
        let request = b"GET / HTTP/1.1\r\nHost: bank\r\n\r\n";
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
        let ping = b"\0\0\x08\x06\0\0\0\0\0inkaninka"[..17].to_vec();
        for (name, address, first, again, answered, longest) in [
            ("silence", plain, &b""[..], &b""[..], false, 15),
            ("headers", plain, &b"GET / HTTP/1.1\r\nHost: bank\r\n"[..], &b"A: b\r\n"[..], false, 15),
            ("the next headers", plain, &request[..], &b"GET / HTTP/1.1\r\nA: b\r\n"[..], true, 65),
            ("HTTP/2 without a request", plain, &preface[..], &ping[..], false, 15),
            ("silence before the handshake", over_tls, &b""[..], &b""[..], false, 15),
            ("a handshake", over_tls, &b"\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03"[..], &b"\0\0"[..], false, 15),
        ] {
            let (answer, took) = drip(address, first, again).await;
            assert_eq!(answer.ends_with(b"served"), answered, "{name}: {}", String::from_utf8_lossy(&answer));
            // By the paused clock of the test.
            assert!(took <= Duration::from_secs(longest), "{name}: {took:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn withheld_bodies_do_not_take_the_places_of_newcomers() {
        let limits = ConnectionLimits { connections: 8, ..ConnectionLimits::default() };
        let (address, _stop) = serving_within(limits, None).await;
        let mut newcomer = TcpStream::connect(address).await.unwrap();
        let mut withholding = Vec::new();
        for _ in 0..12 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"POST / HTTP/1.1\r\nHost: bank\r\nContent-Length: 5\r\n\r\nw").await.unwrap();
            withholding.push(stream);
            // By the paused clock of the test.
            tokio::time::sleep(Duration::from_millis(600)).await;
        }
        newcomer.write_all(b"GET / HTTP/1.1\r\nHost: bank\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"served") {
            answer.push(newcomer.read_u8().await.expect("the newcomer has its place"));
        }
        // A body that comes in time is served.
        let mut last = withholding.pop().unwrap();
        last.write_all(b"hole").await.unwrap();
        answer.clear();
        while !answer.ends_with(b"served") {
            answer.push(last.read_u8().await.expect("the last one has its place"));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_whole_requests_stays() {
        let (address, _stop) = serving(None).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_secs(9)).await;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: bank\r\n\r\n").await.unwrap();
            let mut answer = Vec::new();
            while !answer.ends_with(b"served") {
                answer.push(stream.read_u8().await.unwrap());
            }
        }
    }
}
