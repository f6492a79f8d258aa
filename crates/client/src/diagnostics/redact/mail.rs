//! Hides e-mail addresses.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace};

static ADDRESS: Pattern = LazyLock::new(|| read(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));

pub(super) fn redact(text: &str) -> String {
    replace(&ADDRESS, text, "<mail>")
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_addresses() {
        assert_eq!(redact("to keiri.taro+ib@geta-shoji.co.jp now"), "to <mail> now");
    }

    #[test]
    fn it_leaves_other_uses_of_the_sign() {
        for plain in ["user@host", "http://<hidden>@proxy.example:8080/", "3 @ 100"] {
            assert_eq!(redact(plain), plain);
        }
    }
}
