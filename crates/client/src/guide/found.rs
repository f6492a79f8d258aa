use inkan_profile::{Actor, Deed, LoginMethod, Step};

use super::ThisPc;
use super::kept::Kept;
use crate::{Bank, CertificateRow, Error, Inkan, Reason};

/// What the store shows of the way.
pub(super) struct Found {
    /// The person's certificate here: one that can be used before any other.
    pub(super) certificate: Option<CertificateRow>,
}

impl Inkan {
    pub(super) fn found(&self, bank: &Bank, kept: &Kept) -> Result<Found, Error> {
        let moving = &kept.moving;
        let pattern = bank.profile.certificate_name(&moving.asked.role);
        let fits = |own: &Option<String>, read: Option<&str>| match (own, read) {
            (Some(own), Some(read)) => own == read,
            _ => true,
        };
        let theirs = |row: &CertificateRow| {
            pattern
                .read(&row.name)
                .is_some_and(|parts| fits(&moving.user, parts.user) && fits(&moving.contract, parts.contract))
        };
        let rows = self.certificates(Some(&bank.name))?;
        let mut own: Vec<CertificateRow> =
            rows.into_iter().filter(|row| row.bank.as_ref() == Some(&bank.name)).filter(theirs).collect();
        let begun_with = own.iter().position(|row| Some(&row.id) == kept.certificate.as_ref());
        let at = match moving.this_pc {
            // What is given up is the one that was there when the guide began.
            ThisPc::Old if kept.certificate.is_some() => begun_with,
            ThisPc::Old => (!own.is_empty()).then_some(0),
            ThisPc::New => own.iter().position(|row| row.usable).or(begun_with),
        };
        Ok(Found { certificate: at.map(|at| own.swap_remove(at)) })
    }
}

impl Found {
    /// For each step, whether it is done. What is done shows that what comes before it is done too, whoever did it; but
    /// not that this PC was looked at.
    pub(super) fn done(&self, steps: &[Step], kept: &Kept) -> Vec<bool> {
        let seen: Vec<bool> = steps.iter().map(|step| self.is_done(*step, kept)).collect();
        let last = steps.iter().zip(&seen).rposition(|(step, done)| *done && step.deed != Deed::DeleteOld);
        let acquired = kept.moving.asked.method == LoginMethod::Certificate
            && steps.iter().zip(&seen).any(|(step, done)| *done && matches!(step.deed, Deed::Acquire | Deed::LogIn));
        let shown =
            |at: usize, step: &Step| last.is_some_and(|last| at < last) && (step.deed != Deed::CheckPc || acquired);
        steps.iter().zip(seen).enumerate().map(|(at, (step, done))| done || shown(at, step)).collect()
    }

    fn is_done(&self, step: Step, kept: &Kept) -> bool {
        let usable = self.certificate.as_ref().is_some_and(|row| row.usable);
        let revoked = self.certificate.as_ref().is_some_and(|row| row.reasons.contains(&Reason::Revoked));
        let gone = kept.certificate.is_some() && self.certificate.is_none();
        let here = match (kept.moving.this_pc, step.deed) {
            (ThisPc::New, Deed::Acquire) => usable,
            (ThisPc::New, Deed::LogIn) => self.certificate.as_ref().is_some_and(|row| row.usable && row.last_used),
            (ThisPc::Old, Deed::Revoke | Deed::Reissue) => revoked || (gone && step.actor == Actor::You),
            (ThisPc::Old, Deed::DeleteOld) => gone,
            _ => false,
        };
        here || kept.said(step.deed) || kept.noted(step.deed)
    }
}
