//! A server or a proxy that sends single bytes for ever, from one point of an exchange on.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The interval between two bytes.
const PAUSE: Duration = Duration::from_millis(5);

/// The point from which on the peer is slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slow {
    /// As a proxy, in the head of its answer to CONNECT.
    Tunnel,
    Handshake,
    Head,
    Body,
}

pub(super) struct SlowPeer {
    pub(super) port: u16,
    pub(super) certificate: CertificateDer<'static>,
    /// A message for each connection that a client has closed.
    pub(super) closed: Receiver<()>,
}

impl SlowPeer {
    /// Starts the peer. It ends with the process of the test.
    pub(super) fn start(slow: Slow) -> Self {
        let key = KeyPair::generate().unwrap();
        let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
        let certificate = own.der().clone();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key);
        let config = Arc::new(config.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (closes, closed) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, closes) = (Arc::clone(&config), closes.clone());
                thread::spawn(move || {
                    // The connection ends with an error when the client closes it.
                    let _ = serve(stream, slow, config);
                    // The test may have ended.
                    let _ = closes.send(());
                });
            }
        });
        Self { port, certificate, closed }
    }
}

fn serve(mut stream: TcpStream, slow: Slow, config: Arc<ServerConfig>) -> io::Result<()> {
    match slow {
        Slow::Tunnel => {
            begun(&mut stream)?;
            drip(stream, b"HTTP/1.1 200 OK\r\nX: ")
        }
        Slow::Handshake => {
            begun(&mut stream)?;
            // The header of a record of 16384 bytes, and of a ServerHello that fills it (RFC 8446 §5.1, §4).
            drip(stream, &[0x16, 3, 3, 0x40, 0, 2, 0, 0x3f, 0xfc, 3, 3])
        }
        Slow::Head | Slow::Body => {
            let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
            begun(&mut stream)?;
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 4000000\r\nX: x\r\n\r\n";
            drip(stream, if slow == Slow::Head { &head[..head.len() - 4] } else { head })
        }
    }
}

/// Waits for the beginning of a request. The rest of it does not matter.
fn begun(stream: &mut impl Read) -> io::Result<()> {
    stream.read_exact(&mut [0])
}

fn drip(mut stream: impl Write, beginning: &[u8]) -> io::Result<()> {
    stream.write_all(beginning)?;
    loop {
        stream.flush()?;
        thread::sleep(PAUSE);
        stream.write_all(b"x")?;
    }
}
