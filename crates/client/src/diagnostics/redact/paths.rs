//! Hides the names of users in the paths of home directories.

use std::path::Path;
use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace};

static UNIX: Pattern = LazyLock::new(|| read(r#"(/home/|/Users/)[^/\s"':,)]+"#));
static WINDOWS: Pattern = LazyLock::new(|| read(r#"(?i)([a-z]:(?:\\+|/)Users(?:\\+|/))[^\\/\s"':,)]+"#));

pub(super) fn redact(text: &str, home: Option<&Path>) -> String {
    // A home directory `/` is ignored: it would change every path.
    let home = home.map(|home| home.display().to_string()).filter(|home| home.len() > 1);
    let text = home.map_or_else(|| text.to_owned(), |home| shorten(text, &home));
    replace(&WINDOWS, &replace(&UNIX, &text, "$1<user>"), "$1<user>")
}

/// Replaces the home directory by `~`, also if its backslashes are doubled as Rust's `Debug` writes them.
fn shorten(text: &str, home: &str) -> String {
    let mut short = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(home) {
        let (before, found) = rest.split_at(at);
        let after = &found[home.len()..];
        let whole = !after.starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '_');
        short.push_str(before);
        short.push_str(if whole { "~" } else { home });
        rest = after;
    }
    short.push_str(rest);
    match home.contains('\\') && !home.contains(r"\\") {
        true => shorten(&short, &home.replace('\\', r"\\")),
        false => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_hides_whose_home_it_is() {
        let own = Some(Path::new("/home/hanako"));
        assert_eq!(redact("/home/hanako/.pki/nssdb", own), "~/.pki/nssdb");
        assert_eq!(redact("/home/taro/.pki", own), "/home/<user>/.pki");
        assert_eq!(redact("/home/hanako2/.pki", own), "/home/<user>/.pki");
        assert_eq!(redact("\"/Users/taro/Library/x\"", None), "\"/Users/<user>/Library/x\"");
        assert_eq!(redact(r"C:\Users\taro\AppData", None), r"C:\Users\<user>\AppData");
        assert_eq!(redact(r#""C:\\Users\\taro\\AppData""#, None), r#""C:\\Users\\<user>\\AppData""#);
        assert_eq!(redact(r#""D:\\taro\\AppData""#, Some(Path::new(r"D:\taro"))), r#""~\\AppData""#);
    }

    #[test]
    fn it_leaves_every_other_path() {
        for path in ["/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", r"C:\Windows\System32", "/tmp/.tmpAb12/nssdb"] {
            assert_eq!(redact(path, Some(Path::new("/"))), path);
        }
    }
}
