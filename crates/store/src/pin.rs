use secrecy::SecretString;

/// A source for the PIN of a locked token. A store never asks for a PIN while listing.
pub trait PinSource: Send + Sync + std::fmt::Debug {
    /// Returns the PIN; none if it is not available or the user cancels. May block while the user types.
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString>;

    /// Returns whether to ask again after a wrong PIN. A person is asked again, and may cancel. A source that always
    /// gives the same answer is not asked again, because a card locks itself after a few wrong PINs.
    fn asks_again(&self) -> bool {
        false
    }
}

/// A question for a PIN, with the facts that the store knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinQuestion<'a> {
    /// The token, by its label or the path of its database.
    pub token: &'a str,
    /// Whether the PIN that was given before was wrong.
    pub wrong: bool,
    /// How many attempts are left, as far as the token says.
    pub left: TriesLeft,
    /// Whether the key asks before each use, so that this PIN is valid for one signature only.
    pub each_use: bool,
}

/// How many more attempts a token allows. PKCS#11 does not give a number (v3.1 §4.6, `CK_TOKEN_INFO`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriesLeft {
    /// The token reports nothing.
    Enough,
    /// A wrong PIN has been given since the last right one.
    Fewer,
    /// One more wrong PIN locks the token.
    Last,
}
