use std::collections::BTreeSet;

use inkan_store::{Authorities, CertificateId, CertificateStore, DistinguishedName, StoreError, StoredCertificate};
use serde::Serialize;
use time::{Duration, OffsetDateTime};

use crate::data::certificate_history::CertificateHistory;
use crate::{Bank, CertificateRow, Error, Inkan, Reason, Service, Site};

/// How long an expired certificate stays after its last moment. A clock that no server has confirmed may be ahead by
/// hours, for example because it holds local time as universal time. A deletion cannot be undone.
const GRACE: Duration = Duration::DAY;

/// The certificates that can be cleared away, and the certificates that look like them and stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CleanUp {
    /// The certificates that can be deleted without loss (M10).
    pub spent: Vec<CertificateRow>,
    /// The certificates that cannot be used at any added bank or site, and that may still be needed.
    pub kept: Vec<KeptCertificate>,
}

/// A certificate that is expired, revoked, replaced or without its key, and is not proposed for deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeptCertificate {
    /// The certificate.
    pub certificate: CertificateRow,
    /// Why the certificate is not proposed for deletion.
    pub because: KeptBecause,
}

/// Why a certificate is not proposed for deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum KeptBecause {
    /// The certificate belongs to no bank or site that is added on this PC. Another program may need it.
    NotOfAServiceHere,
    /// The certificate's key is not only for logging in. It may open old mail or files, or serve another program.
    AnotherPurpose,
    /// A bank or site that is added on this PC may still accept the certificate.
    MayLogIn,
    /// The certificate has expired by this PC's clock, which was not compared recently with the clock of a bank or
    /// site.
    ClockNotCompared,
}

impl Inkan {
    /// Returns the certificates that can be cleared away. A certificate is proposed only if it belongs to a bank or
    /// site that is added on this PC, no such service can accept it any more, and its key is only for logging in. An
    /// expired certificate is proposed a day after its end. If a deletion that a user ordered on this PC was
    /// interrupted after the key was deleted, the certificate is always proposed.
    ///
    /// Only known facts count. A newer certificate that looks like a successor proves nothing. If a key seems to be
    /// missing, the store is asked for the key, and may ask for its PIN.
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`].
    pub fn clean_up(&self) -> Result<CleanUp, Error> {
        self.clean_up_among(&self.store()?.certificates()?)
    }

    fn clean_up_among(&self, stored: &[StoredCertificate]) -> Result<CleanUp, Error> {
        let rows = self.judged(stored, stored, None, None)?;
        let services = Services::read(self)?;
        let mut found = CleanUp::default();
        for (certificate, row) in stored.iter().zip(rows) {
            match services.verdict(certificate) {
                Verdict::Needed => {}
                Verdict::Spent => found.spent.push(row),
                Verdict::Kept(because) => found.kept.push(KeptCertificate { certificate: row, because }),
            }
        }
        found.spent.sort_by_cached_key(|row| (row.not_after, row.id.clone()));
        found.kept.sort_by_cached_key(|kept| (kept.certificate.not_after, kept.certificate.id.clone()));
        Ok(found)
    }

    /// Returns the result of [`Self::clean_up`], judged by the clocks of the services. First asks each added bank and
    /// site that an expired certificate belongs to for its time. If this PC's clock is ahead, a certificate that still
    /// logs in looks expired. If no service gives its time, an expired certificate stays.
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`].
    pub fn clean_up_by_the_services_clocks(&self) -> Result<CleanUp, Error> {
        let found = self.clean_up()?;
        let kept = found.kept.iter().filter(|kept| kept.because == KeptBecause::ClockNotCompared);
        let rows = found.spent.iter().chain(kept.map(|kept| &kept.certificate));
        let expired = rows.filter(|row| row.reasons.contains(&Reason::Expired));
        let mut names: BTreeSet<String> = expired.flat_map(|row| row.bank.iter().chain(&row.site)).cloned().collect();
        // A clock that was ahead may have been corrected since.
        if CertificateHistory::read(&self.home)?.clock_ahead() > 0 {
            names.extend(self.banks()?.into_iter().map(|bank| bank.name));
            names.extend(self.sites()?.into_iter().map(|site| site.name));
        }
        if names.is_empty() {
            return Ok(found);
        }
        for name in names {
            let asked = match self.service(&name)? {
                Service::Bank(bank) => self.ask_the_time(&bank).map(drop),
                Service::Site(site) => self.compare_with_site(&site),
            };
            if let Err(error) = asked {
                let error = &error as &(dyn std::error::Error + 'static);
                tracing::info!(error, "a bank or site cannot be asked for its time");
            }
        }
        self.clean_up()
    }

    /// Returns the certificates that can be deleted without loss: [`CleanUp::spent`].
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`].
    pub fn spent_certificates(&self) -> Result<Vec<CertificateRow>, Error> {
        Ok(self.clean_up()?.spent)
    }

    /// Returns the spent certificates that `new` has replaced (M10, S0-15).
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`].
    pub fn replaced_by(&self, new: &CertificateRow) -> Result<Vec<CertificateRow>, Error> {
        self.replaced_among(&self.store()?.certificates()?, new)
    }

    /// Does the same as [`Self::replaced_by`] for a store that holds `stored`.
    pub(crate) fn replaced_among(
        &self,
        stored: &[StoredCertificate],
        new: &CertificateRow,
    ) -> Result<Vec<CertificateRow>, Error> {
        let history = CertificateHistory::read(&self.home)?;
        let holder = |row: &CertificateRow| (row.subject.clone(), row.issuer.clone());
        let same = |old: &CertificateRow| history.is_replaced_by(&old.id, &new.id) || holder(old) == holder(new);
        let spent = self.clean_up_among(stored)?.spent;
        Ok(spent.into_iter().filter(|old| old.id != new.id && same(old)).collect())
    }

    /// Returns whether the certificate is among [`Self::spent_certificates`] now, after reading the store and the data
    /// again.
    pub(crate) fn is_spent_now(&self, id: &CertificateId) -> Result<bool, Error> {
        let certificate = self.stored_certificate(id)?;
        Ok(Services::read(self)?.verdict(&certificate) == Verdict::Spent)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// No fact supports its deletion.
    Needed,
    Spent,
    Kept(KeptBecause),
}

