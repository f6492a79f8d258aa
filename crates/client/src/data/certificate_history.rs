use std::collections::{BTreeMap, BTreeSet};

use inkan_profile::RoleId;
use inkan_protocol::Code;
use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::services::holder::Holder;
use crate::{DataFile, Home};

const FILE: &str = "memory.json";

/// More deletions than anybody needs to be reminded of; the oldest are dropped beyond that.
const MOST_DELETIONS: usize = 100;
/// How long a comparison of this PC's clock holds. A clock that was set since has moved by more, or by too little to
/// matter.
const COMPARED: Duration = Duration::HOUR;

/// What is known about certificates from earlier logins, acquisitions and deletions on this PC.
///
/// Every change happens under a lock of the data directory, so that two processes lose nothing of each other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct CertificateHistory {
    /// By the bank's name, the certificate that last logged in there.
    last_used: BTreeMap<String, CertificateId>,
    /// When each certificate last logged in.
    used_at: BTreeMap<CertificateId, Moment>,
    /// Certificates that a bank has refused for good, and how.
    refused: BTreeMap<CertificateId, Code>,
    /// The name of the bank that refused each; none if an earlier version did not keep it.
    refused_at: BTreeMap<CertificateId, String>,
    /// Certificates whose successor was acquired here. The bank accepts the successor alone (M2).
    replaced: BTreeMap<CertificateId, Replacement>,
    /// Who holds each certificate, as the bank said when it was acquired or used here.
    holders: BTreeMap<CertificateId, Holder>,
    /// The role of each holder, as the bank named it at a login from here.
    roles: BTreeMap<CertificateId, RoleId>,
    /// The sites for which each certificate was picked.
    picked_for: BTreeMap<CertificateId, BTreeSet<String>>,
    /// Certificates whose deletion has begun here and has not been proved.
    deleting: BTreeSet<CertificateId>,
    /// Certificates that were deleted here, the oldest first.
    deleted: Vec<Deleted>,
    /// Seconds by which this PC's clock was ahead of a bank's when it was last compared, if that was noticeable.
    clock_ahead: Option<i64>,
    /// What this PC's clock said when it was last compared with a bank's or a site's.
    clock_compared_at: Option<Moment>,
    /// Certificates that were acquired here as on the new PC of a change of PC.
    moved_here: BTreeSet<CertificateId>,
    /// Certificates that were deleted here after their bank had revoked them, the oldest first.
    given_up: Vec<GivenUp>,
}

/// The certificate that took another's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Replacement {
    bank: String,
    by: CertificateId,
}

/// A certificate that a person deleted here while its bank still accepted it, as far as was known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deleted {
    pub(crate) certificate: CertificateId,
    pub(crate) holder: Holder,
    /// The holder's role, if the bank named it at a login from here.
    #[serde(default)]
    pub(crate) role: Option<RoleId>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) at: OffsetDateTime,
    /// The certificate's last moment; none if an earlier version did not keep it.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub(crate) not_after: Option<OffsetDateTime>,
}

/// A certificate that was deleted here after its bank had revoked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GivenUp {
    pub(crate) certificate: CertificateId,
    /// The name that the certificate had.
    pub(crate) name: String,
    pub(crate) holder: Holder,
}

/// What an earlier login taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HistoryEntry {
    /// It last logged in at this bank, and is offered there first.
    Used(String),
    /// A bank refused it for good, and how.
    Refused(Code),
}

