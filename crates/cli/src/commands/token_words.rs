//! What the bank's manual says around the change of a token, with the terms of the bank (S2-1 … S2-10).

use inkan_client::profile::{Day, Permission, Profile, TokenState};
use inkan_client::protocol::{Code, TokenLine, TokenRecord, login_id};
use inkan_client::{Error, Session};

use crate::bank_terms;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// Returns the two steps of a change of token (S2-2). A bank that sends new tokens has the date that is engraved on them
/// in its profile (S2-1).
pub(super) fn steps(profile: &Profile, words: &Words) -> Vec<String> {
    let mut lines = vec![words.text("tokens-steps"), words.text("tokens-step-revoke")];
    lines.push(match profile.token.new_tokens_from {
        Some(from) => words.with("tokens-step-activate-from", &dated(from).each_ref().map(borrowed)),
        None => words.text("tokens-step-activate"),
    });
    lines
}

/// Returns from when the next token can be activated (S2-6, S2-7). Empty if the bank has no wait.
pub(super) fn wait(profile: &Profile, words: &Words) -> Vec<String> {
    let Some(wait) = &profile.token.wait else { return Vec::new() };
    let times = [
        ("minutes", wait.minutes.to_string()),
        ("night_from", wait.night_from.to_string()),
        ("night_to", wait.night_to.to_string()),
        ("morning", wait.morning.to_string()),
        ("over_midnight", (if wait.night_from > wait.night_to { "yes" } else { "no" }).to_owned()),
    ];
    let times = times.each_ref().map(borrowed);
    let closed = (!wait.activation_by_night).then(|| words.with("tokens-wait-closed", &times));
    let lines = ["tokens-wait", "tokens-wait-night"].map(|id| words.with(id, &times));
    lines.into_iter().chain(closed).collect()
}

/// Returns who can revoke a token, also a lost one, and who is asked if no user can (S2-3, S2-8). Empty at a bank at
/// which no user revokes tokens.
pub(super) fn lost(profile: &Profile, words: &Words) -> Vec<String> {
    if !profile.roles.iter().any(|role| role.may(Permission::RevokeTokens)) {
        return Vec::new();
    }
    let who = words.with("tokens-lost", &[("roles", &bank_terms::who_may(Permission::RevokeTokens, profile, words))]);
    std::iter::once(who).chain(paper(profile, words)).collect()
}

/// Returns that paper is needed if no user can revoke a token, and whom to ask (S2-8).
fn paper(profile: &Profile, words: &Words) -> Vec<String> {
    let branch = profile.branch.as_ref().map(|one| (&one.name, &one.telephone, &one.hours));
    let centre = profile.telephone_centre.as_ref().map(|one| (&one.name, &one.telephone, &one.hours));
    let asked: Vec<_> = branch.into_iter().chain(centre).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = asked.iter().map(|(name, ..)| words.in_text(name)).collect();
    let says = words.with("tokens-paper", &[("where", &names.join(&words.text("word-or")))]);
    let contacts = asked.iter().map(|(name, telephone, hours)| {
        let facts = [("name", words.local(name)), ("telephone", telephone.as_str()), ("hours", words.local(hours))];
        words.with("contact", &facts)
    });
    std::iter::once(says).chain(contacts).collect()
}

/// Returns what users must do about their own token, if anything (M4, S2-3).
pub(crate) fn own(token: &TokenRecord, profile: &Profile, words: &Words) -> Option<String> {
    let facts = [("roles", bank_terms::who_may(Permission::RevokeTokens, profile, words))];
    (token.state == TokenState::Expired).then(|| words.with("token-expired-note", &facts.each_ref().map(borrowed)))
}

