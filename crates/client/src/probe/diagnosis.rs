//! From what a connection showed to what a person can do about it.

use inkan_profile::Moment;
use inkan_protocol::{BankDocument, Code, path};
use inkan_store::{Authorities, DistinguishedName, StoredCertificate};
use rustls::{AlertDescription as Alert, PeerIncompatible};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

use super::answer::Answer;
use super::exchange::{End, Exchange, unix_time};
use super::observer::{CertificateRequest, Presentation, Trusting};
use super::report::{Distrust, Finding, Page};
use super::{Server, server};
use crate::connection::{Connection, Trust, authority, judges_certificate, roots};
use crate::identity::Identity;
use crate::memory::Memory;
use crate::proxy::Way;
use crate::{Error, Inkan};

/// Clocks that differ by less make no certificate invalid and no OTP wrong.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

impl CertificateRequest {
    /// Whether certificates of that issuer are accepted, as far as the request tells.
    pub(super) fn accepts(&self, issuer: &DistinguishedName) -> bool {
        self.authorities.is_empty() || self.authorities.contains(issuer)
    }
}

impl Exchange {
    /// Whether a client certificate may and should be shown there.
    pub(super) fn asks_trusted(&self) -> bool {
        self.observed.request.is_some() && matches!(self.observed.verdict, Some(Ok(())))
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.end {
            End::Answered(answer) => answer.as_ref(),
            _ => None,
        }
    }
}

/// What the last connection showed, and what is known here besides.
pub(super) struct Diagnosis<'a> {
    pub(super) inkan: &'a Inkan,
    pub(super) site: &'a Server<'a>,
    pub(super) last: &'a Exchange,
    /// The certificate that was meant for the server.
    pub(super) chosen: Option<&'a StoredCertificate>,
    /// Why its key could not be opened.
    pub(super) refused_key: Option<Error>,
}

