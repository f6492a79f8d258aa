//! From what a connection showed to its one cause: the same for adding a bank, probing, logging in and the check-up.

mod answer;
mod client_certificate;
mod server_certificate;

pub(crate) use answer::{Page, of_answer, of_plain_answer};
pub(crate) use client_certificate::{Known, Said, refusal};
pub(crate) use server_certificate::{clock_off, of_certificate_error};
use server_certificate::{fault, own_key, untrusted};

use inkan_profile::Moment;
use rustls::{AlertDescription as Alert, PeerIncompatible};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::Transport;
use crate::probe::{Answer, End, Exchange, Target, known_interceptor};
use crate::proxy::Way;
use crate::transport::{ServerCertificateFault, Unusable};
use crate::trust::Trusting;

/// The cause that kept a connection without a client certificate from an answer of a trusted server; none where it got
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
            (None, End::Silent) => Some(Transport::Silent),
            _ => known_interceptor(&exchange.observed.chain).map(|issuer| Transport::Intercepted { issuer }),
        },
    }
}

/// What is wrong with the server's certificate; none where it is trusted, or was not shown.
pub(crate) fn server_fault(
    exchange: &Exchange,
    trusting: &Trusting,
    now: OffsetDateTime,
) -> Option<ServerCertificateFault> {
    let chain = &exchange.observed.chain;
    match (exchange.observed.verdict.as_ref()?, &exchange.end) {
        (Err(rustls::Error::InvalidCertificate(error)), _) => Some(fault(error, chain, trusting, now)),
        (Err(_), _) => Some(ServerCertificateFault::Unusable(Unusable::Otherwise)),
        // The key of a trusted certificate did not sign well.
        (Ok(()), End::Tls(rustls::Error::InvalidCertificate(_))) => Some(own_key(chain)),
        (Ok(()), _) => None,
    }
}

/// The cause of a connection on which no server showed a certificate.
fn without_tls(end: &End, target: &Target) -> Option<Transport> {
    Some(match end {
        End::NoWay(Way::Unreached(unreached)) => unreached.into(),
        End::NoWay(Way::BeyondProxy) => Transport::Broken,
        End::NoWay(Way::Proxy(..) | Way::Address(_)) => return None,
        End::NotTls(first) => of_plain_answer(first, target),
        End::Silent => Transport::Silent,
        End::Broken | End::HungUp => Transport::Broken,
        End::Tls(error) => of_tls(error),
        End::Answered(_) | End::NotAsked => Transport::AnswerUnknown,
    })
}

/// The cause of a handshake that ended before the server was known.
pub(crate) fn of_tls(error: &rustls::Error) -> Transport {
    match error {
        // In TLS 1.3 it says so before it shows its own certificate.
        rustls::Error::PeerIncompatible(PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon) => {
            Transport::NoCommonScheme
        }
        rustls::Error::InvalidCertificate(error) => Transport::ServerCertificate(Box::new(of_certificate_error(error))),
        rustls::Error::AlertReceived(Alert::UnrecognisedName) => Transport::AnswerUnknown,
        error => Transport::TlsNotAgreed(error.to_string()),
    }
}

impl Exchange {
    /// The answer over HTTP.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        match &self.end {
            End::Answered(answer) => answer.as_ref(),
            _ => None,
        }
    }
}

/// The day in Tokyo.
pub(crate) fn day(at: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day]");
    at.in_tokyo().format(&format).unwrap_or_default()
}
