use std::error::Error as StdError;
use std::io::{self, Read};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inkan_profile::PasswordRules;
use inkan_protocol::{Clock, Language, MEDIA_TYPE, ProblemDocument, Secret, SessionGranted, SystemClock, Typed, path};
use reqwest::Method;
use reqwest::blocking::{Request, RequestBuilder};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, LOCATION};
use rustls::{AlertDescription, ClientConfig};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use url::Url;

use crate::cause::{Known, Page, Said, of_answer, of_exchange, of_plain_answer, of_tls, refusal};
use crate::clock;
use crate::identity::{Asked, Identity};
use crate::line::{Interruption, Line};
use crate::memory::Memory;
use crate::patience::{DIAGNOSIS, PATIENCE, PersonsTime, wait_or_leave};
use crate::probe::{Exchange, Observer, Plan, Target, is_html, plain_answer, recognise, refresh};
use crate::proxy::Network;
use crate::trust::{Trust, Trusting};
use crate::{Cancel, Error, Transport};

/// More than any answer of a bank: what is longer is not read to its end.
const LONGEST_ANSWER: u64 = 4 << 20;

/// A log-out that takes longer is left to the bank's idle time.
const FAREWELL: Duration = Duration::from_secs(5);

/// A connection to one of a bank's listeners.
///
/// It lives on a thread of its own, where a key may block while it signs. Connections are never shared between
/// identities, and no TLS session is resumed.
#[derive(Debug)]
pub(crate) struct Connection {
    line: Arc<Line>,
    fallback: Option<Fallback>,
    address: Url,
    language: Language,
    network: Network,
    trusting: Arc<Trusting>,
    identity: Option<Identity>,
    /// What the server asked of the identity.
    asked: Option<Arc<Asked>>,
    cancel: Option<Cancel>,
    /// What the bank's passwords look like: one that is too long is not sent.
    passwords: Option<PasswordRules>,
    /// The server's clock when it answered last.
    there: Mutex<Option<OffsetDateTime>>,
    limit: Duration,
    /// Whether the cause of a failure is looked for by another connection.
    explains: bool,
}

/// An answer, whole.
struct Answer {
    status: u16,
    headers: HeaderMap,
    /// None where it is longer than any answer of a bank, or broke off.
    body: Result<Vec<u8>, Transport>,
}

/// The way that remains where the server's TLS 1.3 takes nothing that the key can sign (RFC 8446 §4.2.3).
#[derive(Debug)]
struct Fallback {
    /// Over TLS 1.2 only.
    line: Arc<Line>,
}

impl Connection {
    /// Prepares a connection; nothing is sent yet.
    pub(crate) fn open(
        address: &Url,
        trust: &Trust<'_>,
        identity: Option<Identity>,
        network: &Network,
        language: Language,
    ) -> Result<Self, Error> {
        let trusting = Arc::new(Trusting::new(trust)?);
        let (identity, asked) = identity.map(Identity::watched).unzip();
        let line = |identity: Option<&Identity>| {
            let tls = tls_configuration(&trusting, identity).map_err(|error| transport(address, error.into()))?;
            Line::new(address, tls, network).map(Arc::new)
        };
        let fallback = match identity.as_ref().and_then(Identity::over_tls12) {
            Some(identity) => Some(Fallback { line: line(Some(&identity))? }),
            None => None,
        };
        let line = line(identity.as_ref())?;
        let (address, network) = (address.clone(), network.clone());
        let (cancel, passwords, there, limit, explains) = (None, None, Mutex::default(), PATIENCE, true);
        Ok(Self {
            line,
            fallback,
            address,
            language,
            network,
            trusting,
            identity,
            asked,
            cancel,
            passwords,
            there,
            limit,
            explains,
        })
    }

    /// Returns the same connection, whose waits for the bank end when `cancel` is stopped.
    pub(crate) fn stopped_by(self, cancel: Option<Cancel>) -> Self {
        Self { cancel, ..self }
    }

    /// Returns the same connection, which sends no password that is longer than these rules allow (S1-9).
    pub(crate) fn for_passwords(self, rules: &PasswordRules) -> Self {
        Self { passwords: Some(rules.clone()), ..self }
    }