impl Diagnosis<'_> {
    /// The weightiest first.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = match &self.last.observed.verdict {
            None => return vec![self.without_tls()],
            Some(Err(distrust)) => return self.untrusted(server::distrust(distrust)),
            Some(Ok(())) => Vec::new(),
        };
        if let Some(issuer) = server::known_interceptor(&self.last.observed.chain) {
            findings.push(self.finding(Code::InterceptedByProxy, &[("issuer", &issuer)]));
        }
        findings.extend(self.clock());
        findings.extend(self.about_the_certificate());
        findings
    }

    fn without_tls(&self) -> Finding {
        if let End::NoWay(way) = &self.last.end {
            return self.no_way(way);
        }
        let code = match &self.last.end {
            End::NotTls(first) if first.starts_with(b"HTTP/") => Code::PlainHttpAnswered,
            End::NotTls(_) => Code::TlsNotSpoken,
            End::Unreachable(_) => Code::BankUnreachable,
            // In TLS 1.3 it says so before it shows its own certificate.
            End::Tls(rustls::Error::PeerIncompatible(
                PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon,
            )) => Code::NoCommonScheme,
            _ => Code::TlsNotAgreed,
        };
        self.finding(code, &[])
    }

    fn no_way(&self, way: &Way) -> Finding {
        match way {
            Way::Unreachable(_) => self.finding(Code::BankUnreachable, &[]),
            Way::Proxy(proxy, failure) => {
                let facts = failure.facts(proxy);
                let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.finding(failure.code(), &facts)
            }
            Way::Address(address) => self.finding(Code::ProxyAddressInvalid, &[("proxy", address)]),
        }
    }

    fn untrusted(&self, distrust: Distrust) -> Vec<Finding> {
        let chain = &self.last.observed.chain;
        if let Some(issuer) = server::known_interceptor(chain) {
            return vec![self.finding(Code::InterceptedByProxy, &[("issuer", &issuer)])];
        }
        let finding = match distrust {
            Distrust::UnknownCa if self.trusted_by_system_alone() => {
                self.finding(Code::InterceptedByProxy, &[("issuer", &server::issuer(chain))])
            }
            Distrust::UnknownCa => self.finding(Code::BankCaUnknown, &[]),
            Distrust::WrongName => {
                self.finding(Code::ServerNameMismatch, &[("names", &server::names(chain).join(", "))])
            }
            Distrust::Unusable => self.finding(Code::BankCertificateInvalid, &[]),
            Distrust::OutOfDate => match self.clock() {
                Some(clock) => clock,
                None => self.out_of_date(),
            },
        };
        vec![finding]
    }

    /// Whether this system trusts a server that ought to be an added bank's and has a certificate of another CA than
    /// that bank's: an administrator has put the CA of something on the way among the trusted ones.
    fn trusted_by_system_alone(&self) -> bool {
        let pinned = self.site.given_ca.is_none() && self.site.bank.as_ref().is_some_and(|bank| bank.ca.is_some());
        let trusted = || {
            let trusting = Trusting::new(roots(&Trust::System).ok()?, &self.site.provider);
            let now = unix_time(self.inkan.clock.now())?;
            trusting.judge(&self.last.observed.chain, self.site.target.name(), now).ok()
        };
        pinned && trusted().is_some()
    }

    fn out_of_date(&self) -> Finding {
        let certificate = server::out_of_date(&self.last.observed.chain, self.inkan.clock.now());
        let (from, until) = certificate.map_or((None, None), |c| (Some(day(c.not_before)), Some(day(c.not_after))));
        let [from, until] = [from, until].map(Option::unwrap_or_default);
        self.finding(Code::ServerCertificateOutOfDate, &[("from", &from), ("until", &until)])
    }

    /// Whether this PC's clock is off. A server whose certificate is out of date here is believed only where it is
    /// valid at the time that the server claims.
    fn clock(&self) -> Option<Finding> {
        let there = self.clock_there()?;
        let valid_then = || {
            let judged =
                self.site.trusting.judge(&self.last.observed.chain, self.site.target.name(), unix_time(there)?);
            judged.ok()
        };
        valid_then()?;
        let ahead = self.inkan.clock.now() - there;
        if ahead.abs() <= CLOCK_TOLERANCE {
            return None;
        }
        let direction = if ahead.is_positive() { "ahead" } else { "behind" };
        let (amount, unit) = in_words(ahead.abs());
        let amount = amount.to_string();
        Some(self.finding(Code::ClockWrong, &[("amount", &amount), ("unit", unit), ("direction", direction)]))
    }

    /// By the answer itself, or else by the bank that the server belongs to.
    fn clock_there(&self) -> Option<OffsetDateTime> {
        if let Some(answer) = self.last.answer() {
            return answer.date;
        }
        let portal = self.site.bank.as_ref()?.portal(self.inkan).ok()?;
        portal.get::<BankDocument>(path::BANK, None).ok().map(|document| document.now)
    }

    fn about_the_certificate(&self) -> Option<Finding> {
        if let Some(error) = &self.refused_key {
            let facts = error.params();
            let params: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            return Some(self.finding(error.code(), &params));
        }
        let Some(request) = &self.last.observed.request else {
            return match (&self.last.end, self.chosen) {
                (End::Answered(Some(_)), Some(_)) => Some(self.finding(Code::CertificateNotAsked, &[])),
                (End::Answered(Some(_)), None) => None,
                _ => Some(self.unexplained()),
            };
        };
        let presented = match (self.last.observed.presentation, self.chosen) {
            (Presentation::NoScheme, _) => return Some(self.finding(Code::NoCommonScheme, &[])),
            (Presentation::Sent, chosen) => chosen,
            (Presentation::None, _) => None,
        };
        let refused = self.refused()?;
        Some(match (refused, presented) {
            (Refused::Key(code), _) => self.finding(code, &[]),
            (Refused::Unexplained, _) => self.unexplained(),
            (_, None) => self.finding(Code::CertificateNotSent, &[]),
            (refused, Some(certificate)) => {
                let code = match refused {
                    // The server says only that it found no way up: what is known here says why.
                    Refused::Because(Code::CertificateCaUnknown) => {
                        self.not_named(certificate, request).unwrap_or(Code::CertificateCaUnknown)
                    }
                    Refused::Because(code) => code,
                    _ => self.inferred(certificate, request),
                };
                let names = [("name", certificate.name.as_str()), ("issuer", certificate.issuer.as_str())];
                self.finding(code, &names)
            }
        })
    }

    /// Whether the server turned the client down, and how much it said.
    fn refused(&self) -> Option<Refused> {
        match &self.last.end {
            End::Answered(Some(answer)) => match (answer.page?, answer.problem) {
                (Page::InkanProblem, Some(code)) if is_about_certificates(code) => Some(Refused::Because(code)),
                (Page::InkanProblem, _) => None,
                (Page::IisRevoked, _) => Some(Refused::Because(Code::CertificateRevoked)),
                (Page::IisUntrusted, _) => Some(Refused::Because(Code::CertificateCaUnknown)),
                (Page::IisOutOfDate, _) => Some(Refused::Because(Code::CertificateExpired)),
                _ => Some(Refused::Somehow),
            },
            End::Answered(None) | End::Unreachable(_) | End::NoWay(_) => Some(Refused::Unexplained),
            End::NotAsked => None,
            End::HungUp | End::NotTls(_) => Some(Refused::Somehow),
            End::Tls(rustls::Error::AlertReceived(alert)) => Some(match alert {
                Alert::CertificateExpired => Refused::Because(Code::CertificateExpired),
                Alert::CertificateRevoked => Refused::Because(Code::CertificateRevoked),
                Alert::UnknownCA => Refused::Because(Code::CertificateCaUnknown),
                // The last is how TLS 1.2 says that one was required (RFC 5246 §7.4.6).
                alert if judges_certificate(*alert) || *alert == Alert::HandshakeFailure => Refused::Somehow,
                _ => Refused::Unexplained,
            }),
            End::Tls(error) if inkan_store::signing_failure(error).is_some() => {
                Some(Refused::Key(Error::KeyInHandshake(error.clone()).code()))
            }
            End::Tls(rustls::Error::PeerIncompatible(_)) => Some(Refused::Key(Code::NoCommonScheme)),
            End::Tls(_) => Some(Refused::Unexplained),
        }
    }

    /// What the certificate itself, and the bank that issued it, have to say where the server gives no reason.
    fn inferred(&self, certificate: &StoredCertificate, request: &CertificateRequest) -> Code {
        let there = self.last.answer().and_then(|answer| answer.date);
        if let Some(code) = self.not_named(certificate, request) {
            code
        } else if certificate.not_after < there.unwrap_or_else(|| self.inkan.clock.now()) {
            Code::CertificateExpired
        } else if self.is_revoked(certificate) {
            Code::CertificateRevoked
        } else {
            Code::CertificateRefused
        }
    }

    /// Returns why a server that names its CAs does not accept the certificate, if none of those CAs is above it.
    fn not_named(&self, certificate: &StoredCertificate, request: &CertificateRequest) -> Option<Code> {
        let (now, authorities) = (self.inkan.clock.now(), Authorities::lazily(self.inkan.store.as_ref()));
        let chains = authorities.chains(certificate);
        if chains.issuers(now).any(|issuer| request.accepts(issuer)) {
            return None;
        }
        Some(if chains.is_incomplete(now) { Code::IntermediateMissing } else { Code::CertificateCaUnknown })
    }

    fn is_revoked(&self, certificate: &StoredCertificate) -> bool {
        let known = Memory::read(&self.inkan.home).is_ok_and(|memory| memory.is_revoked(&certificate.id));
        known || self.word_of_its_bank(certificate) == Some(Code::CertificateRevoked)
    }

    /// What the bank that issued it answers to it, where that bank has been added.
    fn word_of_its_bank(&self, certificate: &StoredCertificate) -> Option<Code> {
        let banks = self.inkan.banks().ok()?;
        let bank = banks.iter().find(|bank| bank.issuers.iter().any(|issuer| issuer.is(&certificate.issuer_name)))?;
        let key = self.inkan.signing_key(certificate).ok()?;
        let chains = Authorities::read(self.inkan.store.as_ref()).ok()?.chains(certificate);
        let identity = Identity::new(chains, key, self.inkan.clock.now());
        let trust = bank.trust();
        let login =
            Connection::open(&bank.certificate_login, &trust, Some(identity), &self.inkan.network, self.inkan.language)
                .ok()?;
        match login.get::<serde_json::Value>(path::TOP, None) {
            Err(Error::Bank(problem)) => Some(problem.code),
            _ => None,
        }
    }

    fn unexplained(&self) -> Finding {
        let code = match &self.last.end {
            End::Unreachable(_) | End::NoWay(_) | End::HungUp => Code::BankUnreachable,
            End::Tls(_) => Code::TlsNotAgreed,
            _ => Code::BankAnswerUnknown,
        };
        self.finding(code, &[])
    }

    fn finding(&self, code: Code, params: &[(&str, &str)]) -> Finding {
        let address = authority(&self.site.target.url);
        let params = [&[("address", address.as_str())], params].concat();
        Finding::new(code, &params, self.inkan.language)
    }
}

/// How a server turned the client down.
enum Refused {
    /// It, or its page, said why.
    Because(Code),
    /// Since something about the certificate was wrong, or none came.
    Somehow,
    /// It was this PC's key.
    Key(Code),
    /// For nothing that has to do with certificates, as far as can be told.
    Unexplained,
}

fn is_about_certificates(code: Code) -> bool {
    matches!(code, Code::CertificateRevoked | Code::CertificateExpired | Code::CertificateUnknown)
}

/// In the largest unit of which there are at least two.
fn in_words(length: Duration) -> (i64, &'static str) {
    match length {
        _ if length < Duration::hours(2) => (length.whole_minutes(), "minutes"),
        _ if length < Duration::days(2) => (length.whole_hours(), "hours"),
        _ => (length.whole_days(), "days"),
    }
}

/// The day in Tokyo.
fn day(at: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day]");
    at.in_tokyo().format(&format).unwrap_or_default()
}
