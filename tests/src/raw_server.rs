use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::Issued;

/// A server on a free port of this machine that misbehaves in ways in which no real server does. It ends with the
/// process of the test.
#[derive(Debug)]
pub struct RawServer {
    port: u16,
}

/// How the server treats a client that connects.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// The server reads the request and sends nothing.
    Silent,
    /// The server sends a head that never ends, one byte each half second.
    Dripping,
    /// The server sends this answer, and waits until the client closes the connection.
    Answering(String),
    /// The server sends this answer, and closes the connection without the TLS alert for it.
    Ending(String),
    /// The server sends this text before any request, and waits until the client closes the connection.
    Greeting(String),
    /// The server closes the connection at once.
    HangingUp,
}

impl Behaviour {
    /// Returns an answer without a body.
    pub fn status(status: u16) -> Self {
        Self::Answering(format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    }

    /// Returns a redirection to an address.
    pub fn leading_to(address: &str) -> Self {
        Self::Answering(format!(
            "HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Returns a successful answer with the content `body` of the type `kind`.
    pub fn content(kind: &str, body: &str) -> Self {
        let length = body.len();
        Self::Answering(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }
}

impl RawServer {
    /// Starts a server without TLS.
    pub fn plain(behaviour: Behaviour) -> Self {
        Self::accepting(move |client| behave(client, &behaviour))
    }

    /// Starts a server that speaks TLS with the certificate of `own`, and sends all certificates of its file.
    ///
    /// # Panics
    /// Panics if rustls does not take the certificate and its key.
    pub fn over_tls(own: &Issued, behaviour: Behaviour) -> Self {
        Self::over(own, None, behaviour)
    }

    /// Starts a server as [`Self::over_tls`] does. It also asks for a client certificate of that CA, and accepts a
    /// connection without one.
    ///
    /// # Panics
    /// Panics as [`Self::over_tls`] does.
    pub fn over_tls_asking(own: &Issued, authority: &Path, behaviour: Behaviour) -> Self {
        Self::over(own, Some(authority), behaviour)
    }

    fn over(own: &Issued, asked: Option<&Path>, behaviour: Behaviour) -> Self {
        let key = PrivateKeyDer::from_pem_file(&own.key).expect("the key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = asked.map(|authority| {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(certificates(authority));
            let builder = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
            builder.allow_unauthenticated().build().expect("a verifier")
        });
        let builder = ServerConfig::builder_with_provider(provider);
        let configuration = builder
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_client_cert_verifier(verifier.unwrap_or_else(WebPkiClientVerifier::no_client_auth))
            .with_single_cert(certificates(&own.certificate), key)
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

    /// Returns the server's address, with the host name of this machine.
    pub fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

fn certificates(file: &Path) -> Vec<CertificateDer<'static>> {
    let file = BufReader::new(File::open(file).expect("the certificate"));
    CertificateDer::pem_reader_iter(file).map(|one| one.expect("a certificate")).collect()
}

/// Serves one client. If the client closes the connection meanwhile, it has received the answer or does not want it, so
/// this is not an error.
fn behave(mut client: impl Read + Write, behaviour: &Behaviour) {
    match behaviour {
        Behaviour::HangingUp => return,
        Behaviour::Greeting(words) => {
            let _ = client.write_all(words.as_bytes()).and_then(|()| client.flush());
        }
        _ => {}
    }
    // The beginning of the request is enough: the rest of it does not matter.
    if !matches!(client.read(&mut [0; 4096]), Ok(1..)) {
        return;
    }
    match behaviour {
        Behaviour::Ending(answer) => {
            let _ = client.write_all(answer.as_bytes()).and_then(|()| client.flush());
        }
        Behaviour::Silent | Behaviour::Greeting(_) | Behaviour::HangingUp => {
            while matches!(client.read(&mut [0; 4096]), Ok(1..)) {}
        }
        Behaviour::Dripping => {
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            while client.write_all(b"x").and_then(|()| client.flush()).is_ok() {
                thread::sleep(Duration::from_millis(500));
            }
        }
        Behaviour::Answering(answer) => {
            let _ = client.write_all(answer.as_bytes()).and_then(|()| client.flush());
            // A close with unread bytes would reset the connection before the client has read the answer.
            while matches!(client.read(&mut [0; 4096]), Ok(1..)) {}
        }
    }
}
