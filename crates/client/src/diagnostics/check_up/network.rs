use inkan_protocol::{Code, path};
use time::{Duration, OffsetDateTime};
use url::Url;

use super::{Check, CheckKind, Level, Patient, Remedy};
use crate::diagnostics::probe::Finding;
use crate::net::address::authority;
use crate::net::clocks::Clocks;
use crate::net::http_client::Connection;
use crate::net::proxy::{named, variable};
use crate::services::published::{Asked, published};
use crate::time_format::in_japan;
use crate::{Bank, Error, Proxy, Settings, Site};

/// The greatest difference of two clocks that one-time passwords and newly issued certificates tolerate.
const TOLERANCE: Duration = Duration::minutes(1);

impl Patient<'_> {
    /// Checks the proxy of the settings. If the settings leave the proxy to the system, checks the system's variables.
    pub(super) fn proxy(&self) -> Vec<Check> {
        let settings = match Settings::read(self.home) {
            Ok(settings) => settings,
            Err(unreadable) => return vec![self.problem(CheckKind::Proxy, &Error::Data(unreadable).into_problem())],
        };
        match settings.proxy {
            Proxy::System => self.proxies(|name| std::env::var(name).ok()),
            Proxy::None => vec![self.say(CheckKind::Proxy, Level::Ok, "proxy-off", &[])],
            Proxy::Manual(proxy) => {
                let name = format!("{}:{}", proxy.host, proxy.port);
                vec![self.say(CheckKind::Proxy, Level::Ok, "proxy-by-hand", &[("proxy", &name)])]
            }
        }
    }

    /// Checks the environment variable that sets the proxy for https addresses. `read` returns the value of a variable.
    /// The password of the proxy is not shown.
    pub(super) fn proxies(&self, read: impl Fn(&str) -> Option<String>) -> Vec<Check> {
        let Some((name, text)) = variable(read) else {
            return vec![self.say(CheckKind::Proxy, Level::Ok, "proxy-none", &[])];
        };
        vec![match named(&text) {
            Some(url) => {
                let facts = [("variable", name), ("proxy", &authority(&url))];
                self.say(CheckKind::Proxy, Level::Ok, "proxy-set", &facts)
            }
            None => self.say(CheckKind::Proxy, Level::Problem, "proxy-unreadable", &[("variable", name)]),
        }]
    }

    /// Counts the CAs that this system trusts. Without such CAs, only a bank with a CA of its own can be reached.
    pub(super) fn roots(&self) -> Check {
        let loaded = rustls_native_certs::load_native_certs();
        let facts = [("count", loaded.certs.len().to_string()), ("unreadable", loaded.errors.len().to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if loaded.certs.is_empty() {
            return self.say(CheckKind::Roots, Level::Warning, "roots-none", &facts);
        }
        self.say(CheckKind::Roots, Level::Ok, "roots", &facts)
    }

    /// Checks both servers of a bank, and compares this PC's clock with the bank's clock. If the bank was not
    /// `asked_for`, a failure to reach it is only a warning.
    pub(super) fn bank(&self, bank: &Bank, asked_for: bool) -> Vec<Check> {
        let unreached = if asked_for { Level::Problem } else { Level::Warning };
        let failed = |error: Error| Check { level: unreached, ..self.problem(CheckKind::Bank, &error.into_problem()) };
        let found = self.found_by_probing(bank, unreached);
        if !found.is_empty() {
            return found;
        }
        let told = match self.document(bank) {
            Ok(Asked::Current(document)) => {
                let facts = [("bank", bank.name.as_str()), ("address", &authority(&bank.address))];
                vec![
                    self.say(CheckKind::Bank, Level::Ok, "bank-answers", &facts),
                    self.clock(&bank.address, document.now),
                ]
            }
            Ok(Asked::Elsewhere(host)) => {
                let facts = [("bank", bank.name.as_str()), ("host", &host)];
                vec![self.say(CheckKind::Bank, Level::Warning, "bank-elsewhere", &facts)]
            }
            // The stored profile stays as it is, and logins use it.
            Ok(Asked::Unusable(error)) => vec![Check { level: Level::Warning, ..failed(error) }],
            Ok(Asked::NotReached(error)) | Err(error) => return vec![failed(error)],
        };
        match self.login(bank) {
            Ok(()) => told,
            Err(error) => vec![failed(error)],
        }
    }

    /// Checks a site's server by a probe without a certificate, and compares this PC's clock with the server's clock.
    pub(super) fn site(&self, site: &Site, asked_for: bool) -> Vec<Check> {
        let unreached = if asked_for { Level::Problem } else { Level::Warning };
        let Some(inkan) = self.inkan else { return Vec::new() };
        let probed = match inkan.probed(site.address.as_str(), None, None) {
            Ok(probed) => probed,
            Err(error) => {
                return vec![Check { level: unreached, ..self.problem(CheckKind::Bank, &error.into_problem()) }];
            }
        };
        let asked = probed.report.client_certificate.asked;
        let mut checks: Vec<Check> = probed
            .report
            .findings
            .into_iter()
            .filter_map(|finding| Some((level_at_site(finding.code, asked, unreached)?, finding)))
            .map(|(level, finding)| finding_check(finding, level))
            .collect();
        if checks.iter().all(|check| check.check == CheckKind::Clock) {
            let facts = [("bank", site.name.as_str()), ("address", &authority(&site.address))];
            checks.insert(0, self.say(CheckKind::Bank, Level::Ok, "site-answers", &facts));
        }
        if let (None, Some(there)) = (probed.clocks, probed.there) {
            checks.push(match there {
                Ok(there) => self.clock(&site.address, there),
                Err(said) => self.clock_of_server(&site.address, said),
            });
        }
        checks
    }

    /// Reports that no server gave its time.
    pub(super) fn clock_not_compared(&self, nothing_added: bool) -> Check {
        let id = if nothing_added { "clock-not-compared" } else { "clock-not-told" };
        let check = self.say(CheckKind::Clock, Level::Warning, id, &[]);
        Check { remedy: nothing_added.then_some(Remedy::AddBank), ..check }
    }

    /// Probes the portal, and returns a check for each finding. The probe requests the page that every bank has.
    fn found_by_probing(&self, bank: &Bank, unreached: Level) -> Vec<Check> {
        let Some(inkan) = self.inkan else { return Vec::new() };
        let mut address = bank.address.clone();
        address.set_path(path::BANK);
        let findings = match inkan.probe(address.as_str(), None, None) {
            Ok(report) => report.findings,
            Err(error) => vec![Finding::of(&error.into_problem(), self.language)],
        };
        findings.into_iter().map(|finding| finding_check(finding, unreached)).collect()
    }

    /// Makes a handshake with the certificate login. Its address is read again, because it may have changed just now.
    fn login(&self, bank: &Bank) -> Result<(), Error> {
        let Some(inkan) = self.inkan else { return Ok(()) };
        let login = inkan.bank(&bank.name)?.certificate_login;
        inkan.accepted_authorities(login.as_str(), None).map(drop)
    }

    /// Asks the bank for its current profile. The profile is saved if `self.inkan` is set, and only read otherwise.
    fn document(&self, bank: &Bank) -> Result<Asked, Error> {
        if let Some(inkan) = self.inkan {
            return inkan.ask_anew(bank);
        }
        let portal = Connection::open(&bank.address, &bank.trust(), None, &self.network, &self.clock, self.language)?;
        Ok(match published(&portal) {
            Ok(document) => Asked::Current(Box::new(document)),
            Err(error) => Asked::NotReached(error),
        })
    }

    fn clock(&self, address: &Url, there: OffsetDateTime) -> Check {
        let clocks = Clocks { here: self.clock.now(), there };
        if !clocks.are_credible() {
            return self.clock_of_server(address, there);
        }
        let (id, level) = match clocks.ahead().abs() <= TOLERANCE {
            true => ("clock-right", Level::Ok),
            false => ("clock-drifts", Level::Warning),
        };
        let facts = [vec![("address", authority(address))], clocks.facts()].concat();
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.say(CheckKind::Clock, level, id, &facts)
    }

    /// Reports that a server's time cannot be right. Such a time does not show whether this PC's clock is right.
    fn clock_of_server(&self, address: &Url, said: OffsetDateTime) -> Check {
        let (address, there) = (authority(address), in_japan(said));
        let facts = [("address", address.as_str()), ("there", &there)];
        self.say(CheckKind::Clock, Level::Warning, "clock-of-server", &facts)
    }
}

/// Returns the level of a finding at a site, which opens in a browser; none if the finding is not a fault of the site.
/// If the site `asked` for a certificate, the finding may only be due to the missing certificate.
fn level_at_site(code: Code, asked: bool, unreached: Level) -> Option<Level> {
    match code {
        // A browser sends a certificate only if the handshake asks for one.
        Code::CertificateNotSent if asked => None,
        Code::AccessForbidden if asked => None,
        // The site may answer like this only because it got no certificate.
        Code::BankUnreachable | Code::NoProfile if asked => Some(Level::Warning),
        // A browser copes with these findings.
        Code::BankRedirected | Code::ServerLoginRequired | Code::AccessForbidden | Code::CertificateAskedLater => {
            Some(Level::Warning)
        }
        _ => Some(unreached),
    }
}

fn finding_check(finding: Finding, unreached: Level) -> Check {
    let (check, level) = match finding.code {
        Code::ClockWrong => (CheckKind::Clock, Level::Problem),
        _ => (CheckKind::Bank, unreached),
    };
    let Finding { code, who, title, detail, next, .. } = finding;
    let (next, who, code) = (Some(next), Some(who), Some(code));
    Check { check, level, title, detail, next, who, remedy: None, code, certificate: None }
}
