/// Why a certificate that a bank has issued is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuedFault {
    /// No CA that the bank publishes (RFC 7030 §4.1) has the name of the issuer.
    Issuer,
    /// The keys of the CAs with the issuer's name do not verify the signature.
    Signature,
    /// The subject has another common name than the user's, or several.
    Name,
    /// The certificate may issue certificates (RFC 5280 §4.2.1.9).
    Authority,
    /// The certificate does not allow TLS client authentication (RFC 5280 §4.2.1.3, §4.2.1.12).
    Purpose,
    /// The validity ends before it begins.
    DatesContradict,
    /// The validity has ended by the bank's clock.
    Expired,
    /// The validity has not begun by the bank's clock.
    NotYetValid,
}

/// A certificate that a bank has issued and that is refused. Nothing of it is in the store.
#[derive(Debug, Clone)]
pub struct IssuedRefusal {
    /// The first check that failed.
    pub fault: IssuedFault,
    /// The name in the certificate.
    pub name: String,
    /// The common names that are right, most often one.
    pub expected: Vec<String>,
    /// The issuer, as RFC 4514 writes it.
    pub issuer: String,
    /// The first moment of validity, in Japan.
    pub from: String,
    /// The last moment of validity, in Japan.
    pub until: String,
    /// The time of the check by the bank's clock, in Japan.
    pub now: String,
}

impl IssuedFault {
    /// Returns the name of the fault, by which the catalogues select a text.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Signature => "signature",
            Self::Name => "name",
            Self::Authority => "authority",
            Self::Purpose => "purpose",
            Self::DatesContradict => "dates",
            Self::Expired => "expired",
            Self::NotYetValid => "early",
        }
    }
}
