use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use time::Duration;

use super::cacheable::Cacheable;
use crate::rules::crl_publication::current;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The longest time that a cache may keep a CRL without asking. It is far shorter than the life of the CRL, so that the
/// next CRL after a revocation is soon found.
const FRESH: Duration = Duration::minutes(5);

/// Answers `GET` [`inkan_protocol::path::CRL`].
pub(super) async fn crl(State(service): State<Arc<Service>>, asked: HeaderMap) -> Result<Response, Refusal> {
    let (record, body) = current(&service).await?;
    let now = service.now();
    let fresh_until = record.next_update.min(now.saturating_add(FRESH));
    let answer = Cacheable { media_type: "application/pkix-crl", body, this_update: record.this_update, fresh_until };
    Ok(answer.answer(&asked, now))
}

/// Answers `GET` [`inkan_protocol::path::CA_CERTIFICATE`].
pub(super) async fn ca_certificate(State(service): State<Arc<Service>>) -> Response {
    let der = service.authority.certificate().to_vec();
    ([(CONTENT_TYPE, "application/pkix-cert")], der).into_response()
}
