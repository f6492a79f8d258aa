#![no_main]
//! A certificate, or a name alone, from outside.

use inkan_store::{DistinguishedName, StoredCertificate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    let _ = DistinguishedName::of(der).text();
    if let Ok(certificate) = StoredCertificate::parse(der, None) {
        assert_eq!(certificate.der, der);
        assert_eq!(DistinguishedName::of(certificate.issuer_name.der()), certificate.issuer_name);
    }
});
