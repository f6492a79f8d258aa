use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use inkan_journeys::{Bank, Issued};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::mutation::Mutations;

/// A server that passes each request on to a real bank, and changes one of the answers.
#[derive(Debug)]
pub(crate) struct MutatingProxy {
    port: u16,
    turn: Arc<Mutex<Turn>>,
}

#[derive(Debug)]
struct Turn {
    mutations: Mutations,
    /// How many answers are passed unchanged before one is changed; none if no answer is changed.
    left: Option<usize>,
}

impl MutatingProxy {
    /// Starts the server before `bank`, with that server certificate. It ends with the process of the test.
    pub(crate) fn before(bank: &Bank, own: &Issued, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let turn = Arc::new(Mutex::new(Turn { mutations: Mutations::new(seed), left: None }));
        let upstream = Upstream::of(bank);
        let config = server_config(own);
        let shared = Arc::clone(&turn);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, upstream, turn) = (Arc::clone(&config), upstream.clone(), Arc::clone(&shared));
                thread::spawn(move || {
                    let stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
                    // The client may close the connection at any time.
                    let _ = serve(stream, &upstream, &turn);
                });
            }
        });
        Self { port, turn }
    }

    pub(crate) fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    /// Changes one answer, after `answers` answers from now on.
    pub(crate) fn change_after(&self, answers: usize) {
        self.turn.lock().unwrap().left = Some(answers);
    }

    /// Changes no further answer.
    pub(crate) fn change_nothing(&self) {
        self.turn.lock().unwrap().left = None;
    }
}

#[derive(Debug, Clone)]
struct Upstream {
    socket: String,
    config: Arc<ClientConfig>,
}

impl Upstream {
    fn of(bank: &Bank) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(bank.ca()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let socket = bank.portal().trim_start_matches("https://").trim_end_matches('/').to_owned();
        Self { socket, config: Arc::new(config) }
    }

    /// Returns the whole answer to a request that asks the server to close the connection.
    fn answer(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let name = ServerName::try_from("localhost").unwrap();
        let tls = ClientConnection::new(Arc::clone(&self.config), name).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(tls, TcpStream::connect(&self.socket)?);
        stream.write_all(request)?;
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            // Some servers send no close of TLS.
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error),
            _ => Ok(answer),
        }
    }
}

fn server_config(own: &Issued) -> Arc<ServerConfig> {
    let chain = vec![CertificateDer::from_pem_file(Path::new(&own.certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(&own.key).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key);
    Arc::new(config.unwrap())
}

fn serve(mut stream: impl Read + Write, upstream: &Upstream, turn: &Mutex<Turn>) -> io::Result<()> {
    while let Some(request) = request(&mut stream)? {
        let answer = upstream.answer(&request)?;
        let end = end_of_head(&answer).ok_or(io::ErrorKind::InvalidData)?;
        let (head, body) = answer.split_at(end);
        let body = match &mut *turn.lock().unwrap() {
            Turn { mutations, left: left @ Some(0) } => {
                *left = None;
                mutations.of_json(body)
            }
            Turn { left, .. } => {
                *left = left.map(|left| left - 1);
                body.to_vec()
            }
        };
        let head = String::from_utf8_lossy(head).into_owned();
        let kept = |line: &&str| {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            !line.is_empty() && !["content-length", "connection", "transfer-encoding"].contains(&name.as_str())
        };
        let lines: Vec<&str> = head.split("\r\n").filter(kept).collect();
        write!(stream, "{}\r\ncontent-length: {}\r\n\r\n", lines.join("\r\n"), body.len())?;
        stream.write_all(&body)?;
        stream.flush()?;
    }
    Ok(())
}

/// Returns the next request, changed so that the bank closes the connection after it; none at the end.
fn request(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        if let Some(end) = end_of_head(&request) {
            let head = String::from_utf8_lossy(&request[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if request.len() >= end + length.unwrap_or(0) {
                let closing = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
                return Ok(Some([closing.as_bytes(), &request[end..]].concat()));
            }
        }
        match stream.read(&mut part) {
            Ok(0) => return Ok(None),
            Ok(length) => request.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

fn end_of_head(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}
