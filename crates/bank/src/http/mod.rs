//! The HTTP interface: paths to acts, on the two listeners.

mod administration;
mod answer;
mod audit_layer;
mod bank;
mod body;
mod certificate_guard;
mod crl;
mod csr_attributes;
mod enrolment;
mod est;
mod health;
mod login;
pub(crate) mod metrics;
mod ocsp;
mod openapi;
mod passwords;
mod reenrolment;
mod session;
mod tokens;
mod top;
mod users;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use axum::{Extension, Router};
use inkan_protocol::{Code, path};

use self::metrics::Metrics;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;

/// The most that a request may hold, in bytes.
const BODY: usize = 64 * 1024;

/// What the portal answers.
pub(crate) fn portal(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    let routes = shared()
        .merge(revocation())
        .merge(probes())
        .route(path::BANK, get(bank::document))
        .route(path::OPENAPI, get(openapi::document))
        .route(path::ENROLMENT_CODES, post(enrolment::code))
        .route(path::EST_SIMPLE_ENROLL, post(est::simple_enroll))
        .route(path::INSTALLED, post(enrolment::installed))
        .route(path::SESSIONS, post(login::with_id));
    finish(routes, service, metrics, "portal")
}

/// What the listener that demands a client certificate answers.
pub(crate) fn certificate_login(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    let routes = shared()
        .route(path::EST_SIMPLE_REENROLL, post(reenrolment::simple_reenroll))
        .route(path::INSTALLED, post(reenrolment::installed))
        .route(path::SESSIONS, post(login::with_certificate))
        .fallback(nothing)
        .layer(from_fn_with_state(Arc::clone(&service), certificate_guard::guard));
    finish(routes, service, metrics, "certificate_login")
}

/// What the plain listener answers: only what is signed and no secret.
pub(crate) fn plain_listener(service: Arc<Service>, metrics: Arc<Metrics>) -> Router {
    let counted = get(health::metrics).layer(Extension(Arc::clone(&metrics)));
    let routes = revocation().merge(probes()).route(path::METRICS, counted).fallback(nothing);
    finish(routes, service, metrics, "plain")
}

fn revocation() -> Router<Arc<Service>> {
    let ocsp_below = format!("{}/{{*request}}", path::OCSP);
    Router::new()
        .route(path::CA_CERTIFICATE, get(crl::ca_certificate))
        .route(path::CRL, get(crl::crl))
        .route(path::OCSP, post(ocsp::posted))
        .route(&ocsp_below, get(ocsp::got))
}

/// For balancers.
fn probes() -> Router<Arc<Service>> {
    Router::new().route(path::HEALTH, get(health::health)).route(path::READY, get(health::ready))
}

fn shared() -> Router<Arc<Service>> {
    Router::new()
        .route(path::CURRENT_SESSION, delete(login::log_out))
        .route(path::EST_CA_CERTIFICATES, get(est::ca_certificates))
        .route(path::EST_CSR_ATTRIBUTES, get(csr_attributes::answer))
        .route(path::PASSWORDS, post(passwords::change))
        .route(path::TOP, get(top::page))
        .route(path::NOTICE, get(top::notice))
        .route(path::USERS, get(users::list))
        .route(path::USER, get(users::show))
        .route(path::USER_SETTINGS, get(administration::settings).patch(administration::edit))
        .route(path::USER_UNLOCK, post(administration::unlock))
        .route(path::FREEZE, post(administration::freeze))
        .route(path::USER_CERTIFICATE, post(users::change_certificate))
        .route(path::TOKEN, get(tokens::show))
        .route(path::TOKEN_ACTIVATION, post(tokens::activate))
        .route(path::TOKEN_SKIP, post(tokens::skip))
        .route(path::TOKEN_RESYNC, post(tokens::resync))
        .route(path::TOKENS, get(tokens::list))
        .route(path::TOKEN_REVOCATIONS, post(tokens::revoke))
        .route(path::USER_TOKEN_UNLOCK, post(tokens::unlock))
        .fallback(nothing)
}

fn finish(
    routes: Router<Arc<Service>>,
    service: Arc<Service>,
    metrics: Arc<Metrics>,
    listener: &'static str,
) -> Router {
    routes
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(Arc::clone(&service), audit_layer::record_refusals))
        .layer(from_fn(answer::guard))
        .layer(from_fn_with_state((metrics, listener), health::count))
        .with_state(service)
}

async fn nothing() -> Refusal {
    Refusal::new(Code::NotFound)
}
