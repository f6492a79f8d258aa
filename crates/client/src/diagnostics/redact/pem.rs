//! Hides keys and certificates in PEM. The keys are secret, and the certificates name people.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace};

static BLOCK: Pattern = LazyLock::new(|| read(r"(?s)-----BEGIN ([A-Z0-9 ]+)-----.*?(?:-----END [A-Z0-9 ]+-----|\z)"));

pub(super) fn redact(text: &str) -> String {
    replace(&BLOCK, text, "<$1>")
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_every_block_even_one_that_is_cut() {
        let key = "before -----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY----- after";
        assert_eq!(redact(key), "before <EC PRIVATE KEY> after");
        assert_eq!(redact("x -----BEGIN CERTIFICATE-----\nMIIB"), "x <CERTIFICATE>");
    }

    #[test]
    fn it_leaves_the_word_alone() {
        assert_eq!(redact("no PRIVATE KEY was found ----- here"), "no PRIVATE KEY was found ----- here");
    }
}
