//! Why a server did not take a client certificate.

use inkan_protocol::Code;
use thiserror::Error;

/// Why a server did not take a client certificate: what is known here goes before what the server said.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind:?}")]
pub struct CertificateRefusal {
    /// The cause.
    pub kind: RefusalKind,
    /// The certificate's name.
    pub name: String,
    /// Who issued it.
    pub issuer: String,
    /// First day, in Tokyo.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Today by this PC's clock, if nothing but that clock has judged the dates.
    pub today: Option<String>,
}

/// The cause of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// It ends before it begins.
    DatesContradict,
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// It is revoked.
    Revoked,
    /// The server does not accept its CA.
    CaUnknown,
    /// As [`Self::CaUnknown`], and what leads up to a CA that the server accepts may be missing here.
    IntermediateMissing,
    /// It is valid, and the server calls it expired or cannot verify it: its list of revocations, its CA or its clock
    /// is out of date.
    ServerAtFault,
    /// Its extensions do not allow client authentication.
    OtherPurpose,
    /// The server gave no reason, and its RSA key is shorter than most servers accept.
    ShortKey,
    /// The server gave no reason, and none is known here.
    Unexplained,
}

impl CertificateRefusal {
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let Self { kind, name, issuer, from, until, today } = self;
        let judged = if today.is_some() { "here" } else { "there" };
        [
            ("name", name.as_str()),
            ("issuer", issuer),
            ("from", from),
            ("until", until),
            ("today", today.as_deref().unwrap_or_default()),
            ("judged", judged),
            ("known", kind.known()),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
    }
}

impl RefusalKind {
    pub(crate) fn code(self) -> Code {
        match self {
            Self::DatesContradict => Code::CertificateDatesContradict,
            Self::Expired => Code::CertificateExpired,
            Self::NotYetValid => Code::CertificateNotYetValid,
            Self::Revoked => Code::CertificateRevoked,
            Self::CaUnknown => Code::CertificateCaUnknown,
            Self::IntermediateMissing => Code::IntermediateMissing,
            Self::ServerAtFault => Code::ServerCannotCheckCertificate,
            Self::OtherPurpose => Code::CertificateOfOtherPurpose,
            Self::ShortKey | Self::Unexplained => Code::CertificateRefused,
        }
    }

    /// What is known here, for the words of [`Code::CertificateRefused`].
    fn known(self) -> &'static str {
        match self {
            Self::ShortKey => "short-key",
            _ => "nothing",
        }
    }
}
