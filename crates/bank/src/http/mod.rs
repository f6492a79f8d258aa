//! The HTTP interface: the paths of each listener, and the layers around each request.

mod administration;
mod answer;
mod audit_layer;
mod bank;
mod body;
mod body_budget;
mod cacheable;
mod certificate_guard;
mod crl;
mod csr_attributes;
mod enrolment;
mod est;
mod health;
mod host;
mod login;
pub(crate) mod metrics;
mod ocsp;
mod openapi;
mod outside_text;
mod overload;
mod own_sessions;
mod passwords;
mod reenrolment;
mod routes;
mod security_headers;
mod session;
mod tokens;
mod top;
mod transfer_coding;
mod users;
mod whole_body;

use std::sync::Arc;

use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use inkan_protocol::{Code, Listener};

use self::body_budget::BodyBudget;
use self::metrics::Metrics;
#[cfg(fuzzing)]
pub(crate) use self::{est::decoded, ocsp::is_answered_as_read, outside_text::has_nul};
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// Returns the router of the portal.
pub(crate) fn portal(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    finish(routes::of(Listener::Portal).fallback(nothing), service, metrics, Listener::Portal)
}

/// Returns the router of the listener that requires a client certificate.
pub(crate) fn certificate_login(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    let guard = from_fn_with_state(Arc::clone(&service), certificate_guard::guard);
    // The guard is around the fallback too: it refuses a revoked certificate at any path.
    let routes = routes::of(Listener::CertificateLogin).fallback(nothing).layer(guard);
    finish(routes, service, metrics, Listener::CertificateLogin)
}

/// Returns the router of the plain listener, with signed and public answers only.
pub(crate) fn plain_listener(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    finish(routes::of(Listener::Plain).fallback(nothing), service, metrics, Listener::Plain)
}

fn finish(routes: Router<Arc<Service>>, service: Arc<Service>, metrics: Arc<Metrics>, listener: Listener) -> Router {
    let label = match listener {
        Listener::Portal => "portal",
        Listener::CertificateLogin => "certificate_login",
        Listener::Plain => "plain",
    };
    routes
        .layer(Extension(Arc::clone(&metrics)))
        .layer(from_fn_with_state(Arc::clone(&service), audit_layer::record_refusals))
        .layer(from_fn_with_state(overload::Running::default(), overload::refuse_early))
        .layer(from_fn_with_state(BodyBudget::default(), whole_body::read_first))
        .layer(from_fn(transfer_coding::require_known))
        .layer(from_fn(host::require))
        .layer(from_fn(answer::guard))
        .layer(from_fn_with_state(listener, security_headers::add))
        .layer(from_fn_with_state((metrics, Arc::clone(&service), label), health::count))
        .with_state(service)
}

async fn nothing() -> Refusal {
    Refusal::new(Code::NotFound)
}
