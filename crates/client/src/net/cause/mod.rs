//! Finds the one cause of a failure from the observations of a connection. Adding a bank, probing, logging in and the
//! check-up find the same causes.

mod answer;
mod client_certificate;
mod server_certificate;

pub(crate) use answer::{Page, PageMeaning, of_answer, of_page, of_plain_answer, retry_after};
pub(crate) use client_certificate::{Known, Said, refusal};
#[cfg(fuzzing)]
pub(crate) use server_certificate::fault;
use server_certificate::untrusted;
pub(crate) use server_certificate::{clock_off, credible, of_certificate_error, server_fault};

use rustls::{AlertDescription as Alert, Error as Tls, PeerIncompatible};
use time::OffsetDateTime;

use crate::Transport;
use crate::net::exchange::{Answer, End, Exchange, Target, known_interceptor};
use crate::net::proxy::DialFailure;
use crate::net::transport_error::{Breakage, Shown};
use crate::net::trust::Trusting;

/// Returns the cause that kept a connection without a client certificate from an answer of a trusted server. Returns
/// none if the connection shows no such cause, for example because it got an answer or because a proxy failed.
pub(crate) fn of_exchange(
    exchange: &Exchange,
    target: &Target,
    trusting: &Trusting,
    now: OffsetDateTime,
) -> Option<Transport> {
    match &exchange.observed.verdict {
        None => without_tls(&exchange.end, target),
        Some(Err(_)) => Some(untrusted(exchange, target, trusting, now)),
        Some(Ok(())) => match (server_fault(exchange, trusting, now), &exchange.end) {
            (Some(fault), _) => Some(Transport::ServerCertificate(Box::new(fault))),
            (None, _) if exchange.renegotiates => Some(Transport::CertificateAskedLater),
            (None, End::Silent) => Some(Transport::Silent),
            (None, End::Slow) => Some(Transport::Slow),
            (None, End::Unreadable) => Some(Transport::NotHttp),
            (None, End::CutShort) => Some(Transport::Broken(Breakage::WithinTheAnswer)),
            _ => known_interceptor(&exchange.observed.chain).map(|issuer| Transport::Intercepted { issuer }),
        },
    }
}

/// Returns the cause of a connection on which no server sent a certificate. Returns none if a proxy failed.
fn without_tls(end: &End, target: &Target) -> Option<Transport> {
    Some(match end {
        End::NotReached(DialFailure::Unreached(unreached)) => unreached.into(),
        End::NotReached(DialFailure::BeyondProxy) => Transport::Broken(Breakage::Unexplained),
        End::NotReached(DialFailure::Proxy(..) | DialFailure::Address(_)) => return None,
        End::NotTls(first) => of_plain_answer(first, target),
        End::Silent => Transport::Silent,
        End::Slow => Transport::Slow,
        End::Broken | End::HungUp => Transport::Broken(Breakage::Unexplained),
        End::Tls(error) => of_tls(error),
        End::Answered(_) | End::Unreadable | End::CutShort | End::NotAsked => Transport::NotHttp,
    })
}

/// Returns the cause of a connection that ended without an answer after the server was verified. Does not consider
/// causes that concern the client certificate.
pub(crate) fn of_end(end: &End, shown: Shown) -> Transport {
    match end {
        End::Silent => Transport::Silent,
        End::Slow => Transport::Slow,
        End::Broken | End::NotReached(_) | End::HungUp => broken(shown),
        End::CutShort => Transport::Broken(Breakage::WithinTheAnswer),
        End::Tls(error) => of_tls(error),
        End::Answered(_) | End::Unreadable | End::NotAsked | End::NotTls(_) => Transport::NotHttp,
    }
}

/// Returns the cause of a connection that broke without a reason. If the server had asked for a certificate, the
/// certificate may be the reason.
pub(crate) fn broken(shown: Shown) -> Transport {
    Transport::Broken(match shown {
        Shown::NotAsked => Breakage::Unexplained,
        shown => Breakage::AfterTheRequest(shown),
    })
}

/// Returns the cause of a connection that TLS ended. Does not consider causes that concern the client certificate.
pub(crate) fn of_tls(error: &Tls) -> Transport {
    match error {
        // In TLS 1.3, rustls reports this error before the server has sent its own certificate.
        Tls::PeerIncompatible(PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon) => {
            Transport::NoCommonScheme
        }
        Tls::PeerIncompatible(_) => Transport::TlsNotAgreed(error.to_string()),
        Tls::InvalidCertificate(error) => Transport::ServerCertificate(Box::new(of_certificate_error(error))),
        Tls::AlertReceived(
            Alert::HandshakeFailure
            | Alert::ProtocolVersion
            | Alert::InsufficientSecurity
            | Alert::InappropriateFallback
            | Alert::IllegalParameter
            | Alert::MissingExtension
            | Alert::UnsupportedExtension,
        ) => Transport::TlsNotAgreed(error.to_string()),
        Tls::AlertReceived(Alert::UnrecognisedName) => Transport::NameNotServed,
        // The server speaks only HTTP/2, or another protocol that is not HTTP (RFC 7301 §3.2).
        Tls::AlertReceived(Alert::NoApplicationProtocol) | Tls::NoApplicationProtocol => Transport::NotHttp,
        Tls::AlertReceived(alert) => Transport::Broken(Breakage::Alert(*alert)),
        _ => Transport::NotHttp,
    }
}

impl Exchange {
    /// Returns the HTTP answer, if there is one.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.end {
            End::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}
