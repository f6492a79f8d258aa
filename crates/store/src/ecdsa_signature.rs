use der::Encode;
use der::asn1::UintRef;

use crate::public_key::sequence;

/// Converts an ECDSA signature from r‖s of equal length, as tokens and CNG return it, to a SEQUENCE of two minimal
/// INTEGERs, as X.509 and TLS require it (RFC 3279 §2.2.3).
pub(crate) fn from_two_numbers(raw: &[u8]) -> Option<Vec<u8>> {
    let (r, s) = raw.split_at(raw.len() / 2);
    if r.len() != s.len() {
        return None;
    }
    sequence(&[UintRef::new(r).ok()?.to_der().ok()?, UintRef::new(s).ok()?.to_der().ok()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_are_minimal() {
        let raw = [[0x00, 0x00, 0x7f].as_slice(), &[0x00, 0x80, 0x01]].concat();
        assert_eq!(from_two_numbers(&raw).unwrap(), [0x30, 8, 2, 1, 0x7f, 2, 3, 0, 0x80, 1]);
        assert_eq!(from_two_numbers(&raw[1..]), None);
    }
}
