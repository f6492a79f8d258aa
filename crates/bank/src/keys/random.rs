//! Random secrets and identifiers.

use data_encoding::BASE64URL_NOPAD;
use inkan_protocol::Secret;

/// Returns a session token: 256 random bits.
pub(crate) fn session_token() -> Secret {
    Secret::from(BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>()))
}

/// Returns an enrolment code: 120 random bits in letters and digits that can be read out.
pub(crate) fn enrolment_code() -> Secret {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code: String =
        rand::random::<[u8; 24]>().iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    Secret::from(code)
}

/// Returns the ID of a notice.
pub(crate) fn notice_id() -> String {
    data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>())
}

/// Returns the secret of a hardware token, as long as its HMAC-SHA-1 (RFC 4226 §4).
pub(crate) fn token_secret() -> zeroize::Zeroizing<[u8; 20]> {
    zeroize::Zeroizing::new(rand::random())
}
