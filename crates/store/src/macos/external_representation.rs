//! Converts keys to and from the formats of the Security framework. It returns a public key in its “external
//! representation”: PKCS#1 for RSA (RFC 8017 §A.1), and the point without a wrapper for EC (X9.63).

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode, pem};
use pkcs1::RsaPublicKey;
use sec1::{EcParameters, EcPrivateKey};
use sha1::{Digest, Sha1};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};
use zeroize::Zeroizing;

use crate::KeyForm;
use crate::key_material::KeyMaterial;
use crate::public_key::{Kind, PublicKey};

/// The curves that the framework knows: the length of a point, and the OID in DER (RFC 5480 §2.1.1.1).
const CURVES: [(usize, &[u8]); 3] = [
    (65, &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]),
    (97, &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22]),
    (133, &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23]),
];

/// Returns the `kSecAttrApplicationLabel` of a key and the `kSecAttrPublicKeyHash` of its certificate: SHA-1 of the
/// public key's external representation, which is the content of the BIT STRING in a SubjectPublicKeyInfo.
pub(super) fn application_label(public_key: &PublicKey) -> Option<Vec<u8>> {
    external_public_key(public_key).map(|bytes| Sha1::digest(bytes).to_vec())
}

/// Returns a public key in the format of the framework.
pub(super) fn external_public_key(public_key: &PublicKey) -> Option<Vec<u8>> {
    let (_, info) = SubjectPublicKeyInfo::from_der(&public_key.der).ok()?;
    Some(info.subject_public_key.data.to_vec())
}

/// Reads a public key in the format of the framework. Returns none if it is neither RSA nor EC.
pub(super) fn public_key(external: &[u8]) -> Option<PublicKey> {
    if let Some((_, curve)) = CURVES.iter().find(|(length, _)| *length == external.len()) {
        return PublicKey::ec(curve, external);
    }
    let key = RsaPublicKey::from_der(external).ok()?;
    PublicKey::rsa(key.modulus.as_bytes(), key.public_exponent.as_bytes())
}

/// Converts a private key in PKCS#8 (RFC 5958) to the format of the file keychain: PEM of PKCS#1 or of ECPrivateKey
/// (RFC 5915). `public_key` is its public half, which may be missing in the PKCS#8. Fails for a key that cannot sign
/// for TLS.
pub(super) fn private_key(pkcs8: &[u8], public_key: &PublicKey) -> Result<Zeroizing<String>, KeyForm> {
    let pem = |label: &str, der: der::Result<Vec<u8>>| {
        let der = Zeroizing::new(der?);
        let pem = pem::encode_string(label, pem::LineEnding::LF, &der).map_err(der::Error::from)?;
        Ok(Zeroizing::new(pem))
    };
    match (KeyMaterial::of(pkcs8)?, &public_key.kind) {
        (KeyMaterial::Rsa(key), Kind::Rsa(_)) => pem("RSA PRIVATE KEY", key.to_der()),
        (KeyMaterial::Ec { curve, number }, Kind::Ec(point)) => {
            let curve = ObjectIdentifier::from_der(&curve)?;
            let key = EcPrivateKey {
                private_key: &number,
                parameters: Some(EcParameters::NamedCurve(curve)),
                public_key: Some(point),
            };
            pem("EC PRIVATE KEY", key.to_der())
        }
        _ => Err(KeyForm::OtherKind),
    }
}

// macOS has an `openssl` of another make, Windows none.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use crate::macos::openssl::openssl;
    use rcgen::PublicKeyData;

    fn parsed(spki: &[u8]) -> PublicKey {
        PublicKey::of(&SubjectPublicKeyInfo::from_der(spki).unwrap().1)
    }

    /// Returns a new key as PKCS#8, as SubjectPublicKeyInfo, and in the traditional form in PEM.
    fn made(arguments: &[&str]) -> (Vec<u8>, PublicKey, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let path = path.to_str().unwrap();
        openssl(&[&["genpkey", "-out", path][..], arguments].concat());
        let pkcs8 = openssl(&["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", path]);
        let public = openssl(&["pkey", "-pubout", "-outform", "DER", "-in", path]);
        let traditional = openssl(&["pkey", "-traditional", "-in", path]);
        (pkcs8, parsed(&public), String::from_utf8(traditional).unwrap())
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
    fn ec_is_handed_over_with_its_curve_and_its_public_half() {
        for (curve, usable) in [("P-256", true), ("P-384", true), ("P-521", false)] {
            let (pkcs8, public, traditional) =
                made(&["-algorithm", "EC", "-pkeyopt", &format!("ec_paramgen_curve:{curve}")]);
            // P-521 signs for no TLS here.
            let handed_over = private_key(&pkcs8, &public).map(|key| key.to_string());
            assert_eq!(handed_over.ok(), usable.then_some(traditional));
            let external = external_public_key(&public).unwrap();
            assert_eq!(public_key(&external).unwrap().der, public.der);
        }
    }

    #[test]
    fn a_short_scalar_is_padded_and_a_missing_public_half_put_in() {
        let public = parsed(&rcgen::KeyPair::generate().unwrap().subject_public_key_info());
        // ECPrivateKey with the scalar 1 in one octet, and nothing behind it.
        let pkcs8 = [
            &[0x30, 0x22, 2, 1, 0, 0x30, 0x13, 0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1][..],
            CURVES[0].1,
            &[0x04, 8, 0x30, 6, 2, 1, 1, 0x04, 1, 1],
        ]
        .concat();
        let handed_over = private_key(&pkcs8, &public).unwrap();
        let (_, der) = pem::decode_vec(handed_over.as_bytes()).unwrap();
        let key = EcPrivateKey::from_der(&der).unwrap();
        assert_eq!(key.private_key, [[0; 31].as_slice(), &[1]].concat());
        assert_eq!(key.public_key, Some(external_public_key(&public).unwrap().as_slice()));
    }

    #[test]
    fn keys_of_another_kind_are_refused() {
        let (rsa, rsa_public, traditional) = made(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
        let ed25519 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
        let ed25519_public = parsed(&ed25519.subject_public_key_info());
        let ec = rcgen::KeyPair::generate().unwrap();
        let ec_public = parsed(&ec.subject_public_key_info());
        for (key, public) in [
            (&rsa, &ec_public),
            (&ec.serialize_der(), &rsa_public),
            (&ed25519.serialize_der(), &ed25519_public),
            (&traditional.into_bytes(), &rsa_public),
            (&Vec::new(), &rsa_public),
        ] {
            assert!(private_key(key, public).is_err());
        }
        assert!(public_key(b"neither").is_none());
    }
}
