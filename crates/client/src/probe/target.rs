use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use url::{Host, Url};

use crate::Error;

/// Where a probe goes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) url: Url,
    host: String,
    port: u16,
    name: ServerName<'static>,
}

impl Target {
    /// Of an https address.
    pub(super) fn new(address: &str) -> Result<Self, Error> {
        let refused = || Error::Address(address.to_owned());
        let url = Url::parse(address.trim()).map_err(|_| refused())?;
        if url.scheme() != "https" || !url.username().is_empty() || url.password().is_some() {
            return Err(refused());
        }
        let host = match url.host().ok_or_else(refused)? {
            Host::Domain(domain) => domain.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let port = url.port_or_known_default().ok_or_else(refused)?;
        let name = ServerName::try_from(host.clone()).map_err(|_| refused())?;
        Ok(Self { url, host, port, name })
    }

    /// What its certificate must be for.
    pub(super) fn name(&self) -> &ServerName<'static> {
        &self.name
    }

    /// Whether `other` is on the same host and port.
    pub(super) fn is_at(&self, other: &Url) -> bool {
        self.url.host() == other.host() && self.url.port_or_known_default() == other.port_or_known_default()
    }

    /// Opens a connection to the first of the host's addresses that accepts one.
    pub(super) fn connect(&self, deadline: Instant) -> io::Result<TcpStream> {
        let mut failure = io::ErrorKind::NotFound.into();
        for address in self.addresses(deadline)? {
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
    fn addresses(&self, deadline: Instant) -> io::Result<Vec<SocketAddr>> {
        let (host, port) = (self.host.clone(), self.port);
        let (sender, receiver) = mpsc::channel();
        std::thread::Builder::new().name("name resolution".into()).spawn(move || {
            let found = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
            // Nobody listens any more where it took too long.
            let _ = sender.send(found);
        })?;
        receiver.recv_timeout(remaining(deadline)?).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }
}

/// How long there is until `deadline`.
pub(super) fn remaining(deadline: Instant) -> io::Result<Duration> {
    match deadline.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
        left => Ok(left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_probed() {
        let target = Target::new(" https://bank.example/login?entrance=1 ").unwrap();
        assert!(target.is_at(&Url::parse("https://bank.example:443/").unwrap()));
        assert!(!target.is_at(&Url::parse("https://bank.example:8443/").unwrap()));
        assert!(Target::new("https://[::1]:8443").is_ok());
        for wrong in ["", "bank.example", "http://bank.example", "https://me:secret@bank.example"] {
            assert!(matches!(Target::new(wrong), Err(Error::Address(_))), "{wrong}");
        }
    }
}