/// The banks and sites that are added on this PC, and what is known of their certificates.
struct Services<'a> {
    banks: Vec<Bank>,
    sites: Vec<Site>,
    history: CertificateHistory,
    now: OffsetDateTime,
    /// The time of this PC's clock, which may be ahead of `now`.
    shown: OffsetDateTime,
    /// Whether a bank or site has confirmed `now`.
    clock_is_compared: bool,
    authorities: Authorities<'a>,
    store: &'a dyn CertificateStore,
}

impl<'a> Services<'a> {
    fn read(inkan: &'a Inkan) -> Result<Self, Error> {
        let history = CertificateHistory::read(&inkan.home)?;
        // A clock that is known to be ahead is corrected, so that no certificate expires by its error.
        let ahead = Duration::seconds(history.clock_ahead().max(0));
        let now = inkan.clock.now();
        Ok(Self {
            banks: inkan.banks()?,
            sites: inkan.sites()?,
            clock_is_compared: history.clock_is_compared(now),
            history,
            now: now.checked_sub(ahead).unwrap_or(now),
            shown: now,
            authorities: Authorities::lazily(inkan.store()?),
            store: inkan.store()?,
        })
    }

    fn verdict(&self, certificate: &StoredCertificate) -> Verdict {
        let keyless = certificate.protection.is_none();
        if keyless && self.history.is_being_deleted(&certificate.id) {
            return if self.key_is_gone(certificate) { Verdict::Spent } else { Verdict::Needed };
        }
        let last = certificate.not_after.saturating_add(GRACE);
        let (expired, looks_expired) = (last < self.now, last < self.shown);
        let dead = self.banks.iter().any(|bank| self.issued(bank, certificate) && self.is_dead_at(bank, certificate))
            || self.history.is_revoked(&certificate.id)
            || self.history.is_superseded(&certificate.id);
        if !keyless && !looks_expired && !dead {
            return Verdict::Needed;
        }
        if !self.belongs_here(certificate) {
            return Verdict::Kept(KeptBecause::NotOfAServiceHere);
        }
        if !certificate.purpose.is_client_authentication_only() {
            return Verdict::Kept(KeptBecause::AnotherPurpose);
        }
        let over = expired && self.clock_is_compared;
        let looks_alive = looks_expired && !dead || self.may_log_in(certificate);
        if !over && looks_alive && !(keyless && self.key_is_gone(certificate)) {
            let doubted = looks_expired && !self.clock_is_compared;
            return Verdict::Kept(if doubted { KeptBecause::ClockNotCompared } else { KeptBecause::MayLogIn });
        }
        Verdict::Spent
    }

