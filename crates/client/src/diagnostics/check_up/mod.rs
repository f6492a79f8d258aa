//! Checks whether this PC is fit for the bank (S0-2). A check that finds a problem says what to do next.

mod keys;
mod network;
mod words;

use std::sync::Arc;

use inkan_protocol::{Clock, Code, Language, Problem, Who};
use inkan_store::{CertificateFault, CertificateId, Protection};
use serde::Serialize;

use crate::enrolment::journal::Entry;
use crate::net::proxy::Network;
use crate::services::bank::read_banks;
use crate::services::site::read_sites;
use crate::time_format::day;
use crate::{Bank, CertificateList, DataFile, Error, Home, Inkan, Reason};
use words::Said;

/// The kind of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The version of Inkan, and the system.
    Version,
    /// Inkan's own data.
    Data,
    /// The certificate store, and what protects the keys in it.
    Store,
    /// The key of a certificate in the store (M9).
    Key,
    /// An acquisition that was interrupted.
    Acquisition,
    /// The proxy settings.
    Proxy,
    /// The CAs that this system trusts.
    Roots,
    /// A bank's servers.
    Bank,
    /// This PC's clock, compared with a bank's clock.
    Clock,
}

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everything is in order.
    Ok,
    /// The user should know the result, but can work.
    Warning,
    /// The bank cannot be used in this state.
    Problem,
}

/// How Inkan itself can mend the problem: by a command or a button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Remedy {
    /// Begins the steps to a new certificate, as after a change of PC.
    ChangePc {
        /// The bank.
        bank: String,
    },
    /// Continues an acquisition.
    Acquire {
        /// The bank.
        bank: String,
        /// The login ID of the user.
        user: String,
    },
    /// Continues a renewal.
    Renew {
        /// The bank.
        bank: String,
    },
    /// Adds a bank.
    AddBank,
}

/// A check and its result in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Check {
    /// The kind of the check.
    pub check: CheckKind,
    /// The result of the check.
    pub level: Level,
    /// What was found.
    pub title: String,
    /// What the result means.
    pub detail: String,
    /// What to do next, if there is something to do.
    pub next: Option<String>,
    /// Who can take the next step.
    pub who: Option<Who>,
    /// How Inkan can mend the problem.
    pub remedy: Option<Remedy>,
    /// The problem's code, if there is one.
    pub code: Option<Code>,
    /// The certificate that the check is about, if it is about a certificate.
    pub certificate: Option<CertificateId>,
}

/// All checks, and whether the PC is fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CheckUp {
    /// Whether no check found a problem.
    pub fit: bool,
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
}

/// The data that the checks examine.
struct Patient<'a> {
    home: &'a Home,
    inkan: Option<&'a Inkan>,
    clock: Arc<dyn Clock>,
    network: Network,
    language: Language,
}

impl Inkan {
    /// Checks this PC for all banks and sites, or only for `bank`. Opens the key of each certificate that can be used.
    /// The store may ask for a PIN for this.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`]. Every other failure is a check with a problem.
    pub fn check_up(&self, bank: Option<&str>) -> Result<CheckUp, Error> {
        self.check_up_telling(bank, &|_| ())
    }

    /// Does the same as [`Self::check_up`], and passes each check to `tell` as soon as it is made.
    ///
    /// # Errors
    /// The errors of [`Self::check_up`].
    pub fn check_up_telling(&self, bank: Option<&str>, tell: &dyn Fn(&Check)) -> Result<CheckUp, Error> {
        let (clock, network) = (Arc::clone(&self.clock), self.network.clone());
        let patient = Patient { home: &self.home, inkan: Some(self), clock, network, language: self.language };
        patient.examine(bank, tell)
    }
}

