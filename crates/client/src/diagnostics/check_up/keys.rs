use inkan_store::{SUPPORTED_KEY_KINDS, StoreError};

use super::{Check, CheckKind, Level, Patient, Remedy};
use crate::certificates::deleted_here::DeletedHere;
use crate::{Bank, CertificateRow, Error, Inkan, Reason};

impl Patient<'_> {
    /// Checks that the key of each certificate that should work still signs (M9).
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

    /// Reports certificates that were deleted on this PC although their holders have no other certificate (M2).
    pub(super) fn deleted(&self, inkan: &Inkan, banks: &[Bank], rows: &[CertificateRow]) -> Vec<Check> {
        let told = |deleted: DeletedHere| {
            let remedy = Some(Remedy::ChangePc { bank: deleted.bank.clone() });
            let check = self.problem(CheckKind::Key, &Error::from(deleted).into_problem());
            Check { level: Level::Warning, remedy, ..check }
        };
        // If Inkan's own data cannot be read, the check of the data reports it.
        let lost = |bank: &Bank| inkan.lost_by_deletion(bank, rows).unwrap_or_default();
        banks.iter().flat_map(lost).map(told).collect()
    }

    fn key(&self, inkan: &Inkan, row: &CertificateRow) -> Option<Check> {
        let error = sign(inkan, row).err()?;
        let (id, level) = found(&error, row.bank.is_some());
        let facts = [("name", row.name.as_str()), ("kind", &row.key_kind), ("supported", SUPPORTED_KEY_KINDS)];
        let check = self.say(CheckKind::Key, level, id, &facts);
        let remedy = row.bank.clone().filter(|_| id == "key-lost").map(|bank| Remedy::ChangePc { bank });
        Some(Check { remedy, code: Some(Error::Store(error).code()), certificate: Some(row.id.clone()), ..check })
    }
}

/// Returns the message and the level for a key that did not sign. A key is lost only if the store says that the key is
/// gone. A refused prompt, a card that was pulled out or a busy store does not mean that the key is lost.
fn found(error: &StoreError, of_bank: bool) -> (&'static str, Level) {
    match error {
        StoreError::KeyMissing(_) if of_bank => ("key-lost", Level::Problem),
        StoreError::KeyMissing(_) => ("key-lost-of-site", Level::Problem),
        StoreError::KeyUnsupported { .. } => ("key-unsupported", Level::Problem),
        StoreError::Locked(_) | StoreError::WrongPin(_) | StoreError::PinLocked(_) | StoreError::TokenRemoved(_) => {
            ("key-not-tried", Level::Warning)
        }
        _ => ("key-not-usable-now", Level::Problem),
    }
}

/// Returns whether the certificate belongs to a bank or a site, and has no fault except a fault of its key.
fn should_work(row: &CertificateRow) -> bool {
    let only_the_key = |reason: &Reason| matches!(reason, Reason::KeyMissing | Reason::KeyUnsupported);
    (row.bank.is_some() || row.site.is_some()) && row.reasons.iter().all(only_the_key)
}

/// Signs a test message, as a login signs the handshake.
fn sign(inkan: &Inkan, row: &CertificateRow) -> Result<(), StoreError> {
    let unsupported = || StoreError::KeyUnsupported { kind: row.key_kind.clone() };
    if row.reasons.contains(&Reason::KeyUnsupported) {
        return Err(unsupported());
    }
    let key = inkan.store()?.certificate_key(&row.id)?;
    let scheme = key.schemes().first().copied().ok_or_else(unsupported)?;
    key.sign(scheme, b"inkan check-up").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m9_only_a_key_that_the_store_says_is_gone_is_lost() {
        let refused = || StoreError::Refused { operation: "sign", source: inkan_store::Refusal::NoScheme };
        let unavailable = || StoreError::Unavailable(inkan_store::Unavailable::NoToken("softhsm".into()));
        let unsupported = || StoreError::KeyUnsupported { kind: "EC P-521".into() };
        for of_bank in [true, false] {
            let id = |error: StoreError| found(&error, of_bank).0;
            assert!(id(StoreError::KeyMissing(None)).starts_with("key-lost"));
            assert_eq!(id(unsupported()), "key-unsupported");
            for error in [
                StoreError::Locked(None),
                StoreError::WrongPin(None),
                StoreError::PinLocked(None),
                StoreError::TokenRemoved(None),
            ] {
                assert_eq!(id(error), "key-not-tried");
            }
            for error in [StoreError::Denied(None), refused(), unavailable(), StoreError::Unsupported("native".into())]
            {
                assert_eq!(id(error), "key-not-usable-now");
            }
        }
        assert_eq!(found(&StoreError::KeyMissing(None), true).1, Level::Problem);
        assert_eq!(found(&StoreError::Locked(None), true).1, Level::Warning);
    }
}
