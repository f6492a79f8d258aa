use zeroize::Zeroizing;

use super::effort::Effort;
use super::spelling::{self, Encoding};

/// The form in which a key derivation takes the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// UTF-16, for the derivation of PKCS#12 itself (RFC 7292 §B.1).
    Utf16,
    /// The bytes of an encoding, for PBKDF2 (RFC 8018 §5.2).
    Bytes,
}

/// A password as the key derivations take it.
pub(super) struct Password {
    /// The password in UTF-16, big-endian, with two zero bytes after it. A character beyond U+FFFF is a surrogate pair,
    /// although RFC 7292 says BMPString.
    pub(super) utf16: Zeroizing<Vec<u8>>,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// The number of the spelling from which the password was made.
    spelling: usize,
}

/// The passwords with which the file may have been made, derived from the text that a user typed. The most likely one
/// comes first.
pub(super) struct Candidates {
    all: Vec<Password>,
}

impl Password {
    fn form(&self, form: Form) -> &[u8] {
        match form {
            Form::Utf16 => &self.utf16,
            Form::Bytes => &self.bytes,
        }
    }
}

impl Candidates {
    pub(super) fn of(typed: &str) -> Self {
        let spellings = spelling::spellings(typed);
        let mut all = Vec::new();
        let mut add = |spelling, utf16: &Zeroizing<Vec<u8>>, bytes: &Zeroizing<Vec<u8>>| {
            let known = |one: &Password| one.utf16 == *utf16 && one.bytes == *bytes;
            if !all.iter().any(known) {
                all.push(Password { utf16: utf16.clone(), bytes: bytes.clone(), spelling });
            }
        };
        for (number, text) in spellings.iter().enumerate() {
            add(number, &utf16(text), &Zeroizing::new(text.as_bytes().to_vec()));
        }
        for (number, text) in spellings.iter().enumerate() {
            let standard = utf16(text);
            if text.is_empty() {
                // GnuTLS writes no password at all as nothing, without the zeros.
                add(number, &Zeroizing::default(), &Zeroizing::default());
                continue;
            }
            // OpenSSL takes for PBKDF2 the bytes of the terminal, whatever their encoding.
            let encoded: Vec<_> = Encoding::ALL.iter().filter_map(|encoding| encoding.encode(text)).collect();
            for bytes in &encoded {
                add(number, &standard, bytes);
            }
            // OpenSSL before 1.1.0 took each byte for a character, and today's does so where the bytes are not UTF-8.
            for bytes in encoded.iter().filter(|_| !text.is_ascii()) {
                add(number, &bytewise(bytes), bytes);
            }
            // NSS before 3.31 and some libraries give PBKDF2 the UTF-16 of the other derivation.
            add(number, &standard, &standard);
            add(number, &standard, &Zeroizing::new(standard[..standard.len() - 2].to_vec()));
        }
        Self { all }
    }

    /// Tries the candidates in turn and returns the result of the first successful `attempt`. That candidate and those
    /// of the same spelling are tried first from then on. The first attempt is part of the work that the file demands.
    /// Each further attempt is a guess that costs `rounds`.
    pub(super) fn first_that<T>(
        &mut self,
        form: Form,
        rounds: u32,
        effort: &mut Effort,
        mut attempt: impl FnMut(&Password) -> Option<T>,
    ) -> Option<T> {
        for (number, candidate) in self.all.iter().enumerate() {
            let tried = self.all[..number].iter().any(|before| before.form(form) == candidate.form(form));
            if tried {
                continue;
            }
            if number > 0 && !effort.guess(rounds) {
                return None;
            }
            if let Some(found) = attempt(candidate) {
                let spelling = candidate.spelling;
                self.all[..=number].rotate_right(1);
                self.all[1..].sort_by_key(|other| other.spelling != spelling);
                return Some(found);
            }
        }
        None
    }
}

/// Returns `text` in UTF-16 with two zero bytes after it.
fn utf16(text: &str) -> Zeroizing<Vec<u8>> {
    // At most two bytes for each of UTF-8: it is never moved, which would leave a copy behind.
    let mut utf16 = Zeroizing::new(Vec::with_capacity(2 * text.len() + 2));
    utf16.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    utf16.extend([0, 0]);
    utf16
}

