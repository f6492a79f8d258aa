use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::Next;
use axum::response::Response;
use inkan_protocol::Listener;

/// For a year, a browser opens this host by TLS only (RFC 6797). Other hosts below it may belong to other services.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// A browser does not guess another type than the one that is said.
const AS_SAID: HeaderValue = HeaderValue::from_static("nosniff");

/// Adds to every answer what browsers must know about it. Without TLS a browser ignores the first header, and it must
/// not be sent (RFC 6797 §7.2).
pub(super) async fn add(State(listener): State<Listener>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if listener != Listener::Plain {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, AS_SAID);
    response
}
