use std::error::Error as StdError;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inkan_profile::PasswordRules;
use inkan_protocol::{
    Clock, Code, Language, MEDIA_TYPE, Problem, ProblemDocument, Secret, SessionGranted, Typed, path,
};
use reqwest::Method;
use reqwest::blocking::{Request, RequestBuilder};
use reqwest::header::{
    ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use rustls::client::ResolvesClientCert;
use rustls::{AlertDescription, ClientConfig, SupportedProtocolVersion};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use url::Url;

use crate::cause::{
    Body, Known, Page, Said, Told, broken, of_answer, of_exchange, of_page, of_plain_answer, of_tls, refusal,
    retry_after,
};
use crate::clock;
use crate::identity::{Asked, Identity};
use crate::line::{Interruption, Line};
use crate::memory::Memory;
use crate::patience::{DIAGNOSIS, PATIENCE, PersonsTime, wait_or_leave};
use crate::probe::{End, Exchange, Observer, Plan, Target, Time, is_html, recognise, refresh};
use crate::proxy::{Network, Way};
use crate::transport::{Breakage, Shown, unavailable_facts};
use crate::trust::{Trust, Trusting};
use crate::{Cancel, Error, Inkan, Transport};

/// More than any answer of a bank: what is longer is not read to its end.
const LONGEST_ANSWER: u64 = 4 << 20;

/// A log-out that takes longer is left to the bank's idle time.
const FAREWELL: Duration = Duration::from_secs(5);

/// The same if the request before it was not answered: a person has waited for [`PATIENCE`] and twice [`DIAGNOSIS`] then.
const LAST_FAREWELL: Duration = Duration::from_secs(2);

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
    clock: Arc<dyn Clock>,
    trusting: Arc<Trusting>,
    identity: Option<Identity>,
    /// What the server asked for.
    asked: Arc<Asked>,
    cancel: Option<Cancel>,
    /// What the bank's passwords look like: one that is too long is not sent.
    passwords: Option<PasswordRules>,
    /// The server's clock when it answered last.
    there: Mutex<Option<OffsetDateTime>>,
    limit: Duration,
    /// Whether the cause of a failure is looked for by another connection.
    explains: AtomicBool,
    /// Whether the last request was not answered.
    unheard: AtomicBool,
    /// Whether a request to change something was not answered.
    in_doubt: AtomicBool,
}

/// An answer, whole.
struct Answer {
    status: u16,
    headers: HeaderMap,
    /// None where it is longer than any answer of a bank, broke off, or cannot be read.
    body: Result<Vec<u8>, Unread>,
}

/// Why the body of an answer was not read to its end.
#[derive(Debug, Clone, Copy)]
enum Unread {
    TooLong,
    CutShort,
    Unreadable,
}

