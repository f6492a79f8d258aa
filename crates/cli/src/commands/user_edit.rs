//! `inkan users edit`: the requested changes, and the changes that were made (S3-17, S4-7 … S4-14).

use inkan_client::profile::{PasswordContext, PasswordKind, Profile, RoleId, UserField};
use inkan_client::protocol::{CertificateAction, Secret, UserEdit, UserRecord, UserSettings};
use inkan_client::{Error, Inkan, Session};
use serde::Serialize;

use crate::answers::{Answers, Question};
use crate::arguments::{CertificateChange, Edit, YesNo};
use crate::bank_terms;
use crate::commands::tell::Tell;
use crate::commands::{forced_change, user_lines};
use crate::consent;
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// The new passwords of a user, in the order of the bank's form.
const PASSWORDS: [(Question, PasswordKind); 4] = [
    (Question::UserLogin, PasswordKind::Login),
    (Question::UserConfirmation, PasswordKind::Confirmation),
    (Question::UserApproval, PasswordKind::Approval),
    (Question::UserTransfer, PasswordKind::Transfer),
];

/// The user after the edit, the names of the changed fields, and what the user must be told after a reissue (S4-15).
#[derive(Debug, Serialize)]
struct Edited<'a> {
    #[serde(flatten)]
    record: &'a UserRecord,
    changed: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tell: Option<&'a Tell>,
}

/// Refuses an edit that changes nothing, or that changes a field which this bank's administrators do not set. The
/// refusal comes before any password is asked for.
pub(crate) fn something_to_change(
    edit: &Edit,
    profile: &Profile,
    answers: &Answers,
    words: &Words,
) -> Result<(), Failure> {
    let others = fields(edit).into_iter().filter(|(given, field, _)| *given && !profile.user_fields.contains(field));
    let others: Vec<String> = others.map(|(_, _, name)| words.text(&format!("changed-{name}"))).collect();
    if !others.is_empty() {
        return Err(Failure::Journey(Error::UserFieldNotAllowed(others.join(&words.text("word-and")))));
    }
    consent::reissue_exists(edit.certificate_act.map(act), profile)?;
    let passwords = PASSWORDS.iter().any(|(question, _)| answers.given(*question).is_some());
    if passwords || has_options(edit) || edit.passwords && answers.can_ask() {
        Ok(())
    } else if edit.passwords {
        Err(Failure::Journey(Error::AnswerMissing("new_user_login_password")))
    } else {
        Err(Failure::Journey(Error::NothingToChange))
    }
}

/// Changes the fields that differ from what the bank has, and prints which fields have changed at the bank.
pub(crate) fn run(
    edit: &Edit,
    profile: &Profile,
    session: &Session,
    inkan: &Inkan,
    answers: &Answers,
    output: &Output,
) -> Result<(), Failure> {
    let words = output.words();
    let before = session.user_settings(&edit.subject)?;
    let passwords = passwords(edit, &before, profile, answers, words)?;
    let act = edit.certificate_act.map(act);
    if passwords.iter().all(Option::is_none) && act.is_none() && !differs(edit, &before) {
        return Err(Failure::Journey(Error::NothingToChange));
    }
    Session::check_periods(&before, edit.change_period, edit.alarm_period)?;
    if let Some(act) = act
        && !edit.knowingly
    {
        consent::to_certificate_act(act, &edit.subject, session, inkan, answers, words)?;
    }
    let set: Vec<PasswordKind> =
        PASSWORDS.iter().zip(&passwords).filter_map(|((_, kind), given)| given.as_ref().map(|_| *kind)).collect();
    let confirmation = answers.get(Question::Confirmation, words)?;
    let record = inkan.edit_user(session, &edit.subject, &whole(edit, passwords, act, confirmation))?.record;
    let after = session.user_settings(&edit.subject)?;
    let fields = changed_fields(&before, &after);
    let kept = act == Some(CertificateAction::Keep);
    let certificate = act.filter(|_| !kept).map(|_| "certificate");
    let changed =
        fields.iter().copied().chain(set.iter().map(|kind| password_field(*kind))).chain(certificate).collect();
    let tell = (act == Some(CertificateAction::Reissue)).then(|| Tell::after_reissue(&record, profile, session));
    output.result(&Edited { record: &record, changed, tell: tell.as_ref() }, |words| {
        let names = fields.iter().map(|field| words.text(&format!("changed-{field}")));
        let passwords = set.iter().map(|kind| bank_terms::password(*kind, profile, words));
        let certificate = certificate.map(|_| words.text("changed-certificate"));
        let names: Vec<String> = names.chain(passwords).chain(certificate).collect();
        let what = names.join(&words.text("word-and"));
        let changed = (!names.is_empty()).then(|| words.with("users-changed", &[("what", &what)]));
        let kept = kept.then(|| words.text("users-certificate-kept"));
        // S4-14: in the bank's own words, if it has some.
        let own = profile.words.edited(&record.person.id).map(|own| words.local(&own).to_owned());
        std::iter::once(own.unwrap_or_else(|| words.with("users-done", &[("id", &record.person.id)])))
            .chain(changed)
            .chain(kept)
            .chain([user_lines::brief(&record, profile, words)])
            .chain(tell.as_ref().map(|tell| tell.lines(&record, profile, words)).unwrap_or_default())
            .collect()
    });
    Ok(())
}

