//! Reads the answers to the questions of a command from one JSON object, whose values are secrets. An error names the
//! line and the key, and never a value.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use thiserror::Error;

use crate::{Secret, printable_within};

/// The longest key that a message shows, in characters.
const KEY_SHOWN: usize = 64;

/// Answers with their keys.
pub type Answers = Vec<(&'static str, Secret)>;

/// The line of a text at which it stops being valid answers, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct AnswersError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong in that line.
    pub fault: AnswersFault,
}

/// What is wrong with a text of answers. A fault contains no value from the text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswersFault {
    /// The text is empty.
    #[error("the text is empty")]
    Empty,
    /// The text is JSON, but not an object.
    #[error("the JSON is not an object")]
    NotAnObject,
    /// The text is not JSON.
    #[error("the text is not JSON, near column {column}")]
    NotJson {
        /// The number of the column, from 1.
        column: usize,
    },
    /// No question has that key.
    #[error("unknown key {key:?}")]
    KeyUnknown {
        /// The key in printable form.
        key: String,
        /// The keys that the command knows.
        known: &'static [&'static str],
    },
    /// A key occurs twice.
    #[error("key {key:?} occurs twice")]
    KeyTwice {
        /// The key in printable form.
        key: String,
    },
    /// The value of the key is not text.
    #[error("the value of {key:?} is not text")]
    NotText {
        /// The key in printable form.
        key: String,
    },
}

/// Returns the answers in `text`, whose keys must be among `known`. A key whose value is null is left out.
///
/// # Errors
/// Returns [`AnswersError`] if `text` is not one JSON object, if a key is unknown or occurs twice, or if a value is not
/// text.
pub fn parse_answers(text: &str, known: &'static [&'static str]) -> Result<Answers, AnswersError> {
    let seen = RefCell::new(None);
    let mut json = serde_json::Deserializer::from_str(text);
    let given = Reader { known, seen: &seen }.deserialize(&mut json).and_then(|given| json.end().map(|()| given));
    given.map_err(|error| {
        let (line, column) = place(text, &error);
        // While a value is read, an error of the data means another type. Any other error is a fault in the JSON.
        let fault = match seen.take() {
            Some(Seen::Fault(fault)) => fault,
            Some(Seen::Value(key)) if error.is_data() => AnswersFault::NotText { key },
            _ if text.trim().is_empty() => AnswersFault::Empty,
            _ if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => AnswersFault::NotAnObject,
            _ => AnswersFault::NotJson { column },
        };
        AnswersError { line, fault }
    })
}

/// Returns line and column of `error`, from 1. If a line ends too early, serde reports column 0 of the next line.
fn place(text: &str, error: &serde_json::Error) -> (usize, usize) {
    match (error.line(), error.column()) {
        (line, 0) if line > 1 => {
            let length = text.lines().nth(line - 2).map_or(0, |before| before.chars().count());
            (line - 1, length + 1)
        }
        (line, column) => (line.max(1), column.max(1)),
    }
}

/// The state of the visitor that reads the JSON. The text of an error is made from it.
enum Seen {
    /// The visitor reads the value of this key.
    Value(String),
    /// The visitor has found this fault.
    Fault(AnswersFault),
}

struct Reader<'a> {
    known: &'static [&'static str],
    seen: &'a RefCell<Option<Seen>>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Answers;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Answers, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers, A::Error> {
        let mut given = Answers::new();
        loop {
            *self.seen.borrow_mut() = None;
            let Some(key) = map.next_key::<String>()? else { return Ok(given) };
            let shown = printable_within(&key, KEY_SHOWN);
            let refused = |fault| {
                *self.seen.borrow_mut() = Some(Seen::Fault(fault));
                A::Error::custom("refused")
            };
            let Some(name) = self.known.iter().find(|name| **name == key) else {
                return Err(refused(AnswersFault::KeyUnknown { key: shown, known: self.known }));
            };
            if given.iter().any(|(before, _)| before == name) {
                return Err(refused(AnswersFault::KeyTwice { key: shown }));
            }
            *self.seen.borrow_mut() = Some(Seen::Value(shown));
            // A null value means that no answer is given.
            if let Some(secret) = map.next_value::<Option<Secret>>()? {
                given.push((name, secret));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["otp", "pkcs12_password"];

    fn read(text: &str) -> Result<Vec<(&'static str, String)>, AnswersError> {
        let given = parse_answers(text, KNOWN)?;
        Ok(given.into_iter().map(|(key, secret)| (key, secret.expose().to_owned())).collect())
    }

    #[test]
    fn answers_are_read_and_null_is_none() {
        let text = "{\r\n  \"pkcs12_password\": \"パス🔑\",\r\n  \"otp\": null\r\n}\r\n";
        assert_eq!(read(text), Ok(vec![("pkcs12_password", "パス🔑".to_owned())]));
    }

    #[test]
    fn a_fault_is_named_by_line_and_key() {
        let located = |line, fault| Err(AnswersError { line, fault });
        let key = |key: &str| key.to_owned();
        let unknown = AnswersFault::KeyUnknown { key: key("pkcs12_pasword"), known: KNOWN };
        assert_eq!(read("{\n\n\"pkcs12_pasword\":\n \"s3cret\"}"), located(3, unknown));
        assert_eq!(read("{\"otp\": \"1\",\n\"otp\": \"2\"}"), located(2, AnswersFault::KeyTwice { key: key("otp") }));
        for value in ["123456", "[]", "true", "{\"a\": 1}"] {
            let text = format!("{{\n\"otp\": {value}}}");
            assert_eq!(read(&text), located(2, AnswersFault::NotText { key: key("otp") }), "{value}");
        }
        for (text, line) in [
            ("otp=123456", 1),
            ("[\"s3cret\"", 1),
            ("{\n\"otp\": \"s3cret\n\"}", 2),
            ("{\n\"otp\": \"s3cret\"\n", 2),
            ("{\"otp\": \"s3cret\",}", 1),
            ("{'otp': 's3cret'}", 1),
            ("{}\n{}", 2),
        ] {
            let refused = read(text);
            assert!(
                matches!(&refused, Err(AnswersError { line: at, fault: AnswersFault::NotJson { .. } }) if *at == line),
                "{text:?}: {refused:?}"
            );
        }
    }

    #[test]
    fn an_empty_text_and_json_of_another_kind_are_called_so() {
        for text in ["", " \r\n", "\n\n"] {
            assert_eq!(read(text).unwrap_err().fault, AnswersFault::Empty, "{text:?}");
        }
        for text in ["[1]", "[\"s3cret\"]", "\"s3cret\"", "12", "null", "true", "\n[]\n"] {
            assert_eq!(read(text).unwrap_err().fault, AnswersFault::NotAnObject, "{text:?}");
        }
    }

    /// The text of an error goes to logs and terminals, so it must not contain a secret.
    #[test]
    fn no_value_is_in_an_error() {
        for text in ["{\"otp\": 314159}", "{\"x\": \"314159\"}", "{\"otp\": \"314159", "{\"otp\": \"314159\" 314159}"] {
            let refused = format!("{:?}", read(text).unwrap_err());
            assert!(!refused.contains("314159"), "{refused}");
        }
        let long = read(&format!("{{\"{}\": 1}}", "k\\u001b".repeat(100))).unwrap_err();
        let AnswersFault::KeyUnknown { key, .. } = long.fault else { panic!("{long:?}") };
        assert!(key.chars().count() <= KEY_SHOWN + 1 && !key.contains('\u{1b}'), "{key}");
    }
}
