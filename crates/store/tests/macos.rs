//! Tests the contract on the default keychain of macOS. The tests make and delete their own items there.

#![cfg_attr(target_os = "macos", allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking"))]

#[cfg(target_os = "macos")]
mod contract;

#[cfg(target_os = "macos")]
fn main() {
    use contract::{ALGORITHMS, Behind, Subject};
    use inkan_store::Location;

    let subject = Subject {
        store: inkan_store::open(&Location::Native).unwrap(),
        location: Location::Native,
        pin: None,
        behind: Behind::Keychain,
        algorithms: ALGORITHMS,
        pss: true,
        takes_keys: true,
    };
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), contract::cases(subject)).exit();
}

#[cfg(not(target_os = "macos"))]
fn main() {}
