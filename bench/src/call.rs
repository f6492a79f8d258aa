use data_encoding::BASE64;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request};
use serde_json::Value;

use crate::fault::Fault;

/// A request that may be sent many times.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    path: String,
    authorization: Option<String>,
    media_type: Option<&'static str>,
    body: Bytes,
}

impl Call {
    /// Returns a `GET`.
    pub(crate) fn get(path: &str) -> Self {
        Self { method: Method::GET, path: path.to_owned(), authorization: None, media_type: None, body: Bytes::new() }
    }

    /// Returns a `POST` of JSON.
    pub(crate) fn post(path: &str, body: &Value) -> Self {
        let body = Bytes::from(body.to_string());
        Self { method: Method::POST, media_type: Some("application/json"), body, ..Self::get(path) }
    }

    /// Returns a `POST` of a PKCS#10 request in base64.
    pub(crate) fn enrolment(path: &str, request: &str) -> Self {
        let body = Bytes::from(request.to_owned());
        Self { method: Method::POST, media_type: Some("application/pkcs10"), body, ..Self::get(path) }
    }

    /// Adds the token of a session (RFC 6750 §2.1).
    pub(crate) fn in_session(self, token: &str) -> Self {
        Self { authorization: Some(format!("Bearer {token}")), ..self }
    }

    /// Adds ID and enrolment code (RFC 7617).
    pub(crate) fn with_code(self, user: &str, code: &str) -> Self {
        let basic = BASE64.encode(format!("{user}:{code}").as_bytes());
        Self { authorization: Some(format!("Basic {basic}")), ..self }
    }

    /// Returns the request for HTTP/1.1.
    pub(crate) fn request(&self) -> Result<Request<Full<Bytes>>, Fault> {
        let mut request = Request::builder().method(&self.method).uri(&self.path).header(HOST, "localhost");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(media_type) = self.media_type {
            request = request.header(CONTENT_TYPE, media_type);
        }
        Ok(request.body(Full::new(self.body.clone()))?)
    }
}
