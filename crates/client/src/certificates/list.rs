use std::cmp::Reverse;
use std::collections::HashSet;

use inkan_profile::{EntranceId, Moment};
use inkan_store::{Authorities, CertificateId, Contents, DistinguishedName, Protection, StoredCertificate};
use serde::Serialize;
use specta::Type;
use time::{Date, Duration, OffsetDateTime};

use crate::certificates::supersession::{self, Known};
use crate::data::certificate_history::Memory;
use crate::enrolment::journal::Entry;
use crate::{Bank, CertificateList, Error, Found, Inkan, Service, Site, UnreadableRow};

/// How far this PC's clock may be behind and still find a certificate valid that its bank has just issued. PCs in a
/// domain are kept within five minutes (Kerberos); the server judges by its own clock in any case.
pub(crate) const CLOCK_ALLOWANCE: Duration = Duration::minutes(10);

/// Why a certificate cannot be used at a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// None of the bank's CAs issued it; or, where no bank was named, none of any bank that has been added, nor any that
    /// an added site accepts.
    NotOfThisBank,
    /// The bank issued it for another entrance (S3-16).
    NotOfThisEntrance,
    /// The bank's server, or the site, did not name its issuer among the CAs that it accepts (RFC 8446 §4.2.4).
    NotAcceptedByServer,
    /// As [`Self::NotAcceptedByServer`]; and the CA that issued it, or one above, may be an intermediate whose valid
    /// certificate is not in the store.
    IntermediateMissing,
    /// The bank refused it as revoked.
    Revoked,
    /// It ends before it begins, whatever the time is.
    DatesContradict,
    /// Its last day is past.
    Expired,
    /// Its first day is still to come.
    NotYetValid,
    /// A newer one for the same person and purpose is here.
    Superseded,
    /// A newer one has taken its place at the bank, and is not here.
    SupersededElsewhere,
    /// Its private key is not here.
    KeyMissing,
    /// Inkan cannot sign with a key of this kind. Whether the key is here does not matter then.
    KeyUnsupported,
    /// It is not for TLS client authentication.
    NoClientAuthentication,
}

impl Reason {
    /// Returns whether a newer certificate has taken its place, here or elsewhere.
    pub(crate) fn is_superseded(self) -> bool {
        matches!(self, Self::Superseded | Self::SupersededElsewhere)
    }
}

/// The key behind a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CertificateKey {
    /// `EC`, `RSA` or another algorithm's name, or its OID where it has none.
    pub algorithm: String,
    /// Its size; 0 where it has none that is known.
    pub bits: u32,
    /// Who keeps it from being carried off; none where it is not here.
    pub protection: Option<Protection>,
}

/// A certificate as a person sees it, with what it can be used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CertificateRow {
    /// SHA-256 of the DER in hex.
    pub id: CertificateId,
    /// What people tell them apart by (S1-2).
    pub name: String,
    /// Whose it is, where the certificate says so.
    pub person: Option<String>,
    /// Which company, where the certificate says so.
    pub organisation: Option<String>,
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hex.
    pub serial: String,
    /// First moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    pub not_before: OffsetDateTime,
    /// Last moment of validity.
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    pub not_after: OffsetDateTime,
    /// The same as `id`.
    pub fingerprint_sha256: String,
    /// Its key.
    pub key: CertificateKey,
    /// The key's algorithm with its size or curve: `RSA 2048`, `EC P-256`, `Ed25519`.
    pub key_kind: String,
    /// Name of the bank here that issued it.
    pub bank: Option<String>,
    /// Name of the site here that accepts it.
    pub site: Option<String>,
    /// No reason against it.
    pub usable: bool,
    /// Why not, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Days left by Tokyo's calendar: 0 on the last day, negative after it.
    pub days_left: i32,
    /// Whether it made the last login at its bank, or was picked last for its site.
    pub last_used: bool,
    /// Whether it can be used and its bank renews it now (M1).
    pub renewable: bool,
}

impl Inkan {
    /// Every certificate in the store: those that can be used at `bank`, which may be a site, first, the longest-lived and newest of them on
    /// top; then the others, each with its reasons. Silent.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Store`].
    pub fn certificates(&self, bank: Option<&str>) -> Result<Vec<CertificateRow>, Error> {
        self.certificates_at(bank, None)
    }

