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
        let dead = self.history.is_revoked(&certificate.id) || self.history.is_superseded(&certificate.id);
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
        let looks_alive = !dead || self.may_log_in(certificate);
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
