use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use inkan_profile::{EntranceId, LoginMethod, PasswordKind};

use crate::{CertificateRecord, Person, Secret};

/// A login by ID and password (ID・パスワード方式, S1-6).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The entrance of the login. If none is named, the first one of the profile.
    #[serde(default)]
    pub entrance: Option<EntranceId>,
    /// The contract number, at a bank that has contract numbers (S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// Login ID.
    pub user: String,
    /// Login password.
    pub login_password: Secret,
}

/// A login by certificate (電子証明書方式). The login ID comes from the certificate of the connection (S1-3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogInWithCertificate {
    /// The entrance of the login. If none is named, the first one of the profile.
    #[serde(default)]
    pub entrance: Option<EntranceId>,
    /// Login password.
    pub login_password: Secret,
}

/// The step that follows a login.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// The forced password change (S1-7). Every other request is refused until it is done.
    PasswordChange,
    /// Token activation, which may be skipped and is offered again at the next login (S1-12, S1-13).
    TokenActivation,
    /// The top page.
    Top,
}

/// The connection as the bank sees it.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Connection {
    /// The version of TLS, such as `TLSv1.3`.
    pub protocol: String,
    /// The cipher suite by its IANA name.
    pub cipher: String,
    /// The common name of the client certificate; none on the portal.
    pub certificate: Option<String>,
}

/// The answer to a login.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionGranted {
    /// The bearer token (RFC 6750 §2.1), whose content has no meaning to the client. After a login by certificate it is
    /// bound to the certificate (RFC 8705 §3).
    pub token: Secret,
    /// The user who logged in.
    pub person: Person,
    /// The next step.
    pub next: NextStep,
    /// Whether a confirmation password is registered; none if the bank does not say so. If one is registered, the
    /// forced change asks for it (S1-8).
    #[serde(default)]
    pub confirmation_registered: Option<bool>,
    /// The passwords that another person set. The forced change must change each of them.
    #[serde(default)]
    pub set_by_another: Vec<PasswordKind>,
    /// The connection of the login.
    pub connection: Connection,
}

/// A session of the user.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SessionLine {
    /// The ID, which names the session and does not open it.
    pub id: String,
    /// Whether the request belongs to this session.
    pub this: bool,
    /// How the user logged in: by ID on the portal, or by certificate on the certificate login.
    pub method: LoginMethod,
    /// The certificate of the login; none after a login by ID.
    pub certificate: Option<CertificateRecord>,
    /// The address from which the user logged in; none if the bank does not know it.
    pub address: Option<String>,
    /// The time of the login.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub begun: OffsetDateTime,
    /// The time of the last request.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub last_used: OffsetDateTime,
}

/// The forced password change (S1-8).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The current login password.
    pub login_password: Secret,
    /// The new login password.
    pub new_login_password: Secret,
    /// The current confirmation password; none if no confirmation password is registered yet.
    #[serde(default)]
    pub confirmation_password: Option<Secret>,
    /// The new confirmation password; none if the user's role has no confirmation password.
    #[serde(default)]
    pub new_confirmation_password: Option<Secret>,
    /// The new approval password, which is needed if another person set the present one.
    #[serde(default)]
    pub new_approval_password: Option<Secret>,
    /// The new password for single transfers, which is needed if another person set the present one.
    #[serde(default)]
    pub new_transfer_password: Option<Secret>,
}

/// The passwords that a user chooses before the acquisition, because another person set the present ones.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct ChosenPasswords {
    /// The new login password.
    pub new_login_password: Secret,
    /// The current confirmation password; none if no confirmation password is registered yet.
    #[serde(default)]
    pub confirmation_password: Option<Secret>,
    /// The new confirmation password; none if the user's role has no confirmation password.
    #[serde(default)]
    pub new_confirmation_password: Option<Secret>,
    /// The new approval password, which is needed if another person set the present one.
    #[serde(default)]
    pub new_approval_password: Option<Secret>,
    /// The new password for single transfers, which is needed if another person set the present one.
    #[serde(default)]
    pub new_transfer_password: Option<Secret>,
}

/// The answer to a [`PasswordChange`].
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordsChanged {
    /// The next step.
    pub next: NextStep,
}
