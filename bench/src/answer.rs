use hyper::body::Bytes;
use serde_json::Value;

use crate::fault::Fault;

/// An answer of the bank or of nginx.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Whether the answer says when to come again (RFC 9110 §10.2.3).
    pub(crate) retry_after: bool,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Returns whether the request was served.
    pub(crate) fn is_served(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the answer if the request was served.
    pub(crate) fn served(self) -> Result<Self, Fault> {
        if self.is_served() {
            return Ok(self);
        }
        Err(format!("answered {}: {}", self.status, String::from_utf8_lossy(&self.body)).into())
    }

    /// Returns a text of the JSON answer.
    pub(crate) fn text(&self, name: &str) -> Result<String, Fault> {
        let json: Value = serde_json::from_slice(&self.body)?;
        Ok(json[name].as_str().ok_or_else(|| format!("no {name} in {json}"))?.to_owned())
    }
}