    /// The same for something beside a journey: it waits no longer than `limit` for each answer, and looks for no cause of
    /// a failure.
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self { limit, explains: false, ..self }
    }

    /// `GET`, read as JSON.
    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str, token: Option<&Secret>) -> Result<T, Error> {
        self.read_json(&self.request(self.line.client().get(self.at(path)), token)?)
    }

    /// `GET`, as it is.
    pub(crate) fn get_bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.read(self.request(self.line.client().get(self.at(path)), None)?)
    }

    /// `POST` of JSON, read as JSON.
    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: Option<&Secret>,
    ) -> Result<T, Error> {
        let body = self.in_order(body)?;
        self.read_json(&self.request(self.line.client().post(self.at(path)).json(&body), token)?)
    }

    /// `POST` of JSON to which nothing is answered.
    pub(crate) fn post_for_nothing(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: &Secret,
    ) -> Result<(), Error> {
        let body = self.in_order(body)?;
        self.read(self.request(self.line.client().post(self.at(path)).json(&body), Some(token))?).map(drop)
    }

    /// `PATCH` of JSON, read as JSON.
    pub(crate) fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Typed),
        token: &Secret,
    ) -> Result<T, Error> {
        let body = self.in_order(body)?;
        self.read_json(&self.request(self.line.client().patch(self.at(path)).json(&body), Some(token))?)
    }

    /// `POST` with Basic authentication (RFC 7617), as EST wants it.
    pub(crate) fn post_basic(
        &self,
        path: &str,
        (user, password): (&str, &Secret),
        content: Option<(&str, String)>,
    ) -> Result<Vec<u8>, Error> {
        let request = self.line.client().post(self.at(path)).basic_auth(user, Some(password.expose()));
        self.read(self.request(with_content(request, content), None)?)
    }

    /// `POST` as whom the connection's certificate names: that is all the authentication there is.
    pub(crate) fn post_bytes(&self, path: &str, content: Option<(&str, String)>) -> Result<Vec<u8>, Error> {
        self.read(self.request(with_content(self.line.client().post(self.at(path)), content), None)?)
    }

    /// `DELETE`, which is given up soon: a person who closes the window does not wait for a bank that is silent.
    pub(crate) fn delete(&self, path: &str, token: &Secret) -> Result<(), Error> {
        self.read(self.request(self.line.client().delete(self.at(path)).timeout(FAREWELL), Some(token))?).map(drop)
    }

    /// Returns the server's clock from its last answer, which has just come; none if the answer had no date (RFC 9110
    /// §6.6.1).
    pub(crate) fn server_clock(&self) -> Option<OffsetDateTime> {
        *self.there.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A problem of this connection.
    pub(crate) fn error(&self, cause: Transport) -> Error {
        transport(&self.address, cause)
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.address.clone();
        url.set_path(path);
        url
    }

    /// Returns what was typed in order, unless it can never be right.
    fn in_order<T: Typed>(&self, body: &T) -> Result<T, Error> {
        let body = body.in_order()?;
        if let Some(rules) = &self.passwords {
            body.within(rules)?;
        }
        Ok(body)
    }

    /// Sends, and gives back only an answer of success.
    fn request(&self, request: RequestBuilder, token: Option<&Secret>) -> Result<Answer, Error> {
        let request = request.header(ACCEPT_LANGUAGE, self.language.tag());
        let request = match token {
            Some(token) => request.bearer_auth(token.expose()),
            None => request,
        };
        let answer = self.send(request.build().map_err(|_| Error::Fault)?)?;
        *self.there.lock().unwrap_or_else(PoisonError::into_inner) = clock::of_answer(&answer.headers);
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(self.refusal(&answer)) }
    }

    /// Sends it, once more over TLS 1.2 where it went without the certificate.
    fn send(&self, request: Request) -> Result<Answer, Error> {
        let Some(fallback) = &self.fallback else { return self.send_over(&self.line, request) };
        let needed = || self.asked.as_ref().is_some_and(|asked| asked.no_scheme.load(Ordering::Relaxed));
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

    /// Sends it on a thread of its own, and waits for the whole answer as long as it may take.
    fn send_over(&self, line: &Arc<Line>, request: Request) -> Result<Answer, Error> {
        let limit = request.timeout().map_or(self.limit, |own| self.limit.min(*own));
        let sender = Arc::clone(line);
        let begins_session = request.method() == Method::POST && request.url().path() == path::SESSIONS;
        let farewell = begins_session.then(|| (Arc::clone(line), self.at(path::CURRENT_SESSION)));
        let work = move || sender.send(request).map(read_whole);
        // A session that is granted when nobody waits for it any more is ended at once (S1-15).
        let late = move |answer: Result<Answer, Interruption>| {
            if let (Some((line, session)), Ok(answer)) = (farewell, answer) {
                end_late_session(&line, session, &answer);
            }
        };
        let persons: Vec<&PersonsTime> =
            std::iter::once(self.network.person()).chain(self.identity.as_ref().map(|one| &one.person)).collect();
        match wait_or_leave(limit, &persons, self.cancel.as_ref(), work, late)? {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(Interruption::Known(error))) => Err(error),
            Some(Err(Interruption::Broken(error))) => Err(self.broken(&error)),
            None => Err(self.silent(line)),
        }
    }

    /// The cause of a silence: the proxy's, the server's, or plain HTTP that waits for its line to end.
    fn silent(&self, line: &Line) -> Error {
        if !self.explains {
            return self.error(Transport::Silent);
        }
        if let Some(refused) = line.hop().and_then(|hop| line.refused_by_proxy(hop)) {
            return refused;
        }
        let target = Target::at(self.address.clone()).ok();
        let plain = target.filter(|_| line.hop().is_none()).and_then(|target| {
            let first = plain_answer(&target, &self.network)?;
            Some(of_plain_answer(&first, &target))
        });
        self.error(plain.unwrap_or(Transport::Silent))
    }

    /// The cause of a connection that was not made, or broke.
    fn broken(&self, error: &reqwest::Error) -> Error {
        let tls = tls_error(error);
        match tls {
            Some(tls) if inkan_store::signing_failure(tls).is_some() => return Error::KeyInHandshake(tls.clone()),
            Some(rustls::Error::AlertReceived(alert)) if judges_certificate(*alert) => {
                return self.error(self.certificate_refused(*alert));
            }
            _ => {}
        }
        // What a connection without a certificate shows is what a probe shows.
        match (self.diagnose(), tls) {
            (Diagnosed::Cause(cause), _) => self.error(cause),
            (Diagnosed::Proxy(error), _) => error,
            // TLS 1.2 says by a mere failure that a certificate is required (RFC 5246 §7.4.6).
            (Diagnosed::Nothing, Some(rustls::Error::AlertReceived(alert @ AlertDescription::HandshakeFailure))) => {
                self.error(self.certificate_refused(*alert))
            }
            (Diagnosed::Nothing, Some(rustls::Error::AlertReceived(alert)))
                if cannot_read_certificate(*alert) && self.has_certificate() =>
            {
                self.error(self.certificate_refused(*alert))
            }
            (Diagnosed::Nothing, tls) => self.error(tls.map_or(Transport::Broken, of_tls)),
        }
    }

    fn has_certificate(&self) -> bool {
        self.identity.as_ref().and_then(Identity::certificate).is_some()
    }

    fn certificate_refused(&self, alert: AlertDescription) -> Transport {
        let identity = self.identity.as_ref();
        let Some((identity, certificate)) = identity.and_then(|one| Some((one, one.certificate()?))) else {
            return Transport::CertificateDemanded;
        };
        let known = Known {
            now: SystemClock.now(),
            there: None,
            revoked: Memory::read(self.network.home()).is_ok_and(|memory| memory.is_revoked(&certificate.id)),
            accepted: self.asked.as_ref().and_then(|asked| asked.accepts(&identity.issuers)),
            incomplete: identity.incomplete,
        };
        Transport::CertificateRefused(Box::new(refusal(certificate, Said::by(alert), &known)))
    }

    /// Makes one connection without a certificate, as a probe does, to find out why none was made.
    fn diagnose(&self) -> Diagnosed {
        let Some(target) = Target::at(self.address.clone()).ok().filter(|_| self.explains) else {
            return Diagnosed::Nothing;
        };
        let plan = Plan { versions: rustls::DEFAULT_VERSIONS, limit: DIAGNOSIS, ask: true };
        let observer = Arc::new(Observer::new(Arc::clone(&self.trusting), None));
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let exchange = Exchange::make(&target, &plan, &observer, &clock, &self.network);
        let cause = of_exchange(&exchange, &target, &self.trusting, clock.now());
        match (cause, exchange.end) {
            (Some(cause), _) => Diagnosed::Cause(cause),
            (None, crate::probe::End::NoWay(way)) => Diagnosed::Proxy(way.into_error(authority(&self.address))),
            (None, _) => Diagnosed::Nothing,
        }
    }

    fn refusal(&self, answer: &Answer) -> Error {
        if header(answer, CONTENT_TYPE).starts_with(MEDIA_TYPE) {
            return match self.read_json::<ProblemDocument>(answer) {
                Ok(document) => Error::Bank(document.into()),
                Err(error) => error,
            };
        }
        self.error(self.another_answer(answer))
    }

    /// The cause that an answer tells which is not a bank's.
    fn another_answer(&self, answer: &Answer) -> Transport {
        let (kind, location) = (header(answer, CONTENT_TYPE), header(answer, LOCATION));
        let html = is_html(kind);
        let body = answer.body.as_deref().unwrap_or_default();
        let refresh = refresh(html, body);
        let location = Some(location).filter(|to| !to.is_empty()).or(refresh.as_deref());
        let name = self.identity.as_ref().and_then(Identity::certificate);
        let page = Page {
            status: answer.status,
            location,
            html,
            known: recognise(answer.status, body),
            certificate: name.map(|certificate| certificate.name.as_str()),
        };
        of_answer(&page, &self.address)
    }

    fn read_json<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        let body = answer.body.as_ref().map_err(|cause| self.error(again(cause)))?;
        serde_json::from_slice(body).map_err(|_| self.error(self.another_answer(answer)))
    }

    fn read(&self, answer: Answer) -> Result<Vec<u8>, Error> {
        answer.body.map_err(|cause| self.error(cause))
    }
}

