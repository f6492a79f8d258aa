#![no_main]
//! A PKCS#12 file from outside, with or without a MAC. In fuzzing builds the store does not check the MAC, so that the
//! fuzzer reaches the contents, and accepts 16 iterations at most.

use inkan_store::{StoredCertificate, decode_unprotected_pkcs12};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    for entry in decode_unprotected_pkcs12(file, "s3cret").into_iter().flatten() {
        let certificate = StoredCertificate::parse(entry.identity.certificate(), None);
        assert!(certificate.is_ok(), "what was matched with a key is a certificate");
    }
});