    /// Returns whether the store reports that the key does not exist. Opens the key for this, for which the store may
    /// ask for a PIN: a card hides its keys until then. A key that is hidden, denied or busy is not gone.
    fn key_is_gone(&self, certificate: &StoredCertificate) -> bool {
        matches!(self.store.certificate_key(&certificate.id), Err(StoreError::KeyMissing(_)))
    }

    /// Returns whether an added bank issued the certificate, an added site names its CA, or a user picked it for an
    /// added site.
    fn belongs_here(&self, certificate: &StoredCertificate) -> bool {
        self.banks.iter().any(|bank| self.issued(bank, certificate))
            || self.sites.iter().any(|site| {
                self.history.was_picked_for(&site.name, &certificate.id)
                    || !site.accepts_any() && self.named(certificate, |issuer| site.accepts(issuer))
            })
    }

    /// Returns whether an added bank or site may accept the certificate, now or later, as far as its dates and its key
    /// allow.
    fn may_log_in(&self, certificate: &StoredCertificate) -> bool {
        let banks = self.banks.iter().any(|bank| {
            let named = !bank.accepted.is_empty() && self.named(certificate, |issuer| bank.accepts(issuer));
            (named || self.issued(bank, certificate)) && !self.is_dead_at(bank, certificate)
        });
        banks
            || self.sites.iter().any(|site| {
                self.history.was_picked_for(&site.name, &certificate.id)
                    || site.asks() && self.named(certificate, |issuer| site.accepts(issuer))
            })
    }

    fn issued(&self, bank: &Bank, certificate: &StoredCertificate) -> bool {
        bank.issuers.iter().any(|issuer| issuer.issued(certificate))
    }

    fn is_dead_at(&self, bank: &Bank, certificate: &StoredCertificate) -> bool {
        self.history.is_dead_at(&bank.name, &certificate.id)
    }

