//! From what a connection showed to its one cause: the same for adding a bank, probing, logging in and the check-up.

mod answer;
mod client_certificate;
mod server_certificate;

pub(crate) use answer::{Page, PageMeaning, of_answer, of_page, of_plain_answer, retry_after};
pub(crate) use client_certificate::{Known, Said, refusal};
use server_certificate::untrusted;
pub(crate) use server_certificate::{clock_off, credible, of_certificate_error, server_fault};

use rustls::{AlertDescription as Alert, Error as Tls, PeerIncompatible};
use time::OffsetDateTime;

use crate::Transport;
use crate::net::exchange::{Answer, End, Exchange, Target, known_interceptor};
use crate::net::proxy::DialFailure;
use crate::net::transport_error::{Breakage, Shown};
use crate::net::trust::Trusting;

/// The cause that kept a connection without a client certificate from an answer of a trusted server; none if it got
/// one, or where a proxy was in the way.
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
            (None, End::Unreadable) => Some(Transport::NotHttp),
            (None, End::CutShort) => Some(Transport::Broken(Breakage::WithinTheAnswer)),
            _ => known_interceptor(&exchange.observed.chain).map(|issuer| Transport::Intercepted { issuer }),
        },
    }
}

/// The cause of a connection on which no server showed a certificate.
fn without_tls(end: &End, target: &Target) -> Option<Transport> {
    Some(match end {
        End::NotReached(DialFailure::Unreached(unreached)) => unreached.into(),
        End::NotReached(DialFailure::BeyondProxy) => Transport::Broken(Breakage::Unexplained),
        End::NotReached(DialFailure::Proxy(..) | DialFailure::Address(_)) => return None,
        End::NotTls(first) => of_plain_answer(first, target),
        End::Silent => Transport::Silent,
        End::Broken | End::HungUp => Transport::Broken(Breakage::Unexplained),
        End::Tls(error) => of_tls(error),
        End::Answered(_) | End::Unreadable | End::CutShort | End::NotAsked => Transport::NotHttp,
    })
}

/// The cause of a connection that ended without an answer after the server was known, as far as it does not concern the
/// client certificate.
pub(crate) fn of_end(end: &End, shown: Shown) -> Transport {
    match end {
        End::Silent => Transport::Silent,
        End::Broken | End::NotReached(_) | End::HungUp => broken(shown),
        End::CutShort => Transport::Broken(Breakage::WithinTheAnswer),
        End::Tls(error) => of_tls(error),
        End::Answered(_) | End::Unreadable | End::NotAsked | End::NotTls(_) => Transport::NotHttp,
    }
}

/// The cause of a connection that broke without a reason. A certificate may be the reason if the server had asked for
/// one.
pub(crate) fn broken(shown: Shown) -> Transport {
    Transport::Broken(match shown {
        Shown::NotAsked => Breakage::Unexplained,
        shown => Breakage::AfterTheRequest(shown),
    })
}

/// The cause of what TLS itself ended, as far as it does not concern the client certificate.
pub(crate) fn of_tls(error: &Tls) -> Transport {
    match error {
        // In TLS 1.3 it says so before it shows its own certificate.
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
        // It speaks HTTP/2 alone, or something else that is not HTTP (RFC 7301 §3.2).
        Tls::AlertReceived(Alert::NoApplicationProtocol) | Tls::NoApplicationProtocol => Transport::NotHttp,
        Tls::AlertReceived(alert) => Transport::Broken(Breakage::Alert(*alert)),
        _ => Transport::NotHttp,
    }
}

impl Exchange {
    /// The answer over HTTP.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.end {
            End::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}
