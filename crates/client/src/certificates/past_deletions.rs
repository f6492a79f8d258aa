//! Certificates that were deleted on this PC by mistake. Their holder gets no other certificate while the bank counts
//! the deleted one as valid (M2).

use inkan_profile::RoleId;

use crate::certificates::deleted_here::DeletedHere;
use crate::certificates::row::CertificateRow;
use crate::data::certificate_history::{CertificateHistory, Deleted};
use crate::net::clocks::NOTICEABLE;
use crate::time_format::in_japan;
use crate::{Bank, DataFile, Inkan};

/// The smallest number of characters of an ID that identify a certificate.
const SHORTEST: usize = 8;

impl Inkan {
    /// Returns the newest certificate of that bank that was deleted on this PC. If `rows` is not empty, only
    /// certificates of the holders of `rows` count.
    pub(crate) fn deleted_here(&self, bank: &Bank, rows: &[CertificateRow]) -> Result<Option<DeletedHere>, DataFile> {
        let history = CertificateHistory::read(&self.home)?;
        let theirs = |deleted: &&Deleted| rows.is_empty() || rows.iter().any(|row| holds(bank, &history, row, deleted));
        Ok(self.deletions(bank, &history).find(theirs).map(|deleted| self.told(bank, deleted)))
    }

    /// Returns the certificate of that bank that was deleted on this PC and whose ID is `id` or begins with `id`.
    pub(crate) fn deleted_with_id(&self, bank: &Bank, id: &str) -> Result<Option<DeletedHere>, DataFile> {
        let id: String = id.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
        let history = CertificateHistory::read(&self.home)?;
        let meant = |deleted: &&Deleted| id.len() >= SHORTEST && deleted.certificate.0.starts_with(&id);
        Ok(self.deletions(bank, &history).find(meant).map(|deleted| self.told(bank, deleted)))
    }

    /// Returns the newest deleted certificate of each holder at that bank, unless a usable certificate of the holder is
    /// in `rows`.
    pub(crate) fn lost_by_deletion(&self, bank: &Bank, rows: &[CertificateRow]) -> Result<Vec<DeletedHere>, DataFile> {
        let history = CertificateHistory::read(&self.home)?;
        let mut lost: Vec<&Deleted> = Vec::new();
        for deleted in self.deletions(bank, &history) {
            let again = rows.iter().any(|row| row.usable && holds(bank, &history, row, deleted));
            if !again && lost.iter().all(|newer| newer.holder != deleted.holder) {
                lost.push(deleted);
            }
        }
        Ok(lost.into_iter().map(|deleted| self.told(bank, deleted)).collect())
    }

    /// Returns the deletions, the newest first. A certificate that has expired since then is left out, because it does
    /// not prevent the next one.
    fn deletions<'a>(&self, bank: &'a Bank, history: &'a CertificateHistory) -> impl Iterator<Item = &'a Deleted> {
        let now = self.clock.now();
        history.deletions_at(&bank.name).filter(move |deleted| deleted.not_after.is_none_or(|until| now <= until))
    }

    fn told(&self, bank: &Bank, deleted: &Deleted) -> DeletedHere {
        let profile = &bank.profile;
        let reissued = |role: &RoleId| profile.is_reissued(role);
        DeletedHere {
            user: deleted.holder.user.clone(),
            on: in_japan(deleted.at),
            dated: deleted.at <= self.clock.now().saturating_add(NOTICEABLE),
            bank: bank.name.clone(),
            helper: deleted.role.as_ref().map(|role| profile.helper_with_certificate(role)),
            reissued: match &deleted.role {
                Some(role) => reissued(role),
                None => profile.roles.iter().any(|role| reissued(&role.id)),
            },
        }
    }
}

fn holds(bank: &Bank, history: &CertificateHistory, row: &CertificateRow, deleted: &Deleted) -> bool {
    let holder = history.holder(&row.id).cloned().or_else(|| bank.holder_named(&row.name));
    row.bank.as_ref() == Some(&bank.name) && holder.as_ref() == Some(&deleted.holder)
}
