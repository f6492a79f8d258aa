use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER,
    WWW_AUTHENTICATE,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use inkan_protocol::{Code, Language, MEDIA_TYPE, Reference};

use crate::listeners::log_rate::LogRate;
use crate::rules::refusal::Refusal;

/// The longest time for a request, with its body.
const REQUEST: Duration = Duration::from_secs(30);

/// Carries a refusal to [`guard`], which knows the language of the answer.
#[derive(Clone)]
struct Refused(Arc<Refusal>);

/// The code of the problem in an answer, for the counters.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportedCode {
    pub(super) code: Code,
    /// Whether the bank works, and has too much to do.
    pub(super) overload: bool,
}

/// Returns the code of the refusal that an answer carries.
pub(super) fn refusal_of(response: &Response) -> Option<Code> {
    response.extensions().get::<Refused>().map(|Refused(refusal)| refusal.code())
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(Refused(Arc::new(self)));
        response
    }
}

/// Turns every refusal, panic and timeout into a problem document (RFC 9457).
///
/// The request runs in a task of its own. A panic ends that task and not the connection. A change that has begun
/// continues if the client closes the connection.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let language = language(request.headers());
    let work = tokio::spawn(async move { tokio::time::timeout(REQUEST, next.run(request)).await });
    let mut response = match work.await {
        Ok(Ok(response)) => response,
        Ok(Err(late)) => Refusal::because(Code::BankUnavailable, late).into_response(),
        Err(panic) => Refusal::because(Code::BankFault, panic).into_response(),
    };
    let refused = response.extensions_mut().remove::<Refused>();
    if let Some(refusal) = refused.map(|Refused(refusal)| refusal).or_else(|| implicit_refusal(&response).map(Arc::new))
    {
        // RFC 9110 §15.5.6: a refused method is answered with those that are allowed.
        let allowed = response.headers_mut().remove(ALLOW);
        response = problem(&refusal, language, &method, &uri);
        response.headers_mut().extend(allowed.map(|allowed| (ALLOW, allowed)));
    }
    // Caches keep only answers that are signed for every client.
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Returns the refusal for an answer that axum gave by itself: a wrong method, a path that is not UTF-8.
fn implicit_refusal(response: &Response) -> Option<Refusal> {
    let status = response.status();
    match status {
        StatusCode::NOT_FOUND => Some(Refusal::new(Code::NotFound)),
        _ if status.is_client_error() => Some(Refusal::unreadable(status.as_u16(), status.to_string())),
        _ if status.is_server_error() => Some(Refusal::because(Code::BankFault, status.to_string())),
        _ => None,
    }
}

/// The lines about refused requests.
static REFUSALS: LogRate = LogRate::new();
/// The longest path in the log, in characters.
const LONGEST_PATH: usize = 200;

fn shortened(path: &str) -> &str {
    path.char_indices().nth(LONGEST_PATH).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

fn problem(refusal: &Refusal, language: Language, method: &Method, uri: &Uri) -> Response {
    let reference = Reference::from_bytes(rand::random());
    let (code, path) = (refusal.code(), shortened(uri.path()));
    let cause = refusal.cause().map(ToString::to_string).unwrap_or_default();
    let failed = matches!(code, Code::BankFault | Code::BankUnavailable | Code::CaEnding);
    if failed && !refusal.is_overload() {
        tracing::error!(reference = reference.0, code = code.name(), %method, path, cause, "request failed");
    } else if REFUSALS.passes() {
        tracing::info!(reference = reference.0, code = code.name(), %method, path, cause, "request refused");
    }
    let mut document = refusal.problem(reference).document(language);
    document.status = refusal.status();
    let mut response = (status(refusal), axum::Json(document)).into_response();
    response.extensions_mut().insert(ReportedCode { code, overload: refusal.is_overload() });
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(challenge) = challenge(code) {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    response
}

fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Returns the challenge of a 401 (RFC 9110 §11.6.1).
fn challenge(code: Code) -> Option<&'static str> {
    match code {
        Code::EnrolmentCodeInvalid => Some("Basic realm=\"enrolment\", charset=\"UTF-8\""),
        _ if code.status() == 401 => Some("Bearer"),
        _ => None,
    }
}

fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.and_then(Language::preferred).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    async fn broken() -> StatusCode {
        panic!("a detail that is nobody's business");
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_like_any_other_and_tells_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(broken)).layer(from_fn(guard));
        let serving = tokio::spawn(async { axum::serve(listener, router).await });
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = "GET / HTTP/1.1\r\nHost: bank\r\nAccept-Language: en\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serving.abort();
        assert!(answer.starts_with("HTTP/1.1 500 ") && answer.contains("\"bank_fault\""), "{answer}");
        assert!(answer.contains("content-type: application/problem+json"), "{answer}");
        assert!(!answer.contains("nobody"), "{answer}");
    }
}
