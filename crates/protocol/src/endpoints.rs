//! The table of all endpoints of the HTTP interface. The bank builds its routes from the table, and the OpenAPI
//! document shows it.

use crate::{Code, path};

/// The method of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "RFC 9110 and RFC 5789 define them")]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

/// One of the bank's listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// TLS with the server's certificate only.
    Portal,
    /// TLS that requires the client's certificate.
    CertificateLogin,
    /// HTTP without TLS.
    Plain,
}

impl Listener {
    /// Returns the name of the listener in the OpenAPI document.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::CertificateLogin => "certificate-login",
            Self::Plain => "plain",
        }
    }
}

/// How a request authenticates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Auth {
    Nobody,
    Session,
    EnrolmentCode,
    Certificate,
}

/// The body of a request or of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    Nothing,
    Json(&'static str),
    JsonArray(&'static str),
    JsonOneOf(&'static str, &'static str),
    Bytes(&'static str),
    /// Bytes that a cache may keep and ask about, so that the answer may be 304.
    Cacheable(&'static str),
    /// A JSON object that another standard describes.
    JsonObject,
}

/// One method of one path.
#[derive(Debug)]
pub struct Endpoint {
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// The listeners that serve the endpoint.
    pub listeners: &'static [Listener],
    pub(crate) summary: &'static str,
    pub(crate) auth: Auth,
    pub(crate) takes: Body,
    pub(crate) gives: Body,
    /// The problem codes that the endpoint answers, besides those that every request may get.
    pub(crate) codes: &'static [Code],
}

impl Auth {
    /// Returns the problem codes of a request that does not authenticate in this way.
    pub(crate) fn codes(self) -> &'static [Code] {
        match self {
            Self::Nobody => &[],
            Self::Session => &[
                Code::SessionEnded,
                Code::SessionNotBound,
                Code::PasswordChangeRequired,
                Code::LoginPasswordLocked,
                Code::ContractFrozen,
                Code::CertificateUnknown,
                Code::CertificateRevoked,
                Code::CertificateExpired,
                Code::CertificateSuperseded,
            ],
            Self::EnrolmentCode => &[Code::EnrolmentCodeInvalid, Code::LoginPasswordLocked, Code::ContractFrozen],
            Self::Certificate => &[
                Code::CertificateUnknown,
                Code::CertificateRevoked,
                Code::CertificateExpired,
                Code::CertificateSuperseded,
                Code::LoginPasswordLocked,
                Code::ContractFrozen,
            ],
        }
    }
}

const PORTAL: &[Listener] = &[Listener::Portal];
const BOTH: &[Listener] = &[Listener::Portal, Listener::CertificateLogin];
const CERTIFICATE_LOGIN: &[Listener] = &[Listener::CertificateLogin];
const OPEN: &[Listener] = &[Listener::Portal, Listener::Plain];
const PLAIN: &[Listener] = &[Listener::Plain];

const PKCS7: Body = Body::Bytes("application/pkcs7-mime");
const PKCS10: Body = Body::Bytes("application/pkcs10");

const CONFIRMED: &[Code] = &[
    Code::ConfirmationPasswordWrong,
    Code::ConfirmationPasswordLocked,
    Code::ConfirmationPasswordUnregistered,
    Code::NotPermitted,
    Code::CoolingDown,
];
const CONFIRMED_UPON: &[Code] = &[
    Code::ConfirmationPasswordWrong,
    Code::ConfirmationPasswordLocked,
    Code::ConfirmationPasswordUnregistered,
    Code::NotPermitted,
    Code::CoolingDown,
    Code::UserUnknown,
    Code::LoginIdMalformed,
    Code::OwnNotAllowed,
    Code::UserFieldNotAllowed,
    Code::UserFieldInvalid,
    Code::PasswordRuleBroken,
    Code::NoLiveCertificate,
    Code::ExpiredNotKept,
    Code::TokenNone,
    Code::CaEnding,
];
const LOG_IN: &[Code] = &[
    Code::LoginFailed,
    Code::LoginPasswordLocked,
    Code::IdPasswordNotAllowed,
    Code::EntranceNotAllowed,
    Code::ContractFrozen,
    Code::CertificateUnknown,
    Code::CertificateRevoked,
    Code::CertificateExpired,
    Code::CertificateSuperseded,
];
const OTP: &[Code] = &[
    Code::OtpWrong,
    Code::OtpUsed,
    Code::TokenLocked,
    Code::TokenOutOfStep,
    Code::TokenResyncFailed,
    Code::TokenNotActive,
    Code::TokenExpired,
    Code::TokenUnusable,
    Code::TokenSerialUnknown,
    Code::TokenActivationTooEarly,
    Code::TokenAlreadyActive,
    Code::NotPermitted,
    Code::CoolingDown,
    Code::UserUnknown,
    Code::TokenNone,
    Code::ConfirmationPasswordWrong,
    Code::ConfirmationPasswordLocked,
    Code::ConfirmationPasswordUnregistered,
];
const ACQUIRE: &[Code] = &[
    Code::LoginFailed,
    Code::LoginPasswordLocked,
    Code::PasswordChangeRequired,
    Code::PasswordRuleBroken,
    Code::ConfirmationPasswordWrong,
    Code::ConfirmationPasswordLocked,
    Code::ConfirmationPasswordUnregistered,
    Code::ContractFrozen,
    Code::CertificateNotIssued,
    Code::AcquisitionDeadlinePassed,
    Code::CertificateAlreadyIssued,
    Code::TooManyCertificates,
    Code::CertificationRequestInvalid,
    Code::CaEnding,
    Code::OtpRequired,
    Code::OtpWrong,
    Code::OtpUsed,
    Code::TokenLocked,
    Code::TokenOutOfStep,
    Code::TokenNotActive,
    Code::TokenExpired,
    Code::TokenSerialUnknown,
    Code::TokenActivationTooEarly,
    Code::TokenAlreadyActive,
];
const RENEW: &[Code] = &[
    Code::LoginPasswordLocked,
    Code::PasswordChangeRequired,
    Code::ContractFrozen,
    Code::RenewalTooEarly,
    Code::CertificationRequestInvalid,
    Code::CaEnding,
];
const LISTED: &[Code] = &[Code::NotPermitted, Code::UserUnknown, Code::LoginIdMalformed];
const NOT_FOUND: &[Code] = &[Code::NotFound];

macro_rules! endpoints {
    ($($method:ident $path:expr, $listeners:ident, $auth:ident, $takes:expr => $gives:expr, $codes:expr, $summary:literal;)*) => {
        /// Every endpoint of the bank.
        pub const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            method: Method::$method,
            path: $path,
            listeners: $listeners,
            summary: $summary,
            auth: Auth::$auth,
            takes: $takes,
            gives: $gives,
            codes: $codes,
        },)*];
    };
}

