use std::collections::{BTreeMap, BTreeSet};

use inkan_profile::RoleId;
use inkan_protocol::Code;
use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::services::holder::Holder;
use crate::{DataFile, Home};

const FILE: &str = "memory.json";

/// The greatest number of deletions that are stored. The oldest are dropped.
const MOST_DELETIONS: usize = 100;
/// How long a comparison of this PC's clock is trusted. If the clock is set meanwhile, it either moves by more than
/// this time or by too little to matter.
const COMPARED: Duration = Duration::HOUR;

/// What is known about certificates from earlier logins, acquisitions and deletions on this PC.
///
/// Every change is made under a lock of the data directory, so that two processes do not overwrite each other's
/// changes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CertificateHistory {
    /// The certificate that last logged in at each bank, by the bank's name.
    last_used: BTreeMap<String, CertificateId>,
    /// The time of each certificate's last login.
    used_at: BTreeMap<CertificateId, Moment>,
    /// The certificates that a bank has refused for good, with the code of the refusal.
    refused: BTreeMap<CertificateId, Code>,
    /// The name of the bank that refused each certificate. Earlier versions did not save the name.
    refused_at: BTreeMap<CertificateId, String>,
    /// The certificates whose successor was acquired on this PC. The bank accepts only the successor (M2).
    replaced: BTreeMap<CertificateId, Replacement>,
    /// The holder of each certificate, as the bank named them when it was acquired or used on this PC.
    holders: BTreeMap<CertificateId, Holder>,
    /// The role of each holder, as the bank named it at a login from this PC.
    roles: BTreeMap<CertificateId, RoleId>,
    /// The sites for which each certificate was picked.
    picked_for: BTreeMap<CertificateId, BTreeSet<String>>,
    /// The certificates whose deletion has begun on this PC and was not confirmed.
    deleting: BTreeSet<CertificateId>,
    /// The certificates that were deleted on this PC, the oldest first.
    deleted: Vec<Deleted>,
    /// The seconds by which this PC's clock was ahead of a bank's clock at the last comparison, if that was noticeable.
    clock_ahead: Option<i64>,
    /// The time of this PC's clock at its last comparison with a bank's or a site's clock.
    clock_compared_at: Option<Moment>,
    /// The certificates that were acquired on this PC as the new ones of a change of PC.
    moved_here: BTreeSet<CertificateId>,
    /// The certificates that were deleted on this PC after their bank had revoked them, the oldest first.
    given_up: Vec<GivenUp>,
}

/// The certificate that replaced another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Replacement {
    bank: String,
    by: CertificateId,
}

/// A certificate that a user deleted on this PC while its bank still accepted it, as far as was known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deleted {
    pub(crate) certificate: CertificateId,
    pub(crate) holder: Holder,
    /// The holder's role, if the bank named it at a login from this PC.
    #[serde(default)]
    pub(crate) role: Option<RoleId>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) at: OffsetDateTime,
    /// The last moment of the certificate; none if an earlier version did not save it.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub(crate) not_after: Option<OffsetDateTime>,
}

/// A certificate that was deleted on this PC after its bank had revoked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GivenUp {
    pub(crate) certificate: CertificateId,
    /// The name that the certificate had.
    pub(crate) name: String,
    pub(crate) holder: Holder,
}

/// A fact that was learnt from an earlier login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HistoryEntry {
    /// The certificate last logged in at this bank, and is offered first there.
    Used(String),
    /// A bank refused the certificate for good, with this code.
    Refused(Code),
}

/// A time in the format of the file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Moment(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

impl CertificateHistory {
    pub(crate) fn read(home: &Home) -> Result<Self, DataFile> {
        Ok(home.read(FILE)?.unwrap_or_default())
    }

    pub(crate) fn is_last_used(&self, bank: &str, certificate: &CertificateId) -> bool {
        self.last_used.get(bank) == Some(certificate)
    }

