//! Starts a separate bank for each test, and clients of it.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use inkan_bank::{Bank, ConnectionLimits, Options, Storage};
use inkan_profile::Profile;
use inkan_protocol::{Clock, Secret, certs_only, path};
use rcgen::{CertificateParams, KeyPair, PublicKeyData};
use reqwest::{Client, Method};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use crate::cluster::{self, TestDatabase};
use crate::documented::assert_documented;

pub(crate) const OKMATE: &str = include_str!("../../../../profiles/okmate.toml");
pub(crate) const KEIYAKU: &str = include_str!("../../../../profiles/keiyaku.toml");
pub(crate) const SHINKIN: &str = include_str!("../../../../profiles/shinkin.toml");
pub(crate) const HANAKO: (&str, &str) = ("hanakodt", "Hanako2026");
pub(crate) const ICHIRO: (&str, &str) = ("ichirodt", "Ichiro2026");
pub(crate) const JIRO: (&str, &str) = ("jirodt", "Jiro2026");
pub(crate) const SHIRO: (&str, &str) = ("shirodt", "Shiro2026");

const KEY_FILE: &str = "database.key";

/// A clock that shows the same time until it is moved.
#[derive(Debug)]
pub(crate) struct StillClock(Mutex<OffsetDateTime>);

impl Clock for StillClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

pub(crate) struct TestBank {
    pub(crate) server: Bank,
    pub(crate) data: TempDir,
    /// The database of the bank, if the tests run on PostgreSQL.
    shared: Option<TestDatabase>,
    clock: Arc<StillClock>,
}

/// A key and its certificate.
pub(crate) struct Issued {
    pub(crate) key: KeyPair,
    pub(crate) der: Vec<u8>,
}

/// The status and the JSON of an answer. `code` is the code of a problem.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or("")
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.json
    }

    #[track_caller]
    pub(crate) fn refused(self, code: &str) -> Value {
        assert_eq!(self.code(), code, "{self:?}");
        self.json
    }
}

impl TestBank {
    pub(crate) async fn open() -> Self {
        Self::with_profile(OKMATE).await
    }

    pub(crate) async fn with_profile(profile: &str) -> Self {
        // The client's own clock judges the server's certificate: only the bank's may be moved on.
        let clock = Arc::new(StillClock(Mutex::new(OffsetDateTime::now_utc())));
        let shared = if cluster::is_chosen() { Some(TestDatabase::make().await) } else { None };
        Self::start(profile, tempfile::tempdir().unwrap(), shared, clock).await
    }

    /// Starts a bank on that database, whatever the other tests use.
    pub(crate) async fn on(shared: TestDatabase) -> Self {
        let clock = Arc::new(StillClock(Mutex::new(OffsetDateTime::now_utc())));
        Self::start(OKMATE, tempfile::tempdir().unwrap(), Some(shared), clock).await
    }

    /// Starts a bank with these limits of its connections.
    pub(crate) async fn with_limits(limits: ConnectionLimits) -> Self {
        let clock = Arc::new(StillClock(Mutex::new(OffsetDateTime::now_utc())));
        let data = tempfile::tempdir().unwrap();
        let options = Options { limits, ..options(OKMATE, storage(&data, None), &clock) };
        Self { server: Bank::start(options).await.unwrap(), data, shared: None, clock }
    }

    async fn start(profile: &str, data: TempDir, shared: Option<TestDatabase>, clock: Arc<StillClock>) -> Self {
        let server = Bank::start(options(profile, storage(&data, shared.as_ref()), &clock)).await.unwrap();
        Self { server, data, shared, clock }
    }

    /// Returns the test bank for a bank that has been started in `data`.
    pub(crate) fn of(server: Bank, data: TempDir) -> Self {
        Self { server, data, shared: None, clock: Arc::new(StillClock(Mutex::new(OffsetDateTime::now_utc()))) }
    }

    /// Stops the bank, and returns its directory.
    pub(crate) async fn closed(self) -> TempDir {
        self.server.stop().await;
        self.data
    }

    /// Returns the storage of this bank.
    pub(crate) fn storage(&self) -> Storage {
        storage(&self.data, self.shared.as_ref())
    }

    /// Returns the storage of this bank as arguments of the program.
    pub(crate) fn storage_arguments(&self) -> Vec<String> {
        let directory = self.data.path().to_str().unwrap().to_owned();
        match &self.shared {
            None => vec!["--data".to_owned(), directory],
            Some(shared) => {
                let key = format!("{directory}/{KEY_FILE}");
                vec!["--database".to_owned(), shared.address(), "--key-file".to_owned(), key]
            }
        }
    }

    /// Starts another instance on the same data.
    pub(crate) async fn beside(&self) -> Bank {
        self.beside_with(OKMATE).await
    }

    /// Starts another instance on the same data, with another profile.
    pub(crate) async fn beside_with(&self, profile: &str) -> Bank {
        Bank::start(options(profile, self.storage(), &self.clock)).await.unwrap()
    }