/// A time as the file holds it.
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

    /// When it last logged in from here.
    pub(crate) fn last_login(&self, certificate: &CertificateId) -> Option<OffsetDateTime> {
        self.used_at.get(certificate).map(|moment| moment.0)
    }

    pub(crate) fn is_revoked(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateRevoked)
    }

    pub(crate) fn is_superseded(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateSuperseded) || self.replaced.contains_key(certificate)
    }

    /// Returns whether that bank is known to accept the certificate never again. Where it is not known which bank
    /// refused the certificate, a revocation counts everywhere, and a replacement nowhere: banks that share a CA each
    /// have their own newest certificate of a person.
    pub(crate) fn is_dead_at(&self, bank: &str, certificate: &CertificateId) -> bool {
        let by = self.refused_at.get(certificate);
        let refused = match self.refused.get(certificate) {
            Some(Code::CertificateRevoked) => by.is_none_or(|by| by == bank),
            Some(Code::CertificateSuperseded) => by.is_some_and(|by| by == bank),
            _ => false,
        };
        refused || self.replaced.get(certificate).is_some_and(|replacement| replacement.bank == bank)
    }

    /// Returns whether `new` is known to have taken the place of `old`.
    pub(crate) fn is_replaced_by(&self, old: &CertificateId, new: &CertificateId) -> bool {
        self.replaced.get(old).is_some_and(|replacement| replacement.by == *new)
    }

    /// Returns whether one of those that `here` holds of is known to have taken its place, by one renewal or several.
    pub(crate) fn is_replaced_by_one_of(&self, old: &CertificateId, here: impl Fn(&CertificateId) -> bool) -> bool {
        let next = |id: &&CertificateId| self.replaced.get(*id).map(|replacement| &replacement.by);
        std::iter::successors(next(&old), next).take(self.replaced.len()).any(here)
    }

    pub(crate) fn holder(&self, certificate: &CertificateId) -> Option<&Holder> {
        self.holders.get(certificate)
    }

    /// Returns the role of the certificate's holder, if the bank named it at a login from here.
    pub(crate) fn role(&self, certificate: &CertificateId) -> Option<&RoleId> {
        self.roles.get(certificate)
    }

    /// Returns the deletions of certificates of that bank, the newest first.
    pub(crate) fn deletions_at(&self, bank: &str) -> impl Iterator<Item = &Deleted> {
        self.deleted.iter().rev().filter(move |deleted| deleted.holder.bank == bank)
    }

    /// Returns whether a person picked the certificate for that site, once or more.
    pub(crate) fn was_picked_for(&self, site: &str, certificate: &CertificateId) -> bool {
        self.is_last_used(site, certificate)
            || self.picked_for.get(certificate).is_some_and(|sites| sites.contains(site))
    }

    /// Returns whether a person has ordered the certificate's deletion, which was cut.
    pub(crate) fn is_being_deleted(&self, certificate: &CertificateId) -> bool {
        self.deleting.contains(certificate)
    }

    /// The newest deletion of a certificate of that holder.
    pub(crate) fn deletion_of(&self, holder: &Holder) -> Option<&Deleted> {
        self.deleted.iter().rev().find(|deleted| deleted.holder == *holder)
    }

    /// Seconds by which this PC's clock is ahead of a bank's, as far as is known.
    pub(crate) fn clock_ahead(&self) -> i64 {
        self.clock_ahead.unwrap_or_default()
    }

    /// Returns whether this PC's clock was compared so short a time before `now` that it has not been set since.
    pub(crate) fn clock_is_compared(&self, now: OffsetDateTime) -> bool {
        self.clock_compared_at.is_some_and(|Moment(at)| at <= now && now - at < COMPARED)
    }

    /// Keeps how far this PC's clock, which says `now`, is ahead; none if it is right.
    pub(crate) fn clock_compared(home: &Home, now: OffsetDateTime, ahead: Option<i64>) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.clock_ahead = ahead;
            history.clock_compared_at = Some(Moment(now));
        })
    }

    /// Returns whether `certificate` was acquired here as on the new PC of a change of PC.
    pub(crate) fn is_moved_here(&self, certificate: &CertificateId) -> bool {
        self.moved_here.contains(certificate)
    }

    /// Keeps that `certificate` was acquired here as on the new PC of a change of PC.
    pub(crate) fn moved_here(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.moved_here.insert(certificate.clone());
        })
    }

    /// Returns the certificates that were deleted here after their bank had revoked them, the oldest first.
    pub(crate) fn given_up(&self) -> &[GivenUp] {
        &self.given_up
    }

    /// Keeps that a certificate was deleted here after its bank had revoked it.
    pub(crate) fn gave_up(home: &Home, given_up: GivenUp) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.given_up.retain(|one| one.certificate != given_up.certificate);
            history.given_up.push(given_up);
            let surplus = history.given_up.len().saturating_sub(MOST_DELETIONS);
            history.given_up.drain(..surplus);
        })
    }

    /// Keeps that `new`, which renews `old`, is to be chosen where `old` was, and `old` no more.
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

    /// Keeps that `holder` acquired `new`, and that the bank therefore accepts none of `others` of that holder.
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

    /// Keeps the role of the person who logged in with `certificate`.
    pub(crate) fn held_as(home: &Home, certificate: &CertificateId, role: &RoleId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.roles.insert(certificate.clone(), role.clone());
        })
    }

    /// Keeps that `certificate` logged in at `bank` at that time, and who holds it where that is known.
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

    /// Keeps that a person picked `certificate` for a site. Whether the site took it, only the browser knows.
    pub(crate) fn picked(home: &Home, site: &str, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.insert(site.to_owned(), certificate.clone());
            history.picked_for.entry(certificate.clone()).or_default().insert(site.to_owned());
        })
    }

    /// Keeps that `bank` refused `certificate`. Drops a remembered choice of it, so that it is not sent and refused
    /// again.
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

    /// Forgets which certificate last logged in at `bank`.
    pub(crate) fn forget(home: &Home, bank: &str) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.remove(bank);
        })
    }

    /// Forgets that a certificate was refused or replaced. The bank that refused it is kept for [`Self::learn`].
    pub(crate) fn accepted(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.refused.remove(certificate);
            if let Some(replacement) = history.replaced.remove(certificate) {
                history.refused_at.insert(certificate.clone(), replacement.bank);
            }
        })
    }

    /// Learns once more what was forgotten.
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

    /// What a person may look at and forget.
    pub(crate) fn entries(self) -> Vec<(HistoryEntry, CertificateId)> {
        let used = self.last_used.into_iter().map(|(bank, certificate)| (HistoryEntry::Used(bank), certificate));
        let mut refused = self.refused;
        for old in self.replaced.into_keys() {
            refused.entry(old).or_insert(Code::CertificateSuperseded);
        }
        let refused = refused.into_iter().map(|(certificate, code)| (HistoryEntry::Refused(code), certificate));
        used.chain(refused).collect()
    }

    /// Keeps that a person has ordered the certificate's deletion, before anything is deleted.
    pub(crate) fn deletion_begins(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.deleting.insert(certificate.clone());
        })
    }

    /// Keeps that a deletion has deleted nothing.
    pub(crate) fn deletion_failed(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.deleting.remove(certificate);
        })
    }

    /// Forgets a certificate that is no longer here, and keeps that it was deleted where its bank may still accept it.
    pub(crate) fn deleted(home: &Home, certificate: &CertificateId, deleted: Option<Deleted>) -> Result<(), DataFile> {
        Self::change(home, |history| {
            history.last_used.retain(|_, used| used != certificate);
            history.used_at.remove(certificate);
            history.alive(certificate);
            history.holders.remove(certificate);
            history.roles.remove(certificate);
            history.picked_for.remove(certificate);
            history.deleting.remove(certificate);
            // A certificate that was in force came after those that were given up.
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
        // A bank that accepts it after all knows better.
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
