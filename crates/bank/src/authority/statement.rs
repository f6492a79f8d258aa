use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use x509_parser::prelude::{FromDer, X509Certificate};

use rcgen::SigningKey;

use super::{Authority, AuthorityError};

impl Authority {
    /// Signs a statement of the bank with the CA's key (ECDSA with SHA-256, in DER).
    ///
    /// A statement is a text. No text begins like a certificate, a CRL or an OCSP response, which are SEQUENCEs in DER,
    /// so the signature of a statement is never one of those.
    pub(crate) fn sign_statement(&self, statement: &str) -> Result<Vec<u8>, AuthorityError> {
        Ok(self.issuer.key().sign(statement.as_bytes())?)
    }
}

/// Returns whether `signature` is the one of `statement` by the CA with that certificate.
pub(crate) fn is_signed(statement: &str, signature: &[u8], ca_certificate: &[u8]) -> bool {
    let Ok((_, certificate)) = X509Certificate::from_der(ca_certificate) else { return false };
    let key = certificate.public_key().subject_public_key.data.as_ref();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key).verify(statement.as_bytes(), signature).is_ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn only_the_ca_signs_and_only_this_statement() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let now = datetime!(2026-11-21 12:00 UTC);
        let ours = Authority::open(ours.path(), "Bank", now).unwrap();
        let theirs = Authority::open(theirs.path(), "Bank", now).unwrap();
        let signature = ours.sign_statement("a statement").unwrap();
        assert!(is_signed("a statement", &signature, ours.certificate()));
        assert!(!is_signed("a statement", &signature, theirs.certificate()));
        assert!(!is_signed("another statement", &signature, ours.certificate()));
        assert!(!is_signed("a statement", &[], ours.certificate()));
        assert!(!is_signed("a statement", &signature, b"not a certificate"));
    }
}