/// Returns the new passwords in the order of [`PASSWORDS`]. They come from the answers, or are typed twice at the
/// terminal.
fn passwords(
    edit: &Edit,
    before: &UserSettings,
    profile: &Profile,
    answers: &Answers,
    words: &Words,
) -> Result<Vec<Option<Secret>>, Failure> {
    let role = edit.role.clone().map_or_else(|| before.role.clone(), RoleId);
    let role = profile.role(&role);
    // A password that the bank would refuse is asked for again at once (S4-7, Q1).
    let broken = |kind: PasswordKind, typed: &str| {
        let rule = profile.passwords.rule(kind)?;
        let fault = *rule.faults(typed, PasswordContext { user_id: &edit.subject, login_password: None }).first()?;
        Some(forced_change::broken(fault, rule, profile, words))
    };
    let one = |(question, kind): (Question, PasswordKind)| match answers.given(question) {
        None if edit.passwords && answers.can_ask() && role.is_none_or(|role| role.has_password(kind)) => {
            answers.twice(question, words, |typed| broken(kind, typed))
        }
        given => Ok(given),
    };
    PASSWORDS.into_iter().map(one).collect()
}

fn whole(
    edit: &Edit,
    passwords: Vec<Option<Secret>>,
    act: Option<CertificateAction>,
    confirmation: Secret,
) -> UserEdit {
    let mut passwords = passwords.into_iter();
    let mut next = || passwords.next().flatten();
    UserEdit {
        name: edit.person_name.clone(),
        role: edit.role.clone().map(RoleId),
        login_password: next(),
        new_confirmation_password: next(),
        approval_password: next(),
        transfer_password: next(),
        single_transfer: edit.single_transfer.map(yes),
        transfer_limit_thousand_yen: edit.transfer_limit,
        forced_change: edit.forced_change.map(yes),
        change_period_days: edit.change_period,
        alarm_period_days: edit.alarm_period,
        companies: edit.company.clone(),
        certificate: act,
        confirmation_password: confirmation,
    }
}

fn has_options(edit: &Edit) -> bool {
    edit.certificate_act.is_some() || fields(edit).iter().any(|(given, _, _)| *given)
}

/// Returns the fields that options set: whether the option is given, the field, and its name.
fn fields(edit: &Edit) -> [(bool, UserField, &'static str); 8] {
    [
        (edit.person_name.is_some(), UserField::Name, "name"),
        (edit.role.is_some(), UserField::Role, "role"),
        (edit.single_transfer.is_some(), UserField::SingleTransfer, "single_transfer"),
        (edit.transfer_limit.is_some(), UserField::TransferLimit, "transfer_limit"),
        (edit.forced_change.is_some(), UserField::ForcedChange, "forced_change"),
        (edit.change_period.is_some(), UserField::ChangePeriod, "change_period"),
        (edit.alarm_period.is_some(), UserField::AlarmPeriod, "alarm_period"),
        (edit.company.is_some(), UserField::Companies, "companies"),
    ]
}

/// Returns whether an option asks for a value that differs from the bank's.
fn differs(edit: &Edit, before: &UserSettings) -> bool {
    let days = |given: Option<u32>, now: Option<u32>| given.is_some_and(|days| days != now.unwrap_or_default());
    let companies = edit.company.as_ref().is_some_and(|codes| {
        before.companies.iter().any(|company| company.chosen != codes.contains(&company.code))
            || codes.iter().any(|code| before.companies.iter().all(|company| company.code != *code))
    });
    [
        edit.person_name.as_ref().is_some_and(|name| name.trim() != before.name),
        edit.role.as_ref().is_some_and(|role| *role != before.role.0),
        edit.single_transfer.is_some_and(|answer| yes(answer) != before.single_transfer),
        edit.transfer_limit.is_some_and(|limit| limit != before.transfer_limit_thousand_yen),
        edit.forced_change.is_some_and(|answer| yes(answer) != before.forced_change),
        days(edit.change_period, before.change_period_days),
        days(edit.alarm_period, before.alarm_period_days),
        companies,
    ]
    .contains(&true)
}

/// Returns the names of the fields whose values have changed at the bank.
fn changed_fields(before: &UserSettings, after: &UserSettings) -> Vec<&'static str> {
    let fields = [
        (before.name != after.name, "name"),
        (before.role != after.role, "role"),
        (before.single_transfer != after.single_transfer, "single_transfer"),
        (before.transfer_limit_thousand_yen != after.transfer_limit_thousand_yen, "transfer_limit"),
        (before.forced_change != after.forced_change, "forced_change"),
        (before.change_period_days != after.change_period_days, "change_period"),
        (before.alarm_period_days != after.alarm_period_days, "alarm_period"),
        (before.companies != after.companies, "companies"),
    ];
    fields.into_iter().filter_map(|(changed, field)| changed.then_some(field)).collect()
}

fn password_field(kind: PasswordKind) -> &'static str {
    match kind {
        PasswordKind::Login => "login_password",
        PasswordKind::Confirmation => "confirmation_password",
        PasswordKind::Approval => "approval_password",
        PasswordKind::Transfer => "transfer_password",
    }
}

fn yes(answer: YesNo) -> bool {
    answer == YesNo::Yes
}

fn act(act: CertificateChange) -> CertificateAction {
    match act {
        CertificateChange::Keep => CertificateAction::Keep,
        CertificateChange::Reissue => CertificateAction::Reissue,
        CertificateChange::Revoke => CertificateAction::Revoke,
    }
}
