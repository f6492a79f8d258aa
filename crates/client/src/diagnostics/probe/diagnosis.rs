//! Derives from the last connection of a probe what is wrong and what a user can do about it.

use inkan_protocol::{BankDocument, Code, path};
use inkan_store::{Authorities, DistinguishedName, StoredCertificate};
use rustls::AlertDescription as Alert;
use time::OffsetDateTime;

use super::probed_server::Server;
use super::report::Finding;
use crate::certificates::listing::Listing;
use crate::data::certificate_history::CertificateHistory;
use crate::net::address::authority;
use crate::net::cause::{self, Known, PageMeaning, Said, clock_off, of_answer, of_end, of_exchange, of_page, refusal};
use crate::net::client_identity::Identity;
use crate::net::clocks::Clocks;
use crate::net::exchange::observer::{CertificateRequest, Presentation};
use crate::net::exchange::{End, Exchange, Page};
use crate::net::patience::ASIDE;
use crate::net::proxy::DialFailure;
use crate::net::tls_error::{cannot_read_certificate, judges_certificate};
use crate::net::transport_error::{CertificateRefusal, RefusalKind, ServerCertificateFault, Shown};
use crate::{Error, Inkan, Transport};

impl CertificateRequest {
    /// Returns whether the server accepts certificates of that issuer, as far as its request says.
    pub(super) fn accepts(&self, issuer: &DistinguishedName) -> bool {
        self.authorities.is_empty() || self.authorities.contains(issuer)
    }
}

impl Exchange {
    /// Returns whether the server asks for a client certificate and is trusted.
    pub(super) fn asks_trusted(&self) -> bool {
        self.observed.request.is_some() && matches!(self.observed.verdict, Some(Ok(())))
    }
}

/// The last connection of a probe, and what is known on this PC besides.
pub(super) struct Diagnosis<'a> {
    pub(super) inkan: &'a Inkan,
    pub(super) site: &'a Server,
    pub(super) last: &'a Exchange,
    /// The certificate that was chosen for the server.
    pub(super) chosen: Option<&'a StoredCertificate>,
    /// The error of opening the certificate's key.
    pub(super) refused_key: Option<Error>,
}

