pub(crate) mod answer;
mod called;
mod failure;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inkan_profile::{PasswordRules, Profile};
use inkan_protocol::{Clock, Language, Secret, SessionGranted, Typed, path};
use reqwest::blocking::{Request, RequestBuilder};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use rustls::client::ResolvesClientCert;
use rustls::{ClientConfig, SupportedProtocolVersion};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use url::Url;

use crate::net::address::authority;
use crate::net::client_identity::{Asked, Identity};
use crate::net::clocks;
use crate::net::exchange::{Time, is_html};
use crate::net::patience::{PATIENCE, PersonsTime, wait_or_leave};
use crate::net::proxied_client::{Interruption, ProxiedClient};
use crate::net::proxy::Network;
use crate::net::tls_error::tls_error;
use crate::net::trust::{Trust, Trusting};
use crate::{Cancel, Error, Inkan, Transport};
use answer::{Answer, another_answers, header, read_whole};
use called::called;

/// The time limit of a log-out. If the bank does not answer in time, it ends the session by its idle time.
const FAREWELL: Duration = Duration::from_secs(5);

/// The time limit of a log-out if the request before it was not answered. The user has then already waited for
/// [`PATIENCE`] and twice [`DIAGNOSIS`](crate::net::patience::DIAGNOSIS).
const LAST_FAREWELL: Duration = Duration::from_secs(2);

/// A connection to one of a bank's listeners.
///
/// Each request runs on a thread of its own, since a key may block while it signs. Identities never share a connection,
/// and no TLS session is resumed.
#[derive(Debug)]
pub(crate) struct Connection {
    line: Arc<ProxiedClient>,
    fallback: Option<Fallback>,
    address: Url,
    language: Language,
    network: Network,
    clock: Arc<dyn Clock>,
    trusting: Arc<Trusting>,
    identity: Option<Identity>,
    /// The contents of the server's certificate request.
    asked: Arc<Asked>,
    cancel: Option<Cancel>,
    /// The bank's password rules. A password that is longer than they allow is not sent.
    passwords: Option<PasswordRules>,
    /// The server's clock in its last answer.
    there: Mutex<Option<OffsetDateTime>>,
    limit: Duration,
    /// The bank's own words, as parameters of its problems.
    called: Vec<(&'static str, String)>,
    /// Whether another connection looks for the cause of a failure.
    explains: AtomicBool,
    /// Whether the last request got no answer.
    unheard: AtomicBool,
    /// Whether a request for a change got no answer.
    in_doubt: AtomicBool,
}

/// The connection for a server whose TLS 1.3 accepts no signature scheme of the key (RFC 8446 §4.2.3).
#[derive(Debug)]
struct Fallback {
    /// A client for TLS 1.2 only.
    line: Arc<ProxiedClient>,
}

impl Connection {
    /// Prepares a connection. Sends nothing yet.
    pub(crate) fn open(
        address: &Url,
        trust: &Trust<'_>,
        identity: Option<Identity>,
        network: &Network,
        clock: &Arc<dyn Clock>,
        language: Language,
    ) -> Result<Self, Error> {
        let trusting = Arc::new(Trusting::new(trust)?);
        let asked = Arc::new(Asked::default());
        let identity = identity.map(|identity| identity.watched(&asked));
        let line = |identity: Option<&Identity>| {
            let resolver = identity.map_or_else(|| Asked::watching_nothing(&asked), |one| Arc::clone(&one.resolver));
            let versions = identity.map_or(rustls::DEFAULT_VERSIONS, |identity| identity.versions);
            let tls = tls_configuration(&trusting, resolver, versions, clock);
            let tls = tls.map_err(|error| transport(address, error.into()))?;
            ProxiedClient::new(address, tls, network).map(Arc::new)
        };
        let fallback = match identity.as_ref().and_then(Identity::over_tls12) {
            Some(identity) => Some(Fallback { line: line(Some(&identity))? }),
            None => None,
        };
        let line = line(identity.as_ref())?;
        let (address, network, clock) = (address.clone(), network.clone(), Arc::clone(clock));
        let (cancel, passwords, there, limit) = (None, None, Mutex::default(), PATIENCE);
        let (explains, unheard, in_doubt) = (AtomicBool::new(true), AtomicBool::default(), AtomicBool::default());
        Ok(Self {
            line,
            fallback,
            address,
            language,
            network,
            clock,
            trusting,
            identity,
            asked,
            cancel,
            passwords,
            there,
            limit,
            called: Vec::new(),
            explains,
            unheard,
            in_doubt,
        })
    }

