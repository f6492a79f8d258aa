//! Reads the JSON that the project's programs print.

use serde_json::Value;

use crate::failure::Failure;

/// Returns the text at a JSON pointer (RFC 6901).
pub(crate) fn text<'a>(answer: &'a Value, pointer: &str) -> Result<&'a str, Failure> {
    answer.pointer(pointer).and_then(Value::as_str).ok_or_else(|| lacking(answer, pointer))
}

/// Returns the array at a JSON pointer.
pub(crate) fn list<'a>(answer: &'a Value, pointer: &str) -> Result<&'a [Value], Failure> {
    answer.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).ok_or_else(|| lacking(answer, pointer))
}

fn lacking(answer: &Value, pointer: &str) -> Failure {
    // Only the names: the demo bank's line contains passwords.
    let names = answer.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>().join(", "));
    Failure::Answer {
        from: "A program of ours".into(),
        answer: format!("nothing at {pointer}, but: {}", names.unwrap_or_else(|| "no object".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_named_and_no_value_shown() {
        let answer = serde_json::json!({"person": {"id": "hanakodt"}, "login_password": "secret", "steps": []});
        assert_eq!(text(&answer, "/person/id").unwrap(), "hanakodt");
        assert!(list(&answer, "/steps").unwrap().is_empty());
        let failure = text(&answer, "/person/name").unwrap_err().to_string();
        assert!(failure.contains("/person/name") && !failure.contains("secret"), "{failure}");
    }
}