    /// The same, judged for one entrance of the bank (S3-16).
    ///
    /// # Errors
    /// As [`Self::certificates`].
    pub fn certificates_at(
        &self,
        bank: Option<&str>,
        entrance: Option<&EntranceId>,
    ) -> Result<Vec<CertificateRow>, Error> {
        Ok(self.certificate_list(bank, entrance)?.certificates)
    }

    /// [`Self::certificates_at`], and those certificates in the store that cannot be read, by name. Silent.
    ///
    /// # Errors
    /// As [`Self::certificates`].
    pub fn certificate_list(
        &self,
        bank: Option<&str>,
        entrance: Option<&EntranceId>,
    ) -> Result<CertificateList, Error> {
        let wanted = bank.map(|name| self.service(name)).transpose()?;
        self.list_of(&self.store()?.contents()?, wanted.as_ref(), entrance)
    }

    fn list_of(
        &self,
        contents: &Contents,
        wanted: Option<&Service>,
        entrance: Option<&EntranceId>,
    ) -> Result<CertificateList, Error> {
        let stored = &contents.certificates;
        let mut rows = self.judged(stored, stored, wanted, entrance)?;
        rows.sort_by_cached_key(|row| (!row.usable, Reverse(row.not_after), Reverse(row.not_before), row.id.clone()));
        let mut unreadable: Vec<UnreadableRow> = contents.unreadable.iter().map(UnreadableRow::from).collect();
        unreadable.sort_by_cached_key(|row| (row.name.clone(), row.id.clone()));
        Ok(CertificateList { certificates: rows, unreadable })
    }

    /// Judges these, which are not in the store, as if they were; in the same order.
    pub(crate) fn rows_of(&self, found: &[StoredCertificate]) -> Result<Vec<CertificateRow>, Error> {
        let all = [self.store()?.certificates()?.as_slice(), found].concat();
        self.judged(found, &all, None, None)
    }

    /// Judges `certificates`, among `all`, in the same order.
    pub(crate) fn judged(
        &self,
        certificates: &[StoredCertificate],
        all: &[StoredCertificate],
        wanted: Option<&Service>,
        entrance: Option<&EntranceId>,
    ) -> Result<Vec<CertificateRow>, Error> {
        let (banks, sites) = (self.banks()?, self.sites()?);
        let memory = Memory::read(&self.home)?;
        let now = self.clock.now();
        let being_renewed = self.being_renewed();
        let superseded = supersession::superseded(all, &Known { memory: &memory, being_renewed: &being_renewed, now });
        let authorities = Authorities::lazily(self.store()?);
        let judge = Judge {
            wanted,
            entrance,
            banks: &banks,
            sites: &sites,
            superseded: &superseded,
            here: &all.iter().map(|certificate| &certificate.id).collect(),
            memory: &memory,
            authorities: &authorities,
            now,
        };
        Ok(certificates.iter().map(|certificate| judge.row(certificate)).collect())
    }

    /// Returns `here` if a certificate that has taken the place of this one is in the store, else `elsewhere`.
    pub(crate) fn place_of_the_newer(&self, id: &CertificateId) -> &'static str {
        let rows = self.certificates(None).unwrap_or_default();
        let here = rows.iter().any(|row| row.id == *id && row.reasons.contains(&Reason::Superseded));
        if here { "here" } else { "elsewhere" }
    }

    /// Returns the certificates whose renewal has begun here and not ended. A journal that cannot be read names none
    /// here; the renewal that goes on reports it.
    fn being_renewed(&self) -> Vec<CertificateId> {
        let entries = Entry::all(&self.home).unwrap_or_default();
        entries.into_iter().filter_map(|entry| entry.renews).collect()
    }

    /// Returns whether a bank or site here accepts certificates of that CA by itself: nothing above them is missing then.
    pub(crate) fn is_accepted_by_itself(&self, issuer: &DistinguishedName) -> bool {
        self.banks().is_ok_and(|banks| banks.iter().any(|bank| bank.knows(issuer)))
            || self.sites().is_ok_and(|sites| sites.iter().any(|site| site.names(issuer)))
    }

    /// Returns one certificate, by its identity or an unambiguous beginning of at least eight characters, by its SHA-1
    /// fingerprint, or by its serial number if no other has the same. Colons, blanks, capitals and full-width letters
    /// make no difference.
    ///
    /// # Errors
    /// [`Error::CertificateIdNeeded`] with the certificates that `id` may mean, if it is a name, or too short to tell
    /// them apart; [`Error::CertificateNotFound`]; [`Error::CertificateUnreadable`].
    pub fn certificate(&self, id: &str, bank: Option<&str>) -> Result<CertificateRow, Error> {
        match self.find_certificate(id, bank)? {
            Found::Certificate(row) => Ok(*row),
            Found::Unreadable(row) => Err(Error::CertificateUnreadable(row.name)),
        }
    }

    /// As [`Self::certificate`], also for a certificate that cannot be read.
    ///
    /// # Errors
    /// As [`Self::certificate`].
    pub fn find_certificate(&self, id: &str, bank: Option<&str>) -> Result<Found, Error> {
        let wanted = bank.map(|name| self.service(name)).transpose()?;
        let contents = self.store()?.contents()?;
        let (meant, sure) = crate::certificates::typed_id::meant(id, &contents);
        let CertificateList { certificates, unreadable } = self.list_of(&contents, wanted.as_ref(), None)?;
        let readable = certificates.into_iter().map(|row| Found::Certificate(Box::new(row)));
        let all = readable.chain(unreadable.into_iter().map(Found::Unreadable));
        let mut meant: Vec<Found> = all.filter(|one| meant.contains(one.id())).collect();
        match meant.pop() {
            None => Err(Error::CertificateNotFound(id.to_owned())),
            Some(only) if sure => Ok(only),
            Some(last) => {
                meant.push(last);
                let candidates = meant.iter().take(MOST_CANDIDATES).map(Found::told_apart).collect();
                Err(Error::CertificateIdNeeded { given: id.to_owned(), candidates })
            }
        }
    }
}

