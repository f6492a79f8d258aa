//! From what a connection showed to what a person can do about it.

use inkan_protocol::{BankDocument, Code, path};
use inkan_store::{Authorities, DistinguishedName, StoredCertificate};
use rustls::AlertDescription as Alert;
use time::OffsetDateTime;

use super::Server;
use super::exchange::{End, Exchange};
use super::observer::{CertificateRequest, Presentation};
use super::report::{Finding, Page};
use crate::cause::{self, Known, Said, clock_off, of_answer, of_exchange, refusal};
use crate::connection::{Connection, authority, cannot_read_certificate, judges_certificate};
use crate::identity::Identity;
use crate::memory::Memory;
use crate::patience::ASIDE;
use crate::proxy::Way;
use crate::transport::{CertificateRefusal, RefusalKind, ServerCertificateFault};
use crate::{Error, Inkan, Transport};

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
}

/// What the last connection showed, and what is known here besides.
pub(super) struct Diagnosis<'a> {
    pub(super) inkan: &'a Inkan,
    pub(super) site: &'a Server,
    pub(super) last: &'a Exchange,
    /// The certificate that was meant for the server.
    pub(super) chosen: Option<&'a StoredCertificate>,
    /// Why its key could not be opened.
    pub(super) refused_key: Option<Error>,
}

