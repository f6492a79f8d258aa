//! JSON values: those that a schema allows, and changed ones.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Map, Value, json};

use super::contract::Contract;

/// The deepest value that is made for a schema.
const DEEPEST: usize = 6;

/// Returns a value that the schema allows by its types, though a rule of the bank may refuse it.
pub(super) fn valid(random: &mut StdRng, contract: &Contract, schema: &Value, depth: usize) -> Value {
    let schema = contract.resolved(schema);
    for either in ["oneOf", "anyOf"] {
        if let Some(one) = schema[either].as_array().and_then(|all| all.choose(random)) {
            return valid(random, contract, one, depth + 1);
        }
    }
    if let Some(one) = schema["enum"].as_array().and_then(|all| all.choose(random)) {
        return one.clone();
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match types.choose(random).copied() {
        Some("object") if depth < DEEPEST => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let required = |name: &String| schema["required"].as_array().is_some_and(|all| all.contains(&json!(name)));
            let mut object = Map::new();
            for (name, field) in fields {
                if required(name) || random.random_bool(0.7) {
                    object.insert(name.clone(), valid(random, contract, field, depth + 1));
                }
            }
            Value::Object(object)
        }
        Some("array") if depth < DEEPEST => {
            let count = random.random_range(0..3);
            (0..count).map(|_| valid(random, contract, &schema["items"], depth + 1)).collect()
        }
        Some("string") => json!(wild_text(random)),
        Some("integer") => json!(random.random_range(0..1_000)),
        Some("number") => json!(random.random::<f64>()),
        Some("boolean") => json!(random.random::<bool>()),
        _ => Value::Null,
    }
}

/// Changes one place of a value, and returns the name of the change.
pub(super) fn mutate_json(random: &mut StdRng, value: &mut Value) -> &'static str {
    if let Value::Object(object) = value
        && !object.is_empty()
    {
        let names: Vec<String> = object.keys().cloned().collect();
        let name = names.choose(random).cloned().unwrap_or_default();
        match random.random_range(0..10) {
            0 | 1 => {
                object.remove(&name);
                return "a field left out";
            }
            2 => {
                object.insert(wild_text(random), json!(1));
                return "an unknown field";
            }
            _ => {
                if let Some(field) = object.get_mut(&name) {
                    return mutate_json(random, field);
                }
            }
        }
    }
    let (name, other) = match random.random_range(0..10) {
        0 => ("null in the body", Value::Null),
        1 => ("a boolean in the body", json!(true)),
        2 => ("a negative number in the body", json!(i64::MIN)),
        3 => ("a huge number in the body", json!(1e308)),
        4 => ("an array in the body", json!([[], {}])),
        5 => ("an object in the body", json!({ "a": { "b": null } })),
        6 => ("a huge text in the body", json!("長".repeat(18_000))),
        _ => ("another text in the body", json!(wild_text(random))),
    };
    *value = other;
    name
}

/// Returns a text as a person hardly types it.
pub(super) fn wild_text(random: &mut StdRng) -> String {
    let texts = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{1b}[2J\u{1b}]0;x\u{7}",
        "line\r\nSet-Cookie: a=b",
        "\u{202e}gnp\u{200b}\u{feff}",
        "\u{fffd}\u{10ffff}",
        "ﾊﾅｺ\u{3099}",
        "..",
        "../../etc/passwd",
        "' OR 1=1; --",
        "<script>alert(1)</script>",
        "{id}",
        "-1",
        "99999999999999999999",
        "0",
        "hanakodt",
        "taishou",
    ];
    match random.random_range(0..6) {
        0 => "a".repeat(random.random_range(1..3_000)),
        1 => (0..random.random_range(1..40)).map(|_| random.random::<char>()).collect(),
        _ => texts.choose(random).copied().unwrap_or_default().to_owned(),
    }
}
