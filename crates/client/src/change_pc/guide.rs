//! The guide to a new PC: the whole way in sight, what is done of it, and what comes next. Kept, so that it goes on
//! after days and restarts.

use inkan_profile::{Actor, LocalText, Location, LoginMethod, Profile, Step, StepKind};
use inkan_protocol::{CertificateAction, Secret, digits, login_id};
use inkan_store::CertificateId;
use serde::Serialize;

use super::found::Known;
use super::kept::Kept;
use super::migration_request::{MigrationRequest, ThisPc};
use crate::services::holder::Holder;
use crate::{CheckUp, Error, Inkan, LoggedIn, Session};

/// The way, as far as it has been gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Guide {
    /// The bank's name here.
    pub bank: String,
    /// What the person said.
    pub request: MigrationRequest,
    /// No person is left who could help after the first step (Q9).
    pub alone: bool,
    /// In order.
    pub steps: Vec<GuideStep>,
    /// The roles whose people can act for this person.
    pub helpers: Vec<LocalText>,
    /// The person's certificate on this PC, whether it can be used or not.
    pub certificate: Option<CertificateId>,
}

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct GuideStep {
    /// Who.
    pub actor: Actor,
    /// Where.
    pub location: Location,
    /// What.
    pub kind: StepKind,
    /// Whether it is known to be done.
    pub done: bool,
    /// Nothing here shows whether it is done, and it need not be done from here.
    pub unknown: bool,
    /// Done by the word of the person, who can take it back.
    pub said: bool,
    /// What can be done about it here.
    pub act: GuideAction,
}

/// What a step is done by, at this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum GuideAction {
    /// Look whether this PC is fit.
    CheckPc,
    /// Log in, and then revoke.
    LogInToRevoke,
    /// Revoke in the session that is open.
    Revoke,
    /// Make the paper; then the person says that it is handed in.
    OpenForm,
    /// Acquire.
    Acquire,
    /// Log in.
    LogIn,
    /// Delete.
    Delete,
    /// Done elsewhere: the person says when.
    Confirm,
}

impl Inkan {
    /// The guide that was begun for a bank; none if none was.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`], [`Error::Store`].
    pub fn guide(&self, bank: &str, session: Option<&LoggedIn>) -> Result<Option<Guide>, Error> {
        let bank = self.bank(bank)?;
        let Some(kept) = Kept::read(&self.home, &bank.name)? else { return Ok(None) };
        let plan = bank.profile.migration_plan(&kept.request.asked);
        let found = self.found(&bank, &kept)?;
        if found.is_over(&kept) {
            // Once the certificate is deleted, nothing else knows that it was revoked.
            Kept::change(&self.home, &bank.name, Kept::note_revoked)?;
        }
        let known = found.known(&plan.steps, &kept);
        let own = session.is_some_and(|one| one.bank == bank.name && kept.is_of(&one.person.id));
        let steps = plan.steps.iter().zip(known).map(|(step, known)| GuideStep {
            actor: step.actor,
            location: step.location,
            kind: step.kind,
            done: known == Known::Done,
            unknown: known == Known::Unknown,
            said: kept.said(step.kind),
            act: act(*step, &kept.request, own, found.certificate.is_some()),
        });
        Ok(Some(Guide {
            steps: steps.collect(),
            alone: plan.alone,
            helpers: helpers(&bank.profile, &kept.request),
            certificate: found.certificate.as_ref().map(|row| row.id.clone()),
            bank: bank.name,
            request: kept.request,
        }))
    }

