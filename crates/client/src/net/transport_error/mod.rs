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

/// The longest value in a problem's text, in characters. The names in a server's certificate may fill pages.
pub(crate) const LONGEST_FACT: usize = 300;

/// The causes that kept the client from a server's answer. Adding a bank, probing, logging in and the check-up share
/// this list. The text in the variants comes from outside.
#[derive(Debug, Error)]
pub enum Transport {
    /// No name server knows the host's name.
    #[error("the host's name is unknown")]
    NameUnknown,
    /// The server answers by an alert that it serves no host of that name (RFC 6066 §3).
    #[error("the server does not serve a host of that name")]
    NameNotServed,
    /// The host answers, and nothing listens on the port.
    #[error("the connection is refused")]
    ConnectionRefused,
    /// No route leads to the host.
    #[error("there is no route to the host")]
    NoRoute,
    /// No answer came in time.
    #[error("the server does not answer")]
    Silent,
    /// An answer began, and did not end in time.
    #[error("the server's answer does not end")]
    Slow,
    /// The connection broke, or the proxy did not reach the server.
    #[error("the connection broke: {0}")]
    Broken(#[source] Breakage),
    /// The server answered in plain HTTP.
    #[error("the server speaks plain HTTP")]
    PlainHttp,
    /// The server does not speak TLS.
    #[error("the server does not speak TLS")]
    NotTls,
    /// The server's answer over TLS is not HTTP/1.1.
    #[error("the server does not speak HTTP")]
    NotHttp,
    /// The server and the client share no TLS version or no cipher suite.
    #[error("no common TLS version or cipher suite: {0}")]
    TlsNotAgreed(String),
    /// The server accepts no signature scheme by which the key can sign.
    #[error("no common signature scheme")]
    NoCommonScheme,
    /// The login page of a network answered in the server's place.
    #[error("the login page of a network answers, at {target:?}")]
    CaptivePortal {
        /// The host and port of that page; `HTTP 511` if the answer names none.
        target: String,
    },
    /// The server's certificate is not trusted.
    #[error("the server's certificate is not trusted: {0}")]
    ServerCertificate(#[source] Box<ServerCertificateFault>),
    /// A proxy or scanner presented its own certificate in the server's place.
    #[error("{issuer:?} answers in the server's place")]
    Intercepted {
        /// The issuer of that certificate.
        issuer: String,
    },
    /// This PC's clock is wrong.
    #[error("this PC's clock is wrong: {0}")]
    ClockWrong(#[source] Clocks),
    /// The server demands a client certificate, and there was none to send.
    #[error("the server demands a client certificate")]
    CertificateDemanded {
        /// Whether the server's handshake asked for a certificate. Without that request, none can be sent.
        asked: bool,
    },
    /// The server asks for a client certificate only after the handshake.
    #[error("the server asks for a client certificate only after the handshake")]
    CertificateAskedLater,
    /// The server refused the client certificate.
    #[error("the server refused the client certificate: {0}")]
    CertificateRefused(#[source] Box<CertificateRefusal>),
    /// The server redirects to another address.
    #[error("the server redirects to {target:?}")]
    Redirected {
        /// The host and port of that address, with the scheme unless it is https; none if the answer names no address.
        target: Option<String>,
    },
    /// The server redirects to another of its own pages.
    #[error("the server redirects to its own page")]
    RedirectedWithin,
    /// The server asks for a user name and a password by HTTP.
    #[error("the server asks for a login by the status {status}")]
    LoginDemanded {
        /// The status: 401 or 407.
        status: u16,
    },
    /// The server answered 403.
    #[error("the server forbids access")]
    Forbidden(Shown),
    /// The server is not available now.
    #[error("the server is not available: it answers {status}")]
    Unavailable {
        /// The status of the answer.
        status: u16,
        /// When the server may be asked again, if its answer says so.
        again: Option<OffsetDateTime>,
    },
    /// A web page came in place of a bank's answer.
    #[error("the server answers with a web page")]
    PageAnswered,
    /// The server answers by a status that neither a bank nor a login page sends.
    #[error("the server answers {status}")]
    AnotherService {
        /// The status of the answer.
        status: u16,
    },
    /// The answer cannot be read as the answer of a bank.
    #[error("the server's answer cannot be read")]
    AnswerUnknown,
    /// The answer is longer than any answer of a bank.
    #[error("the server's answer is too long")]
    AnswerTooLong,
    /// The parts of the bank's profile contradict each other.
    #[error("the bank's profile is inconsistent")]
    ProfileUnusable,
    /// A TLS configuration that rustls does not accept.
    #[error(transparent)]
    Configuration(#[from] rustls::Error),
}

/// How a connection broke.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Breakage {
    /// No more is known.
    #[error("without a reason")]
    Unexplained,
    /// The server had asked for a client certificate, and closed the connection before it answered. Some servers refuse
    /// a certificate in this way.
    #[error("after the server asked for a client certificate")]
    AfterTheRequest(Shown),
    /// The connection broke in the middle of the answer.
    #[error("within the answer")]
    WithinTheAnswer,
    /// The server sent a TLS alert that does not concern versions, cipher suites or certificates.
    #[error("by the alert {0:?}")]
    Alert(AlertDescription),
}

/// Whether a server asked for a client certificate, and whether it was sent one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The server asked for no certificate.
    NotAsked,
    /// The server asked for a certificate, and was sent none.
    Nothing,
    /// The server asked for a certificate, and was sent the certificate of this name.
    Certificate(String),
}

impl Transport {
    /// Returns the code of the problem.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::NameUnknown | Self::NameNotServed => Code::HostUnknown,
            Self::ConnectionRefused => Code::ConnectionRefused,
            Self::NoRoute => Code::NetworkUnreachable,
            Self::Silent | Self::Slow => Code::ServerSilent,
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

    /// Returns the names and numbers for the problem's text, besides the address. Text from outside is cut to a
    /// readable length.
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
            Self::Silent => vec![("begun", yes(false))],
            Self::Slow => vec![("begun", yes(true))],
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

    /// Returns whether the server is there, is trusted, and publishes no profile at the path of a bank's profile. Such
    /// a server may be a site.
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

/// Returns the alert's name and number (RFC 8446 §6), for the server's administrator.
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

/// Returns the status of a server that is not available, and when the server may be asked again, rounded up to the
/// minute.
pub(crate) fn unavailable_facts(status: u16, again: Option<OffsetDateTime>) -> Vec<(&'static str, String)> {
    vec![
        ("answered", yes(true)),
        ("status", status.to_string()),
        ("wait", yes(again.is_some())),
        ("again", again.map(|at| in_japan(at + Duration::seconds(59))).unwrap_or_default()),
    ]
}

/// Returns the meaning of a status, by which the catalogues select a text.
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