/// More than a person chooses from in one sentence.
const MOST_CANDIDATES: usize = 20;

/// Returns one line that distinguishes a certificate from others: its ID, its holder, its last day and its issuer.
pub(crate) fn candidate(row: &CertificateRow) -> String {
    let id = row.id.0.get(..16).unwrap_or(&row.id.0);
    let holder = row.person.as_ref().map_or_else(|| row.name.clone(), |person| format!("{} {person}", row.name));
    format!("{id} ({holder}, {}, {})", tokyo_date(row.not_after), row.issuer)
}

impl Found {
    fn told_apart(&self) -> String {
        match self {
            Self::Certificate(row) => candidate(row),
            Self::Unreadable(row) => format!("{} ({})", row.id.0.get(..16).unwrap_or(&row.id.0), row.name),
        }
    }
}

/// The day at the bank; Japan has had one offset since 1951.
fn tokyo_date(at: OffsetDateTime) -> Date {
    at.in_tokyo().date()
}

struct Judge<'a> {
    wanted: Option<&'a Service>,
    banks: &'a [Bank],
    sites: &'a [Site],
    entrance: Option<&'a EntranceId>,
    superseded: &'a HashSet<CertificateId>,
    /// All that are in the store.
    here: &'a HashSet<&'a CertificateId>,
    memory: &'a Memory,
    authorities: &'a Authorities<'a>,
    now: OffsetDateTime,
}

