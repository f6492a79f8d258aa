use secrecy::SecretString;

/// Where a store gets the PIN of a locked token. Never asked while listing.
pub trait PinSource: Send + Sync + std::fmt::Debug {
    /// The PIN of the token that `token` describes; none where it is not to be had. May block while a person types.
    fn pin(&self, token: &str) -> Option<SecretString>;
}
