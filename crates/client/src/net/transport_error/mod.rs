mod client_certificate;
mod server_certificate;
mod yes;

pub use client_certificate::{CertificateRefusal, RefusalKind};
pub use server_certificate::{IssuerRelation, ServerCertificateFault, Unusable};

use inkan_protocol::{Code, printable_within};
use rustls::AlertDescription;
use thiserror::Error;

use time::{Duration, OffsetDateTime};

use crate::net::clocks::Clocks;
use crate::net::proxy::Unreached;
use crate::time_format::in_japan;
use yes::yes;

/// The names of a server's certificate may fill pages.
const LONGEST_FACT: usize = 300;

/// The causes that kept the client from a server: one list for adding a bank, probing, logging in and the check-up. The
/// text inside comes from outside.
#[derive(Debug, Error)]
pub enum Transport {
    /// The host's name is unknown to the name service.
    #[error("the host's name is unknown")]
    NameUnknown,
    /// A server is there, and says by an alert that it serves no host of that name (RFC 6066 §3).
    #[error("the server knows no host of that name")]
    NameNotServed,
    /// The host is there, and nothing listens at the port.
    #[error("the connection is refused")]
    ConnectionRefused,
    /// No way leads to the host.
    #[error("there is no route")]
    NoRoute,
    /// Nothing came in time.
    #[error("it is silent")]
    Silent,
    /// The connection broke, or the proxy did not reach the server.
    #[error("the connection breaks: {0}")]
    Broken(#[source] Breakage),
    /// It answered in plain HTTP.
    #[error("it speaks plain HTTP")]
    PlainHttp,
    /// It does not speak TLS.
    #[error("it does not speak TLS")]
    NotTls,
    /// What it says over TLS is not HTTP/1.1.
    #[error("it does not speak HTTP")]
    NotHttp,
    /// Both ends share no version or cipher of TLS.
    #[error("no common TLS: {0}")]
    TlsNotAgreed(String),
    /// The key signs with no scheme that the server takes.
    #[error("no common signature scheme")]
    NoCommonScheme,
    /// The network's own login page answered in the server's place.
    #[error("a network's login page answers, which leads to {target:?}")]
    CaptivePortal {
        /// The host of that page.
        target: String,
    },
    /// The server's certificate is not trusted.
    #[error("its certificate is not trusted: {0}")]
    ServerCertificate(#[source] Box<ServerCertificateFault>),
    /// Something on the way showed a certificate in the server's place.
    #[error("{issuer:?} answers in its place")]
    Intercepted {
        /// Who issued that certificate.
        issuer: String,
    },
    /// This PC's clock is wrong.
    #[error("the clock is wrong: {0}")]
    ClockWrong(#[source] Clocks),
    /// The server demands a client certificate, and there was none to send.
    #[error("it demands a client certificate")]
    CertificateDemanded {
        /// Whether its handshake asked for one: without that, none can be sent.
        asked: bool,
    },
    /// The server asks for a client certificate only after the connection is made.
    #[error("it asks for a certificate only later")]
    CertificateAskedLater,
    /// The server did not take the client certificate.
    #[error("it refused the client certificate: {0}")]
    CertificateRefused(#[source] Box<CertificateRefusal>),
    /// It sends on to another address.
    #[error("it sends on to {target:?}")]
    Redirected {
        /// Host and port of that address, with its scheme if it is another than https; none if the answer names none.
        target: Option<String>,
    },
    /// It sends on to another of its own pages.
    #[error("it sends on within itself")]
    RedirectedWithin,
    /// It asks for a user name and a password by HTTP.
    #[error("it asks for a login: {status}")]
    LoginDemanded {
        /// 401 or 407.
        status: u16,
    },
    /// It answered 403.
    #[error("it forbids access")]
    Forbidden(Shown),
    /// It is out of order now.
    #[error("it is not available: {status}")]
    Unavailable {
        /// The status of the answer.
        status: u16,
        /// When it may be asked again, if it says so.
        again: Option<OffsetDateTime>,
    },
    /// A web page came in the place of a bank's answer.
    #[error("a page answers")]
    PageAnswered,
    /// It answers by a status that is neither that of a bank nor that of a page to log in at.
    #[error("it answers {status}")]
    AnotherService {
        /// The status of the answer.
        status: u16,
    },
    /// What came back is not what a bank of this kind says.
    #[error("its answer cannot be read")]
    AnswerUnknown,
    /// The answer is longer than any answer of a bank.
    #[error("its answer is too long")]
    AnswerTooLong,
    /// What the bank's profile says does not fit together.
    #[error("its profile is inconsistent")]
    ProfileUnusable,
    /// A TLS configuration that rustls does not accept.
    #[error(transparent)]
    Configuration(#[from] rustls::Error),
}

/// What is known of how a connection broke.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Breakage {
    /// Nothing more.
    #[error("without a reason")]
    Unexplained,
    /// The server had asked for a client certificate, and broke off before it answered. Some servers refuse so.
    #[error("after a certificate was asked for")]
    AfterTheRequest(Shown),
    /// In the middle of the answer.
    #[error("within the answer")]
    WithinTheAnswer,
    /// By a TLS alert that says nothing of versions, ciphers and certificates.
    #[error("by the alert {0:?}")]
    Alert(AlertDescription),
}

/// What a server was shown of a client certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It asked for none.
    NotAsked,
    /// It asked, and got none.
    Nothing,
    /// It asked, and got the one of that name.
    Certificate(String),
}

impl Transport {
    /// The problem's code.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::NameUnknown | Self::NameNotServed => Code::HostUnknown,
            Self::ConnectionRefused => Code::ConnectionRefused,
            Self::NoRoute => Code::NetworkUnreachable,
            Self::Silent => Code::ServerSilent,
            Self::Broken(_) => Code::BankUnreachable,
            Self::PlainHttp => Code::PlainHttpAnswered,
            Self::NotTls => Code::TlsNotSpoken,
            Self::TlsNotAgreed(_) => Code::TlsNotAgreed,
            Self::NoCommonScheme => Code::NoCommonScheme,
            Self::CaptivePortal { .. } => Code::CaptivePortal,
            Self::ServerCertificate(fault) => fault.code(),
            Self::Intercepted { .. } => Code::InterceptedByProxy,
            Self::ClockWrong(_) => Code::ClockWrong,
            Self::CertificateDemanded { .. } => Code::CertificateNotSent,
            Self::CertificateAskedLater => Code::CertificateAskedLater,
            Self::CertificateRefused(refusal) => refusal.kind.code(),
            Self::Redirected { .. } | Self::RedirectedWithin => Code::BankRedirected,
            Self::LoginDemanded { .. } => Code::ServerLoginRequired,
            Self::Forbidden(_) => Code::AccessForbidden,
            Self::Unavailable { .. } => Code::BankUnavailable,
            Self::PageAnswered => Code::PageAnswered,
            Self::AnotherService { .. } => Code::NoProfile,
            Self::NotHttp | Self::AnswerUnknown | Self::AnswerTooLong => Code::BankAnswerUnknown,
            Self::ProfileUnusable => Code::ProfileUnusable,
            Self::Configuration(_) => Code::AppFault,
        }
    }

    /// Names and numbers for the problem's words, besides the address: what comes from outside is cut to a length that
    /// can be read.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        let cut = |(name, value): (&'static str, String)| (name, printable_within(&value, LONGEST_FACT));
        self.whole_facts().into_iter().map(cut).collect()
    }

