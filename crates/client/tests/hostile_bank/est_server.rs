//! A bank whose CA issues whatever the test sets, over EST (RFC 7030) and TLS on a free port of this machine.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use data_encoding::BASE64;
use inkan_protocol::{BankDocument, certs_only, path};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, CustomExtension, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, CertificateSigningRequestDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

/// The time by the bank's clock.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);
/// The header of an answer with that time (RFC 9110 §5.6.7).
const DATE: &str = "date: Sat, 21 Nov 2026 00:00:00 GMT\r\n";

/// What is issued for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Issue {
    /// The right certificate.
    Right,
    /// The right certificate by another key of the CA, which the bank publishes from then on.
    NewKey,
    AnotherName,
    /// The right common name, and another one after it.
    SecondName,
    Authority,
    ServerPurpose,
    DatesContradict,
    Expired,
    Future,
    AnotherAuthority,
    /// A certificate by a CA with the right name and another key.
    Namesake,
    BrokenSignature,
    AnotherKey,
    /// An answer of 2.8 million characters.
    TooLong,
}

struct State {
    issue: Issue,
    /// The name in the certificates.
    user: String,
    /// Whether the bank's answers have a date.
    dated: bool,
    /// The host of the certificate login in the bank's document.
    login_host: String,
    authority: Ca,
    /// The keys that were requested, and the number of confirmed installations.
    keys: BTreeSet<Vec<u8>>,
    installed: usize,
}

/// The bank. It ends with the process of the test.
pub(crate) struct EstServer {
    port: u16,
    state: Arc<Mutex<State>>,
    trusted: Vec<u8>,
}

struct Ca {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

impl Ca {
    fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let der = parameters.self_signed(&key).unwrap().der().to_vec();
        Self { issuer: Issuer::new(parameters, key), der }
    }
}

#[derive(Debug)]
struct BankTime;

impl TimeProvider for BankTime {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(NOW.unix_timestamp()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds)))
    }
}

impl EstServer {
    /// Starts a bank that issues right certificates for `user`.
    pub(crate) fn start(user: &str) -> Self {
        let (servers, authority) = (Ca::new("Server CA"), Ca::new("Bank CA"));
        let config = Arc::new(config(&servers, &authority));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            issue: Issue::Right,
            user: user.to_owned(),
            dated: true,
            login_host: "localhost".to_owned(),
            authority,
            keys: BTreeSet::new(),
            installed: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, state) = (Arc::clone(&config), Arc::clone(&shared));
                thread::spawn(move || {
                    let stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
                    // The client may close the connection at any time.
                    let _ = serve(stream, port, &state);
                });
            }
        });
        Self { port, state, trusted: servers.der }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn address(&self) -> String {
        address("localhost", self.port)
    }

    /// Returns the CA of the server's certificate, in DER.
    pub(crate) fn trusted(&self) -> &[u8] {
        &self.trusted
    }

    /// Issues this from now on.
    pub(crate) fn issue(&self, issue: Issue) {
        self.state().issue = issue;
    }

    /// Sends no date with any further answer.
    pub(crate) fn hide_date(&self) {
        self.state().dated = false;
    }

    /// Names this host for the certificate login from now on.
    pub(crate) fn publish_login_host(&self, host: &str) {
        self.state().login_host = host.to_owned();
    }

    /// Returns the number of keys for which a certificate was requested, and of confirmed installations.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let state = self.state();
        (state.keys.len(), state.installed)
    }
}

fn address(host: &str, port: u16) -> String {
    format!("https://{host}:{port}/")
}

fn config(servers: &Ca, clients: &Ca) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &servers.issuer).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(clients.der.clone())).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    ServerConfig::builder_with_details(provider, Arc::new(BankTime))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
        .with_single_cert(vec![own.der().clone()], key)
        .unwrap()
}

/// Answers the requests of one connection.
fn serve(mut stream: impl Read + Write, port: u16, state: &Mutex<State>) -> io::Result<()> {
    while let Some((target, body)) = request(&mut stream)? {
        let mut state = state.lock().unwrap();
        let (status, kind, answer) = state.answer(&target, &body, port);
        let date = if state.dated { DATE } else { "" };
        drop(state);
        let length = answer.len();
        write!(
            stream,
            "HTTP/1.1 {status} X\r\n{date}content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{answer}"
        )?;
        stream.flush()?;
    }
    Ok(())
}

