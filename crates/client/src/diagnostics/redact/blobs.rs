//! Hides text in base64 that is long enough to be a key, a token or a certificate.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace_by};

static RUN: Pattern = LazyLock::new(|| read(r"[A-Za-z0-9+=_-]{24,}"));

pub(super) fn redact(text: &str) -> String {
    replace_by(&RUN, text, |found| {
        let run = &found[0];
        let has = |kind: fn(&char) -> bool| run.chars().any(|letter| kind(&letter));
        match has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit) {
            true => "<data>".to_owned(),
            false => run.to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_tokens_and_keys() {
        assert_eq!(redact("got q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ ok"), "got <data> ok");
        assert_eq!(redact("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA=="), "<data>");
    }

    #[test]
    fn it_leaves_names_of_codes_and_of_ciphers() {
        for plain in ["certificate_of_other_entrance", "TLS_AES_256_GCM_SHA384", "inkan_client::probe::exchange"] {
            assert_eq!(redact(plain), plain);
        }
    }
}
