//! Hides the values of passwords, PINs, tokens and one-time passwords, and the credentials in HTTP headers.

use std::sync::LazyLock;

use super::pattern::{Pattern, read, replace, replace_by};

static HEADER: Pattern =
    LazyLock::new(|| read(r#"(?i)\b((?:proxy-)?authorization|set-cookie|cookie)("?\s*[:=]\s*"?)[^\r\n"]+"#));
static SCHEME: Pattern = LazyLock::new(|| read(r"(?i)\b(basic|bearer|negotiate|ntlm)(\s+)([a-z0-9+/=._~-]{6,})"));
static NAMED: Pattern = LazyLock::new(|| {
    read(
        r#"(?i)([a-z0-9_-]*(?:password|passwd|passphrase|pwd|pin|otp|token|secret|api[_-]?key|enrolment_code)"?\s*[:=]\s*)(?:Some\([^)]*\)|"[^"]*"|'[^']*'|[^\s,;&})]+)"#,
    )
});
static NAMED_IN_JAPANESE: Pattern = LazyLock::new(|| read(r"((?:パスワード|暗証番号)\s*[:：=]\s*)[^\s、。]+"));

pub(super) fn redact(text: &str) -> String {
    let text = replace(&HEADER, text, "$1$2<hidden>");
    let text = replace_by(&SCHEME, &text, |found| {
        // A word without capital letters and digits is part of a sentence.
        let proof = found[3].contains(|letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        if proof { format!("{}{}<hidden>", &found[1], &found[2]) } else { found[0].to_owned() }
    });
    let text = replace(&NAMED, &text, "$1<hidden>");
    replace(&NAMED_IN_JAPANESE, &text, "$1<hidden>")
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn it_hides_what_follows_the_name_of_a_secret() {
        for secret in [
            "Authorization: Basic dGFybzpoaW1pdHN1",
            "Proxy-Authorization: Basic dGFybzpoaW1pdHN1",
            "sent with Bearer dGFybzpoaW1pdHN1",
            "cookie: id=dGFybzpoaW1pdHN1; x=dGFybzpoaW1pdHN1",
            "{\"login_password\":\"dGFybzpoaW1pdHN1\"}",
            "confirmation_password: Some(dGFybzpoaW1pdHN1)",
            "store_pin=dGFybzpoaW1pdHN1",
            "otp = dGFybzpoaW1pdHN1",
            "token: dGFybzpoaW1pdHN1",
            "パスワード：dGFybzpoaW1pdHN1",
            "暗証番号: dGFybzpoaW1pdHN1",
        ] {
            let safe = redact(secret);
            assert!(!safe.contains("dGFyb") && safe.contains("<hidden>"), "{safe}");
        }
    }

    #[test]
    fn it_leaves_codes_and_sentences() {
        for plain in [
            "code=login_password_locked reference=7K2M9QXA",
            "store_wrong_pin",
            "password_change_required",
            "the token was removed",
            "basic settings",
            "パスワードを入力してください",
            "Proxy-Authenticate: Basic realm=\"x\"",
        ] {
            assert_eq!(redact(plain), plain);
        }
    }
}