impl Patient<'_> {
    fn examine(&self, bank: Option<&str>, tell: &dyn Fn(&Check)) -> Result<CheckUp, Error> {
        let mut checks = CheckSink { checks: Vec::new(), tell };
        checks.push(self.say(CheckKind::Version, Level::Ok, "version", &[("version", &version())]));
        let banks = checks.data(self, read_banks(self.home));
        let sites = checks.data(self, read_sites(self.home));
        let named: Vec<_> = banks.into_iter().filter(|one| bank.is_none_or(|bank| one.name == bank)).collect();
        let sites: Vec<_> = sites.into_iter().filter(|one| bank.is_none_or(|bank| one.name == bank)).collect();
        if let (Some(bank), true) = (bank, named.is_empty() && sites.is_empty()) {
            return Err(Error::BankNotAdded(bank.to_owned()));
        }
        if let Some(inkan) = self.inkan {
            checks.extend(self.store(inkan, &named));
        }
        checks.extend(self.acquisitions());
        checks.extend(self.proxy());
        checks.push(self.roots());
        // The servers are asked at the same time, so that a silent server does not delay the other ones.
        let asked_for = bank.is_some();
        std::thread::scope(|scope| {
            let banks: Vec<_> = named.iter().map(|one| scope.spawn(move || self.bank(one, asked_for))).collect();
            let sites: Vec<_> = sites.iter().map(|one| scope.spawn(move || self.site(one, asked_for))).collect();
            for found in banks.into_iter().chain(sites) {
                let found = found.join();
                let found = found.unwrap_or_else(|_| vec![self.problem(CheckKind::Bank, &Error::Fault.into_problem())]);
                // A good result for the clock is reported once. A result that contradicts it is always reported.
                let known = checks.has(CheckKind::Clock);
                checks.extend(found.into_iter().filter(|check| !(known && check.is_clock_all_right())));
            }
        });
        if named.is_empty() && !checks.has(CheckKind::Clock) {
            checks.push(self.clock_not_compared(sites.is_empty()));
        }
        let checks = checks.checks;
        Ok(CheckUp { fit: checks.iter().all(|check| check.level != Level::Problem), checks })
    }

    fn store(&self, inkan: &Inkan, banks: &[Bank]) -> Vec<Check> {
        let opened = || Ok::<_, Error>((inkan.store()?, inkan.certificate_list(None, None)?));
        let (store, CertificateList { certificates: rows, unreadable }) = match opened() {
            Ok(opened) => opened,
            Err(error) => return vec![self.problem(CheckKind::Store, &error.into_problem())],
        };
        let protection = match store.protection() {
            Protection::Hardware => "store-hardware",
            Protection::Os => "store-os",
            Protection::File => "store-file",
        };
        let facts = [("store", store.description()), ("count", (rows.len() + unreadable.len()).to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let opens = self.say(CheckKind::Store, Level::Ok, protection, &facts);
        let unreadable = unreadable.into_iter().map(|row| {
            let [from, until] =
                row.dates.as_ref().map(|dates| dates.each_ref().map(String::as_str)).unwrap_or_default();
            let fault = match row.fault {
                CertificateFault::Date => "date",
                CertificateFault::BytesAfter => "bytes-after",
                CertificateFault::Structure => "structure",
            };
            let id = row.id.0.get(..16).unwrap_or(&row.id.0);
            let facts = [("name", row.name.as_str()), ("id", id), ("fault", fault), ("from", from), ("until", until)];
            let check = self.say(CheckKind::Store, Level::Warning, "certificate-unreadable", &facts);
            Check { certificate: Some(row.id), ..check }
        });
        let contradicting = rows.iter().filter(|row| row.reasons.contains(&Reason::DatesContradict)).map(|row| {
            let (id, from, until) = (row.id.0.get(..16).unwrap_or(&row.id.0), day(row.not_before), day(row.not_after));
            let facts = [("name", row.name.as_str()), ("id", id), ("from", &from), ("until", &until)];
            let check = self.say(CheckKind::Store, Level::Warning, "certificate-dates-contradict", &facts);
            Check { certificate: Some(row.id.clone()), ..check }
        });
        let deleted = self.deleted(inkan, banks, &rows);
        let usable = self.keys(inkan, &rows);
        std::iter::once(opens).chain(contradicting).chain(unreadable).chain(usable).chain(deleted).collect()
    }

    fn acquisitions(&self) -> Vec<Check> {
        let entries = match Entry::all(self.home) {
            Ok(entries) => entries,
            Err(unreadable) => {
                return vec![self.problem(CheckKind::Acquisition, &Error::Data(unreadable).into_problem())];
            }
        };
        let told = |entry: &Entry| {
            let facts = [("bank", entry.acquisition.bank.as_str()), ("user", &entry.acquisition.user)];
            let (bank, user) = (entry.acquisition.bank.clone(), entry.acquisition.user.clone());
            let (id, remedy) = match entry.renews {
                Some(_) => ("renewal-waits", Remedy::Renew { bank }),
                None => ("acquisition-waits", Remedy::Acquire { bank, user }),
            };
            let check = self.say(CheckKind::Acquisition, Level::Warning, id, &facts);
            Check { remedy: Some(remedy), ..check }
        };
        entries.iter().map(told).collect()
    }

    fn say(&self, check: CheckKind, level: Level, id: &str, facts: &[(&str, &str)]) -> Check {
        let Said { title, detail, next } = words::said(self.language, id, facts);
        let who = next.is_some().then_some(Who::You);
        Check { check, level, title, detail, next, who, remedy: None, code: None, certificate: None }
    }

    fn problem(&self, check: CheckKind, problem: &Problem) -> Check {
        let document = problem.document(self.language);
        Check {
            check,
            level: Level::Problem,
            title: document.title,
            detail: document.detail,
            next: Some(document.next),
            who: Some(document.who),
            remedy: None,
            code: Some(problem.code),
            certificate: None,
        }
    }
}

impl Check {
    fn is_clock_all_right(&self) -> bool {
        self.check == CheckKind::Clock && self.level == Level::Ok
    }
}

/// The checks so far. Each check is reported as soon as it is added.
struct CheckSink<'a> {
    checks: Vec<Check>,
    tell: &'a dyn Fn(&Check),
}

