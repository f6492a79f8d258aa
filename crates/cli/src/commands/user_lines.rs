//! A user as lines for a person, in the words of S3-5 and S4-7 … S4-12.

use inkan_client::profile::{PasswordKind, Profile, RoleId, UserField};
use inkan_client::protocol::{CertificateRecord, CertificateState, IssueRecord, UserRecord, UserSettings};

use crate::commands::token;
use crate::dates::{end, moment};
use crate::words::Words;

/// One line of a list.
pub(crate) fn brief(user: &UserRecord, profile: &Profile, words: &Words) -> String {
    let person = &user.person;
    let certificate = match holding(user) {
        Holding::Nothing => words.text("certificate-none"),
        Holding::Issue(issue) => words.text(issue_state(issue)),
        Holding::Certificate(record) => {
            let until = end(record.not_after, words);
            words.with("certificate-line", &[("state", &state(record, words)), ("until", &until)])
        }
    };
    format!("{}  {}  {}  {certificate}", person.id, person.name, role(&person.role, profile, words))
}

/// What a user has, as every list and page names it: what is issued and can still be acquired comes before the
/// certificate that it replaces, and what was not acquired in time comes after one that is valid.
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

fn issue_state(issue: &IssueRecord) -> &'static str {
    if issue.lapsed { "state-lapsed" } else { "state-issued" }
}

/// Everything that an administrator sees of a user.
pub(crate) fn whole(user: &UserRecord, settings: &UserSettings, profile: &Profile, words: &Words) -> Vec<String> {
    let mut lines = vec![
        words.with("user-id", &[("id", &user.person.id)]),
        words.with("user-name", &[("name", &settings.name)]),
        words.with("user-role", &[("role", &role(&settings.role, profile, words))]),
    ];
    lines.extend(profile.user_fields.iter().filter_map(|field| setting(*field, settings, words)));
    match holding(user) {
        Holding::Nothing => lines.push(words.text("certificate-none")),
        Holding::Issue(issue) => lines.extend(pending(issue, words)),
        Holding::Certificate(record) => lines.extend(certificate(record, words)),
    }
    lines.push(words.with("top-token", &[("token", &token::record(&user.token, words))]));
    lines.push(words.with("user-locked", &[("passwords", &locked(&user.locked, profile, words))]));
    if profile.user_fields.contains(&UserField::Companies) {
        lines.push(words.text("user-companies"));
        lines.extend(settings.companies.iter().map(|company| {
            let mark = if company.chosen { "○" } else { "・" };
            let (account, contracts) = (words.local(&company.account), words.local(&company.contracts));
            format!("  {mark} {}  {}  {account}  {contracts}", company.code, company.name)
        }));
    }
    lines
}

/// 発行番号, ステータス, 発行データ登録日, シリアル番号, 有効期間終了日時 (S3-5)
fn certificate(record: &CertificateRecord, words: &Words) -> [String; 5] {
    let language = words.language();
    [
        words.with("user-issue-number", &[("number", &format!("{:03}", record.issue_number))]),
        words.with("user-state", &[("state", &state(record, words))]),
        words.with("user-registered", &[("at", &moment(record.issued, language))]),
        words.with("user-serial", &[("serial", &record.serial)]),
        words.with("user-until", &[("until", &end(record.not_after, words))]),
    ]
}

/// 取得期限, while issued and not yet acquired (S4-11).
fn pending(issue: &IssueRecord, words: &Words) -> [String; 4] {
    let language = words.language();
    let state = words.text(issue_state(issue));
    let deadline = issue.deadline.map_or_else(|| "-".to_owned(), |at| moment(at, language));
    [
        words.with("user-issue-number", &[("number", &format!("{:03}", issue.issue_number))]),
        words.with("user-state", &[("state", &state)]),
        words.with("user-registered", &[("at", &moment(issue.registered, language))]),
        words.with("user-deadline", &[("until", &deadline)]),
    ]
}

fn setting(field: UserField, settings: &UserSettings, words: &Words) -> Option<String> {
    let yes = |chosen| if chosen { words.text("word-yes") } else { words.text("word-no") };
    let days = |days: Option<u32>| days.map_or_else(|| "-".to_owned(), |days| days.to_string());
    Some(match field {
        UserField::SingleTransfer => words.with("user-single-transfer", &[("answer", &yes(settings.single_transfer))]),
        UserField::TransferLimit if settings.transfer_limit_thousand_yen == 0 => words.text("user-limit-of-the-bank"),
        UserField::TransferLimit => {
            words.with("user-limit", &[("limit", &settings.transfer_limit_thousand_yen.to_string())])
        }
        UserField::ForcedChange => words.with("user-forced-change", &[("answer", &yes(settings.forced_change))]),
        UserField::ChangePeriod => words.with("user-change-period", &[("days", &days(settings.change_period_days))]),
        UserField::AlarmPeriod => words.with("user-alarm-period", &[("days", &days(settings.alarm_period_days))]),
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

/// What the bank calls that password.
pub(crate) fn password(kind: PasswordKind, profile: &Profile, words: &Words) -> String {
    let own = profile.passwords.rule(kind).and_then(|rule| rule.name.as_ref());
    own.map(|name| words.local(name).to_owned()).unwrap_or_else(|| match kind {
        PasswordKind::Login => words.text("ask-login-password"),
        PasswordKind::Confirmation => words.text("ask-confirmation-password"),
        PasswordKind::Approval => words.text("password-approval"),
        PasswordKind::Transfer => words.text("password-transfer"),
    })
}

/// What the bank calls the login ID.
pub(crate) fn login_id(profile: &Profile, words: &Words) -> String {
    profile.login_id_name.as_ref().map_or_else(|| words.text("argument-user"), |name| words.local(name).to_owned())
}

/// What the bank calls that role.
pub(crate) fn role(id: &RoleId, profile: &Profile, words: &Words) -> String {
    profile.role(id).map_or_else(|| id.0.clone(), |role| words.local(&role.name).to_owned())
}

fn state(record: &CertificateRecord, words: &Words) -> String {
    match record.state {
        CertificateState::Issued => words.text("state-issued"),
        CertificateState::Valid => words.text("state-valid"),
        CertificateState::Expired => words.text("state-expired"),
        CertificateState::Revoked => words.text("state-revoked"),
        CertificateState::Superseded => words.text("state-superseded"),
    }
}
