//! The texts of the steps to a new PC, with the bank's own terms (S0-9 … S0-15, S3-1 … S3-4, S4-1 … S4-4).

use inkan_client::profile::{
    Actor, ChangePc, LastResort, Location, LoginMethod, PasswordKind, Permission, Profile, Role, RoleId, Step, StepKind,
};
use serde::Serialize;

use crate::bank_terms::{self, password};
use crate::words::Words;

/// A step with its text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepText {
    #[serde(flatten)]
    pub(crate) step: Step,
    pub(crate) text: String,
    /// What else the user, or the person who is asked, should know before the step.
    pub(crate) notes: Vec<String>,
}

/// The user whose PC changes, and the bank.
pub(crate) struct Whose<'a> {
    pub(crate) asked: &'a ChangePc,
    pub(crate) profile: &'a Profile,
    /// The bank's name on this PC.
    pub(crate) bank: &'a str,
    /// The login ID of the user, if it is known.
    pub(crate) user: Option<&'a str>,
}

/// Returns every step with its text, in order.
pub(crate) fn texts(steps: &[Step], whose: &Whose<'_>, words: &Words) -> Vec<StepText> {
    let with_text = |step: &Step| StepText {
        step: *step,
        text: text(*step, whose.asked, whose.profile, words),
        notes: note(*step, whose, words).into_iter().collect(),
    };
    steps.iter().map(with_text).collect()
}

/// Returns what is to be done about the old certificate if the user cannot log in from the old PC. No step does it,
/// because the old PC may be gone (S0-15).
pub(crate) fn old_pc_at_hand(asked: &ChangePc, words: &Words) -> Option<String> {
    (asked.method == LoginMethod::Certificate && !asked.old_pc_works).then(|| words.text("migration-old-pc-at-hand"))
}

/// Returns a step as lines of a numbered list, with its notes below.
pub(crate) fn lines(number: usize, step: &StepText, words: &Words) -> Vec<String> {
    let notes = step.notes.iter().map(|note| format!("     {note}"));
    std::iter::once(line(number, step, words)).chain(notes).collect()
}

/// Returns a step as a numbered line of a list.
pub(crate) fn line(number: usize, step: &StepText, words: &Words) -> String {
    let place = match step.step.location {
        Location::OldPc => words.text("place-old-pc"),
        Location::NewPc => words.text("place-new-pc"),
        Location::TheirPc => words.text("place-their-pc"),
        Location::Branch => words.text("place-branch"),
    };
    format!("  {number}. [{place}] {}", step.text)
}

fn text(step: Step, asked: &ChangePc, profile: &Profile, words: &Words) -> String {
    let helpers = helpers(&asked.role, profile, words);
    let who = helpers.join(&words.text("word-or"));
    let form = match profile.resort_alone(&asked.role) {
        LastResort::RequestForm => words.text("form-request"),
        _ => words.text("form-revocation"),
    };
    let branch = profile.branch.as_ref();
    let home = branch.map(|branch| words.in_text(&branch.name)).unwrap_or_default();
    let role = bank_terms::role(&asked.role, profile, words);
    let (needs, confirmation) =
        (needs(&asked.role, profile, words), password(PasswordKind::Confirmation, profile, words));
    let facts = [
        ("bank", words.local(&profile.name)),
        ("who", who.as_str()),
        ("one", yes_no(helpers.len() == 1)),
        ("may", yes_no(may_by_role(step.kind, &asked.role, profile))),
        ("role", role.as_str()),
        ("form", form.as_str()),
        ("needs", needs.as_str()),
        ("password", confirmation.as_str()),
        ("branch", home.as_str()),
        ("telephone", branch.map_or("", |branch| branch.telephone.as_str())),
        ("hours", branch.map_or("", |branch| words.local(&branch.hours))),
    ];
    match (step.kind, step.actor) {
        (StepKind::CheckPc, _) => words.with("migration-check-pc", &facts),
        (StepKind::Revoke, Actor::You) => words.with("migration-revoke-own", &facts),
        (StepKind::Revoke, _) => words.with("migration-revoke-other", &facts),
        (StepKind::Reissue, _) => words.with("migration-reissue", &facts),
        (StepKind::HandInForm, _) => words.with("migration-hand-in-form", &facts),
        (StepKind::Telephone, _) => words.with("migration-telephone", &facts),
        (StepKind::RevokeAndReport, _) => words.with("migration-revoke-and-report", &facts),
        (StepKind::ReissueAndReport, _) => words.with("migration-reissue-and-report", &facts),
        (StepKind::Acquire, _) => words.with("migration-acquire", &facts),
        (StepKind::LogIn, _) => words.with("migration-log-in", &facts),
        (StepKind::DeleteOld, _) => words.with("migration-delete-old", &facts),
    }
}

/// Returns the note below a step, if it has one.
fn note(step: Step, whose: &Whose<'_>, words: &Words) -> Option<String> {
    let Whose { profile, bank, user, .. } = whose;
    match (step.kind, step.actor) {
        // S0-2: only the bank's page knows which systems and browsers the bank supports.
        (StepKind::CheckPc, _) => profile
            .environment_page
            .as_ref()
            .map(|page| words.with("migration-environment", &[("bank", words.local(&profile.name)), ("page", page)])),
        (StepKind::Revoke | StepKind::Reissue, Actor::Administrator) => {
            let act = if step.kind == StepKind::Reissue { "reissue" } else { "revoke" };
            let command = format!("inkan users --bank {bank} certificate {} --{act}", user.unwrap_or("ID"));
            let facts = [
                ("bank", words.local(&profile.name)),
                ("act", act),
                ("named", yes_no(user.is_some())),
                ("user", user.unwrap_or_default()),
                ("command", &command),
            ];
            Some(words.with("migration-helper", &facts))
        }
        _ => None,
    }
}

/// Returns whether users of `role` may do that to a certificate, be it their own or another user's (S0-14).
fn may_by_role(kind: StepKind, role: &RoleId, profile: &Profile) -> bool {
    let acts: &[Permission] = match kind {
        StepKind::Revoke => &[Permission::RevokeOwnCertificate, Permission::RevokeOthersCertificate],
        StepKind::Reissue => &[Permission::ReissueOthersCertificate],
        _ => return true,
    };
    acts.iter().any(|act| profile.may(role, *act))
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Returns the names of the roles whose users can revoke or reissue the certificate of a user of `role`.
fn helpers(role: &RoleId, profile: &Profile, words: &Words) -> Vec<String> {
    // S0-13: an administrator needs another administrator.
    let name = |helper: &Role| match helper.id == *role {
        true => words.with("migration-another", &[("role", &words.in_text(&helper.name))]),
        false => words.in_text(&helper.name),
    };
    profile.helpers_of(role).into_iter().map(name).collect()
}

/// Returns what a user needs to acquire a certificate (S0-7, S3-10). A user whose role cannot activate a token needs no
/// one-time password.
pub(crate) fn needs(role: &RoleId, profile: &Profile, words: &Words) -> String {
    let contract = profile.contract_number.as_ref().map(|number| words.local(&number.name).to_owned());
    let otp = (profile.certificate.acquisition_otp && profile.may(role, Permission::ActivateOwnToken))
        .then(|| words.text("ask-otp"));
    let both = [bank_terms::login_id(profile, words), password(PasswordKind::Login, profile, words)];
    let all: Vec<String> = contract.into_iter().chain(both).chain(otp).collect();
    all.join(&words.text("word-and"))
}
