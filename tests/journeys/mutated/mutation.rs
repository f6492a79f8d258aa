//! Changes to bytes and to JSON that may confuse parsers.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

/// A source of mutations. The same seed gives the same mutations.
#[derive(Debug)]
pub(crate) struct Mutations(StdRng);

/// Pieces of DER that have a meaning inside certificates: dates at the ends of the calendar, strings that move a cursor
/// or the reading direction, wrong lengths.
const PIECES: &[&[u8]] = &[
    b"\x18\x0f99991231235959Z",
    b"\x18\x0f00000101000000Z",
    b"\x18\x0f19691231235959Z",
    b"\x17\x0d491231235959Z",
    b"\x17\x0d500101000000Z",
    b"\x0c\x08\x1b[2J\x07\r\n\x00",
    b"\x0c\x06\xe2\x80\xae\xe2\x81\xa6",
    b"\x1e\x03\xd8\x00\x00",
    b"\x1c\x04\xff\xff\xff\xff",
    b"\x02\x01\x80",
    b"\x02\x00",
    b"\x30\x80",
    b"\x30\x84\xff\xff\xff\xff",
    b"\x05\x00",
    b"\xff",
];

impl Mutations {
    pub(crate) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// Returns a number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// Returns the bytes, changed in one to three places.
    pub(crate) fn of(&mut self, original: &[u8]) -> Vec<u8> {
        let mut changed = original.to_vec();
        for _ in 0..=self.below(3) {
            self.change(&mut changed);
        }
        changed
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            bytes.push(0x30);
            return;
        }
        let at = self.below(bytes.len());
        let end = at + self.below((bytes.len() - at).min(24)) + 1;
        match self.below(8) {
            0 => bytes[at] ^= 1 << self.below(8),
            1 => bytes[at] = self.0.random(),
            // Most bytes of a structure are not lengths. One more or one less is a length that a parser may trust.
            2 => bytes[at] = bytes[at].wrapping_add(1),
            3 => bytes[at] = bytes[at].wrapping_sub(1),
            4 => drop(bytes.drain(at..end.min(bytes.len()))),
            5 => {
                let again = bytes[at..end.min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            6 => {
                // The length stays, so the lengths around it are still right.
                let piece = PIECES[self.below(PIECES.len())];
                let end = (at + piece.len()).min(bytes.len());
                bytes[at..end].copy_from_slice(&piece[..end - at]);
            }
            _ => bytes.truncate(at),
        }
    }

    /// Returns the JSON with one value replaced, one key removed, or changed as bytes.
    pub(crate) fn of_json(&mut self, original: &[u8]) -> Vec<u8> {
        let Ok(mut value) = serde_json::from_slice::<Value>(original) else { return self.of(original) };
        if self.below(4) == 0 {
            return self.of(original);
        }
        let mut places = Vec::new();
        collect(&value, String::new(), &mut places);
        let place = places[self.below(places.len())].clone();
        let replacement = self.value();
        if let Some(found) = value.pointer_mut(&place) {
            match found {
                Value::Object(members) if !members.is_empty() && self.below(2) == 0 => {
                    let key = members.keys().nth(self.below(members.len())).cloned();
                    key.and_then(|key| members.remove(&key));
                }
                other => *other = replacement,
            }
        }
        value.to_string().into_bytes()
    }

    fn value(&mut self) -> Value {
        let values = [
            Value::Null,
            json!(true),
            json!(-1),
            json!(0),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(1e308),
            json!(""),
            json!("\u{1b}[2J\u{7}\r\n\u{0}\u{9b}"),
            json!("\u{202e}gro.knab\u{2066}"),
            json!("9999-12-31T23:59:59Z"),
            json!("-9999-01-01T00:00:00Z"),
            json!("0000-01-01T00:00:00+23:59"),
            json!("9999-12-31T23:59:59-23:59"),
            json!("https://[::1]:99999/"),
            json!("長".repeat(70_000)),
            json!([]),
            json!({}),
            json!([[[[[[[[]]]]]]]]),
        ];
        let at = self.below(values.len());
        values[at].clone()
    }
}

/// Collects the JSON pointers (RFC 6901) of every value.
fn collect(value: &Value, pointer: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                collect(member, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        Value::Array(members) => {
            for (index, member) in members.iter().enumerate() {
                collect(member, format!("{pointer}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(pointer);
}
