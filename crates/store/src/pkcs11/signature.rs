//! Makes TLS signatures by PKCS#11 mechanisms. The digest is computed here, since some tokens can sign but not hash.

use cryptoki::error::{Error, Result};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use rustls::SignatureScheme;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::ecdsa_signature::from_two_numbers;

/// The DigestInfo that precedes the digest (RFC 8017 §9.2, note 1), for SHA-256, SHA-384 and SHA-512.
const SHA256: &[u8] = &[0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
const SHA384: &[u8] = &[0x30, 0x41, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2, 5, 0, 4, 0x30];
const SHA512: &[u8] = &[0x30, 0x51, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3, 5, 0, 4, 0x40];

/// Signs `message` for TLS (RFC 8446 §4.2.3, RFC 5246 §4.7). `raw` is the token's operation that signs.
pub(super) fn sign(
    scheme: SignatureScheme,
    message: &[u8],
    raw: impl Fn(&Mechanism<'_>, &[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    use SignatureScheme as S;
    let pkcs1 = |prefix: &[u8], digest: &[u8]| raw(&Mechanism::RsaPkcs, &[prefix, digest].concat());
    let pss = |hash_alg, mgf, digest: &[u8]| {
        let s_len = digest.len().try_into()?;
        raw(&Mechanism::RsaPkcsPss(PkcsPssParams { hash_alg, mgf, s_len }), digest)
    };
    let ecdsa = |digest: &[u8]| from_two_numbers(&raw(&Mechanism::Ecdsa, digest)?).ok_or(Error::InvalidValue);
    match scheme {
        S::ECDSA_NISTP256_SHA256 => ecdsa(&Sha256::digest(message)),
        S::ECDSA_NISTP384_SHA384 => ecdsa(&Sha384::digest(message)),
        S::RSA_PKCS1_SHA256 => pkcs1(SHA256, &Sha256::digest(message)),
        S::RSA_PKCS1_SHA384 => pkcs1(SHA384, &Sha384::digest(message)),
        S::RSA_PKCS1_SHA512 => pkcs1(SHA512, &Sha512::digest(message)),
        S::RSA_PSS_SHA256 => pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, &Sha256::digest(message)),
        S::RSA_PSS_SHA384 => pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, &Sha384::digest(message)),
        S::RSA_PSS_SHA512 => pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, &Sha512::digest(message)),
        _ => Err(Error::NotSupported),
    }
}
