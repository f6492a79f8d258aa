use std::fmt;

use data_encoding::HEXLOWER;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Refusal, StoreError};

/// The name that a key gets before it is made: random bytes in hex. A program that has saved the name finds the key
/// again, even if the making of the key was interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyName(String);

/// The text is not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not the name of a key")]
pub struct NotAKeyName(String);

/// The number of random bytes in a name.
pub(crate) const LENGTH: usize = 16;

impl KeyName {
    /// Returns a new random name.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the system gives no random numbers.
    pub fn fresh() -> Result<Self, StoreError> {
        let mut random = [0; LENGTH];
        let filled = SystemRandom::new().fill(&mut random);
        filled
            .map(|()| Self(HEXLOWER.encode(&random)))
            .map_err(|_| StoreError::refused("name a key", Refusal::NoRandomNumbers))
    }

    /// Returns the name in lower-case hex.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the random bytes of the name.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        HEXLOWER.decode(self.0.as_bytes()).unwrap_or_default()
    }
}

impl TryFrom<String> for KeyName {
    type Error = NotAKeyName;

    fn try_from(text: String) -> Result<Self, NotAKeyName> {
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 2 * LENGTH && text.as_bytes().iter().all(is_digit) {
            Ok(Self(text))
        } else {
            Err(NotAKeyName(text))
        }
    }
}

impl From<KeyName> for String {
    fn from(name: KeyName) -> Self {
        name.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_fresh_and_read_back() {
        let [first, second] = [KeyName::fresh().unwrap(), KeyName::fresh().unwrap()];
        assert_ne!(first, second);
        assert_eq!(first.bytes().len(), LENGTH);
        assert_eq!(HEXLOWER.encode(&first.bytes()), first.as_str());
        assert_eq!(KeyName::try_from(first.to_string()), Ok(first));
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        for wrong in ["", "00", "0123456789ABCDEF0123456789ABCDEF", "../3456789abcdef0123456789abcdef0", "銀行銀行"]
        {
            assert!(KeyName::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
