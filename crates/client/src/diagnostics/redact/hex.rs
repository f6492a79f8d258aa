//! Shortens thumbprints and serial numbers to eight digits, which are enough to distinguish them.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace_by};

static PLAIN: Pattern = LazyLock::new(|| read(r"\b[0-9a-fA-F]{16,}\b"));
static WITH_COLONS: Pattern = LazyLock::new(|| read(r"\b(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}\b"));

pub(super) fn redact(text: &str) -> String {
    let shortened = |digits: &str| format!("{}…", digits.chars().filter(|c| *c != ':').take(8).collect::<String>());
    let text = replace_by(&WITH_COLONS, text, |found| shortened(&found[0]));
    replace_by(&PLAIN, &text, |found| shortened(&found[0]))
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_leaves_the_first_eight_digits_of_a_thumbprint() {
        assert_eq!(redact(&"1a2b3c4d".repeat(8)), "1a2b3c4d…");
        assert_eq!(redact("serial 4a12adfbf5e56ddda5a771acac4d1eb1."), "serial 4a12adfb….");
        assert_eq!(redact("4A:12:AD:FB:F5:E5:6D:DD:A5:A7"), "4A12ADFB…");
    }

    #[test]
    fn it_leaves_short_numbers_and_clocks() {
        for plain in ["1a2b3c4d…", "2026-11-21T10:29:07Z", "0xdeadbeef", "3.141592"] {
            assert_eq!(redact(plain), plain);
        }
    }
}