impl Diagnosis<'_> {
    /// The weightiest first.
    pub(super) fn findings(&self) -> Vec<Finding> {
        if let End::NoWay(way @ (Way::Proxy(..) | Way::Address(_))) = &self.last.end {
            return vec![self.no_way(way)];
        }
        let now = self.inkan.clock.now();
        let trusted = matches!(self.last.observed.verdict, Some(Ok(())));
        let cause = of_exchange(self.last, &self.site.target, &self.site.trusting, now);
        let mut findings: Vec<Finding> =
            cause.map(|cause| self.finding_of(&self.by_the_banks_clock(cause))).into_iter().collect();
        if !trusted || findings.iter().any(|finding| finding.code != Code::InterceptedByProxy) {
            return findings;
        }
        findings.extend(self.clock());
        findings.extend(self.about_the_certificate());
        findings.extend(self.about_the_answer());
        findings
    }

    fn no_way(&self, way: &Way) -> Finding {
        match way {
            Way::Proxy(proxy, failure) => {
                let facts = failure.facts(proxy);
                let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.finding(failure.code(), &facts)
            }
            Way::Address(address) => self.finding(Code::ProxyAddressInvalid, &[("proxy", address)]),
            Way::Unreached(_) | Way::BeyondProxy => self.finding_of(&Transport::Broken),
        }
    }

    /// The cause by what the server's bank says elsewhere of the time.
    fn by_the_banks_clock(&self, cause: Transport) -> Transport {
        match &cause {
            Transport::ServerCertificate(fault) if matches!(**fault, ServerCertificateFault::OutOfDate { .. }) => {
                self.clock_cause().unwrap_or(cause)
            }
            _ => cause,
        }
    }

    /// Whether this PC's clock is off.
    fn clock(&self) -> Option<Finding> {
        self.clock_cause().map(|cause| self.finding_of(&cause))
    }

    fn clock_cause(&self) -> Option<Transport> {
        let (chain, name) = (&self.last.observed.chain, self.site.target.name());
        clock_off(chain, name, &self.site.trusting, self.inkan.clock.now(), self.clock_there()?)
    }

    /// By the answer itself, or else by the bank that the server belongs to.
    fn clock_there(&self) -> Option<OffsetDateTime> {
        if let Some(answer) = self.last.answer() {
            return answer.date;
        }
        if matches!(self.last.end, End::Silent) {
            return None;
        }
        let portal = self.site.bank.as_ref()?.portal(self.inkan).ok()?.within(ASIDE);
        portal.get::<BankDocument>(path::BANK, None).ok().map(|document| document.now)
    }

    fn about_the_certificate(&self) -> Option<Finding> {
        if let Some(error) = &self.refused_key {
            let facts = error.params();
            let params: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            return Some(self.finding(error.code(), &params));
        }
        let page = self.last.answer().and_then(|answer| answer.page);
        if self.last.renegotiates || page == Some(Page::ApachePostHandshake) {
            return Some(self.finding_of(&Transport::CertificateAskedLater));
        }
        if self.last.observed.request.is_none() {
            return match (&self.last.end, self.chosen) {
                (End::Answered(Some(_)), Some(_)) => Some(self.finding(Code::CertificateNotAsked, &[])),
                (End::Answered(Some(_)), None) => None,
                _ => Some(self.unexplained()),
            };
        }
        let presented = match (self.last.observed.presentation, self.chosen) {
            (Presentation::NoScheme, _) => return Some(self.finding_of(&Transport::NoCommonScheme)),
            (Presentation::Sent, chosen) => chosen,
            (Presentation::None, _) => None,
        };
        let refused = self.refused()?;
        Some(match (refused, presented) {
            (Refused::Key(code), _) => self.finding(code, &[]),
            (Refused::Unexplained, _) => self.unexplained(),
            (_, None) => self.finding_of(&Transport::CertificateDemanded),
            (Refused::Because(code), Some(certificate)) => {
                let names = [("name", certificate.name.as_str()), ("issuer", certificate.issuer.as_str())];
                self.finding(code, &names)
            }
            (Refused::Saying(said), Some(certificate)) => {
                self.finding_of(&Transport::CertificateRefused(Box::new(self.refusal(certificate, said))))
            }
        })
    }

    /// What the status of the answer says, where it is none of a bank and not about certificates.
    fn about_the_answer(&self) -> Option<Finding> {
        let answer = self.last.answer().filter(|answer| answer.problem.is_none() && answer.page.is_none())?;
        let sent = self.last.observed.presentation == Presentation::Sent;
        let certificate = self.chosen.filter(|_| sent).map(|certificate| certificate.name.as_str());
        if certificate.is_none() && answer.status == 403 && self.last.observed.request.is_some() {
            // The server refused for want of a certificate, which is a finding already.
            return None;
        }
        let cause = of_answer(&cause::Page::of(answer, certificate), &self.site.target.url);
        let own = authority(&self.site.target.url);
        let tells = match &cause {
            Transport::Redirected { target } => target.as_ref() != Some(&own),
            Transport::Forbidden { .. }
            | Transport::LoginDemanded { .. }
            | Transport::Unavailable { .. }
            | Transport::CaptivePortal { .. } => true,
            _ => false,
        };
        tells.then(|| self.finding_of(&cause))
    }

    /// Whether the server turned the client down, and how much it said.
    fn refused(&self) -> Option<Refused> {
        match &self.last.end {
            End::Answered(Some(answer)) => match (answer.page, answer.problem) {
                (Some(Page::InkanProblem), Some(code)) if is_about_certificates(code) => Some(Refused::Because(code)),
                (Some(Page::InkanProblem), _) => None,
                (Some(Page::IisRevoked), _) => Some(Refused::Saying(Said::Revoked)),
                (Some(Page::IisUntrusted), _) => Some(Refused::Saying(Said::CaUnknown)),
                (Some(Page::IisOutOfDate), _) => Some(Refused::Saying(Said::Expired)),
                (Some(_), _) => Some(Refused::Saying(Said::Somehow)),
                (None, _) if answer.status == 403 && self.last.observed.presentation != Presentation::Sent => {
                    Some(Refused::Saying(Said::Somehow))
                }
                (None, _) => None,
            },
            End::Answered(None) | End::Silent | End::Broken | End::NoWay(_) => Some(Refused::Unexplained),
            End::NotAsked => None,
            End::HungUp | End::NotTls(_) => Some(Refused::Saying(Said::Somehow)),
            // The last is how TLS 1.2 says that one was required (RFC 5246 §7.4.6).
            End::Tls(rustls::Error::AlertReceived(alert))
                if judges_certificate(*alert) || *alert == Alert::HandshakeFailure =>
            {
                Some(Refused::Saying(Said::by(*alert)))
            }
            End::Tls(rustls::Error::AlertReceived(alert))
                if cannot_read_certificate(*alert) && self.last.observed.presentation == Presentation::Sent =>
            {
                Some(Refused::Saying(Said::by(*alert)))
            }
            End::Tls(error) if inkan_store::signing_failure(error).is_some() => {
                Some(Refused::Key(Error::KeyInHandshake(error.clone()).code()))
            }
            End::Tls(rustls::Error::PeerIncompatible(_)) => Some(Refused::Key(Code::NoCommonScheme)),
            End::Tls(_) => Some(Refused::Unexplained),
        }
    }

    /// What the certificate itself, the server's own request and the bank that issued it have to say.
    fn refusal(&self, certificate: &StoredCertificate, said: Said) -> CertificateRefusal {
        let (now, authorities) =
            (self.inkan.clock.now(), self.inkan.store().map(Authorities::lazily).unwrap_or_default());
        let chains = authorities.chains(certificate);
        let named = self.last.observed.request.as_ref().filter(|request| !request.authorities.is_empty());
        let accepted = named.map(|request| chains.issuers(now).any(|issuer| request.accepts(issuer)));
        let known = Known {
            now,
            there: self.last.answer().and_then(|answer| answer.date),
            revoked: Memory::read(&self.inkan.home).is_ok_and(|memory| memory.is_revoked(&certificate.id)),
            accepted,
            incomplete: chains.is_incomplete(now) && !self.inkan.is_accepted_by_itself(&certificate.issuer_name),
        };
        let refusal = refusal(certificate, said, &known);
        let unexplained = matches!(refusal.kind, RefusalKind::Unexplained | RefusalKind::ShortKey);
        if unexplained && self.is_revoked_at_its_bank(certificate) {
            return CertificateRefusal { kind: RefusalKind::Revoked, ..refusal };
        }
        refusal
    }

    fn is_revoked_at_its_bank(&self, certificate: &StoredCertificate) -> bool {
        self.word_of_its_bank(certificate) == Some(Code::CertificateRevoked)
    }

    /// What the bank that issued it answers to it, where that bank has been added.
    fn word_of_its_bank(&self, certificate: &StoredCertificate) -> Option<Code> {
        let banks = self.inkan.banks().ok()?;
        let bank = banks.iter().find(|bank| bank.issuers.iter().any(|issuer| issuer.is(&certificate.issuer_name)))?;
        let key = self.inkan.signing_key(certificate).ok()?;
        let chains = Authorities::read(self.inkan.store().ok()?).ok()?.chains(certificate);
        let identity = Identity::new(chains, key, self.inkan.clock.now());
        let trust = bank.trust();
        let login =
            Connection::open(&bank.certificate_login, &trust, Some(identity), &self.inkan.network, self.inkan.language)
                .ok()?
                .within(ASIDE);
        match login.get::<serde_json::Value>(path::TOP, None) {
            Err(Error::Bank(problem)) => Some(problem.code),
            _ => None,
        }
    }

    fn unexplained(&self) -> Finding {
        self.finding_of(&match &self.last.end {
            End::Silent => Transport::Silent,
            End::Broken | End::NoWay(_) | End::HungUp => Transport::Broken,
            End::Tls(error) => cause::of_tls(error),
            _ => Transport::AnswerUnknown,
        })
    }

    fn finding_of(&self, cause: &Transport) -> Finding {
        let facts = cause.facts();
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.finding(cause.code(), &facts)
    }

    fn finding(&self, code: Code, params: &[(&str, &str)]) -> Finding {
        let address = authority(&self.site.target.url);
        let params = [&[("address", address.as_str())], params].concat();
        Finding::new(code, &params, self.inkan.language)
    }
}

/// How a server turned the client down.
enum Refused {
    /// Its bank said why.
    Because(Code),
    /// It, or its page, said so much.
    Saying(Said),
    /// It was this PC's key.
    Key(Code),
    /// For nothing that has to do with certificates, as far as can be told.
    Unexplained,
}

fn is_about_certificates(code: Code) -> bool {
    matches!(code, Code::CertificateRevoked | Code::CertificateExpired | Code::CertificateUnknown)
}
