use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::rules::crl_publication::current;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Answers `GET` [`inkan_protocol::path::CRL`].
pub(super) async fn crl(State(service): State<Arc<Service>>) -> Result<Response, Refusal> {
    Ok(([(CONTENT_TYPE, "application/pkix-crl")], current(&service).await?).into_response())
}

/// Answers `GET` [`inkan_protocol::path::CA_CERTIFICATE`].
pub(super) async fn ca_certificate(State(service): State<Arc<Service>>) -> Response {
    let der = service.authority.certificate().to_vec();
    ([(CONTENT_TYPE, "application/pkix-cert")], der).into_response()
}