/// What a connection without a certificate showed.
enum Diagnosed {
    /// The cause.
    Cause(Transport),
    /// The proxy is in the way.
    Proxy(Error),
    /// Nothing is in the way of such a connection.
    Nothing,
}

/// Of the two ends of a body that cannot be used.
fn again(cause: &Transport) -> Transport {
    match cause {
        Transport::AnswerTooLong => Transport::AnswerTooLong,
        _ => Transport::Broken,
    }
}

fn header(answer: &Answer, name: reqwest::header::HeaderName) -> &str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Reads an answer to its end, or until it is longer than any answer of a bank.
fn read_whole(response: reqwest::blocking::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = Vec::new();
    let body = match response.take(LONGEST_ANSWER + 1).read_to_end(&mut body) {
        Ok(length) if length as u64 <= LONGEST_ANSWER => Ok(body),
        Ok(_) => Err(Transport::AnswerTooLong),
        Err(_) => Err(Transport::Broken),
    };
    Answer { status, headers, body }
}

/// Ends the session that an answer grants, if it grants one.
fn end_late_session(line: &Line, session: Url, answer: &Answer) {
    let granted = answer.body.as_ref().ok().filter(|_| (200..300).contains(&answer.status));
    let Some(granted) = granted.and_then(|body| serde_json::from_slice::<SessionGranted>(body).ok()) else { return };
    let request = line.client().delete(session).timeout(FAREWELL).bearer_auth(granted.token.expose()).build();
    match request.map(|request| line.send(request)) {
        Ok(Ok(answer)) if answer.status().is_success() => tracing::info!("a session that came too late was ended"),
        _ => tracing::warn!("a session that came too late ends at the bank by its idle time"),
    }
}

