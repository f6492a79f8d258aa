//! The service of a bank with the sample people of a profile, whose rules a test runs on a database of its own.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex};

use inkan_profile::{LoginMethod, Profile};
use inkan_protocol::{Clock, Operation, Secret};
use serde_json::Value;
use tempfile::TempDir;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use totp_rs::{Algorithm, Builder};
use url::Url;

use crate::audit::AuditContext;
use crate::authority::Authority;
use crate::authority::crl_cache::CrlCache;
use crate::database::certificates::{self, Certificate};
use crate::database::sessions::{self, StoredSession};
use crate::database::tokens::{self, Token};
use crate::database::users::{self, User};
use crate::database::{Database, audit, operations};
use crate::keys::digest::sha256_hex;
use crate::keys::password_hash::Hashing;
use crate::keys::secret_box::SecretBox;
use crate::rules::known_senders::KnownSenders;
use crate::rules::operator::Operator;
use crate::rules::password_queue::KeyedMutex;
use crate::rules::service::Service;
use crate::server::demo;

pub(crate) const OKMATE: &str = include_str!("../../../../../profiles/okmate.toml");
pub(crate) const KEIYAKU: &str = include_str!("../../../../../profiles/keiyaku.toml");
pub(crate) const SHINKIN: &str = include_str!("../../../../../profiles/shinkin.toml");

/// The keys of the administrator and of the first user of keiyaku.
pub(crate) const KANRISYA: &str = "00009876543/kanrisya";
pub(crate) const RIYOUSYA: &str = "00009876543/riyousya";

/// The time at which a test begins: noon in Japan.
const NOON: OffsetDateTime = datetime!(2026-11-20 3:00 UTC);

/// A clock that stands still until a test moves it.
#[derive(Debug)]
struct StillClock(Mutex<OffsetDateTime>);

impl Clock for StillClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

/// The names and the contents of the files of a bank with its sample people.
type Files = Vec<(OsString, Vec<u8>)>;

/// Returns the files of a bank with that profile. They are made once for all tests.
async fn seeded(profile: &str) -> Arc<Files> {
    static SEEDED: tokio::sync::Mutex<BTreeMap<String, Arc<Files>>> = tokio::sync::Mutex::const_new(BTreeMap::new());
    let mut seeded = SEEDED.lock().await;
    if let Some(files) = seeded.get(profile) {
        return Arc::clone(files);
    }
    let data = tempfile::tempdir().unwrap();
    let service = service(profile, data.path(), Arc::new(StillClock(Mutex::new(NOON)))).await;
    let sample = service.profile.demo.as_ref().unwrap();
    let Service { profile: parsed, database, secret_box, hashing, .. } = &service;
    demo::seed(parsed, sample, database, secret_box, hashing, NOON).await.unwrap();
    database.close().await;
    let entries = std::fs::read_dir(data.path()).unwrap().map(Result::unwrap);
    let files: Files = entries.map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap())).collect();
    Arc::clone(seeded.entry(profile.to_owned()).or_insert(Arc::new(files)))
}

async fn service(profile: &str, directory: &Path, clock: Arc<dyn Clock>) -> Service {
    let profile = Profile::from_toml(profile).unwrap();
    let database = Database::open(&directory.join("bank.db")).await.unwrap();
    let sealed = tokens::any_sealed(&mut database.read().await.unwrap()).await.unwrap();
    Service {
        authority: Authority::open(directory, &profile.name.en, NOON).unwrap(),
        secret_box: SecretBox::open_for(directory, sealed.as_ref()).unwrap(),
        database,
        clock,
        hashing: Hashing::cheap(),
        password_queue: KeyedMutex::default(),
        certificate_login: Url::parse("https://localhost").unwrap(),
        crl: CrlCache::default(),
        known_senders: KnownSenders::default(),
        certificates_per_hour: crate::rules::issue_limit::USUAL,
        refusal_counts: Arc::default(),
        published: serde_json::value::to_raw_value(&profile.published()).unwrap(),
        profile,
    }
}

/// A service on a database of its own.
pub(crate) struct TestService {
    service: Service,
    clock: Arc<StillClock>,
    _data: TempDir,
}

impl Deref for TestService {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

impl TestService {
    /// Opens the service of a bank with that profile and its sample people.
    pub(crate) async fn open(profile: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        for (name, content) in seeded(profile).await.iter() {
            std::fs::write(data.path().join(name), content).unwrap();
        }
        let clock = Arc::new(StillClock(Mutex::new(NOON)));
        let service = service(profile, data.path(), Arc::clone(&clock) as Arc<dyn Clock>).await;
        Self { service, clock, _data: data }
    }

