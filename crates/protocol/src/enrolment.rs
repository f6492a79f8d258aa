use inkan_profile::Profile;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use crate::{ChosenPasswords, Secret};

/// The document that a bank publishes about itself. It holds everything that a client needs besides the address of the
/// bank.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BankDocument {
    /// The profile of the bank, without its sample users.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub profile: Profile,
    /// The address of the listener that asks for the client certificate.
    pub certificate_login: Url,
    /// The time at the bank. A client compares it with the clock of the PC.
    #[serde(with = "time::serde::rfc3339")]
    pub now: OffsetDateTime,
}

/// The request for an enrolment code, with the data that the bank checks before it issues a certificate (S0-7).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentCodeRequest {
    /// The contract number, at a bank that has contract numbers (S3-10).
    #[serde(default)]
    pub contract: Option<String>,
    /// The login ID of the user who gets the certificate.
    pub user: String,
    /// The login password of that user.
    pub login_password: Secret,
    /// The one-time password of the token, if the bank asks for one (S3-9, Q6).
    #[serde(default)]
    pub otp: Option<Secret>,
    /// The serial number of the token that this one-time password activates, if the user has not activated one yet
    /// (S3-9).
    #[serde(default)]
    pub token_serial: Option<String>,
    /// SHA-256 of the SubjectPublicKeyInfo in hex, if the key exists already. A certificate that was issued for this
    /// key does not prevent the acquisition.
    #[serde(default)]
    pub public_key_sha256: Option<String>,
    /// The passwords that the user chooses, if another person set the present ones. Without them, the bank answers
    /// [`crate::Code::PasswordChangeRequired`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_passwords: Option<ChosenPasswords>,
}

/// A code that allows an enrolment by EST for a few minutes.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// The user name of the Basic authentication.
    pub user: String,
    /// The password of the Basic authentication.
    pub code: Secret,
    /// The time at which the code expires.
    #[serde(with = "time::serde::rfc3339")]
    pub expires: OffsetDateTime,
}
