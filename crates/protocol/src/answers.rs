//! The answers to the questions of a command, given ahead as one JSON object whose values are secrets. What is wrong with
//! them is named by line and key, and never by a value.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use thiserror::Error;

use crate::{Secret, printable_within};

/// Of a key in a message.
const KEY_SHOWN: usize = 64;

/// The answers, by their keys.
pub type Answers = Vec<(&'static str, Secret)>;

/// Why a text does not hold answers, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct AnswersError {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: AnswersFault,
}

/// What is wrong with a text of answers. No value from the text is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswersFault {
    /// There is nothing in the text.
    #[error("it is empty")]
    Empty,
    /// The text is JSON of another kind than an object.
    #[error("the JSON is not an object")]
    NotAnObject,
    /// The text is not JSON.
    #[error("not JSON, near column {column}")]
    NotJson {
        /// From 1.
        column: usize,
    },
    /// No question has that key.
    #[error("unknown key {key:?}")]
    KeyUnknown {
        /// The key, as it can be printed.
        key: String,
        /// The keys that there are.
        known: &'static [&'static str],
    },
    /// The key is there twice.
    #[error("key {key:?} occurs twice")]
    KeyTwice {
        /// The key, as it can be printed.
        key: String,
    },
    /// The value of the key is not text.
    #[error("the value of {key:?} is not text")]
    NotText {
        /// The key, as it can be printed.
        key: String,
    },
}

/// Returns the answers in `text`, whose keys must be among `known`. A key whose value is null is left out.
///
/// # Errors
/// By line and cause, see [`AnswersFault`].
pub fn parse_answers(text: &str, known: &'static [&'static str]) -> Result<Answers, AnswersError> {
    let seen = RefCell::new(None);
    let mut json = serde_json::Deserializer::from_str(text);
    let given = Reader { known, seen: &seen }.deserialize(&mut json).and_then(|given| json.end().map(|()| given));
    given.map_err(|error| {
        let (line, column) = place(text, &error);
        // A value of another type is an error of the data; anything else that has a key was found by the reader.
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

/// Returns line and column, from 1. What ends a line too early is named by serde at column 0 of the next one.
fn place(text: &str, error: &serde_json::Error) -> (usize, usize) {
    match (error.line(), error.column()) {
        (line, 0) if line > 1 => {
            let length = text.lines().nth(line - 2).map_or(0, |before| before.chars().count());
            (line - 1, length + 1)
        }
        (line, column) => (line.max(1), column.max(1)),
    }
}

/// What the visitor has come to, for the words of an error.
enum Seen {
    /// The value of that key.
    Value(String),
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
            // An answer that is not given may stand there as null.
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

    /// The text of an error goes to logs and terminals.
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
