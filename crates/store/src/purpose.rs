//! The purposes for which a certificate's key may be used (RFC 5280 §4.2.1.3, §4.2.1.12).

use std::collections::BTreeSet;

use x509_parser::extensions::{ExtendedKeyUsage, ParsedExtension};
use x509_parser::oid_registry::{OID_X509_EXT_EXTENDED_KEY_USAGE, OID_X509_EXT_KEY_USAGE};
use x509_parser::prelude::X509Certificate;

use crate::extension::Extension;

/// A bit of the key usage extension. The first bit of RFC 5280 §4.2.1.3 is the lowest one here.
const DIGITAL_SIGNATURE: u16 = 1 << 0;
const NON_REPUDIATION: u16 = 1 << 1;

/// The purposes that a certificate names. An extension that is absent allows every use, and one that does not parse
/// allows none. Two values are equal if both extensions are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    key_usage: Extension<u16>,
    extended_key_usage: Extension<BTreeSet<String>>,
}

impl Purpose {
    pub(crate) fn of(certificate: &X509Certificate<'_>) -> Self {
        let key_usage = Extension::of(certificate, &OID_X509_EXT_KEY_USAGE, |found| match found {
            ParsedExtension::KeyUsage(usage) => Some(usage.flags),
            _ => None,
        });
        let extended_key_usage = Extension::of(certificate, &OID_X509_EXT_EXTENDED_KEY_USAGE, |found| match found {
            ParsedExtension::ExtendedKeyUsage(usage) => Some(names(usage)),
            _ => None,
        });
        Self { key_usage, extended_key_usage }
    }

    /// Returns whether both extensions allow TLS client authentication, or are absent.
    pub fn allows_client_authentication(&self) -> bool {
        let purpose = match &self.extended_key_usage {
            Extension::Absent => true,
            Extension::Present(names) => names.contains(CLIENT_AUTH) || names.contains(ANY),
            Extension::Unreadable => false,
        };
        let signs = match &self.key_usage {
            Extension::Absent => true,
            Extension::Present(bits) => bits & DIGITAL_SIGNATURE != 0,
            Extension::Unreadable => false,
        };
        purpose && signs
    }

    /// Returns whether the certificate is for TLS client authentication only, so that its key decrypts no mail or file
    /// and no other program needs it. A certificate that names no purpose is for all purposes.
    pub fn is_client_authentication_only(&self) -> bool {
        let signs_only = match &self.key_usage {
            Extension::Absent => false,
            Extension::Present(bits) => bits & !(DIGITAL_SIGNATURE | NON_REPUDIATION) == 0,
            Extension::Unreadable => false,
        };
        let names = match &self.extended_key_usage {
            Extension::Absent => signs_only,
            Extension::Present(names) => names.iter().all(|name| name == CLIENT_AUTH),
            Extension::Unreadable => false,
        };
        names && (signs_only || self.key_usage == Extension::Absent) && self.allows_client_authentication()
    }

    /// Returns whether both extensions could be read, so that two purposes can be compared.
    pub fn is_readable(&self) -> bool {
        self.key_usage != Extension::Unreadable && self.extended_key_usage != Extension::Unreadable
    }
}

const CLIENT_AUTH: &str = "client_auth";
const ANY: &str = "any";

/// Returns the purposes by name, or by OID if x509-parser has no name for one.
fn names(usage: &ExtendedKeyUsage<'_>) -> BTreeSet<String> {
    let known = [
        (usage.any, ANY),
        (usage.server_auth, "server_auth"),
        (usage.client_auth, CLIENT_AUTH),
        (usage.code_signing, "code_signing"),
        (usage.email_protection, "email_protection"),
        (usage.time_stamping, "time_stamping"),
        (usage.ocsp_signing, "ocsp_signing"),
    ];
    let known = known.into_iter().filter(|(present, _)| *present).map(|(_, name)| name.to_owned());
    known.chain(usage.other.iter().map(|oid| oid.to_id_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::ExtendedKeyUsagePurpose as Extended;
    use rcgen::KeyUsagePurpose as Usage;
    use rcgen::{CertificateParams, KeyPair};
    use x509_parser::prelude::FromDer;

    fn purpose(usages: &[Usage], extended: &[Extended]) -> Purpose {
        let mut parameters = CertificateParams::default();
        parameters.key_usages = usages.to_vec();
        parameters.extended_key_usages = extended.to_vec();
        let der = parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
        Purpose::of(&X509Certificate::from_der(&der).unwrap().1)
    }

    #[test]
    fn a_key_that_may_decrypt_or_serves_others_is_not_for_client_authentication_only() {
        let sign = Usage::DigitalSignature;
        let only = |usages: &[Usage], extended: &[Extended]| {
            let purpose = purpose(usages, extended);
            assert!(purpose.allows_client_authentication(), "{purpose:?}");
            purpose.is_client_authentication_only()
        };
        assert!(only(&[sign], &[Extended::ClientAuth]));
        assert!(only(&[sign, Usage::ContentCommitment], &[Extended::ClientAuth]));
        assert!(only(&[], &[Extended::ClientAuth]));
        assert!(only(&[sign], &[]));
        assert!(!only(&[], &[]), "it is for everything");
        assert!(!only(&[sign], &[Extended::Any]));
        assert!(!only(&[sign], &[Extended::ClientAuth, Extended::EmailProtection]));
        assert!(!only(&[sign], &[Extended::ClientAuth, Extended::ServerAuth]));
        let file_system = Extended::Other(vec![1, 3, 6, 1, 4, 1, 311, 10, 3, 4]);
        assert!(!only(&[sign], &[Extended::ClientAuth, file_system]));
        for decrypts in [Usage::KeyEncipherment, Usage::DataEncipherment, Usage::KeyAgreement] {
            assert!(!only(&[sign, decrypts], &[Extended::ClientAuth]), "{decrypts:?}");
        }
        assert!(!purpose(&[sign], &[Extended::ServerAuth]).is_client_authentication_only());
        assert!(!purpose(&[Usage::KeyEncipherment], &[]).is_client_authentication_only());
    }

    #[test]
    fn an_extension_that_does_not_parse_allows_nothing() {
        let with = |arcs: &[u64], content: &[u8]| {
            let mut parameters = CertificateParams::default();
            parameters.custom_extensions = vec![rcgen::CustomExtension::from_oid_content(arcs, content.to_vec())];
            let der = parameters.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
            Purpose::of(&X509Certificate::from_der(&der).unwrap().1)
        };
        for arcs in [[2, 5, 29, 15], [2, 5, 29, 37]] {
            for content in [&[0x20, 0][..], &[0x30, 1], &[], &[0xff; 8]] {
                let purpose = with(&arcs, content);
                assert!(!purpose.allows_client_authentication() && !purpose.is_readable(), "{arcs:?} {content:?}");
            }
        }
    }

    #[test]
    fn the_order_of_purposes_does_not_matter() {
        let one = purpose(&[Usage::DigitalSignature], &[Extended::ClientAuth, Extended::EmailProtection]);
        let other = purpose(&[Usage::DigitalSignature], &[Extended::EmailProtection, Extended::ClientAuth]);
        assert_eq!(one, other);
        assert!(one.is_readable());
        assert_ne!(one, purpose(&[Usage::DigitalSignature], &[Extended::ClientAuth]));
    }
}
