use pkcs1::RsaPrivateKey;
use pkcs8::der::{Decode, Encode};
use pkcs8::{ObjectIdentifier, PrivateKeyInfo};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use sec1::EcPrivateKey;
use zeroize::Zeroizing;

use crate::KeyForm;
use crate::public_key::{Kind, PublicKey};

/// Ed25519 (RFC 8410 §3).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// The OID of RSA keys for PSS only (RFC 4055 §3.1). Such keys have the form of other RSA keys.
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The parts of a private key of a kind that can sign for TLS here.
pub(crate) enum KeyMaterial<'a> {
    Rsa(RsaPrivateKey<'a>),
    Ec {
        /// The OID of the named curve, in DER.
        curve: Vec<u8>,
        /// The private number, with as many bytes as the curve's field.
        number: Zeroizing<Vec<u8>>,
    },
}

impl<'a> KeyMaterial<'a> {
    /// Reads a key in PKCS#8.
    pub(crate) fn of(pkcs8: &'a [u8]) -> Result<Self, KeyForm> {
        let info = PrivateKeyInfo::from_der(pkcs8)?;
        match info.algorithm.oid {
            pkcs1::ALGORITHM_OID => Ok(Self::Rsa(RsaPrivateKey::from_der(info.private_key)?)),
            sec1::ALGORITHM_OID => {
                let own = EcPrivateKey::from_der(info.private_key)?;
                let curve = info.algorithm.parameters_oid().map_err(|_| KeyForm::NoCurve)?;
                let length = match curve {
                    P256 => 32,
                    P384 => 48,
                    other => return Err(KeyForm::Curve(other)),
                };
                let number = fixed(own.private_key, length).ok_or(KeyForm::TooLong)?;
                Ok(Self::Ec { curve: curve.to_der()?, number })
            }
            other => Err(KeyForm::Algorithm(other)),
        }
    }
}

/// Returns whether `key` (PKCS#8) may be the private half of `public_key`, as far as that can be seen without
/// computing.
pub(crate) fn seems_pair(key: &[u8], public_key: &PublicKey) -> bool {
    let Ok(info) = PrivateKeyInfo::from_der(key) else { return false };
    match &public_key.kind {
        Kind::Rsa(_) => is_pair(key, public_key),
        // Not every program writes the public half into the private key (RFC 5915 §3).
        Kind::Ec(point) => EcPrivateKey::from_der(info.private_key)
            .is_ok_and(|own| own.public_key.is_none_or(|public| public == point.as_slice())),
        Kind::Other(oid) => info.algorithm.oid.to_string() == *oid,
    }
}

/// Returns whether `key` (PKCS#8) is the private half of `public_key`.
pub(crate) fn is_pair(key: &[u8], public_key: &PublicKey) -> bool {
    let Ok(info) = PrivateKeyInfo::from_der(key) else { return false };
    match &public_key.kind {
        Kind::Rsa(modulus) => {
            [pkcs1::ALGORITHM_OID, RSA_PSS].contains(&info.algorithm.oid)
                && RsaPrivateKey::from_der(info.private_key).is_ok_and(|own| own.modulus.as_bytes() == modulus)
        }
        Kind::Ec(point) => is_ec_pair(&info, point),
        Kind::Other(oid) if info.algorithm.oid == ED25519 && *oid == ED25519.to_string() => {
            is_ed25519_pair(&info, &public_key.der)
        }
        // What cannot be compared is for the store to refuse, which has no use for it.
        Kind::Other(oid) => info.algorithm.oid.to_string() == *oid,
    }
}

fn is_ec_pair(info: &PrivateKeyInfo<'_>, point: &[u8]) -> bool {
    let Ok(own) = EcPrivateKey::from_der(info.private_key) else { return false };
    let (algorithm, length) = match info.algorithm.parameters_oid() {
        Ok(P256) => (&ECDSA_P256_SHA256_ASN1_SIGNING, 32),
        Ok(P384) => (&ECDSA_P384_SHA384_ASN1_SIGNING, 48),
        // A curve that signs nowhere here: the file's own word on its public half will do.
        _ => return own.public_key.is_none_or(|public| public == point),
    };
    let Some(number) = fixed(own.private_key, length) else { return false };
    let random = ring::rand::SystemRandom::new();
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, &number, point, &random).is_ok()
}

fn is_ed25519_pair(info: &PrivateKeyInfo<'_>, public_key: &[u8]) -> bool {
    // An OCTET STRING of 32 bytes inside the outer one (RFC 8410 §7); the public key ends its SubjectPublicKeyInfo.
    let seed = info.private_key.strip_prefix(&[4, 32]);
    let bits = public_key.len().checked_sub(32).map(|start| &public_key[start..]);
    matches!((seed, bits), (Some(seed), Some(bits)) if Ed25519KeyPair::from_seed_and_public_key(seed, bits).is_ok())
}

/// Returns a private number in exactly `length` bytes. Some programs leave out leading zeros, or add one more.
pub(crate) fn fixed(number: &[u8], length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let significant = &number[number.iter().take_while(|byte| **byte == 0).count()..];
    let mut fixed = Zeroizing::new(vec![0; length]);
    let start = length.checked_sub(significant.len())?;
    fixed[start..].copy_from_slice(significant);
    Some(fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_their_full_length() {
        assert_eq!(fixed(&[7, 8], 4).unwrap().as_slice(), [0, 0, 7, 8]);
        assert_eq!(fixed(&[0, 0, 7, 8], 2).unwrap().as_slice(), [7, 8]);
        assert_eq!(fixed(&[1, 7, 8], 2), None);
    }

    #[test]
    fn keys_for_tls_are_taken_apart() {
        let key = rcgen::KeyPair::generate().unwrap().serialize_der();
        assert!(matches!(KeyMaterial::of(&key), Ok(KeyMaterial::Ec { number, .. }) if number.len() == 32));
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_der();
        assert_eq!(KeyMaterial::of(&key).err().unwrap(), KeyForm::Algorithm(ED25519));
        assert!(KeyMaterial::of(b"no key").is_err());
    }
}
