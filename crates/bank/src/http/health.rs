//! For whoever watches over the service: metrics, and whether an instance lives and can work.

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

use super::answer::Told;
use super::metrics::{Answered, MEDIA_TYPE, Metrics};
use crate::database::statistics;
use crate::rules::crl_publication;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// `GET` [`inkan_protocol::path::HEALTH`]: the process answers, whatever it could do.
pub(super) async fn health() -> Json<Health> {
    Json(Health { up: true })
}

/// `GET` [`inkan_protocol::path::READY`]: the database answers, and the CA's key signs a CRL where the last one has run
/// out.
pub(super) async fn ready(State(service): State<Arc<Service>>) -> Result<Json<Health>, Refusal> {
    crl_publication::current(&service).await?;
    Ok(Json(Health { up: true }))
}

/// `GET` [`inkan_protocol::path::METRICS`], also while the database is down.
pub(super) async fn metrics(
    State(service): State<Arc<Service>>,
    Extension(metrics): Extension<Arc<Metrics>>,
) -> Result<Response, Refusal> {
    let statistics = read(&service).await.inspect_err(|error| tracing::warn!(%error, "metrics without the database"));
    let text = metrics.text(statistics.ok()).map_err(|error| Refusal::because(Code::BankFault, error))?;
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

async fn read(service: &Service) -> Result<statistics::Statistics, sqlx::Error> {
    let idle = Duration::minutes(i64::from(service.profile.session_idle_minutes));
    let mut connection = service.database.read().await?;
    statistics::now(&mut connection, service.profile.passwords.failures_until_lock, service.now().saturating_sub(idle))
        .await
}

/// Counts every request of one listener, around everything else.
pub(super) async fn count(
    State((metrics, listener)): State<(Arc<Metrics>, &'static str)>,
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
    let code = response.extensions().get::<Told>().map(|Told(code)| *code);
    if let Some(purpose) = purpose(route, method) {
        metrics.authenticated(listener, purpose, code.map_or("done", Code::name));
    }
    if let Some(code) = code {
        metrics.refused(code.name());
    }
    if code == Some(Code::BankUnavailable) {
        metrics.database_failed();
    }
    response
}

/// What an authentication at that route is for.
fn purpose(route: &str, method: &str) -> Option<&'static str> {
    match (method, route) {
        ("POST", path::SESSIONS) => Some("session"),
        ("POST", path::ENROLMENT_CODES) => Some("enrolment"),
        _ => None,
    }
}

/// Anybody can make up a method: the rest is one.
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
