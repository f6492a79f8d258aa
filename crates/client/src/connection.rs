use std::error::Error as StdError;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inkan_protocol::{Language, MEDIA_TYPE, ProblemDocument, Secret};
use reqwest::blocking::{Request, RequestBuilder, Response};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{AlertDescription, ClientConfig, RootCertStore};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use url::Url;

use crate::clock;
use crate::identity::Identity;
use crate::line::Line;
use crate::proxy::Network;
use crate::{Cancel, Error, Transport};

/// More than any answer of a bank: what is longer is not read to its end.
const LONGEST_ANSWER: u64 = 4 << 20;

/// A log-out that takes longer is left to the bank's idle time.
const FAREWELL: Duration = Duration::from_secs(5);

/// Which CAs vouch for the bank's server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trust<'a> {
    /// Those that this system trusts.
    System,
    /// This one, in PEM, and no other.
    Only(&'a str),
}

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
    cancel: Option<Cancel>,
    /// The server's clock when it answered last.
    there: Mutex<Option<OffsetDateTime>>,
}

/// The way that remains where the server's TLS 1.3 takes nothing that the key can sign (RFC 8446 §4.2.3).
#[derive(Debug)]
struct Fallback {
    /// Over TLS 1.2 only.
    line: Arc<Line>,
    needed: Arc<AtomicBool>,
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
        let (identity, needed) = identity.map(Identity::watched).unzip();
        let line = |identity| Line::new(address, tls_configuration(trust, identity, address)?, network);
        let fallback = match (identity.as_ref().and_then(Identity::over_tls12), needed) {
            (Some(identity), Some(needed)) => Some(Fallback { line: Arc::new(line(Some(identity))?), needed }),
            _ => None,
        };
        let line = Arc::new(line(identity)?);
        Ok(Self { line, fallback, address: address.clone(), language, cancel: None, there: Mutex::default() })
    }

    /// The same, whose waits for the bank that can stop.
    pub(crate) fn stopped_by(self, cancel: Option<Cancel>) -> Self {
        Self { cancel, ..self }
    }

    /// `GET`, read as JSON.
    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str, token: Option<&Secret>) -> Result<T, Error> {
        self.read_json(self.request(self.line.client().get(self.at(path)), token)?)
    }

    /// `GET`, as it is.
    pub(crate) fn get_bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.read(self.request(self.line.client().get(self.at(path)), None)?)
    }

    /// `POST` of JSON, read as JSON.
    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        token: Option<&Secret>,
    ) -> Result<T, Error> {
        self.read_json(self.request(self.line.client().post(self.at(path)).json(body), token)?)
    }

    /// `POST` of JSON to which nothing is answered.
    pub(crate) fn post_for_nothing(&self, path: &str, body: &impl Serialize, token: &Secret) -> Result<(), Error> {
        self.read(self.request(self.line.client().post(self.at(path)).json(body), Some(token))?).map(drop)
    }

    /// `PATCH` of JSON, read as JSON.
    pub(crate) fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        token: &Secret,
    ) -> Result<T, Error> {
        self.read_json(self.request(self.line.client().patch(self.at(path)).json(body), Some(token))?)
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

    /// `DELETE`, which is given up soon: whoever closes the window does not wait for a bank that is silent.
    pub(crate) fn delete(&self, path: &str, token: &Secret) -> Result<(), Error> {
        self.read(self.request(self.line.client().delete(self.at(path)).timeout(FAREWELL), Some(token))?).map(drop)
    }

    /// The server's clock in its last answer, which has just come; none where it told none (RFC 9110 §6.6.1).
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

    /// Sends, and gives back only an answer of success.
    fn request(&self, request: RequestBuilder, token: Option<&Secret>) -> Result<Response, Error> {
        let request = request.header(ACCEPT_LANGUAGE, self.language.tag());
        let request = match token {
            Some(token) => request.bearer_auth(token.expose()),
            None => request,
        };
        let response = self.send(request.build().map_err(|error| classify(&self.address, error))?)?;
        *self.there.lock().unwrap_or_else(PoisonError::into_inner) = clock::of_answer(response.headers());
        if response.status().is_success() { Ok(response) } else { Err(self.refusal(response)) }
    }

    /// Sends it, once more over TLS 1.2 where it went without the certificate.
    fn send(&self, request: Request) -> Result<Response, Error> {
        let Some(fallback) = &self.fallback else { return self.send_over(&self.line, request) };
        if !fallback.needed.load(Ordering::Relaxed) {
            let again = request.try_clone();
            let answer = self.send_over(&self.line, request);
            return match again {
                Some(again) if fallback.needed.load(Ordering::Relaxed) => self.send_over(&fallback.line, again),
                _ => answer,
            };
        }
        self.send_over(&fallback.line, request)
    }

    fn send_over(&self, line: &Arc<Line>, request: Request) -> Result<Response, Error> {
        let line = Arc::clone(line);
        self.wait_for(move || line.send(request))?
    }

    /// On this thread, unless somebody may stop it.
    fn wait_for<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        match &self.cancel {
            Some(cancel) => cancel.wait_for(work),
            None => Ok(work()),
        }
    }

    fn refusal(&self, response: Response) -> Error {
        let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with(MEDIA_TYPE) {
            return self.error(Transport::AnotherService);
        }
        match self.read_json::<ProblemDocument>(response) {
            Ok(document) => Error::Bank(document.into()),
            Err(error) => error,
        }
    }

    fn read_json<T: DeserializeOwned>(&self, response: Response) -> Result<T, Error> {
        let page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"));
        let unknown = if page { Transport::AnotherService } else { Transport::AnswerUnknown };
        serde_json::from_slice(&self.read(response)?).map_err(|_| self.error(unknown))
    }

    fn read(&self, response: Response) -> Result<Vec<u8>, Error> {
        let (read, body) = self.wait_for(move || {
            let mut body = Vec::new();
            (response.take(LONGEST_ANSWER + 1).read_to_end(&mut body), body)
        })?;
        match read {
            Ok(length) if length as u64 <= LONGEST_ANSWER => Ok(body),
            _ => Err(self.error(Transport::AnswerUnknown)),
        }
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

fn tls_configuration(trust: &Trust<'_>, identity: Option<Identity>, address: &Url) -> Result<ClientConfig, Error> {
    let configuration = |error| transport(address, Transport::Configuration(error));
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(identity.as_ref().map_or(rustls::DEFAULT_VERSIONS, |identity| identity.versions))
        .map_err(configuration)?
        .with_root_certificates(roots(trust)?);
    let mut tls = match identity {
        Some(identity) => builder.with_client_cert_resolver(identity.resolver),
        None => builder.with_no_client_auth(),
    };
    // Not HTTP/2: its implementation keeps a failed handshake as a text, and the alert that says why is lost.
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed session would carry one identity into a login that was meant for another.
    tls.resumption = rustls::client::Resumption::disabled();
    Ok(tls)
}

pub(crate) fn roots(trust: &Trust<'_>) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::System => {
            let native = rustls_native_certs::load_native_certs();
            for error in &native.errors {
                tracing::warn!(error = error as &(dyn std::error::Error + 'static), "a trusted root cannot be read");
            }
            roots.add_parsable_certificates(native.certs);
        }
        Trust::Only(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                let certificate = certificate.map_err(|_| Error::CaUnreadable)?;
                roots.add(certificate).map_err(|_| Error::CaUnreadable)?;
            }
            if roots.is_empty() {
                return Err(Error::CaUnreadable);
            }
        }
    }
    Ok(roots)
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

/// Finds the one cause in what hyper, rustls and the store left in the error chain.
pub(crate) fn classify(address: &Url, error: reqwest::Error) -> Error {
    let cause = match find::<rustls::Error>(&error) {
        Some(tls) if inkan_store::signing_failure(tls).is_some() => return Error::KeyInHandshake(tls.clone()),
        Some(rustls::Error::InvalidCertificate(cause)) => Transport::of(cause.clone()),
        Some(rustls::Error::AlertReceived(alert)) if judges_certificate(*alert) => {
            Transport::CertificateRefused(*alert)
        }
        _ => Transport::Unreachable(error),
    };
    transport(address, cause)
}

/// Whether the server itself ended the handshake, as one does in TLS 1.2 that lets nobody in without a certificate.
pub(crate) fn turned_away(error: &reqwest::Error) -> bool {
    matches!(find::<rustls::Error>(error), Some(rustls::Error::AlertReceived(_)))
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

    #[test]
    fn a_file_without_a_certificate_is_no_ca() {
        assert!(matches!(roots(&Trust::Only("not a certificate")), Err(Error::CaUnreadable)));
    }
}
