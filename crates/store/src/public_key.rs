//! Handles public keys: their identity, their identity in a PKCS#11 token, and the verification of signatures.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use der::asn1::{BitStringRef, OctetStringRef, UintRef};
use der::{AnyRef, Decode, Encode, Tag};
use pkcs1::RsaPublicKey;
use rustls::SignatureScheme;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

use crate::key_kind::PointForm;
use crate::{KeyId, KeyKind, StoreError};

/// `rsaEncryption` with its NULL (RFC 3279 §2.3.1), an AlgorithmIdentifier in DER.
const RSA: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// The OID `id-ecPublicKey` in DER (RFC 5480 §2.1.1).
const EC: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// The part of a public key by which a store finds the key pair. [`KeyKind`] says whether Inkan can sign with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The uncompressed point, on any curve.
    Ec(Vec<u8>),
    /// The modulus without leading zeros.
    Rsa(Vec<u8>),
    /// The OID of any other algorithm.
    Other(String),
}

/// A SubjectPublicKeyInfo and its parts.
#[derive(Debug, Clone)]
pub(crate) struct PublicKey {
    pub(crate) der: Vec<u8>,
    pub(crate) kind: Kind,
    pub(crate) key_kind: KeyKind,
}

/// Compares two keys. Keys with different DER may be equal: RSA with NULL parameters and without.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Other(_), Kind::Other(_)) => self.der == other.der,
            (own, other) => own == other,
        }
    }
}

impl PublicKey {
    /// Reads the SubjectPublicKeyInfo of a certificate.
    pub(crate) fn of(info: &SubjectPublicKeyInfo<'_>) -> Self {
        let key_kind = KeyKind::of(info);
        let key = info.subject_public_key.data.as_ref();
        let other = || Kind::Other(info.algorithm.algorithm.to_id_string());
        let kind = match &key_kind {
            KeyKind::Rsa { .. } | KeyKind::RsaPss { .. } => match RsaPublicKey::from_der(key) {
                Ok(key) => Kind::Rsa(trimmed(key.modulus.as_bytes())),
                Err(_) => other(),
            },
            KeyKind::Ec { form: PointForm::Uncompressed, .. } => Kind::Ec(key.to_vec()),
            _ => other(),
        };
        Self { der: info.raw.to_vec(), kind, key_kind }
    }

