use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A server of somebody else's: it gives every visitor the same page and notes what each asked for. It ends with the
/// test's process.
#[derive(Debug)]
pub struct Outside {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    /// One on a free port, with that page.
    ///
    /// # Panics
    /// Where no port can be had.
    pub fn with(page: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::default());
        let notes = Arc::clone(&asked);
        thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                // A visitor who hangs up has seen enough.
                let _ = serve(visitor, page, &notes);
            }
        });
        Self { address, asked }
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The first lines of the requests so far.
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