/// A body in base64, as EST wants it.
fn with_content(request: RequestBuilder, content: Option<(&str, String)>) -> RequestBuilder {
    match content {
        Some((kind, body)) => {
            request.header(CONTENT_TYPE, kind).header("content-transfer-encoding", "base64").body(body)
        }
        None => request,
    }
}

fn tls_configuration(trusting: &Arc<Trusting>, identity: Option<&Identity>) -> Result<ClientConfig, rustls::Error> {
    let versions = identity.map_or(rustls::DEFAULT_VERSIONS, |identity| identity.versions);
    let builder = ClientConfig::builder_with_provider(Arc::clone(trusting.provider()))
        .with_protocol_versions(versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(trusting) as Arc<_>);
    let mut tls = match identity {
        Some(identity) => builder.with_client_cert_resolver(Arc::clone(&identity.resolver)),
        None => builder.with_no_client_auth(),
    };
    // Not HTTP/2: its implementation keeps a failed handshake as a text, and the alert that says why is lost.
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed session would carry one identity into a login that was meant for another.
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

pub(crate) fn transport(address: &Url, cause: Transport) -> Error {
    Error::Transport { address: authority(address), cause }
}

/// Host and, where it is not the usual one, port: how words name an address.
pub(crate) fn authority(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// What TLS said, in what hyper and rustls left in the error chain.
pub(crate) fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    find(error)
}

/// The alerts by which a server turns a client certificate down (RFC 8446 §6.2).
pub(crate) fn judges_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied
            | Alert::CertificateRequired
    )
}

/// Returns whether a server answers by `alert` to a client certificate that it cannot read, or whose signature it cannot
/// verify (RFC 8446 §6.2). The alert concerns the certificate only if a certificate was sent.
pub(crate) fn cannot_read_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(alert, Alert::DecodeError | Alert::IllegalParameter | Alert::DecryptError)
}

/// The first `T` in the chain. An `io::Error` hides what it wraps from `source`, so it is opened.
fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_found_inside_nested_io_errors() {
        let alert = rustls::Error::AlertReceived(AlertDescription::UnknownCA);
        let nested = io::Error::other(io::Error::other(alert));
        assert!(matches!(find::<rustls::Error>(&nested), Some(rustls::Error::AlertReceived(_))));
        assert!(find::<rustls::Error>(&io::Error::other("nothing")).is_none());
    }
}
