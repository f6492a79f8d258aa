//! Finds the one cause why a connection led to no answer, or to an answer that is not a bank's.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use inkan_protocol::{Code, MEDIA_TYPE, Problem, ProblemDocument};
use reqwest::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use rustls::AlertDescription;
use time::OffsetDateTime;

use super::Connection;
use super::answer::{Answer, Unread, header};
use crate::data::certificate_history::CertificateHistory;
use crate::net::address::authority;
use crate::net::cause::{
    Known, Page, PageMeaning, Said, broken, of_answer, of_exchange, of_page, of_plain_answer, of_tls, refusal,
    retry_after,
};
use crate::net::client_identity::Identity;
use crate::net::exchange::{Body, End, Exchange, Observer, Plan, Target, is_html, recognise, refresh};
use crate::net::patience::DIAGNOSIS;
use crate::net::proxy::DialFailure;
use crate::net::tls_error::{cannot_read_certificate, find, judges_certificate, tls_error};
use crate::net::transport_error::{Breakage, Shown, unavailable_facts};
use crate::{Error, Transport};

impl Connection {
    /// Returns the cause of a silence, by a second connection. The proxy failed, the server speaks plain HTTP and
    /// waited for the end of a line, or the server asked for a new handshake. Otherwise the server is silent. No other
    /// result of the second connection counts, since the server has received the request.
    pub(super) fn silent(&self) -> Error {
        let Some((target, exchange)) = self.look() else { return self.error(Transport::Silent) };
        match exchange.end {
            End::NotReached(failure @ (DialFailure::Proxy(..) | DialFailure::Address(_))) => {
                failure.into_error(authority(&self.address))
            }
            End::NotTls(first) if !first.is_empty() => self.error(of_plain_answer(&first, &target)),
            _ if exchange.renegotiates => self.error(Transport::CertificateAskedLater),
            End::Slow => self.error(Transport::Slow),
            _ => self.error(Transport::Silent),
        }
    }