use Body::{Bytes, Cacheable, Json, JsonArray, JsonObject, JsonOneOf, Nothing};

endpoints! {
    Get path::BANK, PORTAL, Nobody, Nothing => Json("BankDocument"), &[], "What the bank publishes about itself";
    Post path::ENROLMENT_CODES, PORTAL, Nobody, Json("EnrolmentCodeRequest") => Json("EnrolmentCode"), ACQUIRE, "Make an enrolment code";
    Get path::EST_CA_CERTIFICATES, BOTH, Nobody, Nothing => PKCS7, &[], "EST cacerts (RFC 7030 §4.1)";
    Get path::EST_CSR_ATTRIBUTES, BOTH, Nobody, Nothing => Bytes("application/csrattrs"), &[], "EST csrattrs (RFC 7030 §4.5)";
    Post path::EST_SIMPLE_ENROLL, PORTAL, EnrolmentCode, PKCS10 => PKCS7, ACQUIRE, "EST simpleenroll (RFC 7030 §4.2)";
    Post path::EST_SIMPLE_REENROLL, CERTIFICATE_LOGIN, Certificate, PKCS10 => PKCS7, RENEW, "EST simplereenroll (RFC 7030 §4.2.2)";
    Post path::INSTALLED, BOTH, EnrolmentCode, Nothing => Nothing, &[Code::NotFound, Code::CertificateRevoked, Code::CertificateExpired, Code::CertificateSuperseded], "Report that the certificate is installed";
    Post path::SESSIONS, BOTH, Nobody, JsonOneOf("LogIn", "LogInWithCertificate") => Json("SessionGranted"), LOG_IN, "Log in";
    Get path::SESSIONS, BOTH, Session, Nothing => JsonArray("SessionLine"), &[], "The user's own sessions";
    Delete path::SESSION, BOTH, Session, Nothing => Nothing, NOT_FOUND, "End one of the user's own sessions";
    Delete path::OTHER_SESSIONS, BOTH, Session, Nothing => Nothing, &[], "End the user's other sessions";
    Delete path::CURRENT_SESSION, BOTH, Session, Nothing => Nothing, &[], "Log out";
    Post path::PASSWORDS, BOTH, Session, Json("PasswordChange") => Json("PasswordsChanged"), &[Code::LoginFailed, Code::PasswordRuleBroken, Code::ConfirmationPasswordWrong, Code::ConfirmationPasswordLocked, Code::ConfirmationPasswordUnregistered], "Change the user's own passwords";
    Get path::TOP, BOTH, Session, Nothing => Json("Top"), &[], "The top page";
    Get path::NOTICE, BOTH, Session, Nothing => Json("Notice"), NOT_FOUND, "A notice, which counts as read from then on";
    Get path::USERS, BOTH, Session, Nothing => JsonArray("UserRecord"), LISTED, "The users of the contract";
    Get path::USER, BOTH, Session, Nothing => Json("UserRecord"), LISTED, "A user";
    Get path::USER_SETTINGS, BOTH, Session, Nothing => Json("UserSettings"), LISTED, "The settings of a user";
    Patch path::USER_SETTINGS, BOTH, Session, Json("UserEdit") => Json("UserRecord"), CONFIRMED_UPON, "Edit a user";
    Post path::USER_UNLOCK, BOTH, Session, Json("Unlock") => Json("UserRecord"), CONFIRMED_UPON, "Unlock passwords";
    Post path::FREEZE, BOTH, Session, Json("Freeze") => Nothing, CONFIRMED, "Freeze the contract";
    Post path::USER_CERTIFICATE, BOTH, Session, Json("CertificateChange") => Json("UserRecord"), CONFIRMED_UPON, "Keep, reissue or revoke a certificate";
    Get path::TOKEN, BOTH, Session, Nothing => Json("OwnToken"), &[], "The user's own token";
    Post path::TOKEN_ACTIVATION, BOTH, Session, Json("TokenActivation") => Json("TokenStep"), OTP, "Activate the user's own token";
    Post path::TOKEN_SKIP, BOTH, Session, Nothing => Json("TokenStep"), &[Code::NotPermitted], "Skip the activation of the token";
    Post path::TOKEN_RESYNC, BOTH, Session, Json("TokenResync") => Json("OwnToken"), OTP, "Resynchronise the user's own token";
    Get path::TOKENS, BOTH, Session, Nothing => JsonArray("TokenLine"), LISTED, "The tokens that the operator may revoke";
    Post path::TOKEN_REVOCATIONS, BOTH, Session, Json("TokenRevocation") => Json("TokensRevoked"), OTP, "Revoke tokens";
    Post path::USER_TOKEN_UNLOCK, BOTH, Session, Json("TokenUnlock") => Json("TokenLine"), CONFIRMED_UPON, "Unlock a token";
    Get path::CRL, OPEN, Nobody, Nothing => Cacheable("application/pkix-crl"), &[], "The CRL (RFC 5280)";
    Post path::OCSP, OPEN, Nobody, Bytes("application/ocsp-request") => Bytes("application/ocsp-response"), &[], "OCSP (RFC 6960)";
    Get path::OCSP_BY_GET, OPEN, Nobody, Nothing => Cacheable("application/ocsp-response"), &[], "OCSP by GET (RFC 6960 appendix A)";
    Get path::CA_CERTIFICATE, OPEN, Nobody, Nothing => Bytes("application/pkix-cert"), &[], "The CA's certificate";
    Get path::HEALTH, OPEN, Nobody, Nothing => Json("Health"), &[], "Whether the process answers";
    Get path::READY, OPEN, Nobody, Nothing => Json("Health"), &[], "Whether the bank can serve requests";
    Get path::METRICS, PLAIN, Nobody, Nothing => Bytes("text/plain"), &[], "Metrics for Prometheus";
    Get path::OPENAPI, PORTAL, Nobody, Nothing => JsonObject, &[], "This document";
}
