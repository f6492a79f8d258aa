use thiserror::Error;

use crate::locate::{FieldLocation, Which};

/// A contradiction between parts of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Inconsistency {
    /// `id` is empty, or contains a character other than `a-z0-9-`.
    #[error("id: {0:?} is not a short name of a-z, 0-9 and -")]
    Id(String),
    /// A name occurs twice in a list whose names must be unique.
    #[error("{field}: {name:?} occurs twice")]
    Twice {
        /// The list that contains the name twice.
        field: &'static str,
        /// The repeated name.
        name: String,
    },
    /// A field names a role that `roles` does not define.
    #[error("{field}: no role is called {name:?}")]
    UnknownRole {
        /// The field that uses the role.
        field: &'static str,
        /// The name of the role.
        name: String,
    },
    /// A list is empty that must not be empty.
    #[error("{0}: must not be empty")]
    Empty(&'static str),
    /// A pattern of certificate names does not identify the holder.
    #[error("{field}: {name:?} must hold {{user}}, or {{contract}} if the bank has contract numbers, each once")]
    CertificateName {
        /// The field that contains the pattern.
        field: &'static str,
        /// The pattern.
        name: String,
    },
    /// A role has a password for which the bank has no rule.
    #[error("roles.passwords: {0:?} has a password that has no rule in passwords")]
    PasswordWithoutRule(String),
    /// The sample contract number is not valid, is missing, or is given although the bank has no contract numbers.
    #[error("demo.contract: not a contract number of this bank")]
    DemoContract,
    /// A number is outside its bounds.
    #[error("{field}: {value} is not between {min} and {max}")]
    OutOfBounds {
        /// The field that contains the number.
        field: &'static str,
        /// The number.
        value: u32,
        /// The smallest number that is allowed.
        min: u32,
        /// The greatest number that is allowed.
        max: u32,
    },
    /// In `token.wait`, the morning does not follow the night.
    #[error("token.wait: morning must come after night_to and before night_from")]
    TokenNight,
    /// The address of a page does not begin with `https://`.
    #[error("{field}: {address:?} is not an https address")]
    PageAddress {
        /// The field that contains the address.
        field: &'static str,
        /// The address that is refused.
        address: String,
    },
}

impl Inconsistency {
    /// Returns the location of the fault in a profile file.
    pub(crate) fn place(&self) -> FieldLocation<'_> {
        let (field, which) = match self {
            Self::Id(_) => ("id", Which::Only),
            Self::Twice { field, name } => (*field, Which::SecondSaying(name)),
            Self::UnknownRole { field, name } | Self::CertificateName { field, name } => (*field, Which::Saying(name)),
            Self::Empty(field) => (*field, Which::Empty),
            Self::PasswordWithoutRule(role) => ("roles.passwords", Which::Inside(role)),
            Self::DemoContract => ("demo.contract", Which::Only),
            Self::OutOfBounds { field, .. } => (*field, Which::Only),
            Self::TokenNight => ("token.wait.morning", Which::Only),
            Self::PageAddress { field, address } => (*field, Which::Saying(address)),
        };
        FieldLocation { field, which }
    }
}