    /// Returns the time of the certificate's last login from this PC.
    pub(crate) fn last_login(&self, certificate: &CertificateId) -> Option<OffsetDateTime> {
        self.used_at.get(certificate).map(|moment| moment.0)
    }

    pub(crate) fn is_revoked(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateRevoked)
    }

    pub(crate) fn is_superseded(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateSuperseded) || self.replaced.contains_key(certificate)
    }

    /// Returns whether that bank is known to refuse the certificate forever. If it is not known which bank refused the
    /// certificate, a revocation counts at every bank, and a replacement at none: banks that share a CA each have their
    /// own newest certificate of a user.
    pub(crate) fn is_dead_at(&self, bank: &str, certificate: &CertificateId) -> bool {
        let by = self.refused_at.get(certificate);
        let refused = match self.refused.get(certificate) {
            Some(Code::CertificateRevoked) => by.is_none_or(|by| by == bank),
            Some(Code::CertificateSuperseded) => by.is_some_and(|by| by == bank),
            _ => false,
        };
        refused || self.replaced.get(certificate).is_some_and(|replacement| replacement.bank == bank)
    }

    /// Returns whether `new` is known to have replaced `old`.
    pub(crate) fn is_replaced_by(&self, old: &CertificateId, new: &CertificateId) -> bool {
        self.replaced.get(old).is_some_and(|replacement| replacement.by == *new)
    }

    /// Returns whether a certificate for which `here` returns true is known to have replaced `old`, by one or several
    /// renewals.
    pub(crate) fn is_replaced_by_one_of(&self, old: &CertificateId, here: impl Fn(&CertificateId) -> bool) -> bool {
        let next = |id: &&CertificateId| self.replaced.get(*id).map(|replacement| &replacement.by);
        std::iter::successors(next(&old), next).take(self.replaced.len()).any(here)
    }

    pub(crate) fn holder(&self, certificate: &CertificateId) -> Option<&Holder> {
        self.holders.get(certificate)
    }

    /// Returns the role of the certificate's holder, if the bank named it at a login from this PC.
    pub(crate) fn role(&self, certificate: &CertificateId) -> Option<&RoleId> {
        self.roles.get(certificate)
    }

    /// Returns the deletions of certificates of that bank, the newest first.
    pub(crate) fn deletions_at(&self, bank: &str) -> impl Iterator<Item = &Deleted> {
        self.deleted.iter().rev().filter(move |deleted| deleted.holder.bank == bank)
    }

    /// Returns whether a user has ever picked the certificate for that site.
    pub(crate) fn was_picked_for(&self, site: &str, certificate: &CertificateId) -> bool {
        self.is_last_used(site, certificate)
            || self.picked_for.get(certificate).is_some_and(|sites| sites.contains(site))
    }

    /// Returns whether a user ordered the certificate's deletion, and the deletion was interrupted.
    pub(crate) fn is_being_deleted(&self, certificate: &CertificateId) -> bool {
        self.deleting.contains(certificate)
    }

    /// Returns the newest deletion of a certificate of that holder.
    pub(crate) fn deletion_of(&self, holder: &Holder) -> Option<&Deleted> {
        self.deleted.iter().rev().find(|deleted| deleted.holder == *holder)
    }

    /// Returns the seconds by which this PC's clock is ahead of a bank's clock, as far as is known.
    pub(crate) fn clock_ahead(&self) -> i64 {
        self.clock_ahead.unwrap_or_default()
    }

    /// Returns whether this PC's clock was compared so shortly before `now` that the comparison is still trusted.
    pub(crate) fn clock_is_compared(&self, now: OffsetDateTime) -> bool {
        self.clock_compared_at.is_some_and(|Moment(at)| at <= now && now - at < COMPARED)
    }

    /// Records by how many seconds this PC's clock is ahead; none if it is right. `now` is the time of this PC's clock.
    pub(crate) fn clock_compared(home: &Home, now: OffsetDateTime, ahead: Option<i64>) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.clock_ahead = ahead;
            history.clock_compared_at = Some(Moment(now));
        })
    }

    /// Returns whether `certificate` was acquired on this PC as the new one of a change of PC.
    pub(crate) fn is_moved_here(&self, certificate: &CertificateId) -> bool {
        self.moved_here.contains(certificate)
    }

    /// Records that `certificate` was acquired on this PC as the new one of a change of PC.
    pub(crate) fn moved_here(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.moved_here.insert(certificate.clone());
        })
    }

    /// Returns the certificates that were deleted on this PC after their bank had revoked them, the oldest first.
    pub(crate) fn given_up(&self) -> &[GivenUp] {
        &self.given_up
    }

    /// Records that a certificate was deleted on this PC after its bank had revoked it.
    pub(crate) fn gave_up(home: &Home, given_up: GivenUp) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.given_up.retain(|one| one.certificate != given_up.certificate);
            history.given_up.push(given_up);
            let surplus = history.given_up.len().saturating_sub(MOST_DELETIONS);
            history.given_up.drain(..surplus);
        })
    }

    /// Records that `new` renews `old`, so that `new` is offered in place of `old`.
    pub(crate) fn renewed(home: &Home, bank: &str, old: &CertificateId, new: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            for used in history.last_used.values_mut().filter(|used| *used == old) {
                *used = new.clone();
            }
            history.refuse(old, bank, Code::CertificateSuperseded);
            let replacement = Replacement { bank: bank.to_owned(), by: new.clone() };
            history.replaced.insert(old.clone(), replacement);
            if history.moved_here.contains(old) {
                history.moved_here.insert(new.clone());
            }
            if let Some(holder) = history.holders.get(old).cloned() {
                history.holders.insert(new.clone(), holder);
            }
            if let Some(role) = history.roles.get(old).cloned() {
                history.roles.insert(new.clone(), role);
            }
        })
    }

    /// Records that `holder` acquired `new`. The bank therefore accepts none of the holder's earlier certificates:
    /// those on record and `others`.
    pub(crate) fn acquired(
        home: &Home,
        holder: &Holder,
        new: &CertificateId,
        others: impl IntoIterator<Item = CertificateId>,
    ) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.alive(new);
            let of_holder = history.holders.iter().filter(|(_, known)| *known == holder).map(|(id, _)| id.clone());
            let old: Vec<CertificateId> = of_holder.chain(others).filter(|id| id != new).collect();
            for id in old {
                history.replaced.insert(id, Replacement { bank: holder.bank.clone(), by: new.clone() });
            }
            history.holders.insert(new.clone(), holder.clone());
            history.deleted.retain(|deleted| deleted.holder != *holder);
            history.given_up.retain(|given_up| given_up.holder != *holder);
        })
    }

    /// Records the role of the user who logged in with `certificate`.
    pub(crate) fn held_as(home: &Home, certificate: &CertificateId, role: &RoleId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.roles.insert(certificate.clone(), role.clone());
        })
    }

    /// Records that `certificate` logged in at `bank` at the time `at`, and its holder if the holder is known.
    pub(crate) fn used(
        home: &Home,
        bank: &str,
        certificate: &CertificateId,
        holder: Option<Holder>,
        at: OffsetDateTime,
    ) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.insert(bank.to_owned(), certificate.clone());
            history.used_at.insert(certificate.clone(), Moment(at));
            history.alive(certificate);
            if let Some(holder) = holder {
                history.holders.insert(certificate.clone(), holder);
            }
        })
    }

    /// Records that a user picked `certificate` for a site. Only the browser knows whether the site accepted it.
    pub(crate) fn picked(home: &Home, site: &str, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.insert(site.to_owned(), certificate.clone());
            history.picked_for.entry(certificate.clone()).or_default().insert(site.to_owned());
        })
    }

    /// Records that `bank` refused `certificate`. A remembered choice of the certificate is dropped, so that it is not
    /// sent and refused again.
    pub(crate) fn refused(
        home: &Home,
        bank: Option<&str>,
        certificate: &CertificateId,
        code: Code,
    ) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.retain(|_, used| used != certificate);
            match bank {
                Some(bank) => history.refuse(certificate, bank, code),
                None => drop(history.refused.insert(certificate.clone(), code)),
            }
        })
    }

    /// Removes the record of which certificate last logged in at `bank`.
    pub(crate) fn forget(home: &Home, bank: &str) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.remove(bank);
        })
    }

    /// Removes the record that a certificate was refused or replaced. The name of the bank that refused it stays for
    /// [`Self::learn`].
    pub(crate) fn accepted(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.refused.remove(certificate);
            if let Some(replacement) = history.replaced.remove(certificate) {
                history.refused_at.insert(certificate.clone(), replacement.bank);
            }
        })
    }

    /// Restores an entry that was removed.
    pub(crate) fn learn(home: &Home, what: &HistoryEntry, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| match what {
            HistoryEntry::Used(bank) => {
                history.last_used.insert(bank.clone(), certificate.clone());
            }
            HistoryEntry::Refused(code) => {
                history.refused.insert(certificate.clone(), *code);
            }
        })
    }

    /// Returns the entries that a user may see and remove.
    pub(crate) fn entries(self) -> Vec<(HistoryEntry, CertificateId)> {
        let used = self.last_used.into_iter().map(|(bank, certificate)| (HistoryEntry::Used(bank), certificate));
        let mut refused = self.refused;
        for old in self.replaced.into_keys() {
            refused.entry(old).or_insert(Code::CertificateSuperseded);
        }
        let refused = refused.into_iter().map(|(certificate, code)| (HistoryEntry::Refused(code), certificate));
        used.chain(refused).collect()
    }

    /// Records that a user ordered the certificate's deletion, before anything is deleted.
    pub(crate) fn deletion_begins(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.deleting.insert(certificate.clone());
        })
    }

    /// Records that a deletion failed and deleted nothing.
    pub(crate) fn deletion_failed(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.deleting.remove(certificate);
        })
    }

    /// Removes a deleted certificate from the records. `deleted` records its deletion, if its bank may still accept it.
    pub(crate) fn deleted(home: &Home, certificate: &CertificateId, deleted: Option<Deleted>) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.retain(|_, used| used != certificate);
            history.used_at.remove(certificate);
            history.alive(certificate);
            history.holders.remove(certificate);
            history.roles.remove(certificate);
            history.picked_for.remove(certificate);
            history.deleting.remove(certificate);
            // The deleted certificate was valid, so it is newer than the holder's certificates that were deleted after
            // a revocation.
            let live = deleted.as_ref().map(|deleted| &deleted.holder);
            history.given_up.retain(|given_up| Some(&given_up.holder) != live);
            history.deleted.extend(deleted);
            let surplus = history.deleted.len().saturating_sub(MOST_DELETIONS);
            history.deleted.drain(..surplus);
        })
    }

    fn refuse(&mut self, certificate: &CertificateId, bank: &str, code: Code) {
        self.refused.insert(certificate.clone(), code);
        self.refused_at.insert(certificate.clone(), bank.to_owned());
    }

    fn alive(&mut self, certificate: &CertificateId) {
        self.refused.remove(certificate);
        self.refused_at.remove(certificate);
        self.replaced.remove(certificate);
    }

    fn change(home: &Home, act: impl FnOnce(&mut Self)) -> Result<(), DataFile> {
        home.change(FILE, |history: &mut Self| act(history))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> CertificateId {
        CertificateId(text.to_owned())
    }

    fn holder(user: &str) -> Holder {
        Holder { bank: "okmate".into(), contract: None, user: user.into() }
    }

    #[test]
    fn m2_what_a_holder_had_before_is_replaced_and_what_others_have_is_not() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        for (certificate, user) in [("old", "hanakodt"), ("other", "jirodt")] {
            CertificateHistory::acquired(&home, &holder(user), &id(certificate), []).unwrap();
        }
        CertificateHistory::acquired(&home, &holder("hanakodt"), &id("new"), [id("imported")]).unwrap();
        let history = CertificateHistory::read(&home).unwrap();
        for old in ["old", "imported"] {
            assert!(history.is_superseded(&id(old)) && history.is_dead_at("okmate", &id(old)), "{old}");
            assert!(history.is_replaced_by(&id(old), &id("new")), "{old}");
            assert!(!history.is_dead_at("another", &id(old)), "another bank has said nothing");
        }
        for alive in ["new", "other"] {
            assert!(!history.is_superseded(&id(alive)), "{alive}");
        }
        // The bank accepts it after all, so the record is removed.
        CertificateHistory::used(&home, "okmate", &id("old"), None, OffsetDateTime::UNIX_EPOCH).unwrap();
        assert!(!CertificateHistory::read(&home).unwrap().is_superseded(&id("old")));
    }

    #[test]
    fn what_is_forgotten_and_learnt_again_is_of_the_same_bank() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        CertificateHistory::refused(&home, Some("okmate"), &id("revoked"), Code::CertificateRevoked).unwrap();
        for certificate in ["replaced", "new"] {
            CertificateHistory::acquired(&home, &holder("hanakodt"), &id(certificate), []).unwrap();
        }
        for (what, certificate) in CertificateHistory::read(&home).unwrap().entries() {
            CertificateHistory::accepted(&home, &certificate).unwrap();
            assert!(!CertificateHistory::read(&home).unwrap().is_dead_at("okmate", &certificate), "{certificate}");
            CertificateHistory::learn(&home, &what, &certificate).unwrap();
            let history = CertificateHistory::read(&home).unwrap();
            assert!(history.is_dead_at("okmate", &certificate), "{certificate}");
            assert!(!history.is_dead_at("another", &certificate), "{certificate}");
        }
    }

    #[test]
    fn a_deletion_is_known_until_the_holder_acquires_again() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let deleted = |user: &str| Deleted {
            certificate: id(user),
            holder: holder(user),
            role: None,
            at: OffsetDateTime::UNIX_EPOCH,
            not_after: None,
        };
        for number in 0..MOST_DELETIONS + 5 {
            let user = format!("user{number}");
            CertificateHistory::deleted(&home, &id(&user), Some(deleted(&user))).unwrap();
        }
        let history = CertificateHistory::read(&home).unwrap();
        assert_eq!(history.deleted.len(), MOST_DELETIONS);
        assert_eq!(history.deletion_of(&holder("user0")), None);
        assert_eq!(history.deletion_of(&holder("user99")), Some(&deleted("user99")));
        CertificateHistory::acquired(&home, &holder("user99"), &id("new"), []).unwrap();
        assert_eq!(CertificateHistory::read(&home).unwrap().deletion_of(&holder("user99")), None);
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let home = &home;
                scope.spawn(move || {
                    for number in 0..10 {
                        let one = id(&format!("{thread}-{number}"));
                        CertificateHistory::refused(home, Some("okmate"), &one, Code::CertificateRevoked).unwrap();
                    }
                });
            }
        });
        assert_eq!(CertificateHistory::read(&home).unwrap().refused.len(), 40);
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let text = r#"{"last_used":{"okmate":"aa"},"used_at":{},"refused":{"bb":"certificate_revoked"}}"#;
        std::fs::write(directory.path().join(FILE), text).unwrap();
        let history = CertificateHistory::read(&Home::at(directory.path())).unwrap();
        assert!(history.is_last_used("okmate", &id("aa")));
        assert!(history.is_revoked(&id("bb")) && history.is_dead_at("okmate", &id("bb")));
    }
}