    /// Returns the cause of a connection that was not made, or that broke.
    pub(super) fn broken(&self, error: &reqwest::Error) -> Error {
        let tls = tls_error(error);
        match tls {
            Some(tls) if inkan_store::signing_failure(tls).is_some() => return Error::KeyInHandshake(tls.clone()),
            Some(rustls::Error::AlertReceived(alert)) if judges_certificate(*alert) && self.asked.was_asked() => {
                return self.error(self.certificate_refused(Said::by(*alert)));
            }
            _ => {}
        }
        // A connection without a certificate shows the same causes as a probe.
        let end = match self.look() {
            Some((
                _,
                Exchange { end: End::NotReached(failure @ (DialFailure::Proxy(..) | DialFailure::Address(_))), .. },
            )) => {
                return failure.into_error(authority(&self.address));
            }
            Some((target, exchange)) => match of_exchange(&exchange, &target, &self.trusting, self.clock.now()) {
                Some(cause) => return self.error(cause),
                None => Some(exchange.end),
            },
            None => None,
        };
        self.error(match tls {
            // A TLS 1.2 server may report by `handshake_failure` alone that it requires a certificate (RFC 5246
            // §7.4.6).
            Some(rustls::Error::AlertReceived(AlertDescription::HandshakeFailure)) if self.asked.was_asked() => {
                self.certificate_refused(Said::by(AlertDescription::HandshakeFailure))
            }
            Some(rustls::Error::AlertReceived(alert))
                if cannot_read_certificate(*alert) && self.asked.was_asked() && self.has_certificate() =>
            {
                self.certificate_refused(Said::by(*alert))
            }
            Some(tls) => of_tls(tls),
            None if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) => Transport::NotHttp,
            None if matches!(end, Some(End::Unreadable)) => Transport::NotHttp,
            None if find::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message) => match end {
                Some(End::CutShort) => Transport::Broken(Breakage::WithinTheAnswer),
                _ => broken(self.shown()),
            },
            None => broken(self.shown()),
        })
    }

    /// Returns the client certificate that the server was sent, if any.
    fn shown(&self) -> Shown {
        if !self.asked.was_asked() {
            return Shown::NotAsked;
        }
        let certificate = self.identity.as_ref().and_then(Identity::certificate);
        certificate.map_or(Shown::Nothing, |certificate| Shown::Certificate(certificate.name.clone()))
    }

    fn has_certificate(&self) -> bool {
        self.identity.as_ref().and_then(Identity::certificate).is_some()
    }

    fn certificate_refused(&self, said: Said) -> Transport {
        let identity = self.identity.as_ref();
        let Some((identity, certificate)) = identity.and_then(|one| Some((one, one.certificate()?))) else {
            return Transport::CertificateDemanded { asked: self.asked.was_asked() };
        };
        let known = Known {
            now: self.clock.now(),
            there: None,
            revoked: CertificateHistory::read(self.network.home())
                .is_ok_and(|history| history.is_revoked(&certificate.id)),
            accepted: self.asked.accepts(&identity.issuers),
            incomplete: identity.incomplete,
        };
        Transport::CertificateRefused(Box::new(refusal(certificate, said, &known)))
    }

    /// Makes a second connection, without a certificate, to find the cause of a failure. Returns none if this
    /// connection does not look for causes.
    fn look(&self) -> Option<(Target, Exchange)> {
        let target = Target::at(self.address.clone()).ok().filter(|_| self.explains.load(Ordering::Relaxed))?;
        let plan = Plan { versions: rustls::DEFAULT_VERSIONS, limit: DIAGNOSIS, ask: true };
        let observer = Arc::new(Observer::new(Arc::clone(&self.trusting), None));
        let exchange = Exchange::make(&target, &plan, &observer, &self.clock, &self.network);
        Some((target, exchange))
    }

    pub(super) fn refusal(&self, answer: &Answer) -> Error {
        if header(answer, CONTENT_TYPE).starts_with(MEDIA_TYPE) {
            return match self.read_json::<ProblemDocument>(answer) {
                Ok(document) if document.code == Code::BankUnavailable => {
                    let problem = Problem::from(document);
                    let facts = unavailable_facts(answer.status, self.again(answer));
                    let named = problem.with("address", authority(&self.address));
                    Error::Bank(facts.into_iter().fold(named, |problem, (name, value)| problem.with(name, value)))
                }
                Ok(document) => {
                    let called = self.called.iter();
                    Error::Bank(called.fold(document.into(), |problem: Problem, (name, word)| problem.with(name, word)))
                }
                Err(error) => error,
            };
        }
        self.error(self.another_answer(answer))
    }

    /// Returns the cause that an answer shows, if the answer is not a bank's.
    pub(super) fn another_answer(&self, answer: &Answer) -> Transport {
        let (kind, location) = (header(answer, CONTENT_TYPE), header(answer, LOCATION));
        let html = is_html(kind);
        let body = answer.body.as_deref().unwrap_or_default();
        let refresh = refresh(html, body);
        let location = Some(location).filter(|to| !to.is_empty()).or(refresh.as_deref());
        let shown = &self.shown();
        match recognise(answer.status, body).and_then(|page| of_page(page, shown)) {
            None => {}
            Some(PageMeaning::AsksLater) => return Transport::CertificateAskedLater,
            Some(PageMeaning::Demands { asked }) => return Transport::CertificateDemanded { asked },
            Some(PageMeaning::Refuses(said)) => return self.certificate_refused(said),
        }
        let again = self.again(answer);
        let body = match answer.body {
            Ok(_) | Err(Unread::TooLong) => Body::Whole,
            Err(Unread::CutShort | Unread::TooSlow) => Body::CutShort,
            Err(Unread::Unreadable) => Body::Unreadable,
        };
        of_answer(&Page { status: answer.status, location, html, again, shown, body }, &self.address)
    }

    /// Returns when the server may be asked again, if its answer says so.
    fn again(&self, answer: &Answer) -> Option<OffsetDateTime> {
        retry_after(header(answer, RETRY_AFTER), self.clock.now())
    }
}
