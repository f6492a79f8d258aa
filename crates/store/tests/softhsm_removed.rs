//! Tests a token that is removed while it is in use.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use inkan_store::{KeyAlgorithm, Location, SignatureScheme, StoreError};
use libtest_mimic::{Arguments, Trial};

mod softhsm_token;

use softhsm_token::{Known, LABEL, find_library, in_new_process};

fn main() -> ExitCode {
    in_new_process(|tokens| {
        let tokens = tokens.to_owned();
        let case = Trial::test("a_token_taken_away_is_told_as_removed", move || {
            taken_away(&tokens);
            Ok(())
        });
        libtest_mimic::run(&Arguments::from_args(), vec![case]).exit()
    })
}

/// Keys that were listed and opened before are refused afterwards by the right cause, and no call hangs.
fn taken_away(tokens: &Path) {
    let location = Location::Pkcs11 { module: find_library(), token: Some(LABEL.into()) };
    let store = inkan_store::open_with(&location, Some(Arc::new(Known))).unwrap();
    let key = store.generate(KeyAlgorithm::EcP256, "taken away").unwrap();
    key.sign(SignatureScheme::ECDSA_NISTP256_SHA256, b"before").unwrap();
    fs::remove_dir_all(tokens).unwrap();
    let signed = key.sign(SignatureScheme::ECDSA_NISTP256_SHA256, b"after");
    assert!(matches!(signed, Err(StoreError::TokenRemoved(_))), "{signed:?}");
    let made = store.generate(KeyAlgorithm::EcP256, "nowhere");
    assert!(matches!(made, Err(StoreError::TokenRemoved(_))), "{made:?}");
}
