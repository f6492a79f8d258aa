//! Secrets the bank makes itself.

use data_encoding::BASE64URL_NOPAD;
use inkan_protocol::Secret;

/// A session token: 256 random bits.
pub(crate) fn session_token() -> Secret {
    Secret::from(BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>()))
}

/// An enrolment code: 120 random bits in letters and digits that can be read out.
pub(crate) fn enrolment_code() -> Secret {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code: String =
        rand::random::<[u8; 24]>().iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    Secret::from(code)
}

/// What a notice is named by.
pub(crate) fn notice_id() -> String {
    data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>())
}

/// The secret of a hardware token, of the length of its HMAC-SHA-1 (RFC 4226 §4).
pub(crate) fn token_secret() -> zeroize::Zeroizing<[u8; 20]> {
    zeroize::Zeroizing::new(rand::random())
}
