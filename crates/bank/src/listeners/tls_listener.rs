use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connection::{self, Limited};

/// The longest time for a handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a client may send nothing, or not take its answer. This is longer than a request may take.
const SILENCE: Duration = Duration::from_secs(120);
/// The most handshakes at once.
const HANDSHAKES: usize = 512;

/// A connection after its handshake.
pub(super) type Established = Limited<TlsStream<TcpStream>>;

/// Accepts connections and does their handshakes.
///
/// Each handshake runs in a task of its own, so that a slow client does not delay others.
#[derive(Debug)]
pub(crate) struct TlsListener {
    address: SocketAddr,
    ready: mpsc::Receiver<(Established, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    /// Listens on `address`; port 0 is any free port.
    pub(crate) async fn bind(address: SocketAddr, config: Arc<ServerConfig>) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(16);
        let accepting = tokio::spawn(accept(listener, TlsAcceptor::from(config), sender));
        Ok(Self { address, ready, accepting })
    }

    /// Returns the address of the listener.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl axum::serve::Listener for TlsListener {
    type Io = Established;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // Only if the runtime itself is shutting down.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, ready: mpsc::Sender<(Established, SocketAddr)>) {
    let permits = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let (stream, address) = connection::accept(&listener).await;
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            // Small answers must not wait for the acknowledgement of others; without it they still arrive.
            stream.set_nodelay(true).ok();
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => {
                    drop(permit);
                    // Fails if the listener is gone: then the connection is dropped.
                    ready.send((connection::limited(stream, SILENCE), address)).await.ok();
                }
                Ok(Err(error)) => tracing::info!(%address, %error, "handshake refused"),
                Err(_) => tracing::info!(%address, "handshake timed out"),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use rustls::server::ResolvesServerCertUsingSni;
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_hung_up_on() {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new()));
        let listener = TlsListener::bind((Ipv4Addr::LOCALHOST, 0).into(), Arc::new(config)).await.unwrap();
        let mut stream = TcpStream::connect(listener.address()).await.unwrap();
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"");
    }
}
