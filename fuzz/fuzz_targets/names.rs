#![no_main]
//! A certificate, or a name alone, from anybody.

use inkan_store::{StoredCertificate, name_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    let _ = name_text(der);
    if let Ok(certificate) = StoredCertificate::parse(der, None) {
        assert_eq!(certificate.der, der);
        let _ = name_text(&certificate.issuer_der);
    }
});
