use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use inkan_protocol::BankDocument;

use crate::rules::service::Service;

/// Answers `GET` [`inkan_protocol::path::BANK`].
pub(super) async fn document(State(service): State<Arc<Service>>) -> Json<BankDocument> {
    Json(BankDocument {
        profile: service.profile.published(),
        certificate_login: service.certificate_login.clone(),
        now: service.now(),
    })
}
