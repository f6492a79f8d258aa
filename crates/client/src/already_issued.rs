//! What this PC knows where a bank answers that the person has a certificate already (M2).

use inkan_protocol::{Code, Problem};

use crate::holder::Holder;
use crate::memory::Memory;
use crate::renewal::in_japan;
use crate::{Bank, CertificateRow, Error, Inkan, Reason};

impl Inkan {
    /// The same refusal with what this PC knows of that certificate: it is here, its key is missing here, or it was
    /// deleted here. Any other error stays as it is.
    pub(crate) fn already_issued(&self, error: Error, bank: &Bank, holder: &Holder) -> Error {
        match error {
            Error::Bank(problem) if problem.code == Code::CertificateAlreadyIssued => {
                // If this PC's own data cannot be read, the bank's answer stays as it is.
                let known = self.known_here(&problem, bank, holder).ok().flatten();
                Error::Bank(known.unwrap_or(problem))
            }
            other => other,
        }
    }

    fn known_here(&self, problem: &Problem, bank: &Bank, holder: &Holder) -> Result<Option<Problem>, Error> {
        let memory = Memory::read(&self.home)?;
        let theirs = |row: &CertificateRow| {
            let known = memory.holder(&row.id).cloned().or_else(|| bank.holder_named(&row.name));
            row.bank.as_ref() == Some(&bank.name) && known.as_ref() == Some(holder)
        };
        let rows: Vec<CertificateRow> = self.certificates(Some(&bank.name))?.into_iter().filter(theirs).collect();
        // What the bank is known to refuse is not the one that it means.
        let over = [Reason::Revoked, Reason::Superseded, Reason::Expired];
        let live = |row: &&CertificateRow| !row.reasons.iter().any(|reason| over.contains(reason));
        let here = |kind: &str| problem.clone().with("here", kind);
        if let Some(row) = rows.iter().find(|row| row.usable).or_else(|| rows.iter().find(live)) {
            let kind = if row.reasons.contains(&Reason::KeyMissing) { "keyless" } else { "installed" };
            return Ok(Some(here(kind).with("name", &row.name).with("until", in_japan(row.not_after))));
        }
        Ok(memory.deletion_of(holder).map(|deleted| here("deleted").with("on", in_japan(deleted.at))))
    }
}
