//! Hides the login and the query in addresses.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace};

static LOGIN: Pattern = LazyLock::new(|| read(r#"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@"']+@"#));
static QUERY: Pattern = LazyLock::new(|| read(r#"(?i)\b([a-z][a-z0-9+.-]*://[^\s?#"'<>()]+)[?#][^\s"'<>()]+"#));

pub(super) fn redact(text: &str) -> String {
    replace(&QUERY, &replace(&LOGIN, text, "$1<hidden>@"), "$1?<hidden>")
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_logins_and_queries() {
        assert_eq!(redact("http://taro:himitsu@proxy.example:8080/"), "http://<hidden>@proxy.example:8080/");
        assert_eq!(redact("(https://bank.example/login?user=taro#top)"), "(https://bank.example/login?<hidden>)");
    }

    #[test]
    fn it_leaves_hosts_ports_and_paths() {
        for address in ["https://bank.example:8443/api/session", "inkan://add", "what? nothing"] {
            assert_eq!(redact(address), address);
        }
    }
}