    fn whole_facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CaptivePortal { target } => vec![("target", target.clone())],
            Self::ServerCertificate(fault) => fault.facts(),
            Self::Intercepted { issuer } => vec![("issuer", issuer.clone())],
            Self::ClockWrong(clocks) => clocks.facts(),
            Self::AnswerTooLong => vec![("fault", "too-long".to_owned())],
            Self::NameNotServed => vec![("answered", yes(true))],
            Self::Broken(how) => how.facts(),
            Self::CertificateRefused(refusal) => refusal.facts(),
            Self::Redirected { target } => {
                let named = match target {
                    None => "no",
                    Some(target) if target.contains("://") => "plain",
                    Some(_) => "yes",
                };
                vec![("named", named.to_owned()), ("target", target.clone().unwrap_or_default())]
            }
            Self::RedirectedWithin => vec![("named", "within".to_owned())],
            Self::CertificateDemanded { asked } => vec![("asked", yes(*asked))],
            Self::Unavailable { status, again } => unavailable_facts(*status, *again),
            Self::LoginDemanded { status } => {
                let by = if *status == 407 { "proxy" } else { "web" };
                vec![("status", status.to_string()), ("by", by.to_owned())]
            }
            Self::AnotherService { status } => {
                vec![("status", status.to_string()), ("meaning", meaning(*status).to_owned())]
            }
            Self::Forbidden(shown) => shown.facts(),
            Self::NameUnknown
            | Self::ConnectionRefused
            | Self::NoRoute
            | Self::Silent
            | Self::PlainHttp
            | Self::NotTls
            | Self::NotHttp
            | Self::TlsNotAgreed(_)
            | Self::NoCommonScheme
            | Self::CertificateAskedLater
            | Self::PageAnswered
            | Self::AnswerUnknown
            | Self::ProfileUnusable
            | Self::Configuration(_) => Vec::new(),
        }
    }

    /// Returns whether the server is there, is trusted, and publishes no profile where a bank does: it may be a site.
    pub(crate) fn may_be_a_site(&self) -> bool {
        matches!(
            self,
            Self::CertificateDemanded { asked: true }
                | Self::CertificateAskedLater
                | Self::Redirected { .. }
                | Self::RedirectedWithin
                | Self::LoginDemanded { .. }
                | Self::Forbidden(_)
                | Self::PageAnswered
                | Self::AnotherService { .. }
        )
    }
}

