//! Keys in the form in which the Security framework takes and gives them, its “external representation”: PKCS#1 for RSA
//! (RFC 8017 §A.1), X9.63 for EC: the point for a public key, the point and the scalar behind it for a private one.

use pkcs1::RsaPublicKey;
use pkcs8::der::{Decode, Encode};
use sha1::{Digest, Sha1};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};
use zeroize::Zeroizing;

use crate::key_material::KeyMaterial;
use crate::public_key::{Kind, PublicKey};

/// The curves that the framework knows: the length of a point, and the OID in DER (RFC 5480 §2.1.1.1).
const CURVES: [(usize, &[u8]); 3] = [
    (65, &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]),
    (97, &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22]),
    (133, &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23]),
];

/// What the keychain calls `kSecAttrApplicationLabel` of a key and `kSecAttrPublicKeyHash` of a certificate: SHA-1 of
/// the public key's external representation, which is what the BIT STRING of a SubjectPublicKeyInfo holds.
pub(super) fn application_label(public_key: &PublicKey) -> Option<Vec<u8>> {
    external_public_key(public_key).map(|bytes| Sha1::digest(bytes).to_vec())
}

/// A public key as the framework gives it.
pub(super) fn external_public_key(public_key: &PublicKey) -> Option<Vec<u8>> {
    let (_, info) = SubjectPublicKeyInfo::from_der(&public_key.der).ok()?;
    Some(info.subject_public_key.data.to_vec())
}

/// The public key that the framework gave. None where it is neither RSA nor EC.
pub(super) fn public_key(external: &[u8]) -> Option<PublicKey> {
    if let Some((_, curve)) = CURVES.iter().find(|(length, _)| *length == external.len()) {
        return PublicKey::ec(curve, external);
    }
    let key = RsaPublicKey::from_der(external).ok()?;
    PublicKey::rsa(key.modulus.as_bytes(), key.public_exponent.as_bytes())
}

/// A private key as the framework takes it: from PKCS#8 (RFC 5958), and `public_key`, its other half, since for EC that
/// belongs to it and may be absent there. Gives back what it is, of a key that no TLS signature can be made with.
pub(super) fn private_key(pkcs8: &[u8], public_key: &PublicKey) -> Result<Zeroizing<Vec<u8>>, String> {
    match (KeyMaterial::of(pkcs8)?, &public_key.kind) {
        (KeyMaterial::Rsa(key), Kind::Rsa(_)) => key.to_der().map(Zeroizing::new).map_err(|error| error.to_string()),
        (KeyMaterial::Ec { number, .. }, Kind::Ec(point)) => Ok(Zeroizing::new([point.as_slice(), &number].concat())),
        _ => Err(format!("a key that is not {}", public_key.algorithm())),
    }
}

// macOS has an `openssl` of another make, Windows none.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use crate::macos::openssl::openssl;
    use rcgen::PublicKeyData;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};

    fn parsed(spki: &[u8]) -> PublicKey {
        PublicKey::of(&SubjectPublicKeyInfo::from_der(spki).unwrap().1)
    }

    /// PKCS#8, SubjectPublicKeyInfo and the traditional form of a new key.
    fn made(arguments: &[&str]) -> (Vec<u8>, PublicKey, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let path = path.to_str().unwrap();
        openssl(&[&["genpkey", "-out", path][..], arguments].concat());
        let pkcs8 = openssl(&["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", path]);
        let public = openssl(&["pkey", "-pubout", "-outform", "DER", "-in", path]);
        let traditional = openssl(&["pkey", "-traditional", "-outform", "DER", "-in", path]);
        (pkcs8, parsed(&public), traditional)
    }

    #[test]
    fn rsa_is_handed_over_as_pkcs1() {
        let (pkcs8, public, traditional) = made(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
        assert_eq!(*private_key(&pkcs8, &public).unwrap(), traditional);
        let external = external_public_key(&public).unwrap();
        assert_eq!(public_key(&external).unwrap().der, public.der);
        assert_eq!(application_label(&public).unwrap(), Sha1::digest(&external).to_vec());
    }

    #[test]
    fn ec_is_handed_over_as_point_and_scalar() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let public = parsed(&pair.subject_public_key_info());
        let external = private_key(&pair.serialize_der(), &public).unwrap();
        let (point, scalar) = external.split_at(65);
        EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_ASN1_SIGNING,
            scalar,
            point,
            &SystemRandom::new(),
        )
        .unwrap();
        assert_eq!(external_public_key(&public).unwrap(), point);
        assert_eq!(public_key(point).unwrap().der, public.der);
    }

    #[test]
    fn each_curve_keeps_its_own_length() {
        for (curve, length) in [("P-256", 65), ("P-384", 97), ("P-521", 133)] {
            let (pkcs8, public, _) = made(&["-algorithm", "EC", "-pkeyopt", &format!("ec_paramgen_curve:{curve}")]);
            // P-521 signs for no TLS here.
            let external = private_key(&pkcs8, &public).map(|external| external.len());
            assert_eq!(external.ok(), (length < 133).then_some(length + length / 2));
            let external = external_public_key(&public).unwrap();
            assert_eq!(public_key(&external).unwrap().der, public.der);
        }
    }

    #[test]
    fn a_short_scalar_is_padded_and_a_missing_public_half_missed_by_nobody() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let public = parsed(&pair.subject_public_key_info());
        // ECPrivateKey with the scalar 1 in one octet, and nothing behind it.
        let pkcs8 = [
            &[0x30, 0x1f, 2, 1, 0, 0x30, 0x13, 0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1][..],
            CURVES[0].1,
            &[0x04, 5 + 3, 0x30, 6, 2, 1, 1, 0x04, 1, 1],
        ]
        .concat();
        let pkcs8 = [&[0x30, u8::try_from(pkcs8.len() - 2).unwrap()], &pkcs8[2..]].concat();
        let external = private_key(&pkcs8, &public).unwrap();
        assert_eq!(external[65..], [[0; 31].as_slice(), &[1]].concat());
    }

    #[test]
    fn keys_of_another_kind_are_refused() {
        let (rsa, rsa_public, traditional) = made(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
        let (ed25519, ed25519_public, _) = made(&["-algorithm", "ED25519"]);
        let ec = rcgen::KeyPair::generate().unwrap();
        let ec_public = parsed(&ec.subject_public_key_info());
        for (key, public) in [
            (&rsa, &ec_public),
            (&ec.serialize_der(), &rsa_public),
            (&ed25519, &ed25519_public),
            (&traditional, &rsa_public),
            (&Vec::new(), &rsa_public),
        ] {
            assert!(private_key(key, public).is_err());
        }
        assert!(public_key(b"neither").is_none());
    }
}