    /// Makes an RSA key from `CKA_MODULUS` and `CKA_PUBLIC_EXPONENT`.
    pub(crate) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let key = sequence(&[UintRef::new(modulus).ok()?.to_der().ok()?, UintRef::new(exponent).ok()?.to_der().ok()?])?;
        Self::read(&sequence(&[RSA.to_vec(), BitStringRef::from_bytes(&key).ok()?.to_der().ok()?])?)
    }

    /// Makes an EC key from `CKA_EC_PARAMS` and `CKA_EC_POINT`. The point should be in an OCTET STRING, but some tokens
    /// leave the OCTET STRING out.
    pub(crate) fn ec(parameters: &[u8], point: &[u8]) -> Option<Self> {
        let algorithm = sequence(&[EC.to_vec(), parameters.to_vec()])?;
        let key = |point: &[u8]| {
            let key =
                Self::read(&sequence(&[algorithm.clone(), BitStringRef::from_bytes(point).ok()?.to_der().ok()?])?)?;
            matches!(key.kind, Kind::Ec(_)).then_some(key)
        };
        let wrapped = OctetStringRef::from_der(point).ok().map(|octets| octets.as_bytes());
        wrapped.and_then(key).or_else(|| key(point))
    }

    /// Reads a SubjectPublicKeyInfo in DER.
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        SubjectPublicKeyInfo::from_der(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, info)| Self::of(&info))
    }

    /// Returns whether `der` contains the bytes of this key: the modulus, the point or the whole SubjectPublicKeyInfo.
    /// This finds the key of a certificate that does not parse.
    pub(crate) fn is_contained_in(&self, der: &[u8]) -> bool {
        let bytes = match &self.kind {
            Kind::Ec(bytes) | Kind::Rsa(bytes) => bytes,
            Kind::Other(_) => &self.der,
        };
        !bytes.is_empty() && der.windows(bytes.len()).any(|window| window == bytes.as_slice())
    }

    pub(crate) fn id(&self) -> KeyId {
        KeyId(HEXLOWER.encode(&Sha256::digest(&self.der)))
    }

    /// Returns the key with that identity among `keys`. Every store finds its keys in its own way, and then calls this
    /// function.
    pub(crate) fn with_id(keys: impl IntoIterator<Item = Self>, id: &KeyId) -> Option<Self> {
        keys.into_iter().find(|key| key.id() == *id)
    }

    /// Returns the identities of `keys`, in order and each once.
    pub(crate) fn ids(keys: impl IntoIterator<Item = Self>) -> Vec<KeyId> {
        let ids: BTreeSet<KeyId> = keys.into_iter().map(|key| key.id()).collect();
        ids.into_iter().collect()
    }

    /// Returns the `CKA_ID` by which NSS joins a certificate and its key: SHA-1 of the modulus, or of the point without
    /// a wrapper.
    pub(crate) fn token_id(&self) -> Option<Vec<u8>> {
        match &self.kind {
            Kind::Ec(bytes) | Kind::Rsa(bytes) => Some(Sha1::digest(bytes).to_vec()),
            Kind::Other(_) => None,
        }
    }

    /// Refuses a key of a kind with which Inkan cannot sign, before any store is asked to take the key.
    pub(crate) fn check_supported(&self) -> Result<(), StoreError> {
        if self.key_kind.is_supported() {
            return Ok(());
        }
        Err(StoreError::KeyUnsupported { kind: self.key_kind.to_string() })
    }

    /// Returns the TLS signature schemes of the private half, the best first. `pss` says whether the store can make
    /// RSA-PSS signatures.
    pub(crate) fn schemes(&self, pss: bool) -> Vec<SignatureScheme> {
        self.key_kind.schemes(pss)
    }
}

/// Returns the DER of a SEQUENCE whose parts are in DER already.
pub(crate) fn sequence(parts: &[Vec<u8>]) -> Option<Vec<u8>> {
    AnyRef::new(Tag::Sequence, &parts.concat()).ok()?.to_der().ok()
}

fn trimmed(number: &[u8]) -> Vec<u8> {
    number.iter().copied().skip_while(|byte| *byte == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::PublicKeyData;

    fn read(key: &PublicKey) -> PublicKey {
        PublicKey::of(&SubjectPublicKeyInfo::from_der(&key.der).unwrap().1)
    }

    const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

    #[test]
    fn an_ec_key_is_put_together_from_its_attributes() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let point = pair.der_bytes();
        let wrapped = [vec![4, 65], point.to_vec()].concat();
        for attribute in [point, &wrapped] {
            let key = PublicKey::ec(P256, attribute).unwrap();
            assert_eq!(key.der, pair.subject_public_key_info());
            assert_eq!(key, read(&key));
            assert_eq!((key.key_kind.algorithm(), key.key_kind.bits()), ("EC", 256));
            assert_eq!(key.token_id().unwrap(), Sha1::digest(point).to_vec());
        }
        assert!(PublicKey::ec(P256, &point[1..]).is_none());
    }

    #[test]
    fn an_rsa_key_is_put_together_from_its_attributes() {
        let modulus = [[0xc5; 1].as_slice(), &[0x11; 255]].concat();
        let key = PublicKey::rsa(&modulus, &[1, 0, 1]).unwrap();
        assert_eq!(key, read(&key));
        let without_null = PublicKey { der: key.der[1..].to_vec(), ..key.clone() };
        assert!(key == without_null && key.id() != without_null.id());
        assert_eq!((key.key_kind.algorithm(), key.key_kind.bits()), ("RSA", 2048));
        assert_eq!(key.token_id().unwrap(), Sha1::digest(&modulus).to_vec());
        assert_eq!(key.schemes(false).len(), 3);
        assert_eq!(key.schemes(true)[0], SignatureScheme::RSA_PSS_SHA256);
    }
}
