use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::TRANSFER_ENCODING;
use axum::middleware::Next;
use axum::response::Response;

use crate::rules::refusal::Refusal;

/// Refuses a request whose body has a transfer coding besides `chunked` (RFC 9112 §6.1). The bank does not decode it, and
/// must not take the coded bytes for the body.
pub(super) async fn require_known(request: Request, next: Next) -> Result<Response, Refusal> {
    if is_known(request.headers()) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::unreadable(501, "a transfer coding besides chunked"))
    }
}

fn is_known(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(TRANSFER_ENCODING).into_iter();
    match (codings.next(), codings.next()) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked"),
        (Some(_), Some(_)) => false,
    }
}
