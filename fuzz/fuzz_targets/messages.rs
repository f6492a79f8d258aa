#![no_main]
//! The JSON that client and bank send each other, and the answer of another server to a probe.

use std::sync::LazyLock;

use inkan_bank::fuzzing as bank;
use inkan_client::fuzzing as client;
use inkan_profile::PasswordRules;
use inkan_protocol::{
    CertificateChange, ChosenPasswords, EnrolmentCode, EnrolmentCodeRequest, Freeze, Health, Language, LogIn,
    LogInWithCertificate, Notice, OwnToken, PasswordChange, PasswordsChanged, Problem, ProblemDocument, SessionGranted,
    SessionLine, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock, TokensRevoked, Top,
    Typed, Unlock, UserEdit, UserRecord, UserSettings, json_text, printable,
};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    client::server_answer(bytes);
    if let Ok(value) = serde_json::from_slice(bytes) {
        assert!(bank::contains_nul(bytes) || !contains_nul(&value), "NUL reaches no database");
        requests(bytes);
        answers(bytes);
        problem(bytes);
    }
});

fn requests(json: &[u8]) {
    request::<LogIn>(json);
    request::<LogInWithCertificate>(json);
    request::<PasswordChange>(json);
    request::<ChosenPasswords>(json);
    request::<EnrolmentCodeRequest>(json);
    request::<TokenActivation>(json);
    request::<TokenResync>(json);
    request::<TokenRevocation>(json);
    request::<TokenUnlock>(json);
    request::<UserEdit>(json);
    request::<Unlock>(json);
    request::<Freeze>(json);
    request::<CertificateChange>(json);
}

fn answers(json: &[u8]) {
    answer::<EnrolmentCode>(json);
    answer::<SessionGranted>(json);
    answer::<Vec<SessionLine>>(json);
    answer::<PasswordsChanged>(json);
    answer::<Top>(json);
    answer::<Notice>(json);
    answer::<Vec<UserRecord>>(json);
    answer::<UserRecord>(json);
    answer::<UserSettings>(json);
    answer::<OwnToken>(json);
    answer::<TokenStep>(json);
    answer::<Vec<TokenLine>>(json);
    answer::<TokensRevoked>(json);
    answer::<Health>(json);
}

/// Reads a request as the bank does. What the client normalises is what the bank reads.
fn request<T: Typed + Serialize + DeserializeOwned>(json: &[u8]) {
    let Ok(typed) = serde_json::from_slice::<T>(json) else { return };
    let rules = rules();
    let Ok(sent) = typed.in_order(Some(rules)) else { return };
    let sent = json_of(&sent);
    let received = serde_json::from_str::<T>(&sent).expect("what is sent can be read");
    let received = received.received(rules).expect("what is sent is in order");
    assert_eq!(json_of(&received), sent, "what is in order stays as it is");
}

/// Returns the rules of a bank whose login passwords are OpaqueStrings and whose other passwords are half-width.
fn rules() -> &'static PasswordRules {
    static RULES: LazyLock<PasswordRules> = LazyLock::new(|| {
        let login = json!({"min": 1, "max": 128, "mixed": false, "characters": "opaque_string"});
        let confirmation = json!({"min": 1, "max": 128, "mixed": false});
        let rules = json!({"failures_until_lock": 6, "login": login, "confirmation": confirmation});
        serde_json::from_value(rules).expect("the rules are of the format")
    });
    &RULES
}

fn answer<T: Serialize + DeserializeOwned>(json: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(json) else { return };
    let written = json_of(&value);
    let read = serde_json::from_str::<T>(&written).expect("what was read can be read again");
    assert_eq!(json_of(&read), written);
    // As `--json` prints it.
    let shown = json_text(&value).expect("what was read can be printed");
    assert_eq!(printable(&shown), shown);
    let read = serde_json::from_str::<T>(&shown).expect("what was printed can be read");
    assert_eq!(json_of(&read), written);
}

/// Reads the problem of a bank, and writes the texts about it.
fn problem(json: &[u8]) {
    let Ok(document) = serde_json::from_slice::<ProblemDocument>(json) else { return };
    let problem = Problem::from(document);
    for language in [Language::Ja, Language::En] {
        let document = problem.document(language);
        for text in [&document.title, &document.detail, &document.next, &document.reference.0] {
            assert!(text.lines().all(|line| printable(line) == line), "{text:?}");
        }
        assert!(document.params.values().all(|value| printable(value) == *value));
    }
}

fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a value that was read can be written")
}

fn contains_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(contains_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || contains_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
