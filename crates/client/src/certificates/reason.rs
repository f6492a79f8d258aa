use serde::Serialize;

/// Why a certificate cannot be used at a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// None of the bank's CAs issued the certificate. If no bank was named: no CA of any added bank issued it, and no
    /// added site accepts it.
    NotOfThisBank,
    /// The bank issued the certificate for another entrance (S3-16).
    NotOfThisEntrance,
    /// The bank's server, or the site, did not name the certificate's issuer among the CAs that it accepts (RFC 8446
    /// §4.2.4).
    NotAcceptedByServer,
    /// The server did not name the issuer among the CAs that it accepts. The issuer, or a CA above it, may be an
    /// intermediate whose valid certificate is not in the store.
    IntermediateMissing,
    /// The bank refused the certificate as revoked.
    Revoked,
    /// The certificate's validity ends before it begins.
    DatesContradict,
    /// The certificate's validity has ended.
    Expired,
    /// The certificate's validity has not begun.
    NotYetValid,
    /// A newer certificate for the same person and purpose is in the store.
    Superseded,
    /// A newer certificate has replaced this one at the bank, and is not in the store.
    SupersededElsewhere,
    /// The certificate's private key is not in the store.
    KeyMissing,
    /// Inkan cannot sign with a key of this kind, even if the key is in the store.
    KeyUnsupported,
    /// The certificate is not for TLS client authentication.
    NoClientAuthentication,
}

impl Reason {
    /// Returns whether a newer certificate has replaced the certificate, in this store or elsewhere.
    pub(crate) fn is_superseded(self) -> bool {
        matches!(self, Self::Superseded | Self::SupersededElsewhere)
    }
}
