//! Why a server refused a client certificate.

use inkan_protocol::Code;
use thiserror::Error;

/// Why a server refused a client certificate. A cause that this PC knows comes before the server's reason.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind:?}")]
pub struct CertificateRefusal {
    /// The cause.
    pub kind: RefusalKind,
    /// The certificate's name.
    pub name: String,
    /// The issuer of the certificate.
    pub issuer: String,
    /// The first day of validity, in Tokyo.
    pub from: String,
    /// The last day of validity, in Tokyo.
    pub until: String,
    /// Today by this PC's clock, if only that clock judged the dates.
    pub today: Option<String>,
}

/// The cause of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The certificate's validity ends before it begins.
    DatesContradict,
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate is revoked.
    Revoked,
    /// The server does not accept the certificate's CA.
    CaUnknown,
    /// The server does not accept the certificate's CA, and the store may lack an intermediate certificate that leads
    /// to a CA that the server accepts.
    IntermediateMissing,
    /// The certificate is valid, but the server calls it expired or cannot verify it. The server's revocation list, CA
    /// certificate or clock is out of date.
    ServerAtFault,
    /// The certificate's extensions do not allow client authentication.
    OtherPurpose,
    /// The server gave no reason, and the certificate's RSA key is shorter than most servers accept.
    ShortKey,
    /// The server gave no reason, and this PC knows none.
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

    /// Returns the cause that this PC knows, for the text of [`Code::CertificateRefused`].
    fn known(self) -> &'static str {
        match self {
            Self::ShortKey => "short-key",
            _ => "nothing",
        }
    }
}
