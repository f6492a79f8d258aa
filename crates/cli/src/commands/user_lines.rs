//! The lines that describe a user of the contract, in the words of S3-5 and S4-7 … S4-12.

use inkan_client::profile::{LocalText, OwnWords, PasswordKind, Profile, TokenState, UserField};
use inkan_client::protocol::{CertificateRecord, CertificateState, IssueRecord, UserRecord, UserSettings};
use serde::Serialize;
use time::OffsetDateTime;

use crate::bank_terms::{bank_itself, login_id, own_or, password, role};
use crate::commands::token_lines;
use crate::dates::{end, moment};
use crate::words::Words;

/// Returns the line of a user in a list. If a password or the token is locked, the line says so (M5).
pub(crate) fn brief(user: &UserRecord, profile: &Profile, words: &Words) -> String {
    let person = &user.person;
    let state = state(user, &profile.words, words);
    let certificate = match holding(user) {
        Holding::Nothing | Holding::Issue(_) => words.with("certificate-state", &[("state", &state)]),
        Holding::Certificate(record) => {
            words.with("certificate-line", &[("state", &state), ("until", &end(record.not_after, words))])
        }
    };
    let token = (user.token.state == TokenState::Locked).then(|| words.text("locked-token"));
    let locked: Vec<String> = user.locked.iter().map(|kind| password(*kind, profile, words)).chain(token).collect();
    let locked = match locked.is_empty() {
        true => String::new(),
        false => format!("  {}", words.with("user-locked", &[("passwords", &locked.join(&words.text("word-and")))])),
    };
    format!("{}  {}  {}  {certificate}{locked}", person.id, person.name, role(&person.role, profile, words))
}

/// A user in JSON, with the name of the state that the lists show.
#[derive(Debug, Serialize)]
pub(crate) struct Listed<'a> {
    #[serde(flatten)]
    pub(crate) record: &'a UserRecord,
    /// `none`, `issued`, `lapsed`, `valid`, `expired`, `revoked` or `superseded`.
    pub(crate) standing: &'static str,
}

impl<'a> Listed<'a> {
    pub(crate) fn of(record: &'a UserRecord) -> Self {
        Self { record, standing: standing(record) }
    }
}

/// Returns the name of the state of a user's certificate. Every list and page uses this name.
fn standing(user: &UserRecord) -> &'static str {
    match holding(user) {
        Holding::Nothing => "none",
        Holding::Issue(issue) if issue.lapsed => "lapsed",
        Holding::Issue(_) => "issued",
        Holding::Certificate(record) => match record.state {
            CertificateState::Issued => "issued",
            CertificateState::Valid => "valid",
            CertificateState::Expired => "expired",
            CertificateState::Revoked => "revoked",
            CertificateState::Superseded => "superseded",
        },
    }
}

/// Returns the name of that state in the language of the user: the bank's own word, or else the plain one.
fn state(user: &UserRecord, own: &OwnWords, words: &Words) -> String {
    match (standing(user), &own.valid) {
        ("valid", Some(valid)) => words.in_text(valid),
        (standing, _) => words.text(&format!("state-{standing}")),
    }
}

/// What a user has, as every list and page shows it. An issue that can still be acquired is shown before the
/// certificate that it replaces. An issue that was not acquired in time is shown only if the user has no valid
/// certificate.
enum Holding<'a> {
    Nothing,
    Issue(&'a IssueRecord),
    Certificate(&'a CertificateRecord),
}

fn holding(user: &UserRecord) -> Holding<'_> {
    match (&user.issue, &user.certificate) {
        (Some(issue), Some(record)) if issue.lapsed && record.state == CertificateState::Valid => {
            Holding::Certificate(record)
        }
        (Some(issue), _) => Holding::Issue(issue),
        (None, Some(record)) => Holding::Certificate(record),
        (None, None) => Holding::Nothing,
    }
}

/// Returns everything that an administrator sees of a user.
pub(crate) fn whole(user: &UserRecord, settings: &UserSettings, profile: &Profile, words: &Words) -> Vec<String> {
    let mut lines = vec![
        line(login_id(profile, words), &user.person.id, words),
        words.with("user-name", &[("name", &settings.name)]),
        words.with("user-role", &[("role", &role(&settings.role, profile, words))]),
    ];
    lines.extend(profile.user_fields.iter().filter_map(|field| setting(*field, settings, profile, words)));
    let own = &profile.words;
    let state = labelled(own.state.as_ref(), "user-state", &state(user, own, words), words);
    match holding(user) {
        Holding::Nothing => lines.push(state),
        Holding::Issue(issue) => lines.extend(pending(issue, state, own, words)),
        Holding::Certificate(record) => lines.extend(certificate(record, state, own, words)),
    }
    lines.push(words.with("top-token", &[("token", &token_lines::record(&user.token, words))]));
    lines.push(words.with("user-locked", &[("passwords", &locked(&user.locked, profile, words))]));
    if profile.user_fields.contains(&UserField::Companies) {
        lines.push(words.text("user-companies"));
        for company in &settings.companies {
            let mark = if company.chosen { "○" } else { "・" };
            let facts = [
                ("name", company.name.as_str()),
                ("code", &company.code),
                ("account", words.local(&company.account)),
                ("contracts", words.local(&company.contracts)),
            ];
            lines.push(format!("  {mark} {}", words.with("company-name", &facts)));
            let more = ["company-code", "company-account", "company-contracts"];
            lines.extend(more.map(|fact| format!("     {}", words.with(fact, &facts))));
        }
    }
    lines
}

