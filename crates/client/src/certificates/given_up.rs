//! Certificates that were revoked and then deleted on this PC. They show that the old PC of a change of PC has done its
//! part (S0-9, S0-12, S0-15).

use inkan_profile::RoleId;

use crate::certificates::row::CertificateRow;
use crate::data::certificate_history::{CertificateHistory, GivenUp};
use crate::services::holder::Holder;
use crate::{Error, Inkan, Reason};

impl Inkan {
    /// Returns whether a certificate of that role and user was deleted on this PC after its revocation, and the user
    /// has no newer certificate on record. If `user` is none, all such certificates of the role must belong to the same
    /// user.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn has_given_up(&self, bank: &str, role: &RoleId, user: Option<&str>) -> Result<bool, Error> {
        let bank = self.bank(bank)?;
        let history = CertificateHistory::read(&self.home)?;
        let pattern = bank.profile.certificate_name(role);
        let theirs = |one: &&GivenUp| {
            one.holder.bank == bank.name
                && pattern.read(&one.name).is_some()
                && user.is_none_or(|user| user == one.holder.user)
        };
        let mut found = history.given_up().iter().filter(theirs);
        Ok(found.next().is_some_and(|first| found.all(|other| other.holder == first.holder)))
    }

    /// Records, right before the deletion of a certificate, that it was revoked, if its revocation and its holder are
    /// known. The record counts only once the certificate is no longer in the store.
    pub(crate) fn note_given_up(&self, row: &CertificateRow, holder: Option<Holder>) -> Result<(), Error> {
        let revoked = row.reasons.contains(&Reason::Revoked);
        let Some(holder) = holder.filter(|_| revoked) else { return Ok(()) };
        let given_up = GivenUp { certificate: row.id.clone(), name: row.name.clone(), holder };
        Ok(CertificateHistory::gave_up(&self.home, given_up)?)
    }
}
