use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connection::{self, Limited};

/// How long a client may send nothing, or not take its answer.
const SILENCE: Duration = Duration::from_secs(30);
/// The most open connections.
const CONNECTIONS: usize = 512;

/// Accepts connections without TLS, for answers that are signed or public.
#[derive(Debug)]
pub(crate) struct PlainListener {
    listener: TcpListener,
    address: SocketAddr,
    permits: Arc<Semaphore>,
}

impl PlainListener {
    /// Listens on `address`; port 0 is any free port.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, permits: Arc::new(Semaphore::new(CONNECTIONS)) })
    }

    /// Returns the address of the listener.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl axum::serve::Listener for PlainListener {
    type Io = PlainConnection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let permit = match Arc::clone(&self.permits).acquire_owned().await {
            Ok(permit) => permit,
            // The semaphore is never closed.
            Err(_) => std::future::pending().await,
        };
        let (stream, address) = connection::accept(&self.listener).await;
        (PlainConnection { stream: connection::limited(stream, SILENCE), _permit: permit }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

/// A connection, which counts towards the limit until it is dropped.
#[derive(Debug)]
pub(crate) struct PlainConnection {
    stream: Limited<TcpStream>,
    _permit: OwnedSemaphorePermit,
}

impl AsyncRead for PlainConnection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_read(cx, buffer)
    }
}

impl AsyncWrite for PlainConnection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::serve::Listener;
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_hung_up_on() {
        let mut listener = PlainListener::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let client = TcpStream::connect(listener.address()).await.unwrap();
        let (mut served, _) = listener.accept().await;
        let error = served.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(client);
    }
}
