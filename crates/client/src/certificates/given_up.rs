//! What this PC knows of a certificate that was revoked and then deleted here: the old PC of a change of PC has done
//! its part (S0-9, S0-12, S0-15).

use inkan_profile::RoleId;

use crate::certificates::row::CertificateRow;
use crate::data::certificate_history::{CertificateHistory, GivenUp};
use crate::services::holder::Holder;
use crate::{Error, Inkan, Reason};

impl Inkan {
    /// Returns whether the newest certificate that this PC had of that person is known to be revoked and was deleted
    /// here. Without a login ID, it is that of any person of the role, if no second person of that role had one.
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

    /// Keeps that the certificate, which is about to be deleted, has been revoked, if that is known. While the
    /// certificate is still here, that says nothing.
    pub(crate) fn note_given_up(&self, row: &CertificateRow, holder: Option<Holder>) -> Result<(), Error> {
        let revoked = row.reasons.contains(&Reason::Revoked);
        let Some(holder) = holder.filter(|_| revoked) else { return Ok(()) };
        let given_up = GivenUp { certificate: row.id.clone(), name: row.name.clone(), holder };
        Ok(CertificateHistory::gave_up(&self.home, given_up)?)
    }
}
