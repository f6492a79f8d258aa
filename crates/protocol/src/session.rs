use serde::{Deserialize, Serialize};

use inkan_profile::EntranceId;

use crate::{Person, Secret};

/// ID・パスワード方式 (S1-6).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// Which door; the first where none is named.
    #[serde(default)]
    pub entrance: Option<EntranceId>,
    /// Contract number, at a bank that has them (S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// Login ID.
    pub user: String,
    /// Login password.
    pub login_password: Secret,
}

/// 電子証明書方式: the ID comes from the certificate of the connection (S1-3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogInWithCertificate {
    /// Which door; the first where none is named.
    #[serde(default)]
    pub entrance: Option<EntranceId>,
    /// Login password.
    pub login_password: Secret,
}

/// What stands between a fresh session and the top page.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// The forced password change (S1-7); every other request is refused until it is done.
    PasswordChange,
    /// Token activation, which may be skipped and is offered again at the next login (S1-12, S1-13).
    TokenActivation,
    /// Nothing.
    Top,
}

/// How the connection looked from the bank's end.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Connection {
    /// `TLSv1.3`
    pub protocol: String,
    /// The cipher suite by its IANA name.
    pub cipher: String,
    /// Common name of the client certificate; none on the portal.
    pub certificate: Option<String>,
}

/// The answer to a login.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionGranted {
    /// Opaque bearer token (RFC 6750 §2.1), bound to the certificate where one was used (RFC 8705 §3).
    pub token: Secret,
    /// Who logged in.
    pub person: Person,
    /// What comes before the top page.
    pub next: NextStep,
    /// Whether a confirmation password is registered, which the forced change then asks for (S1-8); none from a bank
    /// that does not say.
    #[serde(default)]
    pub confirmation_registered: Option<bool>,
    /// How the connection looked.
    pub connection: Connection,
}

/// The forced password change (S1-8).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The login password as it is.
    pub login_password: Secret,
    /// The login password to be.
    pub new_login_password: Secret,
    /// The confirmation password as it is; none where none is registered yet.
    #[serde(default)]
    pub confirmation_password: Option<Secret>,
    /// The confirmation password to be; none from those whose role has none.
    #[serde(default)]
    pub new_confirmation_password: Option<Secret>,
}

/// The answer to a [`PasswordChange`].
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordsChanged {
    /// What comes before the top page now.
    pub next: NextStep,
}
