//! The faults of a server's certificate.

use inkan_protocol::Code;
use thiserror::Error;

use super::yes::yes;

/// A fault of a server's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ServerCertificateFault {
    /// The certificate leads to no trusted CA.
    #[error("unknown CA")]
    CaUnknown {
        /// The issuer of the certificate.
        issuer: String,
        /// The relation of the issuer to the CAs that are known to Inkan.
        relation: IssuerRelation,
    },
    /// The certificate names no host. A common name alone does not count as a host (RFC 9525 §6.3).
    #[error("no host name in the certificate")]
    NoHost {
        /// The subject of the certificate.
        subject: String,
    },
    /// The certificate is for other hosts.
    #[error("only for the hosts {0:?}")]
    OtherHosts(Vec<String>),
    /// The certificate has expired, or is not valid yet.
    #[error("out of date")]
    OutOfDate {
        /// The first day of validity, in Tokyo.
        from: String,
        /// The last day of validity, in Tokyo.
        until: String,
        /// Today by this PC's clock.
        today: String,
        /// Whether the certificate is not valid yet.
        early: bool,
    },
    /// The certificate or its CA uses an algorithm that Inkan cannot verify.
    #[error("the algorithm {0} is not supported")]
    AlgorithmUnsupported(String),
    /// The certificate or its CA uses an algorithm or a key that is too weak.
    #[error("the algorithm {0} is too weak")]
    AlgorithmWeak(String),
    /// The certificate has another fault.
    #[error("unusable: {0:?}")]
    Unusable(Unusable),
}

/// The relation of a server certificate's issuer to the CAs that are known to Inkan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerRelation {
    /// The certificate is its own issuer.
    Itself,
    /// A CA of the same name was given for the server, with another key.
    Namesake,
    /// The server sends the certificate alone. An intermediate certificate may be missing.
    Alone,
    /// No relation is known.
    Stranger,
}

/// The other faults of a server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// The certificate is not for servers.
    Purpose,
    /// The certificate cannot be read.
    Encoding,
    /// The certificate is revoked.
    Revoked,
    /// The CA may vouch for other names only (RFC 5280 §4.2.1.10).
    Constrained,
    /// The certificate has a fault that no other variant names.
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
