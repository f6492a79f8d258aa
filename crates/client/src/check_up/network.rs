use inkan_protocol::{BankDocument, Code};
use time::Duration;
use url::Url;

use super::{Check, CheckKind, Level, Patient, Remedy};
use crate::connection::{Connection, authority};
use crate::probe::Finding;
use crate::published::{Asked, published};
use crate::{Bank, Error, Proxy, Settings, Site};

/// What a one-time password and a certificate of this minute forgive.
const TOLERANCE: Duration = Duration::minutes(1);

/// As every other program reads them, too.
const PROXY_VARIABLES: [&str; 6] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

impl Patient<'_> {
    /// The proxy that is set, or what the system has to say of it.
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

    /// The proxy settings that `read` finds; their passwords stay hidden.
    pub(super) fn proxies(&self, read: impl Fn(&str) -> Option<String>) -> Vec<Check> {
        let set = PROXY_VARIABLES.iter().filter_map(|name| Some((*name, read(name).filter(|text| !text.is_empty())?)));
        let checks: Vec<Check> = set
            .map(|(name, text)| match Url::parse(&text).ok().filter(Url::has_host) {
                Some(url) => {
                    let facts = [("variable", name), ("proxy", &authority(&url))];
                    self.say(CheckKind::Proxy, Level::Ok, "proxy-set", &facts)
                }
                None => self.say(CheckKind::Proxy, Level::Problem, "proxy-unreadable", &[("variable", name)]),
            })
            .collect();
        if checks.is_empty() { vec![self.say(CheckKind::Proxy, Level::Ok, "proxy-none", &[])] } else { checks }
    }

    /// The CAs that this system trusts; without any, only a bank with a CA of its own can be reached.
    pub(super) fn roots(&self) -> Check {
        let loaded = rustls_native_certs::load_native_certs();
        let facts = [("count", loaded.certs.len().to_string()), ("unreadable", loaded.errors.len().to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if loaded.certs.is_empty() {
            return self.say(CheckKind::Roots, Level::Warning, "roots-none", &facts);
        }
        self.say(CheckKind::Roots, Level::Ok, "roots", &facts)
    }

    /// Both servers of a bank, and this PC's clock against its. One that was not asked for and does not answer is no
    /// reason to call the PC unfit.
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
                vec![self.say(CheckKind::Bank, Level::Ok, "bank-answers", &facts), self.clock(&document)]
            }
            Ok(Asked::Elsewhere(host)) => {
                let facts = [("bank", bank.name.as_str()), ("host", &host)];
                vec![self.say(CheckKind::Bank, Level::Warning, "bank-elsewhere", &facts)]
            }
            // What was known stays, and logging in goes on with it.
            Ok(Asked::Unusable(error)) => vec![Check { level: Level::Warning, ..failed(error) }],
            Ok(Asked::NotReached(error)) | Err(error) => return vec![failed(error)],
        };
        match self.login(bank) {
            Ok(()) => told,
            Err(error) => vec![failed(error)],
        }
    }

    /// A site's server, as far as a probe without a certificate shows it.
    pub(super) fn site(&self, site: &Site, asked_for: bool) -> Vec<Check> {
        let unreached = if asked_for { Level::Problem } else { Level::Warning };
        let Some(inkan) = self.inkan else { return Vec::new() };
        let findings = match inkan.probe(site.address.as_str(), None, None) {
            Ok(report) => report.findings,
            Err(error) => vec![Finding::of(&error.into_problem(), self.language)],
        };
        // That it wants a certificate is what it is here for.
        let wrong = findings.into_iter().filter(|finding| finding.code != Code::CertificateNotSent);
        let level = |finding: &Finding| if is_the_browsers(finding.code) { Level::Warning } else { unreached };
        let checks: Vec<Check> = wrong
            .map(|finding| (level(&finding), finding))
            .map(|(level, finding)| finding_check(finding, level))
            .collect();
        if !checks.is_empty() {
            return checks;
        }
        let facts = [("bank", site.name.as_str()), ("address", &authority(&site.address))];
        vec![self.say(CheckKind::Bank, Level::Ok, "site-answers", &facts)]
    }

    /// Where there is no bank to compare with.
    pub(super) fn clock_not_compared(&self, nothing_added: bool) -> Check {
        let check = self.say(CheckKind::Clock, Level::Warning, "clock-not-compared", &[]);
        Check { remedy: nothing_added.then_some(Remedy::AddBank), ..check }
    }

    /// What a probe of the portal has to say against it.
    fn found_by_probing(&self, bank: &Bank, unreached: Level) -> Vec<Check> {
        let Some(inkan) = self.inkan else { return Vec::new() };
        let findings = match inkan.probe(bank.address.as_str(), None, None) {
            Ok(report) => report.findings,
            Err(error) => vec![Finding::of(&error.into_problem(), self.language)],
        };
        findings.into_iter().map(|finding| finding_check(finding, unreached)).collect()
    }

    /// Makes a handshake with the certificate login, which may have moved just now.
    fn login(&self, bank: &Bank) -> Result<(), Error> {
        let Some(inkan) = self.inkan else { return Ok(()) };
        let login = inkan.bank(&bank.name)?.certificate_login;
        inkan.accepted_authorities(login.as_str(), None).map(drop)
    }

    /// What the bank publishes now, which is kept where a store is open.
    fn document(&self, bank: &Bank) -> Result<Asked, Error> {
        if let Some(inkan) = self.inkan {
            return inkan.ask_anew(bank);
        }
        let portal = Connection::open(&bank.address, &bank.trust(), None, &self.network, self.language)?;
        Ok(match published(&portal) {
            Ok(document) => Asked::Current(Box::new(document)),
            Err(error) => Asked::NotReached(error),
        })
    }

    fn clock(&self, document: &BankDocument) -> Check {
        let ahead = self.clock.now() - document.now;
        let seconds = ahead.whole_seconds().abs().to_string();
        match ahead.abs() <= TOLERANCE {
            true => self.say(CheckKind::Clock, Level::Ok, "clock-right", &[]),
            false => self.say(CheckKind::Clock, Level::Warning, "clock-drifts", &[("seconds", &seconds)]),
        }
    }
}

/// What a browser goes on with: a site opens in one.
fn is_the_browsers(code: Code) -> bool {
    matches!(
        code,
        Code::BankRedirected | Code::ServerLoginRequired | Code::AccessForbidden | Code::CertificateAskedLater
    )
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
