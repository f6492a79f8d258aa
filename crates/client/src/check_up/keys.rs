use inkan_store::StoreError;

use super::{Check, CheckKind, Level, Patient, Remedy};
use crate::{CertificateRow, Error, Inkan, Reason};

impl Patient<'_> {
    /// Whether the key behind each certificate that should work still signs (M9).
    pub(super) fn keys(&self, inkan: &Inkan, rows: &[CertificateRow]) -> Vec<Check> {
        let wanted: Vec<&CertificateRow> = rows.iter().filter(|row| should_work(row)).collect();
        let found: Vec<Check> = wanted.iter().filter_map(|row| self.key(inkan, row)).collect();
        if !found.is_empty() {
            return found;
        }
        let count = wanted.len().to_string();
        let id = if wanted.is_empty() { "keys-none" } else { "keys-open" };
        vec![self.say(CheckKind::Key, Level::Ok, id, &[("count", &count)])]
    }

    fn key(&self, inkan: &Inkan, row: &CertificateRow) -> Option<Check> {
        let error = sign(inkan, row).err()?;
        let facts = [("name", row.name.as_str())];
        // Who has not typed the PIN, or has taken the card away, has lost nothing.
        let (level, id) = match &error {
            StoreError::Locked | StoreError::WrongPin | StoreError::PinLocked | StoreError::TokenRemoved => {
                (Level::Warning, "key-not-tried")
            }
            _ if row.bank.is_none() => (Level::Problem, "key-lost-of-site"),
            _ => (Level::Problem, "key-lost"),
        };
        let check = self.say(CheckKind::Key, level, id, &facts);
        let remedy = row.bank.clone().filter(|_| id == "key-lost").map(|bank| Remedy::ChangePc { bank });
        Some(Check { remedy, code: Some(Error::Store(error).code()), certificate: Some(row.id.clone()), ..check })
    }
}

/// Nothing stands against it, or only its key.
fn should_work(row: &CertificateRow) -> bool {
    (row.bank.is_some() || row.site.is_some()) && row.reasons.iter().all(|reason| *reason == Reason::KeyMissing)
}

/// Signs something that nobody asks for, as a login would.
fn sign(inkan: &Inkan, row: &CertificateRow) -> Result<(), StoreError> {
    let key = inkan.store.certificate_key(&row.id)?;
    let scheme = key.schemes().first().copied().ok_or(StoreError::KeyMissing)?;
    key.sign(scheme, b"inkan check-up").map(drop)
}
