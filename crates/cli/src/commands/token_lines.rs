use inkan_client::profile::{Day, Profile, TokenState};
use inkan_client::protocol::{TokenLine, TokenRecord};

use crate::bank_terms;
use crate::dates::moment;
use crate::words::Words;

/// Returns シリアル番号, ワンタイムパスワード状態 and ハードトークン有効期限 (S2-11), with a dash for each missing value (S2-14).
pub(crate) fn record(token: &TokenRecord, words: &Words) -> String {
    with_facts("token-line", token, words)
}

/// Returns the tokens of the users, each with the names of its facts (S2-11), and what the list needs as an explanation.
pub(super) fn list(lines: &[TokenLine], profile: &Profile, words: &Words) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().flat_map(|one| line(one, profile, words)).collect();
    let states = || lines.iter().map(|line| line.token.state);
    if lines.iter().any(|line| line.token.expires.is_some()) {
        shown.push(words.text("tokens-engraved"));
    }
    if states().any(|state| state == TokenState::NotRequired) {
        shown.push(words.text("tokens-dash"));
    }
    shown
}

/// Returns a user and the user's token, in two lines.
pub(super) fn line(line: &TokenLine, profile: &Profile, words: &Words) -> [String; 2] {
    let of = bank_terms::login_id(profile, words);
    let role = bank_terms::role(&line.person.role, profile, words);
    let facts = [("id", line.person.id.as_str()), ("name", &line.person.name), ("role", &role), ("login_id", &of)];
    [words.with("token-user", &facts), format!("  {}", with_facts("token-facts", &line.token, words))]
}

fn with_facts(id: &str, token: &TokenRecord, words: &Words) -> String {
    let dash = || "-".to_owned();
    let until = |at| {
        words.with("token-until", &[("until", &moment(at, words.language())), ("engraved", &Day::of(at).engraved())])
    };
    let facts = [
        ("state", state(token.state, words)),
        ("serial", token.serial.clone().unwrap_or_else(dash)),
        ("until", token.expires.map_or_else(dash, until)),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let line = words.with(id, &facts);
    // The bank names this time only while it is to come.
    let waits =
        token.activation_from.map(|from| words.with("token-waits", &[("from", &moment(from, words.language()))]));
    line + &waits.unwrap_or_default()
}

fn state(state: TokenState, words: &Words) -> String {
    match state {
        TokenState::NotRequired => "-".to_owned(),
        TokenState::Unregistered => words.text("token-unregistered"),
        TokenState::Active => words.text("token-active"),
        TokenState::Expired => words.text("token-expired"),
        TokenState::Revoked => words.text("token-revoked"),
        TokenState::Locked => words.text("token-locked"),
        TokenState::OutOfStep => words.text("token-out-of-step"),
    }
}
