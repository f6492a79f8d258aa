//! Health of the service: metrics, and whether an instance is alive and ready.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use inkan_protocol::{Code, Health, path};
use time::Duration;

use super::answer::ReportedCode;
use super::metrics::{Answered, MEDIA_TYPE, Metrics};
use crate::database::statistics;
use crate::rules::crl_publication;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The longest check whether an instance is ready. A load balancer waits no longer for the answer.
const LONGEST_CHECK: std::time::Duration = std::time::Duration::from_secs(2);

/// Answers `GET` [`inkan_protocol::path::HEALTH`]: reports that the process answers.
pub(super) async fn health() -> Json<Health> {
    Json(Health { up: true, ca_days_left: None })
}

/// Answers `GET` [`inkan_protocol::path::READY`]: checks that the database answers, and that the CA can sign a CRL if
/// the last one is due. Reports how long the CA is still valid.
pub(super) async fn ready(State(service): State<Arc<Service>>) -> Result<Json<Health>, Refusal> {
    let checking = async {
        crl_publication::current(&service).await?;
        Ok::<_, Refusal>(service.database.check_write().await?)
    };
    let checked = tokio::time::timeout(LONGEST_CHECK, checking).await;
    checked.map_err(|late| Refusal::because(Code::BankUnavailable, late))??;
    Ok(Json(Health { up: true, ca_days_left: Some(service.authority.days_left(service.now())) }))
}

/// Answers `GET` [`inkan_protocol::path::METRICS`]: reports the metrics, also while the database is down.
pub(super) async fn metrics(
    State(service): State<Arc<Service>>,
    Extension(metrics): Extension<Arc<Metrics>>,
) -> Result<Response, Refusal> {
    let statistics = read(&service).await.inspect_err(
        |error| tracing::warn!(%error, "the database did not answer: the metrics have no statistics of it"),
    );
    let text = metrics.text(statistics.ok()).map_err(|error| Refusal::because(Code::BankFault, error))?;
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

async fn read(service: &Service) -> Result<statistics::Statistics, sqlx::Error> {
    let idle = Duration::minutes(i64::from(service.profile.session_idle_minutes));
    let mut connection = service.database.read().await?;
    statistics::now(&mut connection, service.profile.passwords.failures_until_lock, service.now().saturating_sub(idle))
        .await
}

/// Counts every request of one listener. This is the outermost layer.
pub(super) async fn count(
    State((metrics, service, listener)): State<(Arc<Metrics>, Arc<Service>, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    let method = named(request.method());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    metrics.answered(Answered { listener, route, method, status, took: started.elapsed() });
    let reported = response.extensions().get::<ReportedCode>().copied();
    let code = reported.map(|reported| reported.code);
    if let Some(purpose) = purpose(route, method) {
        metrics.authenticated(listener, purpose, code.map_or("done", Code::name));
    }
    if let Some(code) = code {
        metrics.refused(code.name());
    }
    if reported.is_some_and(|reported| reported.code == Code::BankUnavailable && !reported.overload) {
        metrics.database_failed();
        service.database.forget_written();
    }
    response
}

/// Returns the purpose of an authentication at that route.
fn purpose(route: &str, method: &str) -> Option<&'static str> {
    match (method, route) {
        ("POST", path::SESSIONS) => Some("session"),
        ("POST", path::ENROLMENT_CODES) => Some("enrolment"),
        _ => None,
    }
}

/// Returns the name of a method for a label. Unusual methods share one label, since a client can invent them.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