    /// Returns a client of the plain listener, which answers CRL and OCSP.
    pub(crate) fn plain(&self) -> TestClient {
        TestClient { address: self.server.announcement().plain.clone().unwrap(), ..self.portal() }
    }

    /// Stops the bank and starts it again on the same data.
    pub(crate) async fn restart(self) -> Self {
        self.server.stop().await;
        Self::start(OKMATE, self.data, self.shared, self.clock).await
    }

    /// Returns the clock of the bank, for the branch beside it.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock) as Arc<dyn Clock>
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.clock.0.lock().unwrap() += by;
    }

    pub(crate) fn portal(&self) -> TestClient {
        self.client(&self.server.announcement().portal, None)
    }

    pub(crate) fn certificate_login(&self, issued: &Issued) -> TestClient {
        self.client(&self.server.announcement().certificate_login, Some(issued))
    }

    pub(crate) fn tls(&self, versions: &[&'static SupportedProtocolVersion], issued: Option<&Issued>) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&self.server.announcement().ca).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
        let builder = builder.with_root_certificates(roots);
        match issued {
            None => builder.with_no_client_auth(),
            Some(issued) => {
                builder.with_client_auth_cert(vec![issued.der.clone().into()], issued.private_key()).unwrap()
            }
        }
    }

    /// Returns a client of the certificate login that uses only that version of TLS and that protocol.
    pub(crate) fn client_by(
        &self,
        version: &'static SupportedProtocolVersion,
        alpn: &str,
        issued: &Issued,
    ) -> TestClient {
        let mut tls = self.tls(&[version], Some(issued));
        tls.alpn_protocols = vec![alpn.as_bytes().to_vec()];
        let http = Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap();
        TestClient { http, ..self.certificate_login(issued) }
    }

    fn client(&self, address: &str, issued: Option<&Issued>) -> TestClient {
        let tls = self.tls(rustls::ALL_VERSIONS, issued);
        let http = Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap();
        TestClient { http, address: address.to_owned(), token: None }
    }

    /// Returns a connection to the database, to read or to damage it.
    pub(crate) async fn database(&self) -> AnyConnection {
        let address = match &self.shared {
            Some(shared) => shared.address(),
            None => format!("sqlite://{}", self.data.path().join("bank.sqlite").display()),
        };
        AnyConnection::connect(&address).await.unwrap()
    }

    /// Requests an enrolment code for that user.
    pub(crate) async fn code(&self, who: (&str, &str)) -> Answer {
        let asked = json!({"user": who.0, "login_password": who.1});
        self.portal().post(path::ENROLMENT_CODES, &asked).await
    }

    /// Does a whole acquisition for that user.
    pub(crate) async fn acquire(&self, who: (&str, &str)) -> Issued {
        self.acquire_by(&json!({"user": who.0, "login_password": who.1})).await
    }

    /// Does a whole acquisition with the enrolment check `asked`.
    pub(crate) async fn acquire_by(&self, asked: &Value) -> Issued {
        let code = self.portal().post(path::ENROLMENT_CODES, asked).await.ok();
        let basic = (code["user"].as_str().unwrap(), code["code"].as_str().unwrap());
        let key = KeyPair::generate().unwrap();
        let der = self.portal().enroll(basic, &request(&key)).await.expect("a certificate");
        let issued = Issued { key, der };
        self.portal().installed(basic, &issued).await.ok();
        issued
    }

    /// Returns a client that is logged in with ID and password.
    pub(crate) async fn log_in(&self, who: (&str, &str)) -> TestClient {
        let mut client = self.portal();
        let granted = client.log_in(who).await.ok();
        client.take(&granted);
        client
    }

    /// Returns a client that is logged in with the certificate.
    pub(crate) async fn log_in_with(&self, issued: &Issued, password: &str) -> TestClient {
        let mut client = self.certificate_login(issued);
        let granted = client.log_in_here(password).await.ok();
        client.take(&granted);
        client
    }

    /// Makes ichirodt revoke the certificate of `user`.
    pub(crate) async fn revoke(&self, user: &str) -> Answer {
        self.log_in(ICHIRO).await.change_certificate(user, "revoke", "Kakunin02").await
    }
}

fn storage(data: &TempDir, shared: Option<&TestDatabase>) -> Storage {
    match shared {
        None => Storage::from(data.path()),
        Some(shared) => {
            Storage::Database { address: Secret::from(shared.address()), key_file: data.path().join(KEY_FILE) }
        }
    }
}

fn options(profile: &str, storage: Storage, clock: &Arc<StillClock>) -> Options {
    Options {
        demo: true,
        plain: Some((Ipv4Addr::LOCALHOST, 0).into()),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        // A test with many logins at once passes on a slow machine, too.
        longest_password_wait: std::time::Duration::from_secs(60),
        ..Options::new(Profile::from_toml(profile).unwrap(), storage)
    }
}