impl CheckSink<'_> {
    fn has(&self, kind: CheckKind) -> bool {
        self.checks.iter().any(|check| check.check == kind)
    }

    fn push(&mut self, check: Check) {
        (self.tell)(&check);
        self.checks.push(check);
    }

    fn extend(&mut self, checks: impl IntoIterator<Item = Check>) {
        checks.into_iter().for_each(|check| self.push(check));
    }

    /// Returns the entries of Inkan's own data. If the data cannot be read, adds a check with a problem and returns no
    /// entries.
    fn data<T>(&mut self, patient: &Patient<'_>, read: Result<Vec<T>, DataFile>) -> Vec<T> {
        read.unwrap_or_else(|unreadable| {
            self.push(patient.problem(CheckKind::Data, &Error::Data(unreadable).into_problem()));
            Vec::new()
        })
    }
}

fn version() -> String {
    format!("{} ({} {})", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use inkan_protocol::SystemClock;
    use inkan_store::{KeyAlgorithm, KeyName};
    use time::OffsetDateTime;

    use super::*;
    use crate::enrolment::journal::AcquisitionId;

    fn patient(home: &Home) -> Patient<'_> {
        Patient { home, inkan: None, clock: Arc::new(SystemClock), network: Network::of(home), language: Language::En }
    }

    #[test]
    fn s3_13_an_interrupted_acquisition_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        assert_eq!(patient(&home).acquisitions(), []);
        let [bank, user, store] = ["okmate", "hanakodt", "/store"].map(str::to_owned);
        let acquisition = AcquisitionId { bank, contract: None, user, store };
        let (name, started) = (KeyName::fresh().unwrap(), OffsetDateTime::UNIX_EPOCH);
        Entry { acquisition, name, key: None, algorithm: KeyAlgorithm::EcP256, started, renews: None }
            .write(&home)
            .unwrap();
        let checks = patient(&home).acquisitions();
        assert_eq!((checks.len(), checks[0].level), (1, Level::Warning));
        let (bank, user) = ("okmate".to_owned(), "hanakodt".to_owned());
        assert_eq!(checks[0].remedy, Some(Remedy::Acquire { bank, user }));
    }

    #[test]
    fn what_proxies_are_set_is_told_without_their_passwords() {
        let home = Home::at("nowhere");
        let set = |value: &'static str| move |name: &str| (name == "HTTPS_PROXY").then(|| value.to_owned());
        let found = patient(&home).proxies(set("http://taro:secret@proxy.example:3128"));
        assert_eq!((found.len(), found[0].level), (1, Level::Ok));
        assert!(found[0].detail.contains("proxy.example:3128"), "{found:?}");
        assert!(!format!("{found:?}").contains("secret"));
        let wrong = patient(&home).proxies(set("http://:secret@:3128/"));
        assert_eq!(wrong[0].level, Level::Problem);
        assert!(!format!("{wrong:?}").contains("secret"));
        assert_eq!(patient(&home).proxies(|_| None)[0].level, Level::Ok);
    }
}
