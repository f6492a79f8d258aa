use inkan_profile::{PasswordKind, TokenRules};
use thiserror::Error;

/// Something that the data uses and the profile does not have.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InUseByData {
    /// Users have a role that the profile does not have.
    #[error("the profile has no role {role:?}, which {users} users have, {example} among them")]
    Role {
        /// The role.
        role: String,
        /// The number of users who have it.
        users: u32,
        /// The login ID of one of these users.
        example: String,
    },
    /// Users have a role that no entrance admits.
    #[error("no entrance of the profile admits the role {role:?}, which {users} users have, {example} among them")]
    Entrance {
        /// The role.
        role: String,
        /// The number of users who have it.
        users: u32,
        /// The login ID of one of these users.
        example: String,
    },
    /// Certificates are in use that no entrance admits.
    #[error("no entrance of the profile admits the certificates of the role {role:?}, {certificate:?} among them")]
    Certificates {
        /// The role.
        role: String,
        /// The common name of one of the certificates.
        certificate: String,
    },
    /// Users have passwords of a kind that the profile does not have.
    #[error("the profile has no {kind:?} password, which {users} users have, {example} among them")]
    Password {
        /// The kind.
        kind: PasswordKind,
        /// The number of users who have one.
        users: u32,
        /// The login ID of one of these users.
        example: String,
    },
    /// Tokens are in use whose one-time passwords would be computed in another way.
    #[error(
        "the token {serial} shows {} digits every {} seconds by {:?}, and the profile says otherwise",
        .rules.digits, .rules.step_seconds, .rules.digest
    )]
    Tokens {
        /// The serial number of one of the tokens.
        serial: String,
        /// The token rules of the last start.
        rules: Box<TokenRules>,
    },
    /// A contract has a number that is not one of this profile.
    #[error("the contract {0} is not a contract number of this profile")]
    ContractNumber(String),
    /// The users' keys have contract numbers and the profile has none, or the keys have none and the profile requires
    /// them.
    #[error("{user} is known {}, and the profile says otherwise", if *.numbered { "by contract number and login ID" } else { "by the login ID alone" })]
    UserKeys {
        /// The key of one of the users.
        user: String,
        /// Whether the data has contract numbers.
        numbered: bool,
    },
}
