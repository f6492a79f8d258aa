//! Tests the JSON Schema of the format, and the page that documents it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use inkan_profile::Profile;
use serde_json::Value;

const PUBLISHED: &str = include_str!("../../../docs/bank-profile.schema.json");
const PAGE: &str = include_str!("../../../docs/bank-profile.md");
const PROFILES: [&str; 3] = [
    include_str!("../../../profiles/okmate.toml"),
    include_str!("../../../profiles/keiyaku.toml"),
    include_str!("../../../profiles/shinkin.toml"),
];

fn as_json(profile: &str) -> Value {
    toml::from_str(profile).unwrap()
}

#[test]
fn the_published_schema_is_up_to_date() {
    let published: Value = serde_json::from_str(PUBLISHED).unwrap();
    let how = "cargo run -q -p inkan-profile --example schema > docs/bank-profile.schema.json";
    assert_eq!(published, Profile::schema(), "out of date: {how}");
}

#[test]
fn every_profile_follows_the_schema() {
    let schema = jsonschema::validator_for(&Profile::schema()).unwrap();
    for profile in PROFILES {
        let json = as_json(profile);
        let errors: Vec<_> =
            schema.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", json["id"]);
        let published = serde_json::to_value(Profile::from_toml(profile).unwrap().published()).unwrap();
        assert!(schema.is_valid(&published), "as it is published: {}", json["id"]);
    }
}

#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    let schema = jsonschema::validator_for(&Profile::schema()).unwrap();
    for (from, to) in [
        ("validity_days = 365", "validity_weeks = 52"),
        ("validity_days = 365", "validity_days = \"a year\""),
        ("digest = \"sha1\"", "digest = \"md5\""),
        ("morning = \"08:40\"", "morning = \"8:40\""),
        ("\"freeze_contract\"", "\"rob_the_bank\""),
        ("id = \"okmate\"\n", ""),
    ] {
        assert!(PROFILES[0].contains(from), "{from}");
        let broken = PROFILES[0].replacen(from, to, 1);
        assert!(Profile::from_toml(&broken).is_err(), "{to}");
        assert!(!schema.is_valid(&as_json(&broken)), "{to}");
    }
}

#[test]
fn the_page_has_a_row_for_each_field_and_no_other() {
    let schema = Profile::schema();
    let mut fields = BTreeSet::new();
    walk(&schema, &schema, "", &mut fields);
    assert!(fields.contains("roles[].looks_after") && fields.contains("passwords.*.unlike_user_id"), "{fields:?}");
    let rows: Vec<String> =
        PAGE.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.into())).collect();
    let documented: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), documented.len(), "a row stands twice");
    assert_eq!(fields.difference(&documented).collect::<Vec<_>>(), Vec::<&String>::new(), "not documented");
    assert_eq!(documented.difference(&fields).collect::<Vec<_>>(), Vec::<&String>::new(), "no field");
}

#[test]
fn the_page_names_each_value_that_a_field_can_have() {
    let schema = Profile::schema();
    let mut missing = Vec::new();
    for (name, kind) in schema["$defs"].as_object().unwrap() {
        let variants = kind["oneOf"].as_array().into_iter().flatten().filter_map(|variant| variant["const"].as_str());
        let plain = kind["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for value in variants.chain(plain) {
            if !PAGE.contains(&format!("`{value}`")) && !PAGE.contains(&format!("\"{value}\"")) {
                missing.push(format!("{name}: {value}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Returns the dotted paths of all fields below `schema`. A text in two languages is one field. The passwords have the
/// same fields, so their name is written as `*`.
fn walk(root: &Value, schema: &Value, path: &str, fields: &mut BTreeSet<String>) {
    let (name, schema) = resolved(root, schema);
    if name == "LocalText" || name == "MenuTarget" {
        return;
    }
    if let Some(items) = schema.get("items").filter(|items| resolved(root, items).1.get("properties").is_some()) {
        fields.remove(path);
        let path = format!("{path}[]");
        fields.insert(path.clone());
        return walk(root, items, &path, fields);
    }
    for (field, kind) in schema["properties"].as_object().into_iter().flatten() {
        let below = match resolved(root, kind).0 {
            _ if path.is_empty() => field.clone(),
            _ => format!("{path}.{field}"),
        };
        fields.insert(below.clone());
        let rule = resolved(root, kind).0 == "PasswordRule";
        walk(root, kind, if rule { "passwords.*" } else { &below }, fields);
    }
}

/// Returns the schema that a reference refers to, with its name. For an optional field, returns the schema of its
/// value.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> (&'a str, &'a Value) {
    let wanted = |kind: &&Value| kind["type"] != "null";
    let schema = schema["anyOf"].as_array().and_then(|kinds| kinds.iter().find(wanted)).unwrap_or(schema);
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
        Some(name) => (name, &root["$defs"][name]),
        None => ("", schema),
    }
}
