use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A relay between a client and a server. It passes every connection on to that server, or to another server that the
/// test sets.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    upstream: Arc<Mutex<String>>,
}

impl Relay {
    /// Starts a relay to that address. It ends with the process of the test.
    ///
    /// # Panics
    /// Panics if there is no free port.
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let upstream = Arc::new(Mutex::new(socket(address)));
        let shared = Arc::clone(&upstream);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let upstream = shared.lock().expect("no thread panics with it").clone();
                if let Ok(server) = TcpStream::connect(upstream) {
                    join(client, server);
                }
            }
        });
        Self { port, upstream }
    }

    /// Relays new connections to `address` from now on.
    ///
    /// # Panics
    /// Panics only if another thread panicked while it held the address.
    pub fn turn_to(&self, address: &str) {
        *self.upstream.lock().expect("no thread panics with it") = socket(address);
    }

    /// Returns the relay's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

fn socket(address: &str) -> String {
    address.trim_start_matches("https://").trim_end_matches('/').to_owned()
}

fn join(client: TcpStream, server: TcpStream) {
    let ways = [(client.try_clone(), server.try_clone()), (Ok(server), Ok(client))];
    for (from, to) in ways {
        let (from, to) = (from.expect("a socket"), to.expect("a socket"));
        thread::spawn(move || carry(from, to));
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut part) {
        if to.write_all(&part[..length]).is_err() {
            break;
        }
    }
    // The other end may have closed the connection already.
    let _ = to.shutdown(Shutdown::Write);
}