impl Breakage {
    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unexplained => vec![("how", "unexplained".to_owned())],
            Self::AfterTheRequest(shown) => [vec![("how", "asked".to_owned())], shown.facts()].concat(),
            Self::WithinTheAnswer => vec![("how", "answer".to_owned())],
            Self::Alert(alert) => vec![("how", "alert".to_owned()), ("alert", alert_name(*alert))],
        }
    }
}

/// The alert's name and number (RFC 8446 §6), for the server's administrator.
fn alert_name(alert: AlertDescription) -> String {
    match alert.as_str() {
        Some(name) => format!("{name}, {}", u8::from(alert)),
        None => u8::from(alert).to_string(),
    }
}

impl Shown {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let (sent, name) = match self {
            Self::NotAsked => ("no", ""),
            Self::Nothing => ("nothing", ""),
            Self::Certificate(name) => ("yes", name.as_str()),
        };
        vec![("sent", sent.to_owned()), ("name", name.to_owned())]
    }
}

/// The status by which a server says that it is out of order, and when it may be asked again, rounded up to the minute.
pub(crate) fn unavailable_facts(status: u16, again: Option<OffsetDateTime>) -> Vec<(&'static str, String)> {
    vec![
        ("answered", yes(true)),
        ("status", status.to_string()),
        ("wait", yes(again.is_some())),
        ("again", again.map(|at| in_japan(at + Duration::seconds(59))).unwrap_or_default()),
    ]
}

/// What a status means, as the words select it.
fn meaning(status: u16) -> &'static str {
    match status {
        400 => "bad-request",
        404 => "not-found",
        410 => "gone",
        451 => "legal",
        _ => "other",
    }
}

impl From<&Unreached> for Transport {
    fn from(unreached: &Unreached) -> Self {
        match unreached {
            Unreached::NameUnknown => Self::NameUnknown,
            Unreached::Refused => Self::ConnectionRefused,
            Unreached::NoRoute => Self::NoRoute,
            Unreached::Silent => Self::Silent,
            Unreached::Broken(_) => Self::Broken(Breakage::Unexplained),
        }
    }
}
