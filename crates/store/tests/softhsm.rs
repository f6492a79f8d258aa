//! Tests the contract on a SoftHSM token with a PIN.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::process::ExitCode;
use std::sync::Arc;

use cryptoki::context::Pkcs11;
use inkan_store::{Location, PinSource, StoreError, Unavailable};
use libtest_mimic::Trial;

mod contract;
mod softhsm_token;

use contract::{ALGORITHMS, Behind, Token};
use softhsm_token::{Known, LABEL, PIN, find_library, in_new_process};

fn main() -> ExitCode {
    in_new_process(|_| run())
}

fn run() -> ! {
    let arguments = libtest_mimic::Arguments::from_args();
    let library = find_library();
    let location = Location::Pkcs11 { module: library.clone(), token: Some(LABEL.into()) };
    let pin: Arc<dyn PinSource> = Arc::new(Known);
    let subject = contract::Subject {
        store: inkan_store::open_with(&location, Some(pin.clone())).unwrap(),
        location,
        pin: Some(pin),
        behind: Behind::Token(Token { module: Pkcs11::new(library).unwrap(), label: LABEL, pin: Some(PIN.into()) }),
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: true,
    };
    let mut cases = contract::cases(subject);
    cases.push(Trial::test("a_token_that_is_not_there_is_unavailable", || {
        let location = Location::Pkcs11 { module: find_library(), token: Some("no such token".into()) };
        let refused = inkan_store::open(&location);
        let Err(StoreError::Unavailable(Unavailable::TokenUnknown { label, there, .. })) = &refused else {
            return Err(format!("{refused:?}").into());
        };
        assert_eq!((label.as_str(), there.as_slice()), ("no such token", [LABEL.to_owned()].as_slice()));
        Ok(())
    }));
    libtest_mimic::run(&arguments, cases).exit()
}