impl From<Unread> for Transport {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLong => Self::AnswerTooLong,
            Unread::CutShort => Self::Broken(Breakage::WithinTheAnswer),
            Unread::Unreadable => Self::NotHttp,
        }
    }
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
            Line::new(address, tls, network).map(Arc::new)
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
            explains,
            unheard,
            in_doubt,
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
        Self { limit, explains: AtomicBool::new(false), ..self }
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

    /// `DELETE`, which is given up soon: a person who closes the window does not wait for a bank that is silent. If the
    /// request before it was not answered, it is given up sooner, and no cause is looked for again.
    pub(crate) fn delete(&self, path: &str, token: &Secret) -> Result<(), Error> {
        let limit = if self.unheard.load(Ordering::Relaxed) {
            self.explains.store(false, Ordering::Relaxed);
            LAST_FAREWELL
        } else {
            FAREWELL
        };
        self.read(self.request(self.line.client().delete(self.at(path)).timeout(limit), Some(token))?).map(drop)
    }

    /// Returns whether the server was asked to change something and has not answered.
    pub(crate) fn in_doubt(&self) -> bool {
        self.in_doubt.load(Ordering::Relaxed)
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

    /// Sends it on a thread of its own, and waits for the whole answer as long as it may take.
    fn send_over(&self, line: &Arc<Line>, request: Request) -> Result<Answer, Error> {
        let limit = request.timeout().map_or(self.limit, |own| self.limit.min(*own));
        let sender = Arc::clone(line);
        let begins_session = request.method() == Method::POST && request.url().path() == path::SESSIONS;
        let changes = !begins_session && matches!(*request.method(), Method::POST | Method::PATCH);
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
        let answer = wait_or_leave(limit, &persons, self.cancel.as_ref(), work, late)?;
        let unheard = !matches!(answer, Some(Ok(_)));
        let sent = match &answer {
            Some(Err(Interruption::Broken(error))) => !error.is_connect() && tls_error(error).is_none(),
            Some(_) => false,
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
            None => Err(self.silent()),
        }
    }

    /// The cause of a silence: the proxy's, the server's, plain HTTP that waits for its line to end, or a request for a
    /// new handshake. Nothing else that another connection shows is the cause: the server has heard the request.
    fn silent(&self) -> Error {
        let Some((target, exchange)) = self.look() else { return self.error(Transport::Silent) };
        match exchange.end {
            End::NoWay(way @ (Way::Proxy(..) | Way::Address(_))) => way.into_error(authority(&self.address)),
            End::NotTls(first) if !first.is_empty() => self.error(of_plain_answer(&first, &target)),
            _ if exchange.renegotiates => self.error(Transport::CertificateAskedLater),
            _ => self.error(Transport::Silent),
        }
    }

    /// The cause of a connection that was not made, or broke.
    fn broken(&self, error: &reqwest::Error) -> Error {
        let tls = tls_error(error);
        match tls {
            Some(tls) if inkan_store::signing_failure(tls).is_some() => return Error::KeyInHandshake(tls.clone()),
            Some(rustls::Error::AlertReceived(alert)) if judges_certificate(*alert) && self.asked.was_asked() => {
                return self.error(self.certificate_refused(Said::by(*alert)));
            }
            _ => {}
        }
        // What a connection without a certificate shows is what a probe shows.
        let end = match self.look() {
            Some((_, Exchange { end: End::NoWay(way @ (Way::Proxy(..) | Way::Address(_))), .. })) => {
                return way.into_error(authority(&self.address));
            }
            Some((target, exchange)) => match of_exchange(&exchange, &target, &self.trusting, self.clock.now()) {
                Some(cause) => return self.error(cause),
                None => Some(exchange.end),
            },
            None => None,
        };
        self.error(match tls {
            // TLS 1.2 says by a mere failure that a certificate is required (RFC 5246 §7.4.6).
            Some(rustls::Error::AlertReceived(AlertDescription::HandshakeFailure)) if self.asked.was_asked() => {
                self.certificate_refused(Said::by(AlertDescription::HandshakeFailure))
            }
            Some(rustls::Error::AlertReceived(alert))
                if cannot_read_certificate(*alert) && self.asked.was_asked() && self.has_certificate() =>
            {
                self.certificate_refused(Said::by(*alert))
            }
            Some(tls) => of_tls(tls),
            None if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) => Transport::NotHttp,
            None if matches!(end, Some(End::Unreadable)) => Transport::NotHttp,
            None if find::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message) => match end {
                Some(End::CutShort) => Transport::Broken(Breakage::WithinTheAnswer),
                _ => broken(self.shown()),
            },
            None => broken(self.shown()),
        })
    }

    /// What the server was shown of a client certificate.
    fn shown(&self) -> Shown {
        if !self.asked.was_asked() {
            return Shown::NotAsked;
        }
        let certificate = self.identity.as_ref().and_then(Identity::certificate);
        certificate.map_or(Shown::Nothing, |certificate| Shown::Certificate(certificate.name.clone()))
    }

    fn has_certificate(&self) -> bool {
        self.identity.as_ref().and_then(Identity::certificate).is_some()
    }

    fn certificate_refused(&self, said: Said) -> Transport {
        let identity = self.identity.as_ref();
        let Some((identity, certificate)) = identity.and_then(|one| Some((one, one.certificate()?))) else {
            return Transport::CertificateDemanded { asked: self.asked.was_asked() };
        };
        let known = Known {
            now: self.clock.now(),
            there: None,
            revoked: Memory::read(self.network.home()).is_ok_and(|memory| memory.is_revoked(&certificate.id)),
            accepted: self.asked.accepts(&identity.issuers),
            incomplete: identity.incomplete,
        };
        Transport::CertificateRefused(Box::new(refusal(certificate, said, &known)))
    }

    /// Makes one connection without a certificate, as a probe does, to find out why none was made; none where no cause is
    /// looked for.
    fn look(&self) -> Option<(Target, Exchange)> {
        let target = Target::at(self.address.clone()).ok().filter(|_| self.explains.load(Ordering::Relaxed))?;
        let plan = Plan { versions: rustls::DEFAULT_VERSIONS, limit: DIAGNOSIS, ask: true };
        let observer = Arc::new(Observer::new(Arc::clone(&self.trusting), None));
        let exchange = Exchange::make(&target, &plan, &observer, &self.clock, &self.network);
        Some((target, exchange))
    }

    fn refusal(&self, answer: &Answer) -> Error {
        if header(answer, CONTENT_TYPE).starts_with(MEDIA_TYPE) {
            return match self.read_json::<ProblemDocument>(answer) {
                Ok(document) if document.code == Code::BankUnavailable => {
                    let problem = Problem::from(document);
                    let facts = unavailable_facts(answer.status, self.again(answer));
                    let named = problem.with("address", authority(&self.address));
                    Error::Bank(facts.into_iter().fold(named, |problem, (name, value)| problem.with(name, value)))
                }
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
        let shown = &self.shown();
        match recognise(answer.status, body).and_then(|page| of_page(page, shown)) {
            None => {}
            Some(Told::AsksLater) => return Transport::CertificateAskedLater,
            Some(Told::Demands { asked }) => return Transport::CertificateDemanded { asked },
            Some(Told::Refuses(said)) => return self.certificate_refused(said),
        }
        let again = self.again(answer);
        let body = match answer.body {
            Ok(_) | Err(Unread::TooLong) => Body::Whole,
            Err(Unread::CutShort) => Body::CutShort,
            Err(Unread::Unreadable) => Body::Unreadable,
        };
        of_answer(&Page { status: answer.status, location, html, again, shown, body }, &self.address)
    }

    /// When the server may be asked again, if its answer says so.
    fn again(&self, answer: &Answer) -> Option<OffsetDateTime> {
        retry_after(header(answer, RETRY_AFTER), self.clock.now())
    }

    fn read_json<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        let body = answer.body.as_ref().map_err(|unread| self.error((*unread).into()))?;
        serde_json::from_slice(body).map_err(|_| self.error(self.another_answer(answer)))
    }

    fn read(&self, answer: Answer) -> Result<Vec<u8>, Error> {
        answer.body.map_err(|unread| self.error(unread.into()))
    }
}

