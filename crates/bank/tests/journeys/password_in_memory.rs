//! Searches the memory of a running bank for a password that was sent to it.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use inkan_protocol::path;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../profiles/okmate.toml");

/// A bank with its sample people, as a process of its own.
struct Program {
    process: Child,
    portal: String,
    ca: Vec<u8>,
    _data: tempfile::TempDir,
}

impl Program {
    fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_inkan-bank"));
        command.args(["serve", "--profile", PROFILE, "--demo", "--data"]).arg(data.path().join("data"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let ca = std::fs::read(said["ca"].as_str().unwrap()).unwrap();
        Self { process, portal: said["portal"].as_str().unwrap().replace("https://", ""), ca, _data: data }
    }

    /// Sends `body` over HTTP/2 on a connection of its own.
    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> (StatusCode, Value) {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(&self.ca).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let stream = TcpStream::connect(&self.portal).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
        let (mut sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        let connection = tokio::spawn(connection);
        let request = Request::post(format!("https://{}{path}", self.portal)).header(CONTENT_TYPE, "application/json");
        let request = match token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        let answer =
            sender.send_request(request.body(Full::new(Bytes::from(body.to_string()))).unwrap()).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        drop(sender);
        connection.await.unwrap().unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    /// Returns how often `text` is in the memory of the process.
    fn copies(&self, text: &str) -> usize {
        let open = |name: &str| File::open(format!("/proc/{}/{name}", self.process.id())).unwrap();
        let (memory, pages) = (open("mem"), open("pagemap"));
        let maps = std::io::read_to_string(open("maps")).unwrap();
        let mut copies = 0;
        for line in maps.lines() {
            let mut words = line.split(' ');
            let (first, last) = words.next().unwrap().split_once('-').unwrap();
            let page = |hex| u64::from_str_radix(hex, 16).unwrap() / PAGE;
            if !words.next().unwrap().starts_with("rw") {
                continue;
            }
            // An allocator reserves far more than it uses.
            for used in used_pages(&pages, page(first)..page(last)) {
                let mut part = vec![0; usize::try_from((used.end - used.start) * PAGE).unwrap()];
                // The pages may have been given back meanwhile.
                if memory.read_exact_at(&mut part, used.start * PAGE).is_ok() {
                    copies += part.windows(text.len()).filter(|window| *window == text.as_bytes()).count();
                }
            }
        }
        copies
    }
}

/// The size of a page, in bytes.
const PAGE: u64 = 4096;

/// Returns those of the pages that are in memory or swapped out, in runs.
fn used_pages(pagemap: &File, pages: Range<u64>) -> Vec<Range<u64>> {
    let mut entries = vec![0; usize::try_from((pages.end - pages.start) * 8).unwrap()];
    if pagemap.read_exact_at(&mut entries, pages.start * 8).is_err() {
        return Vec::new();
    }
    let mut runs: Vec<Range<u64>> = Vec::new();
    for (page, entry) in pages.zip(entries.chunks_exact(8)) {
        // The two highest bits: in memory, swapped out.
        if entry[7] & 0xC0 == 0 {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == page => run.end += 1,
            _ => runs.push(page..page + 1),
        }
    }
    runs
}

impl Drop for Program {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Returns a password that is nowhere in memory by chance.
fn password() -> String {
    let number: [u8; 5] = rand::random();
    format!("Q{}9", data_encoding::BASE32_NOPAD.encode(&number).to_lowercase())
}

#[tokio::test]
async fn a_password_that_came_over_http_2_does_not_stay_in_memory() {
    let bank = Program::start();
    let (login, confirmation, wrong) = (password(), password(), password());
    let user = |password: &str| json!({"user": "hanakodt", "login_password": password});
    let (status, granted) = bank.post(path::SESSIONS, None, &user("Hanako2026")).await;
    assert_eq!(status, StatusCode::OK, "{granted}");
    let token = granted["token"].as_str().unwrap();
    let change = json!({
        "login_password": "Hanako2026", "new_login_password": login,
        "confirmation_password": "Kakunin01", "new_confirmation_password": confirmation,
    });
    let (status, changed) = bank.post(path::PASSWORDS, Some(token), &change).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    for _ in 0..3 {
        assert_eq!(bank.post(path::SESSIONS, None, &user(&login)).await.0, StatusCode::OK);
        assert_eq!(bank.post(path::SESSIONS, None, &user(&wrong)).await.0, StatusCode::UNAUTHORIZED);
    }
    assert!(bank.copies("hanakodt") > 0, "the memory is read");
    // The bank frees a connection a little after the client has closed it.
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let left = [&login, &confirmation, &wrong].map(|password| bank.copies(password));
        if left == [0; 3] {
            return;
        }
        assert!(Instant::now() < deadline, "copies of the passwords in memory: {left:?}");
    }
}
