use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;
use time::OffsetDateTime;
use url::Url;

use crate::rules::service::Service;

/// A [`inkan_protocol::BankDocument`] whose profile is already written as JSON. The profile is the same in each answer,
/// and writing it costs more than the rest of the request.
#[derive(Serialize)]
struct WrittenDocument<'a> {
    profile: &'a RawValue,
    certificate_login: &'a Url,
    #[serde(with = "time::serde::rfc3339")]
    now: OffsetDateTime,
}

/// Answers `GET` [`inkan_protocol::path::BANK`].
pub(super) async fn document(State(service): State<Arc<Service>>) -> Response {
    Json(written(&service)).into_response()
}

fn written(service: &Service) -> WrittenDocument<'_> {
    let Service { published, certificate_login, .. } = service;
    WrittenDocument { profile: published, certificate_login, now: service.now() }
}

#[cfg(test)]
mod tests {
    use inkan_protocol::BankDocument;

    use super::*;
    use crate::rules::tests::test_service::{KEIYAKU, TestService};

    #[tokio::test]
    async fn the_document_is_that_of_the_protocol() {
        let bank = TestService::open(KEIYAKU).await;
        let expected = BankDocument {
            profile: bank.profile.published(),
            certificate_login: bank.certificate_login.clone(),
            now: bank.now(),
        };
        assert_eq!(serde_json::to_string(&written(&bank)).unwrap(), serde_json::to_string(&expected).unwrap());
    }
}