    /// Returns the connection, whose waits for the bank end when `cancel` is triggered.
    pub(crate) fn stopped_by(self, cancel: Option<Cancel>) -> Self {
        Self { cancel, ..self }
    }

    /// Returns the connection, which knows the bank of `profile`: it sends no password that is longer than the bank's
    /// rules allow (S1-9), and its problems have the bank's own words.
    pub(crate) fn of_bank(self, profile: &Profile) -> Self {
        let called = called(profile, self.language);
        Self { called, passwords: Some(profile.passwords.clone()), ..self }
    }

    /// Returns the connection for work beside a journey. It waits at most `limit` for each answer, and looks for no
    /// cause of a failure.
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self { limit, explains: AtomicBool::new(false), ..self }
    }

    /// Sends `GET`, and reads the answer as JSON.
    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str, token: Option<&Secret>) -> Result<T, Error> {
        self.read_json(&self.request(self.line.client().get(self.at(path)), token)?)
    }

    /// Sends `GET`, and returns the body of the answer.
    pub(crate) fn get_bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.read(self.request(self.line.client().get(self.at(path)), None)?)
    }

    /// Sends `POST` with JSON, and reads the answer as JSON.
    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: Option<&Secret>,
    ) -> Result<T, Error> {
        let body = self.in_order(body)?;
        self.read_changed(&self.request(self.line.client().post(self.at(path)).json(&body), token)?)
    }

    /// Sends `POST` with JSON. The answer has no content.
    pub(crate) fn post_for_nothing(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: &Secret,
    ) -> Result<(), Error> {
        let body = self.in_order(body)?;
        self.nothing(&self.request(self.line.client().post(self.at(path)).json(&body), Some(token))?)
    }

    /// Sends `PATCH` with JSON, and reads the answer as JSON.
    pub(crate) fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: &Secret,
    ) -> Result<T, Error> {
        let body = self.in_order(body)?;
        self.read_changed(&self.request(self.line.client().patch(self.at(path)).json(&body), Some(token))?)
    }

    /// Sends `POST` with Basic authentication (RFC 7617), as EST requires.
    pub(crate) fn post_basic(
        &self,
        path: &str,
        (user, password): (&str, &Secret),
        content: (&str, String),
    ) -> Result<Vec<u8>, Error> {
        let request = self.line.client().post(self.at(path)).basic_auth(user, Some(password.expose()));
        self.read(self.request(with_content(request, content), None)?)
    }

    /// Sends `POST` without content and with Basic authentication. The answer has no content.
    pub(crate) fn post_basic_for_nothing(&self, path: &str, (user, password): (&str, &Secret)) -> Result<(), Error> {
        let request = self.line.client().post(self.at(path)).basic_auth(user, Some(password.expose()));
        self.nothing(&self.request(request, None)?)
    }

    /// Sends `POST`. The connection's client certificate is the only authentication.
    pub(crate) fn post_bytes(&self, path: &str, content: (&str, String)) -> Result<Vec<u8>, Error> {
        self.read(self.request(with_content(self.line.client().post(self.at(path)), content), None)?)
    }

    /// Sends `POST` without content. The connection's client certificate is the only authentication. The answer has no
    /// content.
    pub(crate) fn post_bytes_for_nothing(&self, path: &str) -> Result<(), Error> {
        self.nothing(&self.request(self.line.client().post(self.at(path)), None)?)
    }

    /// Sends `DELETE` with a short time limit, since a user who closes the window does not wait for a silent bank. If
    /// the request before it was not answered, the time limit is shorter, and no cause is looked for again.
    pub(crate) fn delete(&self, path: &str, token: &Secret) -> Result<(), Error> {
        let limit = if self.unheard.load(Ordering::Relaxed) {
            self.explains.store(false, Ordering::Relaxed);
            LAST_FAREWELL
        } else {
            FAREWELL
        };
        self.nothing(&self.request(self.line.client().delete(self.at(path)).timeout(limit), Some(token))?)
    }

    /// Returns whether the server was asked for a change and has not answered.
    pub(crate) fn in_doubt(&self) -> bool {
        self.in_doubt.load(Ordering::Relaxed)
    }

    /// Returns the time by the server's clock in its last answer, which must have come just now. Returns none if that
    /// answer had no date (RFC 9110 §6.6.1).
    pub(crate) fn server_clock(&self) -> Option<OffsetDateTime> {
        *self.there.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the address of the server.
    pub(crate) fn address(&self) -> &Url {
        &self.address
    }

    /// Returns the host and port of the server.
    pub(crate) fn authority(&self) -> String {
        authority(&self.address)
    }

    /// Returns the error of this connection with that cause.
    pub(crate) fn error(&self, cause: Transport) -> Error {
        transport(&self.address, cause)
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.address.clone();
        url.set_path(path);
        url
    }

    /// Returns the body with its typed values normalized. Refuses values that can never be right.
    pub(crate) fn in_order<T: Typed>(&self, body: &T) -> Result<T, Error> {
        let body = body.in_order(self.passwords.as_ref())?;
        if let Some(rules) = &self.passwords {
            body.within(rules)?;
        }
        Ok(body)
    }

    /// Sends the request. Returns the answer only if it is a success.
    fn request(&self, request: RequestBuilder, token: Option<&Secret>) -> Result<Answer, Error> {
        let request = request.header(ACCEPT_LANGUAGE, self.language.tag());
        let request = match token {
            Some(token) => request.bearer_auth(token.expose()),
            None => request,
        };
        let answer = self.send(request.build().map_err(|_| Error::Fault)?)?;
        *self.there.lock().unwrap_or_else(PoisonError::into_inner) = clocks::of_answer(&answer.headers);
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(self.refusal(&answer)) }
    }

    /// Sends the request. Sends it once more, over TLS 1.2, if it went without the certificate.
    fn send(&self, request: Request) -> Result<Answer, Error> {
        let Some(fallback) = &self.fallback else { return self.send_over(&self.line, request) };
        let needed = || self.asked.no_scheme.load(Ordering::Relaxed);
        if !needed() {
            let again = request.try_clone();
            let answer = self.send_over(&self.line, request);
            return match again {
                Some(again) if needed() => self.send_over(&fallback.line, again),
                _ => answer,
            };
        }
        self.send_over(&fallback.line, request)
    }

    /// Sends the request on a thread of its own. Waits for the whole answer, at most for the time limit.
    fn send_over(&self, line: &Arc<ProxiedClient>, request: Request) -> Result<Answer, Error> {
        let limit = request.timeout().map_or(self.limit, |own| self.limit.min(*own));
        let sender = Arc::clone(line);
        let begins_session = request.method() == Method::POST && request.url().path() == path::SESSIONS;
        let changes = matches!(*request.method(), Method::POST | Method::PATCH);
        let farewell = begins_session.then(|| (Arc::clone(line), self.at(path::CURRENT_SESSION)));
        let begun = Arc::new(AtomicBool::default());
        let begins = Arc::clone(&begun);
        let work = move || {
            sender.send(request).map(|answer| {
                begins.store(true, Ordering::Relaxed);
                read_whole(answer)
            })
        };
        // If no caller waits any more, a session that the bank grants is ended at once (S1-15).
        let late = move |answer: Result<Answer, Interruption>| {
            if let (Some((line, session)), Ok(answer)) = (farewell, answer) {
                end_late_session(&line, session, &answer);
            }
        };
        let persons: Vec<&PersonsTime> =
            std::iter::once(self.network.person()).chain(self.identity.as_ref().map(|one| &one.person)).collect();
        let answer = wait_or_leave(limit, &persons, self.cancel.as_ref(), work, late)?;
        let unheard = !matches!(answer, Some(Ok(_)));
        let sent = match &answer {
            Some(Err(Interruption::Broken(error))) => !error.is_connect() && tls_error(error).is_none(),
            Some(Err(Interruption::Known(_))) => false,
            Some(Ok(answer)) => another_answers(answer),
            None => true,
        };
        if changes && sent {
            self.in_doubt.store(true, Ordering::Relaxed);
        }
        self.unheard.store(unheard, Ordering::Relaxed);
        match answer {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(Interruption::Known(error))) => Err(error),
            Some(Err(Interruption::Broken(error))) => Err(self.broken(&error)),
            None if begun.load(Ordering::Relaxed) => Err(self.error(Transport::Slow)),
            None => Err(self.silent()),
        }
    }

    fn read_json<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        let body = answer.body.as_ref().map_err(|unread| self.error((*unread).into()))?;
        serde_json::from_slice(body).map_err(|_| self.error(self.another_answer(answer)))
    }

    /// Reads the answer to a request for a change as JSON. If the answer is not the bank's, records that the bank may
    /// still have received the request.
    fn read_changed<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        self.read_json(answer).inspect_err(|_| self.in_doubt.store(true, Ordering::Relaxed))
    }

    /// Returns the bytes of an answer. A page for a browser is an error, since another server sent it in the bank's
    /// place.
    fn read(&self, answer: Answer) -> Result<Vec<u8>, Error> {
        if is_html(header(&answer, CONTENT_TYPE)) {
            return Err(self.error(self.another_answer(&answer)));
        }
        answer.body.map_err(|unread| self.error(unread.into()))
    }

    /// Succeeds if the bank confirmed the request by 204 (RFC 9110 §15.3.5). No page for a browser has that status.
    fn nothing(&self, answer: &Answer) -> Result<(), Error> {
        if answer.status == StatusCode::NO_CONTENT.as_u16() {
            return Ok(());
        }
        self.in_doubt.store(true, Ordering::Relaxed);
        Err(self.error(self.another_answer(answer)))
    }
}

