//! The function that answers each endpoint. Methods, paths and listeners come from the table of the protocol.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, delete, get, patch, post};
use inkan_protocol::{ENDPOINTS, Endpoint, Listener, Method, path};

use super::{
    administration, bank, crl, csr_attributes, enrolment, est, health, login, ocsp, openapi, own_sessions, passwords,
    reenrolment, tokens, top, users,
};
use crate::rules::service::Service;

/// Returns the routes of `listener`.
pub(super) fn of(listener: Listener) -> Router<Arc<Service>> {
    let served = ENDPOINTS.iter().filter(|endpoint| endpoint.listeners.contains(&listener));
    let answered = served.filter_map(|endpoint| Some((endpoint, answer(listener, endpoint)?)));
    answered.fold(Router::new(), |router, (endpoint, method)| router.route(&route(endpoint.path), method))
}

/// Returns the path as the router takes it: an OCSP request in base64 may contain slashes.
fn route(path: &str) -> String {
    path.replace("{request}", "{*request}")
}

/// Returns the function that answers `endpoint` on `listener`.
fn answer(listener: Listener, endpoint: &Endpoint) -> Option<MethodRouter<Arc<Service>>> {
    Some(match (endpoint.method, endpoint.path, listener) {
        (Method::Post, path::INSTALLED, Listener::CertificateLogin) => post(reenrolment::installed),
        (Method::Post, path::SESSIONS, Listener::CertificateLogin) => post(login::with_certificate),
        (Method::Post, path::INSTALLED, _) => post(enrolment::installed),
        (Method::Post, path::SESSIONS, _) => post(login::with_id),
        (Method::Get, path::BANK, _) => get(bank::document),
        (Method::Post, path::ENROLMENT_CODES, _) => post(enrolment::code),
        (Method::Get, path::EST_CA_CERTIFICATES, _) => get(est::ca_certificates),
        (Method::Get, path::EST_CSR_ATTRIBUTES, _) => get(csr_attributes::answer),
        (Method::Post, path::EST_SIMPLE_ENROLL, _) => post(est::simple_enroll),
        (Method::Post, path::EST_SIMPLE_REENROLL, _) => post(reenrolment::simple_reenroll),
        (Method::Get, path::SESSIONS, _) => get(own_sessions::list),
        (Method::Delete, path::CURRENT_SESSION, _) => delete(login::log_out),
        (Method::Delete, path::OTHER_SESSIONS, _) => delete(own_sessions::end_others),
        (Method::Delete, path::SESSION, _) => delete(own_sessions::end),
        (Method::Post, path::PASSWORDS, _) => post(passwords::change),
        (Method::Get, path::TOP, _) => get(top::page),
        (Method::Get, path::NOTICE, _) => get(top::notice),
        (Method::Get, path::USERS, _) => get(users::list),
        (Method::Get, path::USER, _) => get(users::show),
        (Method::Get, path::USER_SETTINGS, _) => get(administration::settings),
        (Method::Patch, path::USER_SETTINGS, _) => patch(administration::edit),
        (Method::Post, path::USER_UNLOCK, _) => post(administration::unlock),
        (Method::Post, path::FREEZE, _) => post(administration::freeze),
        (Method::Post, path::USER_CERTIFICATE, _) => post(users::change_certificate),
        (Method::Get, path::TOKEN, _) => get(tokens::show),
        (Method::Post, path::TOKEN_ACTIVATION, _) => post(tokens::activate),
        (Method::Post, path::TOKEN_SKIP, _) => post(tokens::skip),
        (Method::Post, path::TOKEN_RESYNC, _) => post(tokens::resync),
        (Method::Get, path::TOKENS, _) => get(tokens::list),
        (Method::Post, path::TOKEN_REVOCATIONS, _) => post(tokens::revoke),
        (Method::Post, path::USER_TOKEN_UNLOCK, _) => post(tokens::unlock),
        (Method::Get, path::CRL, _) => get(crl::crl),
        (Method::Post, path::OCSP, _) => post(ocsp::posted),
        (Method::Get, path::OCSP_BY_GET, _) => get(ocsp::got),
        (Method::Get, path::CA_CERTIFICATE, _) => get(crl::ca_certificate),
        (Method::Get, path::HEALTH, _) => get(health::health),
        (Method::Get, path::READY, _) => get(health::ready),
        (Method::Get, path::METRICS, _) => get(health::metrics),
        (Method::Get, path::OPENAPI, _) => get(openapi::document),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_has_a_function_on_each_of_its_listeners() {
        for endpoint in ENDPOINTS {
            assert!(!endpoint.listeners.is_empty(), "{} {:?}", endpoint.path, endpoint.method);
            for listener in endpoint.listeners {
                assert!(answer(*listener, endpoint).is_some(), "{listener:?} {:?} {}", endpoint.method, endpoint.path);
            }
        }
    }
}