impl Judge<'_> {
    fn row(&self, certificate: &StoredCertificate) -> CertificateRow {
        let bank = self.bank_of(certificate);
        let site = self.site_of(certificate);
        let reasons = self.reasons(certificate, bank, site);
        let homes = [bank.map(|bank| &bank.name), site.map(|site| &site.name)];
        let last_used = homes.into_iter().flatten().any(|name| self.memory.is_last_used(name, &certificate.id));
        let days_left = (tokyo_date(certificate.not_after) - tokyo_date(self.now)).whole_days();
        CertificateRow {
            id: certificate.id.clone(),
            name: certificate.name.clone(),
            person: certificate.person.clone(),
            organisation: certificate.organisation.clone(),
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
            serial: certificate.serial.clone(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            fingerprint_sha256: certificate.id.0.clone(),
            key: CertificateKey {
                algorithm: certificate.key_kind.algorithm().to_owned(),
                bits: certificate.key_kind.bits(),
                protection: certificate.protection,
            },
            key_kind: certificate.key_kind.to_string(),
            bank: bank.map(|bank| bank.name.clone()),
            renewable: reasons.is_empty() && bank.is_some_and(|bank| self.renews(bank, certificate)),
            site: site.map(|site| site.name.clone()),
            usable: reasons.is_empty(),
            reasons,
            days_left: i32::try_from(days_left).unwrap_or(i32::MAX),
            last_used,
        }
    }

    fn renews(&self, bank: &Bank, certificate: &StoredCertificate) -> bool {
        self.now >= bank.profile.certificate.renewal_opens(certificate.not_after)
    }

    /// The bank that issued it: the wanted one first, since two added banks may share a CA.
    fn bank_of(&self, certificate: &StoredCertificate) -> Option<&Bank> {
        let mut banks = self.wanted.and_then(Service::bank).into_iter().chain(self.banks);
        banks.find(|bank| bank.issuers.iter().any(|issuer| issuer.issued(certificate)))
    }

    /// The site that accepts it: the wanted one first. One that accepts all has only what was picked for it.
    fn site_of(&self, certificate: &StoredCertificate) -> Option<&Site> {
        if let Some(wanted) = self.wanted {
            return wanted.site().filter(|site| self.named(certificate, |issuer| site.accepts(issuer)));
        }
        self.sites.iter().find(|site| {
            self.memory.is_last_used(&site.name, &certificate.id)
                || !site.accepts_any() && self.named(certificate, |issuer| site.accepts(issuer))
        })
    }

    fn reasons(&self, certificate: &StoredCertificate, bank: Option<&Bank>, site: Option<&Site>) -> Vec<Reason> {
        let elsewhere = match (self.wanted, bank) {
            (Some(Service::Site(_)), _) | (None, Some(_)) => false,
            (Some(Service::Bank(wanted)), bank) => bank.is_none_or(|bank| wanted.name != bank.name),
            (None, None) => site.is_none(),
        };
        let for_site = self.wanted.is_some_and(|wanted| wanted.site().is_some());
        let bank = bank.filter(|_| !for_site);
        let refused = for_site && site.is_none()
            || bank.is_some_and(|bank| !self.named(certificate, |issuer| bank.accepts(issuer)));
        let incomplete = refused && self.may_lack_an_intermediate(certificate);
        let faulty = certificate.dates_contradict();
        let signs = certificate.key_kind.is_supported();
        let superseded = self.superseded(certificate, bank.is_some() || site.is_some());
        let newer_here = self.newer_is_here(certificate);
        let checks = [
            (elsewhere, Reason::NotOfThisBank),
            (self.of_another_entrance(certificate, bank), Reason::NotOfThisEntrance),
            (refused && !incomplete, Reason::NotAcceptedByServer),
            (refused && incomplete, Reason::IntermediateMissing),
            (self.memory.is_revoked(&certificate.id), Reason::Revoked),
            (faulty, Reason::DatesContradict),
            (!faulty && certificate.not_after < self.now, Reason::Expired),
            (!faulty && begins_after(certificate, self.now), Reason::NotYetValid),
            (superseded && newer_here, Reason::Superseded),
            (superseded && !newer_here, Reason::SupersededElsewhere),
            (signs && certificate.protection.is_none(), Reason::KeyMissing),
            (!signs, Reason::KeyUnsupported),
            (!certificate.client_authentication, Reason::NoClientAuthentication),
        ];
        checks.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect()
    }

    /// Whether the server named its issuer, or one above that the store's intermediates lead to (RFC 8446 §4.2.4).
    fn named(&self, certificate: &StoredCertificate, by: impl Fn(&DistinguishedName) -> bool) -> bool {
        by(&certificate.issuer_name) || self.authorities.chains(certificate).issuers(self.now).any(by)
    }

    /// Returns whether a server that does not accept the certificate may do so with an intermediate that is not here. A
    /// CA that some bank or site accepts by itself is not an intermediate.
    fn may_lack_an_intermediate(&self, certificate: &StoredCertificate) -> bool {
        let issuer = &certificate.issuer_name;
        let stands_alone =
            self.banks.iter().any(|bank| bank.knows(issuer)) || self.sites.iter().any(|site| site.names(issuer));
        !stands_alone && self.authorities.chains(certificate).is_incomplete(self.now)
    }

    /// Whether it is for another entrance than the one asked for, or than any that the bank has.
    fn of_another_entrance(&self, certificate: &StoredCertificate, bank: Option<&Bank>) -> bool {
        let Some(bank) = bank else { return false };
        let mut entrances =
            bank.profile.entrances.iter().filter(|entrance| self.entrance.is_none_or(|wanted| entrance.id == *wanted));
        !entrances.any(|entrance| entrance.admits_certificate(&certificate.name))
    }

    /// Whether its bank is known to accept a newer one in its place (M2), or a newer one here is for the same person and
    /// purpose. Nobody knows that of a certificate for a service that is not known here.
    fn superseded(&self, certificate: &StoredCertificate, of_service_here: bool) -> bool {
        self.memory.is_superseded(&certificate.id) || of_service_here && self.superseded.contains(&certificate.id)
    }

    /// Returns whether one that has taken its place is in the store, as far as is known or the certificates show.
    fn newer_is_here(&self, certificate: &StoredCertificate) -> bool {
        self.superseded.contains(&certificate.id)
            || self.memory.is_replaced_by_one_of(&certificate.id, |id| self.here.contains(id))
    }
}

