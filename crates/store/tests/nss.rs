//! Tests the contract on a new NSS database.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use cryptoki::context::Pkcs11;
use inkan_store::Location;

mod contract;

use contract::{ALGORITHMS, Behind, Token};

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("database");
    std::fs::create_dir(&database).unwrap();
    let location = Location::Nss(database);
    let subject = contract::Subject {
        store: inkan_store::open(&location).unwrap(),
        location,
        pin: None,
        behind: Behind::Token(Token {
            module: Pkcs11::new("libsoftokn3.so").unwrap(),
            label: "NSS Certificate DB",
            pin: None,
        }),
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: true,
    };
    let conclusion = libtest_mimic::run(&arguments, contract::cases(subject));
    drop(directory);
    conclusion.exit();
}
