use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use inkan_protocol::Secret;
use reqwest::blocking::{Client, ClientBuilder, Request, Response};
use rustls::ClientConfig;
use url::Url;

use crate::Error;
use crate::net::patience::DIAGNOSIS;
use crate::net::proxy::{Network, ProxyEndpoint, ProxyFailure, ProxyLogin};
use crate::net::tls_error::tls_error;

/// The time limit of the HTTP library for a request, from the connection to the last byte of the answer. It ends a
/// request for which no caller waits any more, even if the peer goes on to send bytes. A user may need some of that time
/// to enter a PIN, even while the connection is made.
const REQUEST: Duration = Duration::from_secs(180);

/// A client for one server and one identity, which connects directly or through a proxy.
#[derive(Debug)]
pub(crate) struct ProxiedClient {
    address: Url,
    tls: ClientConfig,
    network: Network,
    endpoint: Option<ProxyEndpoint>,
    /// The time limit of a request that has no other.
    limit: Duration,
    /// The HTTP client, and the login that it sends to the proxy.
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    client: Client,
    login: Option<ProxyLogin>,
}

impl ProxiedClient {
    /// Prepares the client. Sends nothing yet.
    pub(crate) fn new(address: &Url, tls: ClientConfig, network: &Network) -> Result<Self, Error> {
        Self::within(REQUEST, address, tls, network)
    }

    /// Prepares the client with the time limit `limit` for a request.
    pub(crate) fn within(limit: Duration, address: &Url, tls: ClientConfig, network: &Network) -> Result<Self, Error> {
        let endpoint = network.endpoint(address)?;
        let login = endpoint.as_ref().and_then(|endpoint| network.login(endpoint));
        let client = client(&tls, endpoint.as_ref(), login.as_ref())?;
        let (address, network, state) = (address.clone(), network.clone(), Mutex::new(State { client, login }));
        Ok(Self { address, tls, network, endpoint, limit, state })
    }

    pub(crate) fn client(&self) -> Client {
        self.state().client.clone()
    }

    /// Sends the request, and sends it again after each new login for the proxy. A request that met no connection has
    /// not reached the bank, so it is not sent twice to the bank.
    pub(crate) fn send(&self, request: Request) -> Result<Response, Interruption> {
        let mut request = request;
        // The limit of a client would begin anew with each part of a body. The limit of a request ends the whole answer.
        request.timeout_mut().get_or_insert(self.limit);
        loop {
            let again = request.try_clone();
            let (client, login) = (self.client(), self.state().login.clone());
            let error = match client.execute(request) {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let unconnected = error.is_connect() && tls_error(&error).is_none();
            let (Some(endpoint), Some(again), true) = (&self.endpoint, again, unconnected) else {
                return Err(Interruption::Broken(error));
            };
            self.ask_the_proxy(endpoint, login.as_ref(), error)?;
            request = again;
        }
    }

    /// Asks the proxy once more, since the HTTP library reports a proxy's refusal only as text. Succeeds if there is a
    /// new login for the proxy.
    fn ask_the_proxy(
        &self,
        endpoint: &ProxyEndpoint,
        login: Option<&ProxyLogin>,
        error: reqwest::Error,
    ) -> Result<(), Interruption> {
        let deadline = Instant::now() + DIAGNOSIS;
        let failure = match self.network.try_through(endpoint, login, &self.address, deadline) {
            // The proxy opens the tunnel, or reports that it did not reach the server. The server is the cause.
            Ok(_) | Err(ProxyFailure::Refused(500..)) => return Err(Interruption::Broken(error)),
            Err(failure) => failure,
        };
        let told = match failure {
            ProxyFailure::LoginRequired => self.network.ask(endpoint, login),
            _ => None,
        };
        let refused = || Error::Proxy { proxy: endpoint.name(), cause: failure };
        let told = told.ok_or_else(refused).map_err(Interruption::Known)?;
        let client = client(&self.tls, Some(endpoint), Some(&told)).map_err(Interruption::Known)?;
        *self.state() = State { client, login: Some(told) };
        Ok(())
    }

    /// Locks the state. Each change is one assignment, so a panic elsewhere leaves no change half made.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a request got no answer.
#[derive(Debug)]
pub(crate) enum Interruption {
    /// The connection was not made, or it broke.
    Broken(reqwest::Error),
    /// The cause, which is known already.
    Known(Error),
}

fn client(tls: &ClientConfig, endpoint: Option<&ProxyEndpoint>, login: Option<&ProxyLogin>) -> Result<Client, Error> {
    let failed = |_| Error::Fault;
    let builder = Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(None)
        // `ProxyEndpoint` has already read the proxy variables of the environment.
        .no_proxy();
    through(builder, endpoint, login)?.build().map_err(failed)
}

/// Makes a client connect through the proxy, if there is one, with the login if it is known.
///
/// # Errors
/// [`Error::Proxy`] if the login cannot be sent; [`Error::Fault`] if the address is not one of a proxy.
pub(crate) fn through(
    builder: ClientBuilder,
    endpoint: Option<&ProxyEndpoint>,
    login: Option<&ProxyLogin>,
) -> Result<ClientBuilder, Error> {
    let Some(endpoint) = endpoint else { return Ok(builder) };
    let proxy = reqwest::Proxy::all(endpoint.url.as_str()).map_err(|_| Error::Fault)?;
    Ok(builder.proxy(match endpoint.authorization(login) {
        Some(value) => proxy.custom_http_auth(header(&value).ok_or_else(|| refused(endpoint))?),
        None => proxy,
    }))
}

fn header(value: &Secret) -> Option<reqwest::header::HeaderValue> {
    let mut header = reqwest::header::HeaderValue::from_str(value.expose()).ok()?;
    header.set_sensitive(true);
    Some(header)
}

fn refused(endpoint: &ProxyEndpoint) -> Error {
    Error::Proxy { proxy: endpoint.name(), cause: ProxyFailure::LoginRequired }
}
