//! Calls the `openssl` command in tests.

use std::process::Command;

/// Returns the output of `openssl`. Panics if it fails.
pub(super) fn openssl(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl").args(arguments).output().expect("openssl, of the package openssl");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
