use zeroize::Zeroizing;

/// A password as the key derivations take it.
pub(super) struct Password {
    /// For the derivation of PKCS#12 itself (RFC 7292 §B.1): UTF-16, big-endian, with two zero bytes after it; surrogate
    /// pairs where the letter of the RFC, BMPString, would have no emoji.
    pub(super) utf16: Zeroizing<Vec<u8>>,
    /// For PBKDF2.
    pub(super) utf8: Zeroizing<Vec<u8>>,
}

impl Password {
    /// What the program that made the file may have made of `password`, the usual one first.
    pub(super) fn forms(password: &str) -> Vec<Self> {
        let mut forms = vec![Self::of(password)];
        if password.is_empty() {
            // GnuTLS: no password at all, without even the zeros after it.
            forms.push(Self { utf16: Zeroizing::default(), utf8: Zeroizing::default() });
        }
        if !password.is_ascii() {
            // OpenSSL before 1.1.0 took each byte of UTF-8 for a character.
            let bytewise: Zeroizing<String> = Zeroizing::new(password.bytes().map(char::from).collect());
            forms.push(Self::of(&bytewise));
        }
        forms
    }

    fn of(password: &str) -> Self {
        // At most two bytes for each of UTF-8: it is never moved, which would leave a copy behind.
        let mut utf16 = Zeroizing::new(Vec::with_capacity(2 * password.len() + 2));
        utf16.extend(password.encode_utf16().flat_map(u16::to_be_bytes));
        utf16.extend([0, 0]);
        Self { utf16, utf8: Zeroizing::new(password.as_bytes().to_vec()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_as_its_maker_writes_it() {
        let utf16 = |password: &str| -> Vec<Vec<u8>> {
            Password::forms(password).iter().map(|form| form.utf16.to_vec()).collect()
        };
        assert_eq!(utf16("a"), [vec![0, b'a', 0, 0]]);
        assert_eq!(utf16("🔑"), [vec![0xd8, 0x3d, 0xdd, 0x11, 0, 0], vec![0, 0xf0, 0, 0x9f, 0, 0x94, 0, 0x91, 0, 0]]);
        assert_eq!(utf16(""), [vec![0, 0], vec![]]);
    }
}