    /// Begins, in place of any other guide for that bank.
    ///
    /// # Errors
    /// As [`Self::guide`].
    pub fn begin_guide(&self, bank: &str, mut request: MigrationRequest) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        let in_order = |typed: Option<String>, rule: fn(&str) -> String| {
            typed.map(|text| rule(&text)).filter(|text| !text.is_empty())
        };
        request.user = in_order(request.user, login_id);
        request.contract = in_order(request.contract, digits);
        let mut kept = Kept::begun(request);
        kept.certificate = self.found(&bank, &kept)?.certificate.map(|row| row.id);
        Ok(kept.write(&self.home, &bank.name)?)
    }

    /// Keeps that the person says a step is done, or takes that back.
    ///
    /// # Errors
    /// As [`Self::guide`].
    pub fn say_done(&self, bank: &str, kind: StepKind, done: bool) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        Ok(Kept::change(&self.home, &bank.name, |kept| kept.say(kind, done))?)
    }

    /// Forgets the guide for that bank.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn end_guide(&self, bank: &str) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        Ok(Kept::forget(&self.home, &bank.name)?)
    }

    /// Checks this PC for the bank (S0-2), and keeps that it is fit.
    ///
    /// # Errors
    /// As [`Inkan::check_up`]; [`Error::Data`].
    pub fn check_new_pc(&self, bank: &str) -> Result<CheckUp, Error> {
        let found = self.check_up(Some(bank))?;
        Kept::change(&self.home, &self.bank(bank)?.name, |kept| kept.note(StepKind::CheckPc, found.fit))?;
        Ok(found)
    }

    /// Gives up the own certificate (S0-9, S0-12), and remembers here that it is revoked. Where nobody else could then
    /// help, only for somebody who knows that (Q9).
    ///
    /// # Errors
    /// [`Error::NobodyElse`]; as [`Session::change_certificate`].
    pub fn revoke_own(&self, session: &Session, confirmation: &Secret, knowing: bool) -> Result<(), Error> {
        let LoggedIn { bank, person, .. } = session.logged_in();
        if !knowing {
            self.before_revoking(session, &person.id)?;
        }
        let record = session.change_certificate(&person.id, CertificateAction::Revoke, confirmation)?;
        if let Some(revoked) = record.certificate {
            self.note_revoked(&CertificateId(revoked.fingerprint_sha256))?;
        }
        let bank = self.bank(bank)?;
        Ok(Kept::change(&self.home, &bank.name, Kept::note_revoked)?)
    }

    /// Keeps that `new` was acquired here as on the new PC, if the guide is about its holder: a bank issues no second
    /// certificate beside one that is in force (M2), so all steps before are done.
    pub(crate) fn note_acquisition(&self, holder: &Holder, new: &CertificateId) -> Result<(), Error> {
        let moves = |kept: &Kept| {
            let MigrationRequest { this_pc, asked, .. } = &kept.request;
            *this_pc == ThisPc::New && asked.method == LoginMethod::Certificate && kept.is_of(&holder.user)
        };
        if Kept::read(&self.home, &holder.bank)?.is_some_and(|kept| moves(&kept)) {
            self.note_moved_here(new)?;
        }
        Ok(())
    }

    /// Keeps that the way has come to its end, if this login is that of its last step.
    pub(crate) fn note_arrival(&self, who: &LoggedIn, method: LoginMethod) -> Result<(), Error> {
        let arrived = |kept: &Kept| {
            kept.request.this_pc == ThisPc::New && kept.request.asked.method == method && kept.is_of(&who.person.id)
        };
        if Kept::read(&self.home, &who.bank)?.is_some_and(|kept| arrived(&kept)) {
            Kept::change(&self.home, &who.bank, |kept| kept.note(StepKind::LogIn, true))?;
        }
        Ok(())
    }
}

/// What the person can do about a step from where they sit.
fn act(step: Step, request: &MigrationRequest, in_session: bool, has_certificate: bool) -> GuideAction {
    let here = match step.location {
        Location::NewPc => request.this_pc == ThisPc::New,
        Location::OldPc => request.this_pc == ThisPc::Old,
        Location::TheirPc | Location::Branch => false,
    };
    match step.kind {
        StepKind::HandInForm => GuideAction::OpenForm,
        _ if !here => GuideAction::Confirm,
        StepKind::CheckPc => GuideAction::CheckPc,
        StepKind::Revoke if in_session => GuideAction::Revoke,
        StepKind::Revoke if has_certificate => GuideAction::LogInToRevoke,
        StepKind::Acquire => GuideAction::Acquire,
        StepKind::LogIn => GuideAction::LogIn,
        StepKind::DeleteOld => GuideAction::Delete,
        _ => GuideAction::Confirm,
    }
}

fn helpers(profile: &Profile, request: &MigrationRequest) -> Vec<LocalText> {
    profile.helpers_of(&request.asked.role).into_iter().map(|role| role.name.clone()).collect()
}