impl Issued {
    pub(crate) fn fingerprint(&self) -> String {
        use sha2::{Digest, Sha256};
        data_encoding::HEXLOWER.encode(&Sha256::digest(&self.der))
    }

    fn private_key(&self) -> rustls::pki_types::PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.serialize_der()).into()
    }
}

/// Returns a PKCS#10 request in DER.
pub(crate) fn request(key: &KeyPair) -> Vec<u8> {
    CertificateParams::default().serialize_request(key).unwrap().der().to_vec()
}

pub(crate) fn public_key_sha256(key: &KeyPair) -> String {
    use sha2::{Digest, Sha256};
    data_encoding::HEXLOWER.encode(&Sha256::digest(key.subject_public_key_info()))
}

/// A client of one of the listeners.
#[derive(Clone)]
pub(crate) struct TestClient {
    pub(crate) http: Client,
    pub(crate) address: String,
    pub(crate) token: Option<String>,
}

impl TestClient {
    pub(crate) fn take(&mut self, granted: &Value) {
        self.token = Some(granted["token"].as_str().unwrap().to_owned());
    }

    /// Returns a client with the same connection and the token of another client.
    pub(crate) fn with_token_of(&self, other: &Self) -> Self {
        Self { token: other.token.clone(), ..self.clone() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        answer(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        answer(self.request(Method::PATCH, path).json(body)).await
    }

    pub(crate) async fn log_in(&self, (user, password): (&str, &str)) -> Answer {
        self.post(path::SESSIONS, &json!({"user": user, "login_password": password})).await
    }

    pub(crate) async fn log_in_here(&self, password: &str) -> Answer {
        self.post(path::SESSIONS, &json!({"login_password": password})).await
    }

    pub(crate) async fn change_certificate(&self, user: &str, act: &str, confirmation: &str) -> Answer {
        let path = path::USER_CERTIFICATE.replace("{id}", user);
        self.post(&path, &json!({"act": act, "confirmation_password": confirmation})).await
    }

    /// Returns the certificate, or the refusal.
    pub(crate) async fn enroll(&self, (user, code): (&str, &str), csr: &[u8]) -> Result<Vec<u8>, Answer> {
        let sent = self
            .request(Method::POST, path::EST_SIMPLE_ENROLL)
            .basic_auth(user, Some(code))
            .header("content-type", "application/pkcs10")
            .body(BASE64.encode(csr));
        certified(sent).await
    }

    pub(crate) async fn installed(&self, (user, code): (&str, &str), issued: &Issued) -> Answer {
        let path = path::INSTALLED.replace("{fingerprint}", &issued.fingerprint());
        answer(self.request(Method::POST, &path).basic_auth(user, Some(code))).await
    }
}

/// Returns the certificates in an EST answer.
pub(crate) fn certificates(text: &str) -> Vec<Vec<u8>> {
    let packed: String = text.split_ascii_whitespace().collect();
    certs_only::decode(&BASE64.decode(packed.as_bytes()).unwrap()).unwrap()
}

/// Checks that the answer says when the client may try again, if the bank cannot serve it now (RFC 9110 §15.6.4, RFC 6585
/// §4).
fn assert_says_when(response: &reqwest::Response) {
    let status = response.status().as_u16();
    let after = response.headers().get("retry-after").map(|after| after.to_str().unwrap().parse::<u32>().unwrap());
    assert_eq!(after.is_some_and(|seconds| seconds > 0), matches!(status, 429 | 503), "{status}: {after:?}");
}

/// Returns the certificate that a request over EST gets, or the refusal, which must be as the OpenAPI document describes
/// it.
pub(crate) async fn certified(request: reqwest::RequestBuilder) -> Result<Vec<u8>, Answer> {
    let (method, path, response) = sent(request).await;
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    if status == 200 {
        return Ok(certificates(&text).remove(0));
    }
    let json = serde_json::from_str(&text).unwrap();
    assert_documented(method.as_str(), &path, status, &json);
    Err(Answer { status, json })
}

/// Returns the answer to a request. It must be as the OpenAPI document describes it.
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let (method, path, response) = sent(request).await;
    let status = response.status().as_u16();
    let problem = status >= 400;
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    let text = response.text().await.unwrap();
    assert!(!problem || kind.as_deref() == Some("application/problem+json"), "{status} {kind:?}: {text}");
    let json = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
    assert_documented(method.as_str(), &path, status, &json);
    Answer { status, json }
}

/// Sends a request, and returns its method, its path and the response, which says when to try again if it must.
async fn sent(request: reqwest::RequestBuilder) -> (Method, String, reqwest::Response) {
    let (client, request) = request.build_split();
    let request = request.unwrap();
    let (method, path) = (request.method().clone(), request.url().path().to_owned());
    let response = client.execute(request).await.unwrap();
    assert_says_when(&response);
    (method, path, response)
}
