use sha1::{Digest, Sha1};
use sha2::Sha256;
use x509_cert::der::oid::ObjectIdentifier;
use x509_ocsp::CertId;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::Authority;

const SHA1_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA256_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

impl Authority {
    /// Returns whether an OCSP request asks for a certificate of this CA. The request identifies the CA by hashes of
    /// its name and its key, by SHA-1 or SHA-256 (RFC 6960 §4.1.1). SHA-1 proves nothing, but is enough to identify the
    /// CA.
    pub(crate) fn issued(&self, id: &CertId) -> bool {
        let Some(digest) = digest(&id.hash_algorithm.oid) else { return false };
        let Ok((_, own)) = X509Certificate::from_der(&self.certificate) else { return false };
        let key = &own.public_key().subject_public_key.data;
        digest(own.subject().as_raw()) == id.issuer_name_hash.as_bytes() && digest(key) == id.issuer_key_hash.as_bytes()
    }
}

/// A hash function.
type Hash = fn(&[u8]) -> Vec<u8>;

fn digest(oid: &ObjectIdentifier) -> Option<Hash> {
    match *oid {
        SHA1_OID => Some(|bytes| Sha1::digest(bytes).to_vec()),
        SHA256_OID => Some(|bytes| Sha256::digest(bytes).to_vec()),
        _ => None,
    }
}
