use serde::Serialize;

/// What a CA says about a certificate (RFC 6960 §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RevocationStatus {
    /// The CA has not revoked the certificate.
    Good,
    /// The CA has revoked the certificate for good.
    Revoked,
    /// The CA has put the certificate on hold, and may release it (RFC 5280 §5.3.1).
    OnHold,
    /// The CA does not know the certificate.
    Unknown,
    /// No answer came, or none that the CA's signature proves.
    NoAnswer,
}
