#![no_main]
//! A certificate, of a person or of a server, or a name alone.

use inkan_client::fuzzing as client;
use inkan_store::{DistinguishedName, StoredCertificate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    let _ = DistinguishedName::of(der).text();
    client::server_certificate(der);
    if let Ok(certificate) = StoredCertificate::parse(der, None) {
        assert_eq!(certificate.der, der);
        assert_eq!(DistinguishedName::of(certificate.issuer_name.der()), certificate.issuer_name);
    }
});
