use super::Pkcs12Error;
use super::ber::After;

/// Whether a MAC has proved that the password is right and the file is unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    Proved,
    /// The file has no MAC. Only the result of the decryption shows whether the password is right.
    Missing,
}

impl Proof {
    /// Returns which bytes may follow the decrypted value.
    pub(super) fn after(self) -> After {
        match self {
            Self::Proved => After::Anything,
            Self::Missing => After::Zeros,
        }
    }

    /// Returns the error for contents that no password decrypts.
    pub(super) fn undecrypted(self) -> Pkcs12Error {
        match self {
            Self::Proved => Pkcs12Error::PasswordEncoding,
            Self::Missing => Pkcs12Error::PasswordWrong,
        }
    }
}
