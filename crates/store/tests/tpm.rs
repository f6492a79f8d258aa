//! The contract on a token in a simulated TPM, which makes its own keys and takes none.

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
use simulated_tpm::{Known, LABEL, PIN, find_library, in_new_processes};

/// Each with a process and a TPM of its own. The module is started anew when the TPM is full of keys, which ends the
/// sessions of the cases that look behind the store: these are kept apart from those that make many.
const PARTS: &[&str] = &["a fresh token", "the store", "behind it"];

fn main() -> ExitCode {
    in_new_processes(PARTS, |part| run(part))
}

fn run(part: &str) -> ! {
    let arguments = libtest_mimic::Arguments::from_args();
    let location = Location::Pkcs11 { module: find_library(), token: Some(LABEL.into()) };
    let pin: Arc<dyn PinSource> = Arc::new(Known);
    let store = inkan_store::open_with(&location, Some(pin.clone())).unwrap();
    let cases = if part == PARTS[0] {
        vec![Trial::test("keys_stay_apart_once_the_first_is_deleted", move || {
            keys_stay_apart_once_the_first_is_deleted(store.as_ref());
            Ok(())
        })]
    } else {
        let mut cases = contract_on(store, location, pin);
        cases.retain(|case| contract::ALONE.contains(&case.name()) == (part == PARTS[2]));
        cases
    };
    libtest_mimic::run(&arguments, cases).exit()
}

fn contract_on(store: Arc<dyn CertificateStore>, location: Location, pin: Arc<dyn PinSource>) -> Vec<Trial> {
    let token = Token { module: Pkcs11::new(find_library()).unwrap(), label: LABEL, pin: Some(PIN.into()) };
    let behind = Behind::Token(token);
    // Once the first object is deleted, tpm2-pkcs11 gives a new one the handle of another (its issue 931). The store
    // knows; the cases that write past it do not, and so the first one stays.
    behind.write(&Authority::new("First CA").certificate, "First CA");
    assert_eq!(store.protection(), Protection::Hardware);
    contract::cases(contract::Subject {
        store,
        location,
        pin: Some(pin),
        behind,
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: false,
    })
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
    assert!(matches!(store.key(first.id()), Err(StoreError::KeyMissing)));
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
