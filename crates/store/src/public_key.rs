//! Public keys: their identity here, their identity in a PKCS#11 token, what they verify.

use der::asn1::{BitStringRef, OctetStringRef, UintRef};
use der::{AnyRef, Decode, Encode, Tag};
use rustls::SignatureScheme;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use x509_parser::prelude::SubjectPublicKeyInfo;
use x509_parser::public_key::PublicKey as Parsed;

use crate::KeyId;
use crate::hex::hex;

/// `rsaEncryption` with its NULL (RFC 3279 §2.3.1), an AlgorithmIdentifier in DER.
const RSA: &[u8] = &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// The OID `id-ecPublicKey` in DER (RFC 5480 §2.1.1).
const EC: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// Lengths of an uncompressed point on P-256, P-384 and P-521.
const POINTS: [usize; 3] = [65, 97, 133];

/// What a key pair can be, as far as TLS signatures go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The uncompressed point.
    Ec(Vec<u8>),
    /// The modulus without leading zeros.
    Rsa(Vec<u8>),
    /// An OID with which nothing here can sign.
    Other(String),
}

/// A SubjectPublicKeyInfo, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct PublicKey {
    pub(crate) der: Vec<u8>,
    pub(crate) kind: Kind,
}

/// Whether the private key is the same. The DER may differ all the same: RSA with and without its NULL.
impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Other(_), Kind::Other(_)) => self.der == other.der,
            (own, other) => own == other,
        }
    }
}

impl PublicKey {
    /// From the SubjectPublicKeyInfo of a certificate.
    pub(crate) fn of(info: &SubjectPublicKeyInfo<'_>) -> Self {
        let kind = match info.parsed() {
            Ok(Parsed::RSA(key)) => Kind::Rsa(trimmed(key.modulus)),
            Ok(Parsed::EC(point)) if POINTS.contains(&point.data().len()) => Kind::Ec(point.data().to_vec()),
            _ => Kind::Other(info.algorithm.algorithm.to_id_string()),
        };
        Self { der: info.raw.to_vec(), kind }
    }

    /// From `CKA_MODULUS` and `CKA_PUBLIC_EXPONENT`.
    pub(crate) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let key = sequence(&[UintRef::new(modulus).ok()?.to_der().ok()?, UintRef::new(exponent).ok()?.to_der().ok()?])?;
        let der = sequence(&[RSA.to_vec(), BitStringRef::from_bytes(&key).ok()?.to_der().ok()?])?;
        Some(Self { der, kind: Kind::Rsa(trimmed(modulus)) })
    }

    /// From `CKA_EC_PARAMS` and `CKA_EC_POINT`. The point should be inside an OCTET STRING; some tokens leave it bare.
    pub(crate) fn ec(parameters: &[u8], point: &[u8]) -> Option<Self> {
        let is_point = |bytes: &&[u8]| POINTS.contains(&bytes.len()) && bytes.first() == Some(&4);
        let wrapped = OctetStringRef::from_der(point).ok().map(|octets| octets.as_bytes());
        let point = wrapped.filter(is_point).or(Some(point).filter(is_point))?;
        let algorithm = sequence(&[EC.to_vec(), parameters.to_vec()])?;
        let der = sequence(&[algorithm, BitStringRef::from_bytes(point).ok()?.to_der().ok()?])?;
        Some(Self { der, kind: Kind::Ec(point.to_vec()) })
    }

    pub(crate) fn id(&self) -> KeyId {
        KeyId(hex(&Sha256::digest(&self.der)))
    }

    /// The `CKA_ID` by which NSS joins certificate and key: SHA-1 of the modulus or of the bare point.
    pub(crate) fn token_id(&self) -> Option<Vec<u8>> {
        match &self.kind {
            Kind::Ec(bytes) | Kind::Rsa(bytes) => Some(Sha1::digest(bytes).to_vec()),
            Kind::Other(_) => None,
        }
    }

    /// `EC` or `RSA`, or an OID.
    pub(crate) fn algorithm(&self) -> String {
        match &self.kind {
            Kind::Ec(_) => "EC".into(),
            Kind::Rsa(_) => "RSA".into(),
            Kind::Other(oid) => oid.clone(),
        }
    }

    /// Size in bits; 0 where unknown.
    pub(crate) fn bits(&self) -> u32 {
        let bits = match &self.kind {
            Kind::Ec(point) if point.len() == 133 => 521,
            Kind::Ec(point) => 4 * (point.len() - 1),
            Kind::Rsa(modulus) => modulus.first().map_or(0, |first| 8 * modulus.len() - first.leading_zeros() as usize),
            Kind::Other(_) => 0,
        };
        u32::try_from(bits).unwrap_or(u32::MAX)
    }

    /// The TLS schemes whose signatures it verifies, the best first; `pss` says whether the private end can RSA-PSS.
    pub(crate) fn schemes(&self, pss: bool) -> Vec<SignatureScheme> {
        use SignatureScheme as S;
        match &self.kind {
            Kind::Ec(point) if point.len() == 65 => vec![S::ECDSA_NISTP256_SHA256],
            Kind::Ec(point) if point.len() == 97 => vec![S::ECDSA_NISTP384_SHA384],
            Kind::Rsa(_) => {
                let mut schemes =
                    if pss { vec![S::RSA_PSS_SHA256, S::RSA_PSS_SHA384, S::RSA_PSS_SHA512] } else { vec![] };
                schemes.extend([S::RSA_PKCS1_SHA256, S::RSA_PKCS1_SHA384, S::RSA_PKCS1_SHA512]);
                schemes
            }
            Kind::Ec(_) | Kind::Other(_) => vec![],
        }
    }
}

/// DER of a SEQUENCE of parts that are DER already.
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
    use x509_parser::prelude::FromDer;

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
            assert_eq!((key.algorithm().as_str(), key.bits()), ("EC", 256));
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
        assert_eq!((key.algorithm().as_str(), key.bits()), ("RSA", 2048));
        assert_eq!(key.token_id().unwrap(), Sha1::digest(&modulus).to_vec());
        assert_eq!(key.schemes(false).len(), 3);
        assert_eq!(key.schemes(true)[0], SignatureScheme::RSA_PSS_SHA256);
    }
}
