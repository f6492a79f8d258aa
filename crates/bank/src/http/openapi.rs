use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use inkan_protocol::Code;

use crate::rules::refusal::Refusal;

/// Answers `GET` [`inkan_protocol::path::OPENAPI`].
pub(super) async fn document() -> Result<Response, Refusal> {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = match DOCUMENT.get() {
        Some(known) => known.clone(),
        None => {
            let json = serde_json::to_vec(&inkan_protocol::openapi())
                .map_err(|error| Refusal::because(Code::BankFault, error))?;
            DOCUMENT.get_or_init(|| json.into()).clone()
        }
    };
    Ok(([(CONTENT_TYPE, "application/json")], document).into_response())
}
