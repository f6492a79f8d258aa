use std::collections::HashSet;

use inkan_profile::{EntranceId, Helper, Moment};
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
            reissued_by: bank.and_then(|bank| self.reissued_by(bank, certificate, &reasons)),
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

    /// Returns who has the next certificate issued, if the holder of this one cannot acquire the next one alone (S3-1).
    fn reissued_by(&self, bank: &Bank, certificate: &StoredCertificate, reasons: &[Reason]) -> Option<Helper> {
        let rules = &bank.profile.certificate;
        let revoked = reasons.contains(&Reason::Revoked);
        let expired = reasons.contains(&Reason::Expired) && !rules.in_grace(certificate.not_after, self.now);
        if rules.self_issue || !revoked && !expired {
            return None;
        }
        Some(bank.helper_with_certificate(&certificate.name, self.history.role(&certificate.id)))
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
pub(crate) fn begins_after(certificate: &StoredCertificate, now: OffsetDateTime) -> bool {
    certificate.not_before.checked_sub(CLOCK_ALLOWANCE).is_some_and(|earliest| earliest > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::tests::test_client::{Ca, KEIYAKU, NOW, OKMATE, TestClient};
    use inkan_protocol::Code;
    use inkan_store::{KeyKind, Protection};
    use time::macros::datetime;

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
        assert_eq!(alone(certificate("last", past, NOW)), [], "the last moment belongs to it");
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
    fn the_bank_that_is_asked_for_comes_first_of_those_that_share_a_ca() {
        let ca = Ca::root("Shared CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        client.add_bank("second", OKMATE, &[&ca], &[]);
        client.add_bank("third", OKMATE, &[&Ca::root("Other CA")], &[]);
        for (wanted, bank) in [(None, "okmate"), (Some("okmate"), "okmate"), (Some("second"), "second")] {
            let row = client.row(&one, wanted);
            assert_eq!((row.bank.as_deref(), row.usable, row.reasons.as_slice()), (Some(bank), true, &[][..]));
        }
        let elsewhere = client.row(&one, Some("third"));
        assert_eq!(elsewhere.reasons, [Reason::NotOfThisBank]);
        assert_eq!((elsewhere.bank.as_deref(), elsewhere.usable), (Some("okmate"), false));
    }

    #[test]
    fn s3_1_who_cannot_acquire_the_next_certificate_alone_is_told_who_helps() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::new();
        client.add_bank("keiyaku", KEIYAKU, &[&ca], &[]);
        for (name, until, helper) in [
            ("00009876543 riyousya 1635", -5, Some(Helper::Administrator)),
            ("00009876543 1635", -5, Some(Helper::RequestForm)),
            ("00009876543 riyousya 1635", 5, None),
        ] {
            let one = ca.issue(name, (100, until));
            client.put(&[&one]);
            assert_eq!(client.row(&one, Some("keiyaku")).reissued_by, helper, "{name}");
        }
        let one = ca.issue("hanakodt", (100, -5));
        assert_eq!(
            TestClient::with(&ca, &[&one]).row(&one, None).reissued_by,
            None,
            "S0-7: users issue for themselves"
        );
    }

    #[test]
    fn m1_a_certificate_is_renewable_from_the_day_of_the_profile_if_it_can_be_used() {
        let ca = Ca::root("Bank CA");
        for (until, renewable) in [(31, false), (30, true), (1, true), (-1, false)] {
            let one = ca.issue("hanakodt", (100, until));
            let client = TestClient::with(&ca, &[&one]);
            let row = client.row(&one, None);
            assert_eq!((row.renewable, i64::from(row.days_left)), (renewable, until));
        }
        let one = ca.issue("hanakodt", (100, 1));
        let client = TestClient::new();
        client.put(&[&one]);
        assert!(!client.row(&one, None).renewable, "no bank here");
    }

    #[test]
    fn the_certificate_of_the_last_login_is_marked() {
        let ca = Ca::root("Bank CA");
        let (one, other) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, 100)));
        let client = TestClient::with(&ca, &[&one, &other]);
        assert!(!client.row(&one, None).last_used);
        CertificateHistory::used(&client.home, "okmate", &one.id, None, NOW).unwrap();
        assert!(client.row(&one, None).last_used && !client.row(&other, None).last_used);
    }

    #[test]
    fn a_site_accepts_what_it_names_and_one_without_a_list_what_was_picked_for_it() {
        let (ca, other) = (Ca::root("Corp CA"), Ca::root("Other CA"));
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::new();
        client.put(&[&one]);
        client.put_authority(&ca);
        client.add_site("other", &[&other]);
        assert_eq!(client.row(&one, None).site, None);
        assert_eq!(client.reasons(&one, None), [Reason::NotOfThisBank]);
        assert_eq!(client.row(&one, Some("other")).site, None);
        assert_eq!(client.reasons(&one, Some("other")), [Reason::NotAcceptedByServer]);
        client.add_site("any", &[]);
        assert_eq!(client.row(&one, Some("any")).site.as_deref(), Some("any"));
        assert_eq!(client.reasons(&one, Some("any")), []);
        assert_eq!(client.row(&one, None).site, None, "nothing was picked for it");
        CertificateHistory::picked(&client.home, "any", &one.id).unwrap();
        let row = client.row(&one, None);
        assert_eq!((row.site.as_deref(), row.usable, row.last_used), (Some("any"), true, true));
        client.remove_site("any").unwrap();
        client.add_site("lists", &[&ca]);
        assert_eq!(client.row(&one, None).site.as_deref(), Some("lists"));
        assert_eq!(client.reasons(&one, Some("lists")), []);
    }

    #[test]
    fn a_server_accepts_what_leads_to_a_ca_that_it_named() {
        let (root, other) = (Ca::root("Root CA"), Ca::root("Other CA"));
        let below = root.intermediate("Bank CA");
        let one = below.issue("hanakodt", (100, 100));
        let client = TestClient::new();
        client.put(&[&one]);
        client.add_bank("okmate", OKMATE, &[&below], &[&root]);
        assert_eq!(client.reasons(&one, Some("okmate")), [Reason::NotAcceptedByServer], "no intermediate is here");
        client.put_authority(&below);
        assert_eq!(client.reasons(&one, Some("okmate")), []);
        client.add_bank("okmate", OKMATE, &[&below], &[&other]);
        assert_eq!(client.reasons(&one, Some("okmate")), [Reason::NotAcceptedByServer]);
        client.add_bank("okmate", OKMATE, &[&below], &[&below]);
        assert_eq!(client.reasons(&one, Some("okmate")), []);
    }

    #[test]
    fn an_intermediate_may_be_missing_only_if_its_ca_is_known_to_no_service_here() {
        let (root, other) = (Ca::root("Root CA"), Ca::root("Other CA"));
        let below = root.intermediate("Corp CA");
        let one = below.issue("hanakodt", (100, 100));
        let client = TestClient::new();
        client.put(&[&one]);
        client.add_site("other", &[&other]);
        let reasons = || client.reasons(&one, Some("other"));
        assert_eq!(reasons(), [Reason::IntermediateMissing]);
        client.add_site("names", &[&below]);
        assert_eq!(reasons(), [Reason::NotAcceptedByServer], "a site names its CA");
        client.remove_site("names").unwrap();
        client.add_bank("okmate", OKMATE, &[&below], &[]);
        assert_eq!(reasons(), [Reason::NotAcceptedByServer], "a bank issues by its CA");
        client.remove_bank("okmate").unwrap();
        assert_eq!(reasons(), [Reason::IntermediateMissing]);
        client.put_authority(&below);
        client.put_authority(&root);
        assert_eq!(reasons(), [Reason::NotAcceptedByServer], "the chain is whole");
    }

    #[test]
    fn s3_16_a_certificate_is_for_the_entrance_that_admits_its_name() {
        let ca = Ca::root("Bank CA");
        let user = ca.issue("00009876543 riyousya 1635", (100, 100));
        let stranger = ca.issue("stranger", (100, 100));
        let client = TestClient::new();
        client.add_bank("keiyaku", KEIYAKU, &[&ca], &[]);
        client.put(&[&user, &stranger]);
        let reasons = |certificate: &StoredCertificate, entrance: Option<&str>| {
            let entrance = entrance.map(|id| EntranceId(id.to_owned()));
            let rows = client.certificates_at(Some("keiyaku"), entrance.as_ref()).unwrap();
            rows.into_iter().find(|row| row.id == certificate.id).unwrap().reasons
        };
        for (entrance, expected) in
            [(None, &[][..]), (Some("users"), &[][..]), (Some("administrators"), &[Reason::NotOfThisEntrance][..])]
        {
            assert_eq!(reasons(&user, entrance), expected, "{entrance:?}");
            assert_eq!(reasons(&stranger, entrance), [Reason::NotOfThisEntrance], "{entrance:?}");
        }
    }

    #[test]
    fn m2_a_superseded_certificate_says_whether_the_newer_one_is_here() {
        let ca = Ca::root("Bank CA");
        let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
        let client = TestClient::with(&ca, &[&old, &new]);
        assert_eq!(client.reasons(&old, None), [Reason::Superseded], "they look alike");
        assert_eq!(client.reasons(&new, None), []);
        let elsewhere = TestClient::with(&ca, &[&old]);
        assert_eq!(elsewhere.reasons(&old, None), []);
        CertificateHistory::renewed(&elsewhere.home, "okmate", &old.id, &new.id).unwrap();
        assert_eq!(elsewhere.reasons(&old, None), [Reason::SupersededElsewhere]);
        let unlike = ca.issue("HANAKO", (5, 360));
        let here = TestClient::with(&ca, &[&old, &unlike]);
        CertificateHistory::renewed(&here.home, "okmate", &old.id, &unlike.id).unwrap();
        assert_eq!(here.reasons(&old, None), [Reason::Superseded], "the bank has said so");
        let nowhere = TestClient::new();
        nowhere.put(&[&old, &new]);
        assert_eq!(nowhere.reasons(&old, None), [Reason::NotOfThisBank], "nothing is known of its service");
        let site = TestClient::new();
        site.put(&[&old, &new]);
        site.add_site("site", &[&ca]);
        assert_eq!(site.reasons(&old, None), [Reason::Superseded]);
    }

    #[test]
    fn a_certificate_that_its_bank_refused_as_revoked_is_revoked() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        CertificateHistory::refused(&client.home, Some("okmate"), &one.id, Code::CertificateRevoked).unwrap();
        assert_eq!(client.reasons(&one, None), [Reason::Revoked]);
    }

    #[test]
    fn days_are_counted_by_tokyos_calendar() {
        let days = |until: OffsetDateTime| (tokyo_date(until) - tokyo_date(NOW)).whole_days();
        assert_eq!(days(datetime!(2026-11-21 23:59:59 +9)), 0);
        assert_eq!(days(datetime!(2026-11-21 15:00 UTC)), 1);
        assert_eq!(days(datetime!(2027-11-21 08:59 +9)), 365);
    }
}
