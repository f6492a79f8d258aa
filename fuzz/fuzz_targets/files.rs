#![no_main]
//! A file of any kind, given as a PKCS#12 file or as a CA's certificate.

use inkan_store::{StoredCertificate, certificates_in, pkcs12_in};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let _ = pkcs12_in(file);
    for certificate in certificates_in(file).into_iter().flatten() {
        assert!(StoredCertificate::parse(&certificate, None).is_ok(), "what is given out is a certificate");
    }
});
