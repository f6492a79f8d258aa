//! What this PC knows of a certificate if the bank answers that the user already has one (M2).

use inkan_protocol::{Code, Problem};

use crate::data::certificate_history::{CertificateHistory, Deleted};
use crate::net::clocks::NOTICEABLE;
use crate::net::http_client::Connection;
use crate::services::holder::Holder;
use crate::time_format::in_japan;
use crate::{Bank, CertificateRow, Error, Inkan, Reason};

impl Inkan {
    /// Adds to the refusal what this PC knows of that certificate: it is in the store, its key is missing, or it was
    /// deleted on this PC. If it looks expired only by a clock that `portal` has just contradicted, returns the wrong
    /// clock as the error. Returns any other error unchanged.
    pub(crate) fn already_issued(&self, error: Error, bank: &Bank, holder: &Holder, portal: &Connection) -> Error {
        match error {
            Error::Bank(problem) if problem.code == Code::CertificateAlreadyIssued => {
                // If this PC's own data cannot be read, the bank's answer is returned unchanged.
                let known = self.known_here(&problem, bank, holder, portal).ok().flatten();
                known.unwrap_or(Error::Bank(problem))
            }
            other => other,
        }
    }

    fn known_here(
        &self,
        problem: &Problem,
        bank: &Bank,
        holder: &Holder,
        portal: &Connection,
    ) -> Result<Option<Error>, Error> {
        let history = CertificateHistory::read(&self.home)?;
        let theirs = |row: &CertificateRow| {
            let known = history.holder(&row.id).cloned().or_else(|| bank.holder_named(&row.name));
            row.bank.as_ref() == Some(&bank.name) && known.as_ref() == Some(holder)
        };
        let rows: Vec<CertificateRow> = self.certificates(Some(&bank.name))?.into_iter().filter(theirs).collect();
        // The bank does not mean a certificate that it is known to refuse.
        let over = [Reason::Revoked, Reason::Superseded, Reason::SupersededElsewhere, Reason::Expired];
        let live = |row: &&CertificateRow| !row.reasons.iter().any(|reason| over.contains(reason));
        let here = |kind: &str| problem.clone().with("here", kind);
        if let Some(row) = rows.iter().find(|row| row.usable).or_else(|| rows.iter().find(live)) {
            let kind = if row.reasons.contains(&Reason::KeyMissing) { "keyless" } else { "installed" };
            return Ok(Some(Error::Bank(here(kind).with("name", &row.name).with("until", in_japan(row.not_after)))));
        }
        if rows.iter().any(|row| row.reasons.contains(&Reason::Expired))
            && let Some(wrong) = self.wrong_clock_by(bank, portal)
        {
            return Ok(Some(wrong));
        }
        // A deletion with a time in the future was made while the clock was ahead.
        let now = portal.server_clock().unwrap_or_else(|| self.clock.now());
        let deleted = |deleted: &Deleted| {
            let dated = if deleted.at <= now.saturating_add(NOTICEABLE) { "yes" } else { "no" };
            Error::Bank(here("deleted").with("on", in_japan(deleted.at)).with("dated", dated))
        };
        Ok(history.deletion_of(holder).map(deleted))
    }
}
