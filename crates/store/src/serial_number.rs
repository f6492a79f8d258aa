//! Writes serial numbers of certificates as text.

use data_encoding::HEXLOWER;

/// Returns a serial number, given as the content of an INTEGER, in hex as openssl writes it: at least two digits, and a
/// minus sign before a negative number. RFC 5280 §4.1.2.2 forbids negative numbers, but some certificates have them.
pub(crate) fn text(content: &[u8]) -> String {
    match content.first() {
        None => "00".to_owned(),
        Some(first) if first & 0x80 != 0 => format!("-{}", HEXLOWER.encode(significant(&negated(content)))),
        Some(_) => HEXLOWER.encode(significant(content)),
    }
}

/// Returns the absolute value of a negative number in two's complement: all bits inverted, plus one.
fn negated(content: &[u8]) -> Vec<u8> {
    let mut turned: Vec<u8> = content.iter().map(|byte| !byte).collect();
    for byte in turned.iter_mut().rev() {
        let carry;
        (*byte, carry) = byte.overflowing_add(1);
        if !carry {
            break;
        }
    }
    turned
}

fn significant(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count().min(number.len().saturating_sub(1));
    &number[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_read_as_openssl_writes_them() {
        for (content, expected) in [
            (&[0x05][..], "05"),
            (&[0xfb], "-05"),
            (&[0x80], "-80"),
            (&[0xff], "-01"),
            (&[0xff, 0x00], "-0100"),
            (&[0x80, 0x00], "-8000"),
            (&[0x00], "00"),
            (&[0x00, 0x00, 0x07], "07"),
            (&[0x00, 0xf0, 0x01], "f001"),
            (&[0x0f, 0x00], "0f00"),
            (&[], "00"),
        ] {
            assert_eq!(text(content), expected, "{content:x?}");
        }
        assert_eq!(text(&[0x7f; 40]), "7f".repeat(40), "longer than the 20 octets of RFC 5280");
    }
}