impl Inkan {
    /// Prepares a connection; nothing is sent yet.
    pub(crate) fn connection(
        &self,
        address: &Url,
        trust: &Trust<'_>,
        identity: Option<Identity>,
    ) -> Result<Connection, Error> {
        Connection::open(address, trust, identity, &self.network, &self.clock, self.language)
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
        Ok(_) => Err(Unread::TooLong),
        Err(error) if hung_up_silently(&error) && ends_with_the_connection(&headers) => Ok(body),
        Err(error) if is_unreadable(&error) => Err(Unread::Unreadable),
        Err(_) => Err(Unread::CutShort),
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

/// Returns whether the server hung up without saying so by TLS, as many do (RFC 8446 §6.1).
fn hung_up_silently(error: &io::Error) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof)
    })
}

/// Returns whether nothing but the end of the connection ends the body (RFC 9112 §6.3).
fn ends_with_the_connection(headers: &HeaderMap) -> bool {
    !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING)
}

/// Returns whether the transfer coding of a body cannot be read.
fn is_unreadable(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    causes(error).any(|cause| {
        let error = cause.downcast_ref::<io::Error>();
        error.is_some_and(|error| matches!(error.kind(), Kind::InvalidInput | Kind::InvalidData))
    })
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

/// The first `T` in the chain.
fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref::<T>())
}

/// The error and what caused it, one after the other. An `io::Error` hides what it wraps from `source`, so it is opened.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
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
