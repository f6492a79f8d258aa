//! The texts of the steps to a new PC, with the bank's own terms (S0-9 … S0-15, S3-1 … S3-4, S4-1 … S4-4).

use inkan_client::profile::{
    Actor, ChangePc, LastResort, Location, PasswordKind, Permission, Profile, Role, RoleId, Step, StepKind,
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
}

/// Returns every step with its text, in order.
pub(crate) fn texts(steps: &[Step], asked: &ChangePc, profile: &Profile, words: &Words) -> Vec<StepText> {
    steps.iter().map(|step| StepText { step: *step, text: text(*step, asked, profile, words) }).collect()
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
    let who = helpers(&asked.role, profile, words);
    let form = match profile.resort_alone(&asked.role) {
        LastResort::RequestForm => words.text("form-request"),
        _ => words.text("form-revocation"),
    };
    let branch = profile.branch.as_ref();
    let home = branch.map(|branch| words.in_text(&branch.name)).unwrap_or_default();
    let (needs, confirmation) =
        (needs(&asked.role, profile, words), password(PasswordKind::Confirmation, profile, words));
    let facts = [
        ("bank", words.local(&profile.name)),
        ("who", who.as_str()),
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

/// Returns the names of the roles whose users can revoke or reissue the certificate of a user of `role`.
fn helpers(role: &RoleId, profile: &Profile, words: &Words) -> String {
    // S0-13: an administrator needs another administrator.
    let name = |helper: &Role| match helper.id == *role {
        true => words.with("migration-another", &[("role", &words.in_text(&helper.name))]),
        false => words.in_text(&helper.name),
    };
    let names: Vec<String> = profile.helpers_of(role).into_iter().map(name).collect();
    names.join(&words.text("word-or"))
}

/// Returns what a user needs to acquire a certificate (S0-7, S3-10). A user whose role cannot activate a token needs no
/// one-time password.
fn needs(role: &RoleId, profile: &Profile, words: &Words) -> String {
    let contract = profile.contract_number.as_ref().map(|number| words.local(&number.name).to_owned());
    let otp = (profile.certificate.acquisition_otp && profile.may(role, Permission::ActivateOwnToken))
        .then(|| words.text("ask-otp"));
    let both = [bank_terms::login_id(profile, words), password(PasswordKind::Login, profile, words)];
    let all: Vec<String> = contract.into_iter().chain(both).chain(otp).collect();
    all.join(&words.text("word-and"))
}
