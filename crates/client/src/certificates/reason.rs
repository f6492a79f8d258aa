use serde::Serialize;

/// Why a certificate cannot be used at a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// None of the bank's CAs issued it; or, if no bank was named, none of any bank that has been added, nor any that
    /// an added site accepts.
    NotOfThisBank,
    /// The bank issued it for another entrance (S3-16).
    NotOfThisEntrance,
    /// The bank's server, or the site, did not name its issuer among the CAs that it accepts (RFC 8446 §4.2.4).
    NotAcceptedByServer,
    /// As [`Self::NotAcceptedByServer`]; and the CA that issued it, or one above, may be an intermediate whose valid
    /// certificate is not in the store.
    IntermediateMissing,
    /// The bank refused it as revoked.
    Revoked,
    /// It ends before it begins, whatever the time is.
    DatesContradict,
    /// Its last day is past.
    Expired,
    /// Its first day is still to come.
    NotYetValid,
    /// A newer one for the same person and purpose is here.
    Superseded,
    /// A newer one has taken its place at the bank, and is not here.
    SupersededElsewhere,
    /// Its private key is not here.
    KeyMissing,
    /// Inkan cannot sign with a key of this kind. Whether the key is here does not matter then.
    KeyUnsupported,
    /// It is not for TLS client authentication.
    NoClientAuthentication,
}

impl Reason {
    /// Returns whether a newer certificate has taken its place, here or elsewhere.
    pub(crate) fn is_superseded(self) -> bool {
        matches!(self, Self::Superseded | Self::SupersededElsewhere)
    }
}
