use inkan_profile::{LoginMethod, Step, StepKind};

use super::kept::Kept;
use super::migration_request::ThisPc;
use crate::{Bank, CertificateRow, Error, Inkan, Reason};

/// The state of a change of PC as the store shows it.
pub(super) struct Found {
    /// The user's certificate on this PC. One that can be used is preferred.
    pub(super) certificate: Option<CertificateRow>,
    /// Whether the certificate works and was acquired on this PC as the certificate of the new PC.
    moved: bool,
}

/// What is known about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The step is not done.
    Left,
    /// The step is done.
    Done,
    /// Nothing on this PC shows whether the step is done.
    Unknown,
}

impl Inkan {
    pub(super) fn found(&self, bank: &Bank, kept: &Kept) -> Result<Found, Error> {
        let request = &kept.request;
        let pattern = bank.profile.certificate_name(&request.asked.role);
        let fits = |own: &Option<String>, read: Option<&str>| match (own, read) {
            (Some(own), Some(read)) => own == read,
            _ => true,
        };
        let theirs = |row: &CertificateRow| {
            pattern
                .read(&row.name)
                .is_some_and(|parts| fits(&request.user, parts.user) && fits(&request.contract, parts.contract))
        };
        let rows = self.certificates(Some(&bank.name))?;
        let mut own: Vec<CertificateRow> =
            rows.into_iter().filter(|row| row.bank.as_ref() == Some(&bank.name)).filter(theirs).collect();
        let begun_with = own.iter().position(|row| Some(&row.id) == kept.certificate.as_ref());
        let at = match request.this_pc {
            // On the old PC, the certificate that existed when the guide began is the one to revoke.
            ThisPc::Old if kept.certificate.is_some() => begun_with,
            ThisPc::Old => (!own.is_empty()).then_some(0),
            ThisPc::New => own.iter().position(|row| row.usable).or(begun_with),
        };
        let certificate = at.map(|at| own.swap_remove(at));
        let moved = match certificate.as_ref().filter(|row| row.usable) {
            Some(row) => request.this_pc == ThisPc::New && self.moved_here(&row.id)?,
            None => false,
        };
        Ok(Found { certificate, moved })
    }
}

impl Found {
    /// Returns what is known of each step. A step that the user confirmed, or a certificate that was acquired on this
    /// PC as the new one, proves that all steps before are done. Any other usable certificate proves nothing: this may
    /// be the old PC, or the certificate may come from a file. A revocation does not prove that the next certificate is
    /// issued.
    pub(super) fn known(&self, steps: &[Step], kept: &Kept) -> Vec<Known> {
        let is_seen: Vec<bool> = steps.iter().map(|step| self.is_done(*step, kept)).collect();
        let before_the_end = || (0..steps.len()).rev().filter(|at| steps[*at].kind != StepKind::DeleteOld);
        let proof = before_the_end().find(|at| kept.said(steps[*at].kind) || (is_seen[*at] && self.moved));
        let seen = before_the_end().find(|at| is_seen[*at]);
        let acquire = steps.iter().position(|step| step.kind == StepKind::Acquire);
        // If the old certificate is revoked, the steps before the acquisition may be done, whatever else has been done.
        let over = acquire.filter(|_| self.is_over(kept));
        let acquired = kept.request.asked.method == LoginMethod::Certificate
            && proof.is_some_and(|proof| acquire.is_some_and(|acquire| acquire <= proof));
        // A usable certificate that was not acquired as the new one may be the old and only one.
        let is_doubtful = kept.request.this_pc == ThisPc::New
            && kept.request.asked.method == LoginMethod::Certificate
            && self.certificate.as_ref().is_some_and(|row| row.usable && !self.moved);
        let before = |at: usize, last: Option<usize>| last.is_some_and(|last| at < last);
        let known = |(at, step): (usize, &Step)| match step.kind {
            _ if is_seen[at] => Known::Done,
            StepKind::CheckPc if acquired => Known::Done,
            // Only the check itself shows that this PC was checked.
            StepKind::CheckPc => Known::Left,
            _ if before(at, proof) => Known::Done,
            kind if is_doubtful && !acquired && kind != StepKind::LogIn => Known::Unknown,
            _ if before(at, seen) || before(at, over) => Known::Unknown,
            _ => Known::Left,
        };
        steps.iter().enumerate().map(known).collect()
    }

    /// Returns whether this is the old PC and its certificate is known to be revoked.
    pub(super) fn is_over(&self, kept: &Kept) -> bool {
        let revoked = self.certificate.as_ref().is_some_and(|row| row.reasons.contains(&Reason::Revoked));
        kept.request.this_pc == ThisPc::Old && revoked
    }

    fn is_done(&self, step: Step, kept: &Kept) -> bool {
        let usable = self.certificate.as_ref().is_some_and(|row| row.usable);
        let here = match (kept.request.this_pc, step.kind) {
            (ThisPc::New, StepKind::Acquire) => usable && self.moved,
            (ThisPc::New, StepKind::LogIn) => self.certificate.as_ref().is_some_and(|row| row.usable && row.last_used),
            (ThisPc::Old, StepKind::Revoke | StepKind::RevokeAndReport) => self.is_over(kept),
            (ThisPc::Old, StepKind::DeleteOld) => kept.certificate.is_some() && self.certificate.is_none(),
            _ => false,
        };
        here || kept.said(step.kind) || kept.noted(step.kind)
    }
}
