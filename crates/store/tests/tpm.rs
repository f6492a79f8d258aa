//! Tests the contract on a token in a simulated TPM, which makes its own keys and imports none.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::process::ExitCode;
use std::sync::Arc;

use cryptoki::context::Pkcs11;
use inkan_store::{
    CertificateStore, DeletedKey, KeyAlgorithm, Location, PinSource, Protection, SignatureScheme, StoreError,
};
use libtest_mimic::Trial;

mod contract;
mod simulated_tpm;

use contract::authority::Authority;
use contract::signing::verifies;
use contract::{ALGORITHMS, Behind, Token};
use simulated_tpm::{LABEL, PIN, Saying, find_library, in_new_processes};

/// The parts of the tests. Each has its own process and TPM. If the TPM is full of keys, the module is restarted, which
/// ends the sessions of cases that access the token directly. So these cases are separated from those that make many
/// keys.
const PARTS: &[(&str, Cases)] = &[
    ("a locking TPM", |location| {
        let location = location.clone();
        vec![Trial::test("a_pin_that_was_wrong_too_often_is_locked", move || {
            a_pin_that_was_wrong_too_often_is_locked(&location);
            Ok(())
        })]
    }),
    ("a locked token", |location| {
        let location = location.clone();
        vec![Trial::test("a_locked_token_says_what_it_wants", move || {
            a_locked_token_says_what_it_wants(&location);
            Ok(())
        })]
    }),
    ("a fresh token", |location| {
        let store = opened(location);
        vec![Trial::test("keys_stay_apart_once_the_first_is_deleted", move || {
            keys_stay_apart_once_the_first_is_deleted(store.as_ref());
            Ok(())
        })]
    }),
    ("the store", |location| contract_on(location, |name| !contract::ALONE.contains(&name))),
    ("behind it", |location| contract_on(location, |name| contract::ALONE.contains(&name))),
];

type Cases = fn(&Location) -> Vec<Trial>;

fn main() -> ExitCode {
    let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
    in_new_processes(&names, |part| {
        let arguments = libtest_mimic::Arguments::from_args();
        let location = Location::Pkcs11 { module: find_library(), token: Some(LABEL.into()) };
        let (_, cases) = PARTS.iter().find(|(name, _)| *name == part).unwrap();
        libtest_mimic::run(&arguments, cases(&location)).exit()
    })
}

fn opened(location: &Location) -> Arc<dyn CertificateStore> {
    inkan_store::open_with(location, Some(Arc::new(Saying(Some(PIN))))).unwrap()
}

fn contract_on(location: &Location, wanted: impl Fn(&str) -> bool) -> Vec<Trial> {
    let token = Token { module: Pkcs11::new(find_library()).unwrap(), label: LABEL, pin: Some(PIN.into()) };
    let store = opened(location);
    let behind = Behind::Token(token);
    // Once the first object is deleted, tpm2-pkcs11 gives a new one the handle of another (its issue 931). The store
    // knows; the cases that write past it do not, and so the first one stays.
    behind.write(&Authority::new("First CA").certificate, "First CA");
    assert_eq!(store.protection(), Protection::Hardware);
    let mut cases = contract::cases(contract::Subject {
        store,
        location: location.clone(),
        pin: Some(Arc::new(Saying(Some(PIN)))),
        behind,
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: false,
    });
    cases.retain(|case| wanted(case.name()));
    cases
}

/// A login is valid for the whole process, so this test has its own process.
fn a_locked_token_says_what_it_wants(location: &Location) {
    let made = |pin: Option<Saying>| {
        let store = inkan_store::open_with(location, pin.map(|pin| Arc::new(pin) as Arc<dyn PinSource>)).unwrap();
        assert_eq!(store.certificates().unwrap(), [], "listing asks for nothing");
        store.generate(KeyAlgorithm::EcP256, "locked").map(|key| key.id().clone())
    };
    assert!(matches!(made(None), Err(StoreError::Locked(_))));
    assert!(matches!(made(Some(Saying(None))), Err(StoreError::Denied(_))));
    let mistaken = made(Some(Saying(Some("0000"))));
    assert!(matches!(mistaken, Err(StoreError::WrongPin(_))), "{mistaken:?}");
    let key = made(Some(Saying(Some(PIN)))).unwrap();
    opened(location).delete_key(&key).unwrap();
}

/// A TPM makes a user wait after wrong PINs, for minutes or hours.
fn a_pin_that_was_wrong_too_often_is_locked(location: &Location) {
    let tried = |pin| {
        let store = inkan_store::open_with(location, Some(Arc::new(Saying(Some(pin))))).unwrap();
        store.generate(KeyAlgorithm::EcP256, "locked").map(|key| key.id().clone())
    };
    let tries: Vec<_> =
        (0..40).map(|_| tried("0000")).take_while(|tried| matches!(tried, Err(StoreError::WrongPin(_)))).collect();
    assert!((1..40).contains(&tries.len()), "{} tries", tries.len());
    let right = tried(PIN);
    assert!(matches!(right, Err(StoreError::PinLocked(_))), "{right:?}");
}

fn keys_stay_apart_once_the_first_is_deleted(store: &dyn CertificateStore) {
    let authority = Authority::new("Apart CA");
    let new = |name: &str| {
        let key = store.generate(KeyAlgorithm::EcP256, name).unwrap();
        let id = store.install(&authority.issue(key.as_ref(), name), name).unwrap();
        (key, id)
    };
    let (first, first_id) = new("first");
    let mut others: Vec<_> = ["second", "third"].into_iter().map(new).collect();
    assert_eq!(store.delete(&first_id).unwrap().key, DeletedKey::Gone);
    others.extend(["fourth", "fifth"].into_iter().map(new));
    assert!(matches!(store.key(first.id()), Err(StoreError::KeyMissing(_))));
    for (key, id) in &others {
        verifies(key.as_ref(), SignatureScheme::ECDSA_NISTP256_SHA256);
        let listed = store.certificates().unwrap().into_iter().find(|listed| listed.id == *id).unwrap();
        assert_eq!((&listed.key_id, listed.protection), (key.id(), Some(Protection::Hardware)));
    }
    for (_, id) in &others {
        assert_eq!(store.delete(id).unwrap().key, DeletedKey::Gone);
    }
    assert_eq!((store.certificates().unwrap(), store.orphan_keys().unwrap()), (vec![], vec![]));
}