/// Returns a text of one character for each byte, in UTF-16 with two zero bytes after it.
fn bytewise(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut utf16 = Zeroizing::new(Vec::with_capacity(2 * bytes.len() + 2));
    utf16.extend(bytes.iter().flat_map(|byte| [0, *byte]));
    utf16.extend([0, 0]);
    utf16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(typed: &str, form: Form) -> Vec<Vec<u8>> {
        let mut forms: Vec<Vec<u8>> = Vec::new();
        for candidate in Candidates::of(typed).all {
            let own = candidate.form(form).to_vec();
            if !forms.contains(&own) {
                forms.push(own);
            }
        }
        forms
    }

    #[test]
    fn the_usual_form_comes_first() {
        assert_eq!(forms("a", Form::Utf16)[0], [0, b'a', 0, 0]);
        assert_eq!(forms("🔑", Form::Utf16)[0], [0xd8, 0x3d, 0xdd, 0x11, 0, 0]);
        assert_eq!(forms("", Form::Utf16), [vec![0, 0], vec![]]);
        assert_eq!(forms("ü", Form::Bytes)[0], "ü".as_bytes());
    }

    #[test]
    fn each_makers_encoding_is_among_them() {
        assert!(forms("🔑", Form::Utf16).contains(&vec![0, 0xf0, 0, 0x9f, 0, 0x94, 0, 0x91, 0, 0]));
        // Latin-1, NFD in UTF-8, UTF-16 with and without zeros.
        for bytes in [&[0xfc][..], &[b'u', 0xcc, 0x88], &[0, 0xfc, 0, 0], &[0, 0xfc]] {
            assert!(forms("ü", Form::Bytes).contains(&bytes.to_vec()), "{bytes:x?}");
        }
        for bytes in [&b"\0a\0b\0c\0\0"[..], b"\0a\0b\0c"] {
            assert!(forms("abc", Form::Bytes).contains(&bytes.to_vec()), "{bytes:x?}");
        }
        // 表 in CP932 and EUC-JP.
        for bytes in [[0x95, 0x5c], [0xc9, 0xbd]] {
            assert!(forms("表", Form::Bytes).contains(&bytes.to_vec()));
            assert!(forms("表", Form::Utf16).contains(&vec![0, bytes[0], 0, bytes[1], 0, 0]));
        }
    }

    #[test]
    fn what_was_right_once_comes_first_the_next_time() {
        let mut candidates = Candidates::of("表");
        let mut effort = Effort::default();
        let in_cp932 = |password: &Password| (password.bytes[..] == [0x95, 0x5c]).then_some(());
        assert!(candidates.first_that(Form::Bytes, 1, &mut effort, in_cp932).is_some());
        let mut tries = 0;
        let counted = |password: &Password| {
            tries += 1;
            in_cp932(password)
        };
        assert!(candidates.first_that(Form::Bytes, 1, &mut effort, counted).is_some());
        assert_eq!(tries, 1);
    }

    /// The MAC proves a spelling, and the contents may still take it in another encoding.
    #[test]
    fn the_other_encodings_of_a_proved_spelling_come_next() {
        let mut candidates = Candidates::of("ｐａｓｓ");
        let mut tries = |form, right: &[u8]| {
            let mut count = 0;
            let found = candidates.first_that(form, 1, &mut Effort::default(), |password| {
                count += 1;
                (password.form(form) == right).then_some(())
            });
            assert!(found.is_some());
            count
        };
        assert!(tries(Form::Utf16, b"\0p\0a\0s\0s\0\0") > 1);
        assert_eq!(tries(Form::Bytes, b"\0p\0a\0s\0s\0\0"), 2, "after the same spelling in UTF-8");
    }

    #[test]
    fn guesses_stop_at_the_limit() {
        let mut tries = 0;
        let mut effort = Effort::default();
        let nothing = Candidates::of(" パスワード１ ").first_that(Form::Utf16, 1_000_000, &mut effort, |_| {
            tries += 1;
            None::<()>
        });
        assert!(nothing.is_none());
        assert_eq!(tries, 8);
    }
}