    /// Moves the clock on.
    pub(crate) fn advance(&self, by: Duration) {
        *self.clock.0.lock().unwrap() += by;
    }

    /// Returns the user of a key as the database has it.
    pub(crate) async fn user(&self, key: &str) -> User {
        users::find(&mut self.database.read().await.unwrap(), key).await.unwrap().unwrap()
    }

    /// Adds a session of a user, bound to a certificate if one is given, and returns its token hash.
    pub(crate) async fn session(&self, user: &str, certificate: Option<&Certificate>) -> String {
        let session = StoredSession {
            token_hash: sha256_hex(&rand::random::<[u8; 16]>()),
            user: user.to_owned(),
            method: LoginMethod::Certificate,
            certificate: certificate.map(|certificate| certificate.fingerprint.clone()),
            address: None,
            begun: self.now(),
            last_used: self.now(),
        };
        let mut change = self.database.write().await.unwrap();
        sessions::add(&mut change, &session).await.unwrap();
        change.commit().await.unwrap();
        session.token_hash
    }

    /// Returns whether a session is there.
    pub(crate) async fn has_session(&self, token_hash: &str) -> bool {
        sessions::find(&mut self.database.read().await.unwrap(), token_hash).await.unwrap().is_some()
    }

    /// Adds the certificate of a user that is valid for a day.
    pub(crate) async fn certificate(&self, user: &str, issue_number: u32, reissue: bool) -> Certificate {
        let certificate = Certificate {
            fingerprint: sha256_hex(format!("{user} {issue_number}").as_bytes()),
            user: user.to_owned(),
            issue_number,
            serial: sha256_hex(format!("serial {user} {issue_number}").as_bytes()),
            public_key: sha256_hex(format!("key {user} {issue_number}").as_bytes()),
            der: Vec::new(),
            issued: self.now(),
            not_after: self.now() + Duration::DAY,
            acquired: None,
            revoked: None,
            revocation_reason: None,
            renews: None,
            reissue,
        };
        let mut change = self.database.write().await.unwrap();
        certificates::add(&mut change, &certificate).await.unwrap();
        change.commit().await.unwrap();
        certificate
    }

    /// Returns the last certificate of a user.
    pub(crate) async fn last_certificate(&self, user: &str) -> Option<Certificate> {
        certificates::last_of_user(&mut self.database.read().await.unwrap(), user).await.unwrap()
    }

    /// Returns the events of the audit log.
    pub(crate) async fn events(&self) -> Vec<Value> {
        let rows = audit::page(&mut self.database.read().await.unwrap(), 1, 1000).await.unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.event).unwrap()).collect()
    }

    /// Returns the names of the audited acts, in order.
    pub(crate) async fn acts(&self) -> Vec<String> {
        let events = self.events().await;
        events.iter().map(|event| event["act"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns the last operations by or upon a user, the newest first.
    pub(crate) async fn operations(&self, user: &str) -> Vec<Operation> {
        operations::last_five(&mut self.database.read().await.unwrap(), user).await.unwrap()
    }
}

impl TestService {
    /// Returns the one-time password that the token shows `steps` after now.
    pub(crate) async fn otp(&self, serial: &str, steps: i64) -> Secret {
        let token = self.token(serial).await;
        let secret = self.secret_box.unseal(serial, &token.sealed_secret).unwrap();
        let step = i64::from(self.profile.token.step_seconds);
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(60);
        let totp = builder.with_secret(&secret[..]).build().unwrap();
        Secret::from(totp.generate(u64::try_from(self.now().unix_timestamp() + steps * step).unwrap()).to_string())
    }

    /// Returns a one-time password that the token does not show near now.
    pub(crate) async fn wrong_otp(&self, serial: &str) -> Secret {
        let mut shown = Vec::new();
        for steps in -70..=70 {
            shown.push(self.otp(serial, steps).await.expose().to_owned());
        }
        let wrong = (0..1_000_000).map(|number| format!("{number:06}")).find(|otp| !shown.contains(otp));
        Secret::from(wrong.unwrap())
    }

    /// Returns a token as the database has it.
    pub(crate) async fn token(&self, serial: &str) -> Token {
        tokens::find(&mut self.database.read().await.unwrap(), serial).await.unwrap().unwrap()
    }
}

/// Returns the operator of a session.
pub(crate) fn in_session<'a>(user: &'a str, token_hash: &'a str) -> Operator<'a> {
    Operator::Session { user, token_hash, confirmed: None }
}

/// Returns the context of a login.
pub(crate) fn context() -> AuditContext {
    AuditContext::new(&Arc::default(), "POST", "/login")
}

/// Returns the password `text`.
pub(crate) fn secret(text: &str) -> Secret {
    Secret::from(text.to_owned())
}