impl Diagnosis<'_> {
    /// Returns the findings, the most important first. Also returns both clocks if this PC's clock is wrong.
    pub(super) fn findings(&self) -> (Vec<Finding>, Option<Clocks>) {
        if let End::NotReached(failure @ (DialFailure::Proxy(..) | DialFailure::Address(_))) = &self.last.end {
            return (vec![self.not_reached(failure)], None);
        }
        let now = self.inkan.clock.now();
        let trusted = matches!(self.last.observed.verdict, Some(Ok(())));
        let cause = of_exchange(self.last, &self.site.target, &self.site.trusting, now);
        let cause = cause.map(|cause| self.by_the_banks_clock(cause));
        if let Some(cause) = &cause
            && (!trusted || cause.code() != Code::InterceptedByProxy)
        {
            let clocks = if let Transport::ClockWrong(clocks) = cause { Some(*clocks) } else { None };
            return (vec![self.finding_of(cause)], clocks);
        }
        let mut findings: Vec<Finding> = cause.map(|cause| self.finding_of(&cause)).into_iter().collect();
        if !trusted {
            return (findings, None);
        }
        let clocks = self.clocks();
        findings.extend(clocks.map(|clocks| self.finding_of(&Transport::ClockWrong(clocks))));
        findings.extend(self.about_the_certificate(clocks));
        findings.extend(self.about_the_answer());
        (findings, clocks)
    }

    fn not_reached(&self, failure: &DialFailure) -> Finding {
        match failure {
            DialFailure::Proxy(proxy, failure) => self.finding(failure.code(), &failure.facts(proxy)),
            DialFailure::Address(address) => self.finding(Code::ProxyAddressInvalid, &[("proxy", address.clone())]),
            DialFailure::Unreached(_) | DialFailure::BeyondProxy => self.finding_of(&cause::broken(Shown::NotAsked)),
        }
    }

    /// Returns a wrong clock as the cause if the server's certificate only seems out of date by this PC's clock.
    /// Returns `cause` otherwise.
    fn by_the_banks_clock(&self, cause: Transport) -> Transport {
        match &cause {
            Transport::ServerCertificate(fault) if matches!(**fault, ServerCertificateFault::OutOfDate { .. }) => {
                self.clocks().map_or(cause, Transport::ClockWrong)
            }
            _ => cause,
        }
    }

    /// Returns both clocks if this PC's clock is wrong.
    fn clocks(&self) -> Option<Clocks> {
        let (chain, name) = (&self.last.observed.chain, self.site.target.name());
        clock_off(chain, name, &self.site.trusting, self.inkan.clock.now(), self.clock_there()?)
    }

    /// Returns the time of the server's answer. If the server did not answer, returns the time of the bank that it
    /// belongs to.
    fn clock_there(&self) -> Option<OffsetDateTime> {
        if let Some(answer) = self.last.answer() {
            return answer.date;
        }
        if matches!(self.last.end, End::Silent | End::Slow) {
            return None;
        }
        let portal = self.site.bank.as_ref()?.portal(self.inkan).ok()?.within(ASIDE);
        portal.get::<BankDocument>(path::BANK, None).ok().map(|document| document.now)
    }

    /// Returns what the server saw of the chosen certificate.
    fn shown(&self) -> Shown {
        let sent = self.last.observed.presentation == Presentation::Sent;
        match (&self.last.observed.request, self.chosen.filter(|_| sent)) {
            (None, _) => Shown::NotAsked,
            (Some(_), None) => Shown::Nothing,
            (Some(_), Some(certificate)) => Shown::Certificate(certificate.name.clone()),
        }
    }

    fn about_the_certificate(&self, clocks: Option<Clocks>) -> Option<Finding> {
        if let Some(error) = &self.refused_key {
            return Some(self.finding(error.code(), &error.params()));
        }
        let page = self.last.answer().and_then(|answer| of_page(answer.page?, &self.shown()));
        match page {
            Some(PageMeaning::AsksLater) => return Some(self.finding_of(&Transport::CertificateAskedLater)),
            Some(PageMeaning::Demands { asked: false }) => {
                return Some(self.finding_of(&Transport::CertificateDemanded { asked: false }));
            }
            Some(PageMeaning::Demands { asked: true } | PageMeaning::Refuses(_)) | None => {}
        }
        if self.last.observed.request.is_none() {
            return match (&self.last.end, self.chosen) {
                (End::Answered(_), Some(_)) => Some(self.finding(Code::CertificateNotAsked, &[])),
                (End::Answered(_), None) => None,
                (end, _) => Some(self.finding_of(&of_end(end, Shown::NotAsked))),
            };
        }
        let presented = match (self.last.observed.presentation, self.chosen) {
            (Presentation::NoScheme, _) => return Some(self.finding_of(&Transport::NoCommonScheme)),
            (Presentation::Sent, chosen) => chosen,
            (Presentation::None, _) => None,
        };
        let refused = self.refused()?;
        Some(match (refused, presented) {
            (Refused::Key(error), _) => self.finding(error.code(), &error.params()),
            (Refused::NoScheme, _) => self.finding_of(&Transport::NoCommonScheme),
            (Refused::Unexplained, _) => self.finding_of(&of_end(&self.last.end, self.shown())),
            (_, None) => self.finding_of(&Transport::CertificateDemanded { asked: true }),
            (Refused::Because(code), Some(certificate)) => {
                let newer = self.inkan.place_of_the_newer(&Listing::of(self.inkan), &certificate.id).to_owned();
                let names =
                    [("name", certificate.name.clone()), ("issuer", certificate.issuer.clone()), ("newer", newer)];
                self.finding(code, &names)
            }
            (Refused::Saying(said), Some(certificate)) => {
                let refusal = self.refusal(certificate, said, clocks);
                self.finding_of(&Transport::CertificateRefused(Box::new(refusal)))
            }
        })
    }

    /// Returns a finding on an answer that is not a bank's and not about certificates. A page is not a finding, because
    /// a probe looks for a page.
    fn about_the_answer(&self) -> Option<Finding> {
        let answer = self.last.answer().filter(|answer| answer.problem.is_none() && answer.page.is_none())?;
        let shown = self.shown();
        let page = cause::Page::of(answer, &shown, self.inkan.clock.now());
        let cause = of_answer(&page, &self.site.target.url);
        // A browser follows a redirection within the same server silently.
        let usual = matches!(cause, Transport::RedirectedWithin | Transport::PageAnswered | Transport::AnswerUnknown);
        (!usual).then(|| self.finding_of(&cause))
    }

    /// Returns how the server refused the client; none if it did not refuse the client.
    fn refused(&self) -> Option<Refused> {
        match &self.last.end {
            End::Answered(answer) => match (answer.page, answer.problem) {
                (Some(Page::InkanProblem), Some(code)) if is_about_certificates(code) => Some(Refused::Because(code)),
                (Some(Page::InkanProblem) | None, _) => None,
                (Some(page), _) => Some(Refused::Saying(Said::on(page))),
            },
            End::NotAsked => None,
            // TLS 1.2 reports by `handshake_failure` that a certificate is required (RFC 5246 §7.4.6).
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
                Some(Refused::Key(Error::KeyInHandshake(error.clone())))
            }
            End::Tls(rustls::Error::PeerIncompatible(_)) => Some(Refused::NoScheme),
            _ => Some(Refused::Unexplained),
        }
    }

    /// Returns why the certificate was refused, judged by the certificate, the server's request and the bank that
    /// issued it.
    fn refusal(&self, certificate: &StoredCertificate, said: Said, clocks: Option<Clocks>) -> CertificateRefusal {
        let (now, authorities) =
            (self.inkan.clock.now(), self.inkan.store().map(Authorities::lazily).unwrap_or_default());
        let chains = authorities.chains(certificate);
        let named = self.last.observed.request.as_ref().filter(|request| !request.authorities.is_empty());
        let accepted = named.map(|request| chains.issuers(now).any(|issuer| request.accepts(issuer)));
        let known = Known {
            now,
            there: clocks.map(|clocks| clocks.there),
            revoked: CertificateHistory::read(&self.inkan.home)
                .is_ok_and(|history| history.is_revoked(&certificate.id)),
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

    /// Connects with the certificate to the bank that issued it, and returns the code of the problem in the answer.
    /// Returns none if the bank is not added or reports no problem.
    fn word_of_its_bank(&self, certificate: &StoredCertificate) -> Option<Code> {
        let banks = self.inkan.banks().ok()?;
        let bank = banks.iter().find(|bank| bank.issuers.iter().any(|issuer| issuer.issued(certificate)))?;
        let key = self.inkan.signing_key(certificate).ok()?;
        let chains = Authorities::read(self.inkan.store().ok()?).ok()?.chains(certificate);
        let identity = Identity::new(chains, key, self.inkan.clock.now());
        let trust = bank.trust();
        let login = self.inkan.connection(&bank.certificate_login, &trust, Some(identity)).ok()?.within(ASIDE);
        match login.get::<serde_json::Value>(path::TOP, None) {
            Err(Error::Bank(problem)) => Some(problem.code),
            _ => None,
        }
    }

    fn finding_of(&self, cause: &Transport) -> Finding {
        self.finding(cause.code(), &cause.facts())
    }

    fn finding(&self, code: Code, facts: &[(&str, String)]) -> Finding {
        let address = authority(&self.site.target.url);
        let facts = facts.iter().map(|(name, value)| (*name, value.as_str()));
        let params: Vec<(&str, &str)> = std::iter::once(("address", address.as_str())).chain(facts).collect();
        Finding::new(code, &params, self.inkan.language)
    }
}

/// How a server refused the client.
enum Refused {
    /// The bank gave a problem code.
    Because(Code),
    /// An alert or a page says that the certificate was refused.
    Saying(Said),
    /// The key on this PC failed.
    Key(Error),
    /// The server accepts no signature scheme of the key.
    NoScheme,
    /// The reason does not concern certificates, as far as is known.
    Unexplained,
}

fn is_about_certificates(code: Code) -> bool {
    matches!(
        code,
        Code::CertificateRevoked | Code::CertificateExpired | Code::CertificateUnknown | Code::CertificateSuperseded
    )
}