/// Returns what users see before they type the serial number and the one-time password (S2-1, S2-15, S2-16).
pub(super) fn activation(skips: bool, profile: &Profile, words: &Words) -> Vec<String> {
    let title = profile.token.activation_name.as_ref();
    let title = title.map_or_else(|| words.text("token-activation"), |name| words.local(name).to_owned());
    let mut lines = vec![title, words.text("token-activation-lead")];
    lines.extend(
        profile.token.new_tokens_from.map(|from| words.with("token-date-from", &dated(from).each_ref().map(borrowed))),
    );
    lines.extend(skips.then(|| words.text("token-skip-when")));
    lines
}

/// Returns the users who share the token of one of the `chosen` users and are not chosen themselves (S2-4). `lines` are
/// the tokens before the revocation: a revoked one shows no serial number.
pub(super) fn sharers<'a>(lines: &'a [TokenLine], chosen: &[String]) -> Vec<&'a TokenLine> {
    let is_chosen = |line: &&TokenLine| chosen.iter().any(|id| login_id(id) == line.person.id);
    let serials: Vec<&String> = lines.iter().filter(is_chosen).filter_map(|line| line.token.serial.as_ref()).collect();
    let shares = |line: &&TokenLine| line.token.serial.as_ref().is_some_and(|serial| serials.contains(&serial));
    lines.iter().filter(|line| !is_chosen(line)).filter(shares).collect()
}

/// Returns the line that names users who share a token.
pub(super) fn sharing(id: &str, users: &[&TokenLine], words: &Words) -> String {
    let names: Vec<&str> = users.iter().map(|line| line.person.id.as_str()).collect();
    words.with(id, &[("users", &names.join(&words.text("word-and")))])
}

/// Does `act` about tokens. If the bank refuses it, prints who can do it instead (S2-3, S2-8).
pub(super) fn permitted<T>(
    act: impl FnOnce(&Session) -> Result<T, Error>,
    session: &Session,
    profile: &Profile,
    output: &Output,
) -> Result<T, Failure> {
    act(session).map_err(|error| {
        let code = if let Error::Bank(problem) = &error { Some(problem.code) } else { None };
        output.aside_lines(|words| match code {
            Some(Code::NotPermitted) => {
                let roles = bank_terms::who_may(Permission::RevokeTokens, profile, words);
                vec![words.with("tokens-who", &[("roles", &roles)])]
            }
            Some(Code::TokenUnusable) => paper(profile, words),
            _ => Vec::new(),
        });
        error.into()
    })
}

/// Returns a day as it is engraved on a token, and as it is written otherwise.
fn dated(from: Day) -> [(&'static str, String); 2] {
    [("engraved", from.engraved()), ("date", from.to_string())]
}

fn borrowed<'a>((name, value): &'a (&'static str, String)) -> (&'a str, &'a str) {
    (name, value)
}

#[cfg(test)]
mod tests {
    use inkan_client::protocol::Language;

    use super::*;

    fn keiyaku() -> Profile {
        Profile::from_toml(include_str!("../../../../profiles/keiyaku.toml")).unwrap()
    }

    #[test]
    fn a_bank_without_such_rules_has_no_such_words() {
        for language in [Language::Ja, Language::En] {
            let words = Words::of(language);
            let (lost, wait) = (lost(&keiyaku(), &words), wait(&keiyaku(), &words));
            assert_eq!((lost, wait), (Vec::new(), Vec::new()), "no user revokes a token there, and nothing waits");
            assert_eq!(steps(&keiyaku(), &words)[2], words.text("tokens-step-activate"));
            let activation = activation(false, &keiyaku(), &words);
            assert_eq!(activation, [words.text("token-activation"), words.text("token-activation-lead")]);
        }
    }

    #[test]
    fn q3_a_bank_that_is_closed_by_night_says_so() {
        let minato = Profile::from_toml(include_str!("../../../bank/tests/minato.toml")).unwrap();
        let said = wait(&minato, &Words::of(Language::Ja)).join("");
        for words in ["失効の5分後", "22:00から翌日06:00まで", "07:00以降", "22:00から07:00までは、実施できません"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
