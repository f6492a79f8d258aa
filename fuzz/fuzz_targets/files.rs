#![no_main]
//! A file of any kind, given as a PKCS#12 file or as a CA's certificate.

use inkan_client::ca_certificates;
use inkan_store::{StoredCertificate, certificates_in, pkcs12_in};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let _ = pkcs12_in(file);
    let certificates = certificates_in(file).unwrap_or_default();
    for certificate in &certificates {
        assert!(StoredCertificate::parse(certificate, None).is_ok(), "what is given out is a certificate");
    }
    if let Ok(pem) = ca_certificates("file", file) {
        assert_eq!(certificates_in(pem.as_bytes()).unwrap_or_default(), certificates, "PEM holds the same");
    }
});
