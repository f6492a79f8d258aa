//! Makes TLS signatures by the algorithms of the framework. The digest is computed here, so that the message is not
//! sent to a card.

use rustls::SignatureScheme;
use security_framework::key::{Algorithm, SecKey};
use security_framework::random::SecRandom;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::framework::{self, signs_with};
use crate::macos::emsa_pss;
use crate::macos::status::{Cause, Failure};

/// Signs `message` for TLS (RFC 8446 §4.2.3, RFC 5246 §4.7). `bits` is the size of an RSA key. Returns none for a
/// scheme that is not supported here.
pub(super) fn sign(
    key: &SecKey,
    bits: u32,
    scheme: SignatureScheme,
    message: &[u8],
) -> Option<Result<Vec<u8>, Failure>> {
    use Algorithm as A;
    use SignatureScheme as S;
    Some(match scheme {
        S::ECDSA_NISTP256_SHA256 => plain::<Sha256>(key, A::ECDSASignatureDigestX962SHA256, message),
        S::ECDSA_NISTP384_SHA384 => plain::<Sha384>(key, A::ECDSASignatureDigestX962SHA384, message),
        S::RSA_PKCS1_SHA256 => plain::<Sha256>(key, A::RSASignatureDigestPKCS1v15SHA256, message),
        S::RSA_PKCS1_SHA384 => plain::<Sha384>(key, A::RSASignatureDigestPKCS1v15SHA384, message),
        S::RSA_PKCS1_SHA512 => plain::<Sha512>(key, A::RSASignatureDigestPKCS1v15SHA512, message),
        S::RSA_PSS_SHA256 => pss::<Sha256>(key, bits, A::RSASignatureDigestPSSSHA256, message),
        S::RSA_PSS_SHA384 => pss::<Sha384>(key, bits, A::RSASignatureDigestPSSSHA384, message),
        S::RSA_PSS_SHA512 => pss::<Sha512>(key, bits, A::RSASignatureDigestPSSSHA512, message),
        _ => return None,
    })
}

fn plain<D: Digest>(key: &SecKey, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Failure> {
    create(key, algorithm, &D::digest(message))
}

/// Signs with PSS for a key that cannot pad. The padding is made here.
fn pss<D: Digest>(key: &SecKey, bits: u32, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Failure> {
    if signs_with(key, algorithm) {
        match plain::<D>(key, algorithm, message) {
            Err(failure) if failure.cause == Cause::Unsupported => {}
            outcome => return outcome,
        }
    }
    let digest = D::digest(message);
    let mut salt = vec![0; digest.len()];
    SecRandom::default().copy_bytes(&mut salt).map_err(|_| Failure::silent())?;
    let block = emsa_pss::encode::<D>(&digest, &salt, bits as usize).ok_or_else(Failure::silent)?;
    create(key, Algorithm::RSASignatureRaw, &block)
}

fn create(key: &SecKey, algorithm: Algorithm, input: &[u8]) -> Result<Vec<u8>, Failure> {
    key.create_signature(algorithm, input).map_err(|error| framework::failure(&error))
}
