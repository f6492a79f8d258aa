//! Text from outside that no rule, no database and no terminal is meant to get.

use axum::extract::MatchedPath;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use inkan_protocol::path;
use percent_encoding::percent_decode_str;

use crate::rules::refusal::Refusal;

/// Refuses a request with a control character in its path or its query, or with NUL in its JSON. PostgreSQL stores no
/// NUL, and a control character in an ID changes what a log or a terminal shows. The values of headers contain none,
/// since the HTTP library refuses them. Other control characters in JSON are judged by the rule of each field.
///
/// The settings of a user are left to their own rules, which refuse NUL in each field and name the field (S4-7).
pub(super) fn check(parts: &Parts, body: &[u8]) -> Result<(), Refusal> {
    let target = parts.uri.path_and_query().map(|target| target.as_str()).unwrap_or_default();
    if has_control(&percent_decode_str(target).decode_utf8_lossy()) {
        return Err(Refusal::unreadable(400, "a control character in the path"));
    }
    let media_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let settings = parts.extensions.get::<MatchedPath>().is_some_and(|route| route.as_str() == path::USER_SETTINGS);
    if media_type.to_ascii_lowercase().contains("json") && !settings && has_nul(body) {
        return Err(Refusal::unreadable(400, "NUL in JSON"));
    }
    Ok(())
}

/// Returns whether `text` contains a control character.
pub(super) fn has_control(text: &str) -> bool {
    text.contains(char::is_control)
}

/// Returns whether a JSON text contains NUL. The reader of JSON refuses the byte, so that it can only be an escape.
pub(crate) fn has_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let escape = rest.get(at + 1..).unwrap_or_default();
        if escape.starts_with(b"u0000") {
            return true;
        }
        // The second of two backslashes begins no escape.
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;

    use super::*;

    fn refused(target: &str, media_type: &str, body: &str) -> bool {
        let request = Request::builder().uri(target).header(CONTENT_TYPE, media_type).body(()).unwrap();
        check(&request.into_parts().0, body.as_bytes()).is_err()
    }

    #[test]
    fn controls_in_the_path_and_nul_in_json_are_refused() {
        for target in ["/v1/users/a%00b", "/v1/users/%1B[2J", "/v1/users/a%0a", "/x?y=%7f", "/v1/users/%C2%85"] {
            assert!(refused(target, "", ""), "{target}");
        }
        for target in ["/v1/users/%E8%8A%B1%E5%AD%90", "/v1/users/a%20b", "/ocsp/MGg%3D", "/x?y=%FF", "*"] {
            assert!(!refused(target, "", ""), "{target}");
        }
        for json in [r#"{"user":"a\u0000b"}"#, r#"{"a\u0000":1}"#, r#"["\\\u0000"]"#] {
            assert!(refused("/", "application/json", json), "{json}");
            assert!(refused("/", "Application/Problem+JSON; charset=utf-8", json), "{json}");
            assert!(!refused("/", "application/pkcs10", json), "{json}");
        }
        for json in [r#"{"user":"a\\u0000b"}"#, r#"{"user":"a\u0001b"}"#, "\\", "{}"] {
            assert!(!refused("/", "application/json", json), "{json}");
        }
    }
}
