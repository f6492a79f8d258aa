//! The paths of the bank's listeners.
//!
//! `endpoints.rs` names the listeners that serve each path. A session that began with a certificate uses the
//! certificate-login listener. A session that began with ID and password uses the portal.

/// `GET` → [`crate::BankDocument`]
pub const BANK: &str = "/.well-known/inkan";
/// `POST` [`crate::EnrolmentCodeRequest`] → [`crate::EnrolmentCode`]
pub const ENROLMENT_CODES: &str = "/v1/enrolment-codes";
/// `GET` → certs-only PKCS#7 in base64 (RFC 7030 §4.1).
pub const EST_CA_CERTIFICATES: &str = "/.well-known/est/cacerts";
/// `POST` PKCS#10 in base64, Basic authentication with ID and enrolment code → certs-only PKCS#7 (RFC 7030 §4.2).
pub const EST_SIMPLE_ENROLL: &str = "/.well-known/est/simpleenroll";
/// `POST` with the Basic authentication of [`EST_SIMPLE_ENROLL`], no body → 204. `{fingerprint}` is SHA-256 of the DER
/// in hex.
pub const INSTALLED: &str = "/v1/certificates/{fingerprint}/installed";
/// `POST` [`crate::LogIn`] on the portal, [`crate::LogInWithCertificate`] on the certificate login →
/// [`crate::SessionGranted`]. `GET` in a session → array of [`crate::SessionLine`], the sessions of the user.
pub const SESSIONS: &str = "/v1/sessions";
/// `DELETE` → 204: ends that session of the user.
pub const SESSION: &str = "/v1/sessions/{id}";
/// `DELETE` → 204: ends every session of the user but this one.
pub const OTHER_SESSIONS: &str = "/v1/sessions/others";
/// `DELETE` → 204: logs out.
pub const CURRENT_SESSION: &str = "/v1/sessions/current";
/// `POST` [`crate::PasswordChange`] → [`crate::PasswordsChanged`]
pub const PASSWORDS: &str = "/v1/passwords";
/// `GET` → [`crate::Top`]
pub const TOP: &str = "/v1/top";
/// `GET` → [`crate::Notice`], which counts as read from then on.
pub const NOTICE: &str = "/v1/notices/{id}";
/// `GET` → array of [`crate::UserRecord`]
pub const USERS: &str = "/v1/users";
/// `GET` → [`crate::UserRecord`]
pub const USER: &str = "/v1/users/{id}";
/// `GET` → [`crate::UserSettings`]; `PATCH` [`crate::UserEdit`] → [`crate::UserRecord`]
pub const USER_SETTINGS: &str = "/v1/users/{id}/settings";
/// `POST` [`crate::Unlock`] → [`crate::UserRecord`]
pub const USER_UNLOCK: &str = "/v1/users/{id}/unlock";
/// `POST` [`crate::Freeze`] → 204
pub const FREEZE: &str = "/v1/contract/freeze";
/// `POST` [`crate::CertificateChange`] → [`crate::UserRecord`]
pub const USER_CERTIFICATE: &str = "/v1/users/{id}/certificate";
/// `GET` → [`crate::OwnToken`]
pub const TOKEN: &str = "/v1/token";
/// `POST` [`crate::TokenActivation`] → [`crate::TokenStep`]
pub const TOKEN_ACTIVATION: &str = "/v1/token/activation";
/// `POST` → [`crate::TokenStep`]: skips the activation (S1-13).
pub const TOKEN_SKIP: &str = "/v1/token/skip";
/// `POST` [`crate::TokenResync`] → [`crate::OwnToken`]
pub const TOKEN_RESYNC: &str = "/v1/token/resync";
/// `GET` → array of [`crate::TokenLine`], of the users whose tokens the operator may revoke (S2-11).
pub const TOKENS: &str = "/v1/tokens";
/// `POST` [`crate::TokenRevocation`] → [`crate::TokensRevoked`]
pub const TOKEN_REVOCATIONS: &str = "/v1/tokens/revocations";
/// `POST` [`crate::TokenUnlock`] → [`crate::TokenLine`]
pub const USER_TOKEN_UNLOCK: &str = "/v1/users/{id}/token/unlock";
/// `GET` → the attributes that a PKCS#10 should have, in base64 (RFC 7030 §4.5).
pub const EST_CSR_ATTRIBUTES: &str = "/.well-known/est/csrattrs";
/// `POST` PKCS#10 in base64, on the certificate login with the certificate to renew → certs-only PKCS#7
/// (RFC 7030 §4.2.2). A `POST` to [`INSTALLED`] there, with the new certificate or the old one, ends the renewal.
pub const EST_SIMPLE_REENROLL: &str = "/.well-known/est/simplereenroll";
/// `GET` → the CRL in DER (RFC 5280 §5).
pub const CRL: &str = "/crl";
/// `POST` of an OCSPRequest, `GET` with it in base64 below this path → OCSPResponse (RFC 6960 appendix A).
pub const OCSP: &str = "/ocsp";
/// `GET` with the DER request in base64 → DER response (RFC 6960 appendix A)
pub const OCSP_BY_GET: &str = "/ocsp/{request}";
/// `GET` → the certificate of the CA in DER (RFC 5280 §4.2.2.1).
pub const CA_CERTIFICATE: &str = "/ca.cer";
/// `GET` → [`crate::Health`] while the process answers.
pub const HEALTH: &str = "/health";
/// `GET` → [`crate::Health`] while the bank can serve requests.
pub const READY: &str = "/ready";
/// `GET` → counters in the text format of Prometheus (0.0.4).
pub const METRICS: &str = "/metrics";
/// `GET` → the OpenAPI 3.1 document of these paths.
pub const OPENAPI: &str = "/openapi.json";
