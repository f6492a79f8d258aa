use std::collections::HashSet;

use inkan_profile::{EntranceId, Moment};
use inkan_store::{Authorities, CertificateId, DistinguishedName, StoredCertificate};
use time::{Date, Duration, OffsetDateTime};

use super::reason::Reason;
use super::row::{CertificateKey, CertificateRow};
use crate::data::certificate_history::CertificateHistory;
use crate::{Bank, Service, Site};

/// How far this PC's clock may be behind and still find a newly issued certificate valid. Kerberos keeps the clocks of
/// PCs in a domain within five minutes. The server judges by its own clock in any case.
pub(crate) const CLOCK_ALLOWANCE: Duration = Duration::minutes(10);

/// Returns the day in Japan, where the banks are. Japan has had one UTC offset since 1951.
fn tokyo_date(at: OffsetDateTime) -> Date {
    at.in_tokyo().date()
}

/// Judges certificates by what is known of banks, sites and earlier logins.
pub(super) struct Judge<'a> {
    pub(super) wanted: Option<&'a Service>,
    pub(super) banks: &'a [Bank],
    pub(super) sites: &'a [Site],
    pub(super) entrance: Option<&'a EntranceId>,
    pub(super) superseded: &'a HashSet<CertificateId>,
    /// The IDs of all certificates that are compared: those in the store, and those that are about to be imported.
    pub(super) here: &'a HashSet<&'a CertificateId>,
    pub(super) history: &'a CertificateHistory,
    pub(super) authorities: &'a Authorities<'a>,
    pub(super) now: OffsetDateTime,
}

impl Judge<'_> {
    /// Returns the certificate as it is shown to a user.
    pub(super) fn row(&self, certificate: &StoredCertificate) -> CertificateRow {
        let bank = self.bank_of(certificate);
        let site = self.site_of(certificate);
        let reasons = self.reasons(certificate, bank, site);
        let homes = [bank.map(|bank| &bank.name), site.map(|site| &site.name)];
        let last_used = homes.into_iter().flatten().any(|name| self.history.is_last_used(name, &certificate.id));
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

    /// Returns the bank that issued the certificate. The wanted bank comes first, because two added banks may share a
    /// CA.
    fn bank_of(&self, certificate: &StoredCertificate) -> Option<&Bank> {
        let mut banks = self.wanted.and_then(Service::bank).into_iter().chain(self.banks);
        banks.find(|bank| bank.issuers.iter().any(|issuer| issuer.issued(certificate)))
    }

    /// Returns the site that accepts the certificate. If a service is wanted, no other site counts. Otherwise a site
    /// that accepts every issuer counts only for the certificate that was picked for it last.
    fn site_of(&self, certificate: &StoredCertificate) -> Option<&Site> {
        if let Some(wanted) = self.wanted {
            return wanted.site().filter(|site| self.named(certificate, |issuer| site.accepts(issuer)));
        }
        self.sites.iter().find(|site| {
            self.history.is_last_used(&site.name, &certificate.id)
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
            (self.history.is_revoked(&certificate.id), Reason::Revoked),
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

    /// Returns whether `by` holds for the issuer of the certificate, or for a CA above it to which the intermediates in
    /// the store lead (RFC 8446 §4.2.4).
    fn named(&self, certificate: &StoredCertificate, by: impl Fn(&DistinguishedName) -> bool) -> bool {
        by(&certificate.issuer_name) || self.authorities.chains(certificate).issuers(self.now).any(by)
    }

    /// Returns whether a server that does not accept the certificate may accept it with an intermediate that is not in
    /// the store. A CA that an added bank or site accepts by itself is not an intermediate.
    fn may_lack_an_intermediate(&self, certificate: &StoredCertificate) -> bool {
        let issuer = &certificate.issuer_name;
        let stands_alone =
            self.banks.iter().any(|bank| bank.knows(issuer)) || self.sites.iter().any(|site| site.names(issuer));
        !stands_alone && self.authorities.chains(certificate).is_incomplete(self.now)
    }

    /// Returns whether the certificate is for another entrance than the wanted one. If no entrance is wanted, returns
    /// whether it is for no entrance of the bank.
    fn of_another_entrance(&self, certificate: &StoredCertificate, bank: Option<&Bank>) -> bool {
        let Some(bank) = bank else { return false };
        let mut entrances =
            bank.profile.entrances.iter().filter(|entrance| self.entrance.is_none_or(|wanted| entrance.id == *wanted));
        !entrances.any(|entrance| entrance.admits_certificate(&certificate.name))
    }

    /// Returns whether the bank is known to accept a newer certificate instead (M2), or a newer certificate in the
    /// store is for the same person and purpose. The comparison in the store counts only for certificates of an added
    /// bank or site.
    fn superseded(&self, certificate: &StoredCertificate, of_service_here: bool) -> bool {
        self.history.is_superseded(&certificate.id) || of_service_here && self.superseded.contains(&certificate.id)
    }

    /// Returns whether a certificate that has replaced this one is in the store, as far as the history or the
    /// certificates show.
    fn newer_is_here(&self, certificate: &StoredCertificate) -> bool {
        self.superseded.contains(&certificate.id)
            || self.history.is_replaced_by_one_of(&certificate.id, |id| self.here.contains(id))
    }
}

/// Returns whether the certificate is not yet valid, even if the clock is behind by [`CLOCK_ALLOWANCE`].
fn begins_after(certificate: &StoredCertificate, now: OffsetDateTime) -> bool {
    certificate.not_before.checked_sub(CLOCK_ALLOWANCE).is_some_and(|earliest| earliest > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkan_store::{KeyKind, Protection};
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);

    /// Returns a certificate with a key, for client authentication.
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
            history: &CertificateHistory::default(),
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