/// Whether it is not valid yet, by a clock that may be behind.
fn begins_after(certificate: &StoredCertificate, now: OffsetDateTime) -> bool {
    certificate.not_before.checked_sub(CLOCK_ALLOWANCE).is_some_and(|earliest| earliest > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkan_store::KeyKind;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);

    /// With a key here, for client authentication.
    fn certificate(id: &str, from: OffsetDateTime, until: OffsetDateTime) -> StoredCertificate {
        let key = rcgen::KeyPair::generate().unwrap();
        let der = rcgen::CertificateParams::default().self_signed(&key).unwrap().der().to_vec();
        let read = StoredCertificate::parse(&der, Some(Protection::File)).unwrap();
        StoredCertificate { id: CertificateId(id.into()), not_before: from, not_after: until, ..read }
    }

    fn reasons(stored: &[StoredCertificate]) -> Vec<Vec<Reason>> {
        let judge = Judge {
            wanted: None,
            entrance: None,
            banks: &[],
            sites: &[],
            superseded: &HashSet::new(),
            here: &HashSet::new(),
            memory: &Memory::default(),
            authorities: &Authorities::default(),
            now: NOW,
        };
        stored.iter().map(|certificate| judge.reasons(certificate, None, None)).collect()
    }

    #[test]
    fn each_fault_has_its_reason() {
        let (past, future) = (datetime!(2025-11-21 0:00 UTC), datetime!(2027-11-21 0:00 UTC));
        let good = certificate("good", past, future);
        let keyless = StoredCertificate { protection: None, ..certificate("keyless", past, future) };
        let server = StoredCertificate { client_authentication: false, ..good.clone() };
        let expired = certificate("expired", past, datetime!(2026-11-21 08:59:59 +9));
        let early = certificate("early", datetime!(2026-11-21 09:10:01 +9), future);
        let alone = |one: StoredCertificate| reasons(&[one])[0][1..].to_vec();
        assert_eq!(reasons(std::slice::from_ref(&good))[0], [Reason::NotOfThisBank], "no bank has been added");
        assert_eq!(alone(good.clone()), []);
        assert_eq!(alone(keyless.clone()), [Reason::KeyMissing]);
        let ed25519 = KeyKind::Fixed { name: "Ed25519", bits: 256 };
        for certificate in [&good, &keyless] {
            let unsupported = StoredCertificate { key_kind: ed25519.clone(), ..certificate.clone() };
            assert_eq!(alone(unsupported), [Reason::KeyUnsupported], "the key is not called lost");
        }
        assert_eq!(alone(server), [Reason::NoClientAuthentication]);
        assert_eq!(alone(expired), [Reason::Expired]);
        assert_eq!(alone(early), [Reason::NotYetValid]);
        for (from, until) in [(-2, -4), (2, -2), (4, 2)] {
            let from = NOW + Duration::days(from);
            let faulty = StoredCertificate { not_before: from, not_after: NOW + Duration::days(until), ..good.clone() };
            assert_eq!(alone(faulty), [Reason::DatesContradict], "no clock is to blame");
        }
    }

    #[test]
    fn a_clock_that_is_minutes_behind_takes_no_new_certificate_out_of_use() {
        let new = certificate("new", datetime!(2026-11-21 09:10 +9), datetime!(2027-11-21 0:00 UTC));
        assert_eq!(reasons(&[new])[0], [Reason::NotOfThisBank]);
        let first = certificate("first", time::PrimitiveDateTime::MIN.assume_utc(), datetime!(2027-11-21 0:00 UTC));
        assert_eq!(reasons(&[first])[0], [Reason::NotOfThisBank], "nothing overflows");
    }

    #[test]
    fn days_are_counted_by_tokyos_calendar() {
        let days = |until: OffsetDateTime| (tokyo_date(until) - tokyo_date(NOW)).whole_days();
        assert_eq!(days(datetime!(2026-11-21 23:59:59 +9)), 0);
        assert_eq!(days(datetime!(2026-11-21 15:00 UTC)), 1);
        assert_eq!(days(datetime!(2027-11-21 08:59 +9)), 365);
    }
}
