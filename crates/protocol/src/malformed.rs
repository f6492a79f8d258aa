use inkan_profile::PasswordKind;

use crate::Code;

/// Why a typed value can never be right, whatever the bank knows. Such a value is not counted as an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// A one-time password does not have 6 to 8 digits.
    Otp,
    /// A password is empty, or contains a character that is not half-width (S1-9).
    Password,
    /// A password is empty, or contains a character that the bank's OpaqueStrings do not have (RFC 8265 §4.2).
    OpaquePassword,
    /// A password is longer than the rule of the bank allows (S1-9).
    PasswordTooLong {
        /// The kind of the password.
        kind: PasswordKind,
        /// The greatest number of characters that the rule allows.
        max: u32,
    },
    /// A login ID is empty, or a login ID or the contract number beside it contains a blank, a line end, or a character
    /// that no name has.
    LoginId,
}

impl Malformed {
    /// Returns the code of the problem.
    pub fn code(self) -> Code {
        match self {
            Self::Otp => Code::OtpMalformed,
            Self::Password | Self::OpaquePassword | Self::PasswordTooLong { .. } => Code::PasswordMalformed,
            Self::LoginId => Code::LoginIdMalformed,
        }
    }

    /// Returns the parameters of the problem's texts.
    pub fn facts(self) -> Vec<(&'static str, String)> {
        match self {
            Self::PasswordTooLong { kind, max } => {
                let which = if kind == PasswordKind::Confirmation { "confirmation" } else { "login" };
                vec![("fault", "too_long".to_owned()), ("which", which.to_owned()), ("max", max.to_string())]
            }
            Self::OpaquePassword => vec![("fault", "opaque_character".to_owned())],
            Self::Otp | Self::Password | Self::LoginId => Vec::new(),
        }
    }
}
