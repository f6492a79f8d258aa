use thiserror::Error;

use crate::locate::{Place, Which};

/// A profile whose parts contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Inconsistency {
    /// `id` is empty or holds something other than `a-z0-9-`.
    #[error("id: {0:?} is not a short name of a-z, 0-9 and -")]
    Id(String),
    /// A name stands twice where it must be unique.
    #[error("{field}: {name:?} stands twice")]
    Twice {
        /// The list it stands in.
        field: &'static str,
        /// The repeated name.
        name: String,
    },
    /// A role that `roles` does not define.
    #[error("{field}: no role is called {name:?}")]
    UnknownRole {
        /// Where it is used.
        field: &'static str,
        /// The role's name.
        name: String,
    },
    /// A list that must hold something.
    #[error("{0}: must not be empty")]
    Empty(&'static str),
    /// A certificate name that does not say whose it is.
    #[error("{field}: {name:?} must hold {{user}}, or {{contract}} where the bank has contract numbers, each once")]
    CertificateName {
        /// The field.
        field: &'static str,
        /// What it says.
        name: String,
    },
    /// A password that a role has and the bank has no rule for.
    #[error("roles.passwords: {0:?} has a password for which passwords has no rule")]
    PasswordWithoutRule(String),
    /// A sample contract number that is none, or one where the bank has no contract numbers, or none where it has.
    #[error("demo.contract: not a contract number of this bank")]
    DemoContract,
    /// A number outside its bounds.
    #[error("{field}: {value} is not between {min} and {max}")]
    OutOfBounds {
        /// The field.
        field: &'static str,
        /// What it says.
        value: u32,
        /// The least allowed.
        min: u32,
        /// The most allowed.
        max: u32,
    },
    /// A morning of `token.wait` that does not follow its night.
    #[error("token.wait: morning must come after night_to and before night_from")]
    TokenNight,
    /// The address of a page that is not https.
    #[error("{field}: {address:?} is not an https address")]
    PageAddress {
        /// The field.
        field: &'static str,
        /// What stands there.
        address: String,
    },
}

impl Inconsistency {
    /// Where it stands in a file.
    pub(crate) fn place(&self) -> Place<'_> {
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
        Place { field, which }
    }
}
