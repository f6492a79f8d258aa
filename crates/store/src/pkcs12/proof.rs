use super::Pkcs12Error;
use super::ber::After;

/// Whether a MAC has proved the password, and that the file is as it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    Proved,
    /// What comes out of the decryption is the only sign of a wrong password.
    Missing,
}

impl Proof {
    /// Returns which bytes may follow what was decrypted.
    pub(super) fn after(self) -> After {
        match self {
            Self::Proved => After::Anything,
            Self::Missing => After::Zeros,
        }
    }

    /// Returns why nothing decrypts the contents.
    pub(super) fn undecrypted(self) -> Pkcs12Error {
        match self {
            Self::Proved => Pkcs12Error::PasswordEncoding,
            Self::Missing => Pkcs12Error::PasswordWrong,
        }
    }
}
