//! What is wrong with a server's certificate.

use inkan_protocol::Code;
use thiserror::Error;

use super::yes::yes;

/// What is wrong with a server's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ServerCertificateFault {
    /// It leads to no CA that counts here.
    #[error("of an unknown CA")]
    CaUnknown {
        /// Who issued it.
        issuer: String,
        /// How the issuer stands to the CAs that are known here.
        relation: IssuerRelation,
    },
    /// It names no host at all: its common name alone counts nowhere (RFC 9525 §6.3).
    #[error("names no host")]
    NoHost {
        /// Its subject.
        subject: String,
    },
    /// It is for other hosts.
    #[error("for {0:?}")]
    OtherHosts(Vec<String>),
    /// It has expired, or is not valid yet.
    #[error("out of date")]
    OutOfDate {
        /// First day, in Tokyo.
        from: String,
        /// Last day.
        until: String,
        /// Today by this PC's clock.
        today: String,
        /// Whether it is not valid yet.
        early: bool,
    },
    /// It, or its CA, uses an algorithm that Inkan cannot verify.
    #[error("algorithm {0} is not supported")]
    AlgorithmUnsupported(String),
    /// It, or its CA, uses an algorithm or a key that is too weak.
    #[error("algorithm {0} is too weak")]
    AlgorithmWeak(String),
    /// It is wrong in another way.
    #[error("unusable: {0:?}")]
    Unusable(Unusable),
}

/// How the issuer of a server's certificate stands to the CAs that are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerRelation {
    /// The certificate is its own issuer.
    Itself,
    /// A CA of the same name was handed over, with another key.
    Namesake,
    /// The server sends the certificate alone. An intermediate certificate may be missing.
    Alone,
    /// None is known.
    Stranger,
}

/// In which other way a server's certificate is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// It is not for servers.
    Purpose,
    /// It cannot be read.
    Encoding,
    /// It is revoked.
    Revoked,
    /// Its CA may vouch for other names only (RFC 5280 §4.2.1.10).
    Constrained,
    /// Anything else.
    Otherwise,
}

impl ServerCertificateFault {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::CaUnknown { .. } => Code::BankCaUnknown,
            Self::NoHost { .. } => Code::ServerNamesNoHost,
            Self::OtherHosts(_) => Code::ServerNameMismatch,
            Self::OutOfDate { .. } => Code::ServerCertificateOutOfDate,
            Self::AlgorithmUnsupported(_) => Code::ServerAlgorithmUnsupported,
            Self::AlgorithmWeak(_) => Code::ServerAlgorithmWeak,
            Self::Unusable(_) => Code::BankCertificateInvalid,
        }
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CaUnknown { issuer, relation } => {
                vec![("issuer", issuer.clone()), ("relation", relation.name().to_owned())]
            }
            Self::NoHost { subject } => vec![("subject", subject.clone())],
            Self::OtherHosts(names) => vec![("names", names.join(", "))],
            Self::OutOfDate { from, until, today, early } => {
                vec![("from", from.clone()), ("until", until.clone()), ("today", today.clone()), ("early", yes(*early))]
            }
            Self::AlgorithmUnsupported(algorithm) | Self::AlgorithmWeak(algorithm) => {
                vec![("algorithm", algorithm.clone())]
            }
            Self::Unusable(how) => vec![("fault", how.name().to_owned())],
        }
    }
}

impl IssuerRelation {
    fn name(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Namesake => "namesake",
            Self::Alone => "alone",
            Self::Stranger => "stranger",
        }
    }
}

impl Unusable {
    fn name(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Encoding => "encoding",
            Self::Revoked => "revoked",
            Self::Constrained => "constrained",
            Self::Otherwise => "other",
        }
    }
}