/// Returns a line with a name and its value.
pub(crate) fn line(name: String, value: &str, words: &Words) -> String {
    words.with("user-fact", &[("name", &name), ("value", value)])
}

/// Returns a line with a value and its name: the bank's own word, or else the plain word `plain` of the catalogue.
pub(crate) fn labelled(own: Option<&LocalText>, plain: &str, value: &str, words: &Words) -> String {
    line(own_or(own, plain, words), value, words)
}

/// Returns 発行番号, ステータス, 発行データ登録日, シリアル番号 and 有効期間終了日時 (S3-5).
fn certificate(record: &CertificateRecord, state: String, own: &OwnWords, words: &Words) -> [String; 5] {
    [
        issue_number(record.issue_number, own, words),
        state,
        registered(record.issued, own, words),
        labelled(own.serial.as_ref(), "user-serial", &record.serial, words),
        labelled(own.not_after.as_ref(), "user-until", &end(record.not_after, words), words),
    ]
}

/// Returns the lines of a certificate that is issued and not yet acquired, with its 取得期限 (S4-11).
fn pending(issue: &IssueRecord, state: String, own: &OwnWords, words: &Words) -> [String; 4] {
    let deadline = issue.deadline.map_or_else(|| "-".to_owned(), |at| moment(at, words.language()));
    [
        issue_number(issue.issue_number, own, words),
        state,
        registered(issue.registered, own, words),
        labelled(own.deadline.as_ref(), "user-deadline", &deadline, words),
    ]
}

fn issue_number(number: u32, own: &OwnWords, words: &Words) -> String {
    labelled(own.issue_number.as_ref(), "user-issue-number", &format!("{number:03}"), words)
}

fn registered(at: OffsetDateTime, own: &OwnWords, words: &Words) -> String {
    labelled(own.registered.as_ref(), "user-registered", &moment(at, words.language()), words)
}

fn setting(field: UserField, settings: &UserSettings, profile: &Profile, words: &Words) -> Option<String> {
    let yes = |chosen| if chosen { words.text("word-yes") } else { words.text("word-no") };
    let days = |days: Option<u32>| match days.filter(|days| *days > 0) {
        Some(days) => words.with("user-days", &[("days", &days.to_string())]),
        None => words.text("word-no"),
    };
    Some(match field {
        UserField::SingleTransfer => words.with("user-single-transfer", &[("answer", &yes(settings.single_transfer))]),
        UserField::TransferLimit if settings.transfer_limit_thousand_yen == 0 => {
            words.with("user-limit-of-the-bank", &[("bank", &bank_itself(profile, words))])
        }
        UserField::TransferLimit => {
            words.with("user-limit", &[("limit", &settings.transfer_limit_thousand_yen.to_string())])
        }
        UserField::ForcedChange => words.with("user-forced-change", &[("answer", &yes(settings.forced_change))]),
        UserField::ChangePeriod => words.with("user-change-period", &[("period", &days(settings.change_period_days))]),
        UserField::AlarmPeriod => words.with("user-alarm-period", &[("period", &days(settings.alarm_period_days))]),
        _ => return None,
    })
}

fn locked(kinds: &[PasswordKind], profile: &Profile, words: &Words) -> String {
    if kinds.is_empty() {
        return words.text("user-nothing-locked");
    }
    let names: Vec<String> = kinds.iter().map(|kind| password(*kind, profile, words)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use inkan_client::protocol::Language;

    use super::*;

    /// Returns the message `id` of the window's catalogue.
    fn of_the_window(language: Language, id: &str) -> String {
        let catalogue = match language {
            Language::Ja => include_str!("../../../../ui/src/words/ja/administration.ftl"),
            Language::En => include_str!("../../../../ui/src/words/en/administration.ftl"),
        };
        let line = catalogue.lines().find_map(|line| line.strip_prefix(&format!("{id} = ")));
        line.unwrap_or_else(|| panic!("no {id}")).to_owned()
    }

    #[test]
    fn a_state_has_one_name_in_the_terminal_and_the_window() {
        for language in Language::ALL {
            let words = Words::of(language);
            for state in ["none", "issued", "lapsed", "valid", "expired", "revoked", "superseded"] {
                let id = format!("state-{state}");
                let (here, there) = (words.text(&id), of_the_window(language, &id));
                // In the terminal, the name is inside a line.
                assert_eq!(here.to_lowercase(), there.to_lowercase(), "{id}");
            }
        }
    }
}
