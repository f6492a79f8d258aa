//! A request for each endpoint that changes something, as the administrator of the attacked contract would send it.

use inkan_protocol::{ENDPOINTS, Endpoint, Listener, Method, path};
use serde_json::{Value, json};

use crate::administration::{basic, key_and_request};
use crate::subjects::{CONFIRMATION, LOGIN, OPERATOR, SUBJECT};

/// How a request shows who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// A session.
    Session,
    /// An enrolment code of [`SUBJECT`].
    Code,
    /// The certificate of the connection, or nothing.
    Nothing,
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) shows: Shows,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
}

/// Returns every endpoint that changes something, with each of its listeners.
pub(crate) fn changing() -> impl Iterator<Item = (&'static Endpoint, Listener)> {
    let changing = ENDPOINTS.iter().filter(|one| one.method != Method::Get && one.path != path::OCSP);
    changing.flat_map(|one| one.listeners.iter().map(move |listener| (one, *listener)))
}

impl Sample {
    /// Returns the request for that endpoint at that listener. `fingerprint` is that of a certificate.
    pub(crate) fn of(endpoint: &Endpoint, listener: Listener, fingerprint: &str) -> Self {
        let at_portal = listener == Listener::Portal;
        let shows = match endpoint.path {
            path::SESSIONS if endpoint.method == Method::Get => Shows::Session,
            path::SESSIONS | path::ENROLMENT_CODES | path::EST_SIMPLE_REENROLL => Shows::Nothing,
            path::EST_SIMPLE_ENROLL => Shows::Code,
            path::INSTALLED if at_portal => Shows::Code,
            path::INSTALLED => Shows::Nothing,
            _ => Shows::Session,
        };
        let (content_type, body) = match endpoint.path {
            path::EST_SIMPLE_ENROLL | path::EST_SIMPLE_REENROLL => ("application/pkcs10", key_and_request().1),
            _ => ("application/json", json_body(endpoint.path, at_portal).to_string().into_bytes()),
        };
        let path = endpoint.path.replace("{id}", SUBJECT).replace("{fingerprint}", fingerprint);
        Self { method: name(endpoint.method), path, shows, content_type, body }
    }

    /// Returns the value of the header that shows who sends the request.
    pub(crate) fn authorization(&self, session: &str, code: &str) -> Option<String> {
        match self.shows {
            Shows::Session => Some(session.to_owned()),
            Shows::Code => Some(basic(SUBJECT, code)),
            Shows::Nothing => None,
        }
    }
}

/// Returns the method as a request writes it.
pub(crate) fn name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn json_body(of: &str, at_portal: bool) -> Value {
    match of {
        path::SESSIONS if !at_portal => json!({ "login_password": LOGIN }),
        path::SESSIONS | path::ENROLMENT_CODES => json!({ "user": OPERATOR, "login_password": LOGIN }),
        path::PASSWORDS => json!({
            "login_password": LOGIN, "new_login_password": "Kiku4hagi6n",
            "confirmation_password": CONFIRMATION, "new_confirmation_password": "Fuji2momo8s",
        }),
        path::USER_SETTINGS => json!({ "forced_change": true, "confirmation_password": CONFIRMATION }),
        path::USER_CERTIFICATE => json!({ "act": "revoke", "confirmation_password": CONFIRMATION }),
        path::USER_UNLOCK | path::USER_TOKEN_UNLOCK | path::FREEZE => json!({ "confirmation_password": CONFIRMATION }),
        path::TOKEN_ACTIVATION => json!({ "serial": "12345678", "otp": "000000" }),
        path::TOKEN_RESYNC => json!({ "otp": "000000", "otp_next": "000001" }),
        path::TOKEN_REVOCATIONS => {
            json!({ "users": [SUBJECT], "otp": "000000", "confirmation_password": CONFIRMATION })
        }
        _ => json!({}),
    }
}
