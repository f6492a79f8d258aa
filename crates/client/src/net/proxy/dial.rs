use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Why a host was not reached.
#[derive(Debug)]
pub(crate) enum Unreached {
    /// No name server knows the host's name, or no name server can be asked.
    NameUnknown,
    /// The host is there, and nothing listens on the port.
    Refused,
    /// No route leads to the host.
    NoRoute,
    /// No answer came in time.
    Silent,
    /// The connection failed for another reason.
    Broken(io::Error),
}

impl Unreached {
    /// Returns how much a failure at one of a host's addresses says about the host. A refusal says most, since the host
    /// is there.
    fn weight(&self) -> u8 {
        match self {
            Self::Refused => 4,
            Self::Silent => 3,
            Self::Broken(_) => 2,
            Self::NoRoute => 1,
            Self::NameUnknown => 0,
        }
    }
}

impl From<io::Error> for Unreached {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::ConnectionRefused => Self::Refused,
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => Self::NoRoute,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::Silent,
            _ => Self::Broken(error),
        }
    }
}

impl From<Unreached> for io::Error {
    fn from(unreached: Unreached) -> Self {
        match unreached {
            Unreached::NameUnknown => ErrorKind::NotFound.into(),
            Unreached::Refused => ErrorKind::ConnectionRefused.into(),
            Unreached::NoRoute => ErrorKind::HostUnreachable.into(),
            Unreached::Silent => ErrorKind::TimedOut.into(),
            Unreached::Broken(error) => error,
        }
    }
}

/// Opens a connection to the first of the host's addresses that accepts one. The time until `deadline` is shared among
/// the addresses, so that a silent address does not hide the next address.
pub(super) fn dial(host: &str, port: u16, deadline: Instant) -> Result<TcpStream, Unreached> {
    let mut failure = Unreached::NameUnknown;
    let addresses = addresses(host, port, deadline)?;
    for (number, address) in addresses.iter().enumerate() {
        let waiting = u32::try_from(addresses.len() - number).unwrap_or(u32::MAX);
        match TcpStream::connect_timeout(address, remaining(deadline)? / waiting) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => {
                let error = Unreached::from(error);
                if error.weight() > failure.weight() {
                    failure = error;
                }
            }
        }
    }
    Err(failure)
}

/// Resolves a host's name. The system resolves names without a time limit, so a thread of its own does it. If it takes
/// too long, the thread is left running.
fn addresses(host: &str, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, Unreached> {
    // A URL writes an IPv6 address in brackets, which are not part of the address.
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().name("name resolution".into()).spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // If the resolution took too long, the receiver is gone.
        let _ = sender.send(found);
    })?;
    match receiver.recv_timeout(remaining(deadline)?) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(_)) | Err(_) => Err(Unreached::NameUnknown),
    }
}

/// Returns the time that is left until `deadline`, or `TimedOut` if none is left.
pub(crate) fn remaining(deadline: Instant) -> io::Result<Duration> {
    match deadline.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(ErrorKind::TimedOut.into()),
        left => Ok(left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn a_name_that_nobody_knows_and_a_port_where_nobody_listens_are_told_apart() {
        assert!(matches!(dial("nobody.invalid", 443, soon()), Err(Unreached::NameUnknown)));
        // Port 1 is assigned to a service that no system runs any more (RFC 1078).
        assert!(matches!(dial("127.0.0.1", 1, soon()), Err(Unreached::Refused)));
        assert!(matches!(dial("127.0.0.1", 1, Instant::now()), Err(Unreached::Silent)));
    }

    #[test]
    fn each_error_of_the_system_has_its_cause() {
        for kind in [ErrorKind::NetworkUnreachable, ErrorKind::HostUnreachable] {
            assert!(matches!(Unreached::from(io::Error::from(kind)), Unreached::NoRoute));
        }
        assert!(matches!(Unreached::from(io::Error::from(ErrorKind::WouldBlock)), Unreached::Silent));
        assert!(matches!(Unreached::from(io::Error::from(ErrorKind::ConnectionReset)), Unreached::Broken(_)));
    }
}
