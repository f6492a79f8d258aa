use inkan_client::profile::TokenState;
use inkan_client::protocol::TokenRecord;

use crate::dates::moment;
use crate::words::Words;

/// Returns シリアル番号, ワンタイムパスワード状態 and ハードトークン有効期限 (S2-11), with a dash for each missing value (S2-14).
pub(crate) fn record(token: &TokenRecord, words: &Words) -> String {
    let when = |at: Option<_>| at.map_or_else(|| "-".to_owned(), |at| moment(at, words.language()));
    let facts = [
        ("state", state(token.state, words)),
        ("serial", token.serial.clone().unwrap_or_else(|| "-".to_owned())),
        ("until", when(token.expires)),
        ("from", when(token.activation_from)),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match token.activation_from {
        Some(_) => words.with("token-line-waits", &facts),
        None => words.with("token-line", &facts),
    }
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
