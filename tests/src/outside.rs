use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A server outside the app. It sends every client the same page, and records each request. It ends with the test's
/// process.
#[derive(Debug)]
pub struct Outside {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    /// Starts a server on a free port, with that page.
    ///
    /// # Panics
    /// Panics if there is no free port.
    pub fn with(page: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::default());
        let notes = Arc::clone(&asked);
        thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                // A client that closes the connection has read enough.
                let _ = serve(visitor, page, &notes);
            }
        });
        Self { address, asked }
    }

    /// Returns the server's address.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Returns the first line of each request so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(mut visitor: TcpStream, page: &str, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(visitor.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(first);
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    write!(
        visitor,
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{page}",
        page.len()
    )
}
