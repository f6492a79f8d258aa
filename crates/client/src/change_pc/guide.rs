//! The guide to a new PC: all steps, the steps that are done, and the next one. The guide is saved, so that it
//! continues after days and restarts.

use inkan_profile::{Actor, LocalText, Location, LoginMethod, Profile, Role, Step, StepKind};
use inkan_protocol::{CertificateAction, Secret, digits, login_id};
use inkan_store::CertificateId;
use serde::Serialize;

use super::found::Known;
use super::kept::Kept;
use super::migration_request::{MigrationRequest, ThisPc};
use crate::services::holder::Holder;
use crate::{CheckUp, Error, Inkan, LoggedIn, Session};

/// The steps of a change of PC, and their state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Guide {
    /// The bank's name on this PC.
    pub bank: String,
    /// The user's answers at the beginning.
    pub request: MigrationRequest,
    /// Whether no other user can help after the first step (Q9).
    pub alone: bool,
    /// The steps, in order.
    pub steps: Vec<GuideStep>,
    /// The roles whose users can act for this user.
    pub helpers: Vec<HelperRole>,
    /// The user's certificate on this PC, even if it cannot be used.
    pub certificate: Option<CertificateId>,
}

/// A role whose users can act for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct HelperRole {
    /// The name of the role.
    pub name: LocalText,
    /// Whether the user has this role too, and so needs another user of it (S0-13).
    pub another: bool,
}

/// A step of a change of PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct GuideStep {
    /// Who takes the step.
    pub actor: Actor,
    /// Where the step is taken.
    pub location: Location,
    /// The kind of step.
    pub kind: StepKind,
    /// Whether the step is known to be done.
    pub done: bool,
    /// Whether it is unknown if the step is done: nothing on this PC shows it, and the step need not be done on this
    /// PC.
    pub unknown: bool,
    /// Whether the user confirmed that the step is done. The user can withdraw the confirmation.
    pub said: bool,
    /// What the user can do about the step on this PC.
    pub act: GuideAction,
}

/// The action for a step on this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum GuideAction {
    /// The user checks whether this PC is fit.
    CheckPc,
    /// The user logs in and then revokes the certificate.
    LogInToRevoke,
    /// The user revokes the certificate in the open session.
    Revoke,
    /// The user makes the paper, and later confirms that it was handed in.
    OpenForm,
    /// The user acquires the certificate.
    Acquire,
    /// The user logs in.
    LogIn,
    /// The user deletes the certificate.
    Delete,
    /// The step is taken elsewhere, and the user confirms it.
    Confirm,
}

impl Inkan {
    /// Returns the guide that was begun for a bank; none if no guide was begun.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`], [`Error::Store`].
    pub fn guide(&self, bank: &str, session: Option<&LoggedIn>) -> Result<Option<Guide>, Error> {
        let bank = self.bank(bank)?;
        let Some(kept) = Kept::read(&self.home, &bank.name)? else { return Ok(None) };
        let plan = bank.profile.migration_plan(&kept.request.asked);
        let found = self.found(&bank, &kept)?;
        if found.is_over(&kept) {
            // After the deletion of the certificate, only this record shows that it was revoked.
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

    /// Begins a guide for that bank. Replaces any guide that exists for the bank.
    ///
    /// # Errors
    /// The errors of [`Self::guide`].
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

    /// Records that the user confirms a step, or withdraws the confirmation.
    ///
    /// # Errors
    /// The errors of [`Self::guide`].
    pub fn say_done(&self, bank: &str, kind: StepKind, done: bool) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        Ok(Kept::change(&self.home, &bank.name, |kept| kept.say(kind, done))?)
    }

    /// Removes the guide for that bank.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn end_guide(&self, bank: &str) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        Ok(Kept::forget(&self.home, &bank.name)?)
    }

    /// Checks this PC for the bank (S0-2), and records whether it is fit.
    ///
    /// # Errors
    /// The errors of [`Inkan::check_up`]; [`Error::Data`].
    pub fn check_new_pc(&self, bank: &str) -> Result<CheckUp, Error> {
        let found = self.check_up(Some(bank))?;
        Kept::change(&self.home, &self.bank(bank)?.name, |kept| kept.note(StepKind::CheckPc, found.fit))?;
        Ok(found)
    }

    /// Revokes the user's own certificate (S0-9, S0-12), and records the revocation on this PC. If no other user could
    /// help afterwards (Q9), `knowing` must be true.
    ///
    /// # Errors
    /// [`Error::GuideOfOtherRole`], [`Error::NobodyElse`]; the errors of [`Session::change_certificate`].
    pub fn revoke_own(&self, session: &Session, confirmation: &Secret, knowing: bool) -> Result<(), Error> {
        let LoggedIn { bank, person, .. } = session.logged_in();
        if let Some(kept) = Kept::read(&self.home, bank)? {
            session.has_role(&kept.request.asked.role)?;
        }
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

    /// Records that `new` was acquired on this PC as the certificate of the new PC, if the guide is about its holder. A
    /// bank issues no second certificate beside a valid one (M2), so all steps before are done.
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

    /// Records that the last step is done, if this login is the login of the last step.
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

/// Returns what the user can do about a step on this PC.
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

fn helpers(profile: &Profile, request: &MigrationRequest) -> Vec<HelperRole> {
    let own = &request.asked.role;
    let helper = |role: &Role| HelperRole { name: role.name.clone(), another: role.id == *own };
    profile.helpers_of(own).into_iter().map(helper).collect()
}
