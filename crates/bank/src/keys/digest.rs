use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Returns the SHA-256 in lower-case hex, by which the database knows certificates, keys, codes and session tokens.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
