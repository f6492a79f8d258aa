use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Opens a connection to the first of the host's addresses that accepts one.
pub(super) fn dial(host: &str, port: u16, deadline: Instant) -> io::Result<TcpStream> {
    let mut failure = io::ErrorKind::NotFound.into();
    for address in addresses(host, port, deadline)? {
        match TcpStream::connect_timeout(&address, remaining(deadline)?) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// The system resolves names without a time limit, so that happens on a thread that may be left behind.
fn addresses(host: &str, port: u16, deadline: Instant) -> io::Result<Vec<SocketAddr>> {
    // Brackets are how a URL writes it, not how it is called.
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().name("name resolution".into()).spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // Nobody listens any more where it took too long.
        let _ = sender.send(found);
    })?;
    receiver.recv_timeout(remaining(deadline)?).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

/// How long there is until `deadline`.
pub(crate) fn remaining(deadline: Instant) -> io::Result<Duration> {
    match deadline.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
        left => Ok(left),
    }
}
