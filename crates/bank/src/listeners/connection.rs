use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

/// How long to wait if the system has no file descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(250);

/// A stream that ends with an error if one read or one write takes longer than its limit.
pub(super) type Limited<S> = Pin<Box<TimeoutStream<S>>>;

/// Accepts the next connection. An error of the system is logged, and the next try waits.
pub(super) async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

/// Limits how long the peer of `stream` may send nothing, or not take its answer.
pub(super) fn limited<S: AsyncRead + AsyncWrite>(stream: S, silence: Duration) -> Limited<S> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(silence));
    stream.set_write_timeout(Some(silence));
    Box::pin(stream)
}
