use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::redirect::Policy;
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::net::http_client::answer::read_whole;
use crate::net::proxied_client::through;
use crate::net::proxy::Network;

/// The longest time for one question, to the last byte of its answer.
const PATIENCE: Duration = Duration::from_secs(8);
const QUESTION: &str = "application/ocsp-request";
const ANSWER: &str = "application/ocsp-response";

/// Sends the question to a responder, by the proxy that is set, and returns the answer (RFC 6960 §A.1). Returns none if
/// no answer of a responder comes within `left`. Sends a login to the proxy only if the login is known already.
pub(super) fn ask(network: &Network, address: &Url, question: Vec<u8>, left: Duration) -> Option<Vec<u8>> {
    let request = client(network, address)?
        .post(address.clone())
        .header(CONTENT_TYPE, QUESTION)
        .header(ACCEPT, ANSWER)
        .timeout(PATIENCE.min(left))
        .body(question);
    let answer = match request.send() {
        Ok(response) => read_whole(response),
        Err(error) => {
            tracing::info!(host = address.host_str(), %error, "an OCSP responder cannot be asked");
            return None;
        }
    };
    let kind = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let said = answer.status == 200 && kind.split(';').next().is_some_and(|kind| kind.trim() == ANSWER);
    answer.body.ok().filter(|_| said)
}

fn client(network: &Network, address: &Url) -> Option<Client> {
    // No request of this client uses TLS. Without a configuration, it would read the CAs of the system.
    let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let builder = Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).no_proxy();
    let endpoint = network.endpoint(address).ok()?;
    let login = endpoint.as_ref().and_then(|endpoint| network.login(endpoint));
    through(builder, endpoint.as_ref(), login.as_ref()).ok()?.build().ok()
}