impl Inkan {
    /// Prepares a connection. Sends nothing yet.
    pub(crate) fn connection(
        &self,
        address: &Url,
        trust: &Trust<'_>,
        identity: Option<Identity>,
    ) -> Result<Connection, Error> {
        Connection::open(address, trust, identity, &self.network, &self.clock, self.language)
    }
}

/// Ends the session that a late answer grants, if it grants one.
fn end_late_session(line: &ProxiedClient, session: Url, answer: &Answer) {
    let granted = answer.body.as_ref().ok().filter(|_| (200..300).contains(&answer.status));
    let Some(granted) = granted.and_then(|body| serde_json::from_slice::<SessionGranted>(body).ok()) else { return };
    let request = line.client().delete(session).timeout(FAREWELL).bearer_auth(granted.token.expose()).build();
    match request.map(|request| line.send(request)) {
        Ok(Ok(answer)) if answer.status().is_success() => {
            tracing::info!("the bank opened a session after the login had been given up: the session was ended")
        }
        _ => tracing::warn!(
            "the bank opened a session after the login had been given up: it stays open until its idle time is over"
        ),
    }
}

/// Adds a body in base64, as EST requires it.
fn with_content(request: RequestBuilder, (kind, body): (&str, String)) -> RequestBuilder {
    request.header(CONTENT_TYPE, kind).header("content-transfer-encoding", "base64").body(body)
}

fn tls_configuration(
    trusting: &Arc<Trusting>,
    resolver: Arc<dyn ResolvesClientCert>,
    versions: &[&'static SupportedProtocolVersion],
    clock: &Arc<dyn Clock>,
) -> Result<ClientConfig, rustls::Error> {
    let time = Arc::new(Time(Arc::clone(clock)));
    let mut tls = ClientConfig::builder_with_details(Arc::clone(trusting.provider()), time)
        .with_protocol_versions(versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(trusting) as Arc<_>)
        .with_client_cert_resolver(resolver);
    // HTTP/2 is not offered: its implementation turns a failed handshake into text, and the alert with the cause is
    // lost.
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed session would carry the identity of one login into another login.
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

pub(crate) fn transport(address: &Url, cause: Transport) -> Error {
    Error::Transport { address: authority(address), cause }
}