    /// Returns whether `by` holds for the issuer of the certificate, or for a CA above it to which the intermediates in
    /// the store lead. An expired intermediate counts too, because a renewed one may be installed later.
    fn named(&self, certificate: &StoredCertificate, by: impl Fn(&DistinguishedName) -> bool) -> bool {
        by(&certificate.issuer_name) || self.authorities.chains(certificate).issuers_at_any_time().any(by)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::mpsc;
    use std::thread;

    use inkan_protocol::Code;

    use super::*;
    use crate::certificates::test_client::{Ca, KEIYAKU, NOW, OKMATE, TestClient};

    /// Why each certificate stays, by name; none if it is spent.
    fn found(client: &TestClient) -> Vec<(String, Option<KeptBecause>)> {
        let CleanUp { spent, kept } = client.clean_up().unwrap();
        let kept = kept.into_iter().map(|kept| (kept.certificate.name, Some(kept.because)));
        spent.into_iter().map(|row| (row.name, None)).chain(kept).collect()
    }

    fn only(client: &TestClient) -> Option<Option<KeptBecause>> {
        let mut found = found(client);
        assert!(found.len() <= 1);
        found.pop().map(|(_, because)| because)
    }

    fn compare_clock(client: &TestClient) {
        CertificateHistory::clock_compared(&client.home, NOW, None).unwrap();
    }

    fn revoke(client: &TestClient, bank: &str, certificate: &StoredCertificate) {
        CertificateHistory::refused(&client.home, Some(bank), &certificate.id, Code::CertificateRevoked).unwrap();
    }

    #[test]
    fn m10_an_expired_certificate_is_proposed_a_day_after_its_end_if_the_clock_was_compared() {
        let ca = Ca::root("Bank CA");
        for (until, compared, expected) in [
            (100, true, None),
            (-1, true, None),
            (-2, true, Some(None)),
            (-2, false, Some(Some(KeptBecause::ClockNotCompared))),
        ] {
            let client = TestClient::with(&ca, &[&ca.issue("hanakodt", (100, until))]);
            if compared {
                compare_clock(&client);
            }
            assert_eq!(only(&client), expected, "{until} {compared}");
        }
        let last = ca.issue("hanakodt", (100, -1));
        let past = StoredCertificate { not_after: last.not_after - Duration::SECOND, ..last };
        let client = TestClient::with(&ca, &[&past]);
        compare_clock(&client);
        assert_eq!(only(&client), Some(None), "a second later");
    }

    #[test]
    fn a_clock_that_is_ahead_makes_nothing_expire() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::with(&ca, &[&ca.issue("hanakodt", (100, -2))]);
        CertificateHistory::clock_compared(&client.home, NOW, Some(3 * 86400)).unwrap();
        assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)));
        CertificateHistory::clock_compared(&client.home, NOW, Some(3600)).unwrap();
        assert_eq!(only(&client), Some(None));
    }

    #[test]
    fn a_revoked_certificate_is_spent_at_the_bank_that_said_so() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        assert_eq!(only(&client), None);
        revoke(&client, "okmate", &one);
        assert_eq!(only(&client), Some(None));
        client.add_bank("second", KEIYAKU, &[&ca], &[]);
        assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "another bank of the same CA");
        client.remove_bank("second").unwrap();
        client.add_bank("second", KEIYAKU, &[&Ca::root("Other CA")], &[&ca]);
        assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "its server names the CA");
        client.remove_bank("second").unwrap();
        client.add_bank("second", KEIYAKU, &[&Ca::root("Other CA")], &[]);
        assert_eq!(only(&client), Some(None), "a server that names no CA proves nothing");
    }

    #[test]
    fn what_belongs_to_no_service_here_or_serves_another_purpose_stays() {
        let ca = Ca::root("Bank CA");
        let expired = ca.issue("hanakodt", (100, -5));
        let client = TestClient::new();
        client.put(&[&expired]);
        compare_clock(&client);
        assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
        client.add_site("any", &[]);
        assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)), "a site without a list");
        CertificateHistory::picked(&client.home, "any", &expired.id).unwrap();
        assert_eq!(only(&client), Some(None), "it was picked for the site");
        client.remove_site("any").unwrap();
        client.add_site("other", &[&Ca::root("Other CA")]);
        assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
        client.add_site("site", &[&ca]);
        assert_eq!(only(&client), Some(None));
        let anything = rcgen::CertificateParams::default().self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
        let purpose = StoredCertificate::parse(anything.der(), None).unwrap().purpose;
        let other = StoredCertificate { purpose, ..expired };
        let client = TestClient::with(&ca, &[&other]);
        compare_clock(&client);
        assert_eq!(only(&client), Some(Some(KeptBecause::AnotherPurpose)));
    }

    #[test]
    fn a_site_that_asks_keeps_what_it_accepts() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        for (asks, listed, picked, expected) in [
            (true, true, false, Some(KeptBecause::MayLogIn)),
            (false, true, false, None),
            (true, false, false, None),
            (false, false, true, Some(KeptBecause::MayLogIn)),
        ] {
            let client = TestClient::with(&ca, &[&one]);
            revoke(&client, "okmate", &one);
            let other = Ca::root("Other CA");
            client.add_site_at("site", "https://localhost:1/", asks, &[if listed { &ca } else { &other }]);
            if picked {
                CertificateHistory::picked(&client.home, "site", &one.id).unwrap();
            }
            assert_eq!(only(&client), Some(expected), "{asks} {listed} {picked}");
        }
    }

    #[test]
    fn an_intermediate_leads_to_the_ca_that_a_site_names() {
        let root = Ca::root("Root CA");
        let below = root.intermediate("Bank CA");
        let expired = below.issue("hanakodt", (100, -5));
        let client = TestClient::new();
        client.put(&[&expired]);
        client.add_site("site", &[&root]);
        compare_clock(&client);
        assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
        client.put_authority(&below);
        assert_eq!(only(&client), Some(None));
    }

    #[test]
    fn a_certificate_whose_key_is_gone_is_spent_and_one_whose_key_hides_is_not() {
        let ca = Ca::root("Bank CA");
        let keyless = StoredCertificate { protection: None, ..ca.issue("hanakodt", (100, 100)) };
        let client = TestClient::with(&ca, &[&keyless]);
        assert_eq!(only(&client), Some(None));
        client.hide_key(&keyless.id);
        assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)));
        CertificateHistory::deletion_begins(&client.home, &keyless.id).unwrap();
        assert_eq!(only(&client), None, "its key is not gone");
    }

    #[test]
    fn a_deletion_that_was_cut_after_the_key_had_gone_is_proposed_whosever_the_certificate_is() {
        let foreign = StoredCertificate { protection: None, ..Ca::root("Foreign CA").issue("hanakodt", (100, 100)) };
        let with_key = StoredCertificate { protection: Some(inkan_store::Protection::File), ..foreign.clone() };
        let client = TestClient::new();
        client.put(&[&foreign]);
        assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
        CertificateHistory::deletion_begins(&client.home, &foreign.id).unwrap();
        assert_eq!(only(&client), Some(None));
        let client = TestClient::new();
        client.put(&[&with_key]);
        CertificateHistory::deletion_begins(&client.home, &with_key.id).unwrap();
        assert_eq!(only(&client), None, "the key is here");
    }

    #[test]
    fn s0_15_the_spent_certificates_of_the_same_holder_or_that_were_replaced_go_with_the_new_one() {
        let ca = Ca::root("Bank CA");
        let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
        let (other, renamed) = (ca.issue("jirodt", (300, 60)), ca.issue("oldname", (300, 60)));
        let client = TestClient::with(&ca, &[&old, &new, &other, &renamed]);
        CertificateHistory::renewed(&client.home, "okmate", &renamed.id, &new.id).unwrap();
        revoke(&client, "okmate", &other);
        let names = |certificate: &StoredCertificate| -> Vec<String> {
            let rows = client.replaced_by(&client.row(certificate, None)).unwrap();
            rows.into_iter().map(|row| row.name).collect()
        };
        assert_eq!(names(&new), ["oldname"], "that it looks like a successor proves nothing");
        revoke(&client, "okmate", &old);
        let mut replaced = names(&new);
        replaced.sort_unstable();
        assert_eq!(replaced, ["hanakodt", "oldname"]);
        assert_eq!(names(&old), [] as [&str; 0], "never itself");
        let mut spent: Vec<_> = client.spent_certificates().unwrap().into_iter().map(|row| row.name).collect();
        spent.sort_unstable();
        assert_eq!(spent, ["hanakodt", "jirodt", "oldname"]);
    }

    #[test]
    fn the_first_to_end_comes_first() {
        let (ca, foreign) = (Ca::root("Bank CA"), Ca::root("Foreign CA"));
        let mut certificates = Vec::new();
        for (name, until) in [("last", -5), ("first", -50), ("second", -20)] {
            certificates.push(ca.issue(name, (100, until)));
            certificates.push(foreign.issue(&format!("foreign {name}"), (100, until)));
        }
        let client = TestClient::with(&ca, &certificates.iter().collect::<Vec<_>>());
        compare_clock(&client);
        let names: Vec<String> = found(&client).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["first", "second", "last", "foreign first", "foreign second", "foreign last"]);
    }

    /// Listens until the client has looked, and returns whether the client connected, and what it found.
    fn asked(prepare: impl FnOnce(&TestClient, &str)) -> (bool, CleanUp) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connected, connections) = mpsc::channel();
        thread::spawn(move || {
            // Each connection is closed at once: a server that says nothing of the time.
            while listener.accept().is_ok() && connected.send(()).is_ok() {}
        });
        let client = TestClient::new();
        prepare(&client, &format!("https://127.0.0.1:{port}/"));
        let found = client.clean_up_by_the_services_clocks().unwrap();
        (connections.try_recv().is_ok(), found)
    }

    #[test]
    fn the_services_of_expired_certificates_are_asked_for_the_time_and_no_others() {
        let ca = Ca::root("Bank CA");
        let (live, expired) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, -5)));
        let bank = |client: &TestClient, address: &str| client.add_bank_at("okmate", address, OKMATE, &[&ca], &[]);
        let (connected, found) = asked(|client, address| {
            bank(client, address);
            client.put(&[&live, &expired]);
        });
        assert!(connected, "its clock was not compared");
        assert_eq!((found.spent.len(), found.kept[0].because), (0, KeptBecause::ClockNotCompared));
        let (connected, found) = asked(|client, address| {
            bank(client, address);
            client.put(&[&live, &expired]);
            compare_clock(client);
        });
        assert!(connected, "a deletion cannot be undone");
        assert_eq!((found.spent.len(), found.kept.len()), (1, 0));
        let revoked = |client: &TestClient, address: &str| {
            bank(client, address);
            client.put(&[&live]);
            revoke(client, "okmate", &live);
        };
        let (connected, found) = asked(revoked);
        assert_eq!((connected, found.spent.len()), (false, 1), "no clock decides");
        let (connected, _) = asked(|client, address| {
            revoked(client, address);
            CertificateHistory::clock_compared(&client.home, NOW, Some(1)).unwrap();
        });
        assert!(connected, "a clock that was ahead may have been set right since");
        let (connected, found) = asked(|client, address| {
            client.add_site_at("site", address, true, &[&ca]);
            client.put(&[&expired]);
        });
        assert_eq!((connected, found.kept[0].because), (true, KeptBecause::ClockNotCompared), "a site");
        let (connected, _) = asked(|client, address| {
            bank(client, address);
            client.put(&[&Ca::root("Foreign CA").issue("shirodt", (100, -5)), &live]);
        });
        assert!(!connected, "an expired certificate of no service here");
    }
}
