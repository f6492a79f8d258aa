//! Tests the contract on an NSS database with a password.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cryptoki::context::Pkcs11;
use inkan_store::{KeyAlgorithm, Location, PinQuestion, PinSource, StoreError};
use libtest_mimic::Trial;
use secrecy::SecretString;

mod contract;

use contract::{ALGORITHMS, Behind, Token};

const PIN: &str = "Hanko-4711";

/// A PIN source that gives one answer, and counts how often it is asked.
#[derive(Debug)]
struct Answering {
    pin: Option<&'static str>,
    asked: AtomicUsize,
}

impl Answering {
    fn new(pin: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self { pin, asked: AtomicUsize::new(0) })
    }
}

impl PinSource for Answering {
    fn pin(&self, _question: &PinQuestion<'_>) -> Option<SecretString> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.pin.map(SecretString::from)
    }
}

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("database");
    fs::create_dir(&database).unwrap();
    let password = directory.path().join("password");
    fs::write(&password, PIN).unwrap();
    let made = Command::new("certutil")
        .args(["-N", "-d"])
        .arg(format!("sql:{}", database.display()))
        .arg("-f")
        .arg(&password)
        .stdout(Stdio::null())
        .status()
        .expect("certutil, of the package libnss3-tools");
    assert!(made.success());
    let location = Location::Nss(database);
    // A login holds for the whole process, so what a locked token does comes before the contract.
    let before = while_locked(&location);
    let pin: Arc<dyn PinSource> = Answering::new(Some(PIN));
    let subject = contract::Subject {
        store: inkan_store::open_with(&location, Some(pin.clone())).unwrap(),
        location,
        pin: Some(pin),
        behind: Behind::Token(Token {
            module: Pkcs11::new("libsoftokn3.so").unwrap(),
            label: "NSS Certificate DB",
            pin: Some(PIN.into()),
        }),
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: true,
    };
    let mut cases = contract::cases(subject);
    cases.push(Trial::test("a_locked_token_says_what_it_wants", move || before.map_err(Into::into)));
    let conclusion = libtest_mimic::run(&arguments, cases);
    drop(directory);
    conclusion.exit();
}

fn while_locked(location: &Location) -> Result<(), String> {
    let generate = |pin: Option<Arc<dyn PinSource>>| {
        let store = inkan_store::open_with(location, pin).map_err(|error| error.to_string())?;
        store.certificates().map_err(|error| format!("listing asks for nothing: {error}"))?;
        Ok::<_, String>(store.generate(KeyAlgorithm::EcP256, "locked").map(|key| key.id().clone()))
    };
    let wrong = Answering::new(Some("wrong"));
    let refused = generate(Some(wrong.clone()))?;
    if !matches!(refused, Err(StoreError::WrongPin(_))) || wrong.asked.load(Ordering::Relaxed) != 1 {
        return Err(format!("a wrong PIN, tried once: {refused:?}, {wrong:?}"));
    }
    let cancelled = generate(Some(Answering::new(None)))?;
    if !matches!(cancelled, Err(StoreError::Denied(_))) {
        return Err(format!("a person who cancels: {cancelled:?}"));
    }
    match generate(None)? {
        Err(StoreError::Locked(_)) => Ok(()),
        other => Err(format!("nobody to ask: {other:?}")),
    }
}
