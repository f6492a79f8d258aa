use secrecy::SecretString;

/// Where a store gets the PIN of a locked token. Never asked while listing.
pub trait PinSource: Send + Sync + std::fmt::Debug {
    /// The PIN; none where it is not to be had. May block while a person types.
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString>;

    /// Whether it is to be asked again after a wrong PIN: a person is, and may then cancel. What gives the same answer
    /// each time never is, because a card locks itself after a few wrong ones.
    fn asks_again(&self) -> bool {
        false
    }
}

/// What the store knows when it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinQuestion<'a> {
    /// The token, by its label or the path of its database.
    pub token: &'a str,
    /// The PIN that was given a moment ago was wrong.
    pub wrong: bool,
    /// How many tries are left, as far as the token says.
    pub left: TriesLeft,
    /// The key asks before each use, so that this PIN counts for one signature only.
    pub each_use: bool,
}

/// PKCS#11 tells no number (v3.1 §4.6, `CK_TOKEN_INFO`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriesLeft {
    /// Nothing is said against it.
    Enough,
    /// Wrong ones have been given since the last right one.
    Fewer,
    /// One more wrong one locks the token.
    Last,
}