/// Reads a request. Returns its path and its body; none at the end.
fn request(stream: &mut impl Read) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let mut body = vec![0; length.map_or(0, |length| length.trim().parse().unwrap())];
    stream.read_exact(&mut body)?;
    Ok(Some((head.split(' ').nth(1).unwrap().to_owned(), body)))
}

impl State {
    fn answer(&mut self, target: &str, body: &[u8], port: u16) -> (u16, &'static str, String) {
        const JSON: &str = "application/json";
        const PKCS7: &str = "application/pkcs7-mime; smime-type=certs-only";
        let message = |der: &[u8]| BASE64.encode(&certs_only::encode([der]).unwrap());
        match target {
            path::BANK => (200, JSON, serde_json::to_string(&document(&self.login_host, port)).unwrap()),
            path::EST_CA_CERTIFICATES => (200, PKCS7, message(&self.authority.der)),
            path::ENROLMENT_CODES => {
                let code = json!({ "user": "u", "code": "c", "expires": NOW.format(&Rfc3339).unwrap() });
                (200, JSON, code.to_string())
            }
            path::EST_SIMPLE_ENROLL | path::EST_SIMPLE_REENROLL => (200, PKCS7, message(&self.issued(body))),
            _ if target.ends_with("/installed") => {
                self.installed += 1;
                (204, JSON, String::new())
            }
            _ => (404, JSON, Value::Null.to_string()),
        }
    }

    /// Returns the certificate for a request in base64.
    fn issued(&mut self, body: &[u8]) -> Vec<u8> {
        let request = CertificateSigningRequestDer::from(BASE64.decode(body).unwrap());
        let mut request = CertificateSigningRequestParams::from_der(&request).unwrap();
        self.keys.insert(rcgen::PublicKeyData::der_bytes(&request.public_key).to_vec());
        request.params = self.parameters();
        match self.issue {
            Issue::AnotherAuthority => request.signed_by(&Ca::new("Another CA").issuer),
            Issue::Namesake => request.signed_by(&Ca::new("Bank CA").issuer),
            Issue::NewKey => {
                self.authority = Ca::new("Bank CA");
                request.signed_by(&self.authority.issuer)
            }
            Issue::AnotherKey => request.params.signed_by(&KeyPair::generate().unwrap(), &self.authority.issuer),
            _ => request.signed_by(&self.authority.issuer),
        }
        .map(|certificate| {
            let mut der = certificate.der().to_vec();
            if self.issue == Issue::BrokenSignature {
                *der.last_mut().unwrap() ^= 1;
            }
            der
        })
        .unwrap()
    }

    fn parameters(&self) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        let name = if self.issue == Issue::AnotherName { "somebody" } else { &self.user };
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        if self.issue == Issue::SecondName {
            parameters.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 3]), name);
        }
        let (from, until) = match self.issue {
            Issue::Expired => (-10, -1),
            Issue::Future => (1, 10),
            Issue::DatesContradict => (10, 5),
            _ => (-1, 10),
        };
        (parameters.not_before, parameters.not_after) = (NOW + Duration::days(from), NOW + Duration::days(until));
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![match self.issue {
            Issue::ServerPurpose => ExtendedKeyUsagePurpose::ServerAuth,
            _ => ExtendedKeyUsagePurpose::ClientAuth,
        }];
        parameters.use_authority_key_identifier_extension = true;
        if self.issue == Issue::Authority {
            parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        if self.issue == Issue::TooLong {
            let content = vec![0; 2_100_000];
            parameters.custom_extensions = vec![CustomExtension::from_oid_content(&[1, 2, 3, 4], content)];
        }
        parameters
    }
}

fn document(login_host: &str, port: u16) -> BankDocument {
    let profile = include_str!("../../../../profiles/okmate.toml");
    let profile = inkan_profile::Profile::from_toml(profile).unwrap().published();
    BankDocument { profile, certificate_login: address(login_host, port).parse().unwrap(), now: NOW }
}
