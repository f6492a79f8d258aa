use inkan_profile::Profile;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use crate::Secret;

/// What a bank publishes of itself: all that a client needs besides the bank's address.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BankDocument {
    /// The service, without its sample people.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub profile: Profile,
    /// The listener that asks for the client certificate.
    pub certificate_login: Url,
    /// The bank's clock, so that a wrong one here can be told (anchors 20).
    #[serde(with = "time::serde::rfc3339")]
    pub now: OffsetDateTime,
}

/// The bank's own check before a certificate is issued (S0-7).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentCodeRequest {
    /// Contract number, at a bank that has them (S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// Login ID of the certificate's subject.
    pub user: String,
    /// The subject's login password.
    pub login_password: Secret,
    /// The token's one-time password, where the bank asks for one (S3-9, Q6).
    #[serde(default)]
    pub otp: Option<Secret>,
    /// Serial of a token that is activated by this very password, from one who has none activated yet (S3-9).
    #[serde(default)]
    pub token_serial: Option<String>,
    /// SHA-256 of the SubjectPublicKeyInfo in hex, where a key has been made already: a certificate issued for this
    /// very key does not stand in the way.
    #[serde(default)]
    pub public_key_sha256: Option<String>,
}

/// Lets its holder enrol through EST for a few minutes.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// The user name of the Basic authentication.
    pub user: String,
    /// The password of the Basic authentication.
    pub code: Secret,
    /// Good until then.
    #[serde(with = "time::serde::rfc3339")]
    pub expires: OffsetDateTime,
}
