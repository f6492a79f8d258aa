use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::Issued;

/// A server on a free port of this machine that behaves as no real one does when it is asked to. It ends with the process
/// of the test.
#[derive(Debug)]
pub struct RawServer {
    port: u16,
}

/// What it does with whoever connects.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// It hears the request and says nothing.
    Silent,
    /// It answers one byte of an endless head each half second.
    Dripping,
    /// It answers so.
    Answering(String),
    /// It hangs up at once.
    HangingUp,
}

impl Behaviour {
    /// An answer without a body.
    pub fn status(status: u16) -> Self {
        Self::Answering(format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    }

    /// A redirection.
    pub fn leading_to(address: &str) -> Self {
        Self::Answering(format!(
            "HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
    }

    /// An answer of success with that content.
    pub fn content(kind: &str, body: &str) -> Self {
        let length = body.len();
        Self::Answering(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }
}

impl RawServer {
    /// One without TLS.
    pub fn plain(behaviour: Behaviour) -> Self {
        Self::accepting(move |client| behave(client, &behaviour))
    }

    /// One that speaks TLS with that certificate, with those above it that stand in its file.
    ///
    /// # Panics
    /// Where rustls does not take the certificate and its key.
    pub fn over_tls(own: &Issued, behaviour: Behaviour) -> Self {
        let file = BufReader::new(File::open(&own.certificate).expect("the certificate"));
        let chain: Vec<_> = CertificateDer::pem_reader_iter(file).map(|one| one.expect("a certificate")).collect();
        let key = PrivateKeyDer::from_pem_file(&own.key).expect("the key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let configuration = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("the certificate and its key");
        let configuration = Arc::new(configuration);
        Self::accepting(move |client| {
            let tls = ServerConnection::new(Arc::clone(&configuration)).expect("a connection");
            behave(StreamOwned::new(tls, client), &behaviour);
        })
    }

    fn accepting(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(client));
            }
        });
        Self { port }
    }

    /// Its address by the name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

/// Whoever hangs up meanwhile has got the answer, or does not want it.
fn behave(mut client: impl Read + Write, behaviour: &Behaviour) {
    if matches!(behaviour, Behaviour::HangingUp) {
        return;
    }
    // What the client begins with is read in one piece or more; the rest of it does not matter.
    if !matches!(client.read(&mut [0; 4096]), Ok(1..)) {
        return;
    }
    match behaviour {
        Behaviour::Silent | Behaviour::HangingUp => while matches!(client.read(&mut [0; 4096]), Ok(1..)) {},
        Behaviour::Dripping => {
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            while client.write_all(b"x").and_then(|()| client.flush()).is_ok() {
                thread::sleep(Duration::from_millis(500));
            }
        }
        Behaviour::Answering(answer) => {
            let _ = client.write_all(answer.as_bytes()).and_then(|()| client.flush());
            // Closing with unread bytes would reset the connection before the answer is read.
            while matches!(client.read(&mut [0; 4096]), Ok(1..)) {}
        }
    }
}
