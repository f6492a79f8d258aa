//! Holds every answer that a test gets against the OpenAPI document: the status, the code of a problem and the JSON.

use std::sync::{LazyLock, Mutex};

use jsonschema::Validator;
use serde_json::{Value, json};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(inkan_protocol::openapi()).unwrap());

/// The validators that were made, by their schemas.
static VALIDATORS: Mutex<Vec<(String, &'static Validator)>> = Mutex::new(Vec::new());

/// Asserts that the document describes the answer, if it has the path and the method.
#[track_caller]
pub(crate) fn assert_documented(method: &str, path: &str, status: u16, json: &Value) {
    let Some(operation) = operation(method, path) else { return };
    let answer = &operation["responses"][status.to_string()];
    // A listener that does not serve the path does not know it.
    if answer.is_null() && json["code"] == "not_found" {
        return;
    }
    assert!(!answer.is_null(), "{method} {path}: the status {status} is not in the document: {json}");
    if status >= 400 {
        let (code, known) = (json["code"].as_str().unwrap(), answer["description"].as_str().unwrap());
        assert!(known.split(", ").any(|known| known == code), "{method} {path}: {status} {code}, not in {known:?}");
    }
    let contents = answer["content"].as_object().into_iter().flatten();
    let Some((_, content)) = contents.into_iter().find(|(media, _)| media.ends_with("json")) else { return };
    let validator = validator(&content["schema"]);
    let errors: Vec<String> =
        validator.iter_errors(json).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{method} {path}: {status}: {errors:?}: {json}");
}

/// Returns the operation of the document for a request.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let fits = |template: &str| {
        let (mut parts, mut wanted) = (path.split('/'), template.split('/'));
        loop {
            match (parts.next(), wanted.next()) {
                (None, None) => return true,
                (Some(part), Some(wanted)) if part == wanted || wanted.starts_with('{') && !part.is_empty() => {}
                _ => return false,
            }
        }
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    // A path without parameters comes first: in `/v1/sessions/current`, `current` is not the ID of a session.
    let found = paths.get(path).or_else(|| paths.iter().find(|(template, _)| fits(template)).map(|(_, found)| found));
    found?.get(method.to_ascii_lowercase())
}

fn validator(schema: &Value) -> &'static Validator {
    let name = schema.to_string();
    let mut known = VALIDATORS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, validator)) = known.iter().find(|(other, _)| *other == name) {
        return validator;
    }
    // References point into the document, and the schema is read beside its components.
    let whole = json!({ "allOf": [schema], "components": DOCUMENT["components"] });
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&whole).unwrap();
    known.push((name, Box::leak(Box::new(validator))));
    known.last().unwrap().1
}
