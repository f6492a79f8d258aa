use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;

use super::body_budget::{BodyBudget, HeldBytes};
use super::outside_text;
use crate::audit::subscriber;
use crate::listeners::peer::Source;
use crate::rules::refusal::Refusal;

/// The longest body of a request, in bytes.
const LONGEST: usize = 64 * 1024;
/// The longest time for the whole body, however steadily it comes.
const TIME: Duration = Duration::from_secs(10);

/// Reads the whole body of a request before the request is judged.
///
/// A client decides when the rest of a body comes. A session, a certificate or a code that was judged from the headers
/// alone may have ended by then. So no layer and no handler inside this one sees a request whose body is still to come.
///
/// The bytes of bodies that are in memory are limited by [`BodyBudget`].
pub(super) async fn read_first(
    State(budget): State<BodyBudget>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let mut held = budget.body(parts.extensions.get::<Source>().map(|source| subscriber(source.0)));
    let reading = tokio::time::timeout(TIME, read(body, &mut held)).await;
    let bytes = reading.map_err(|late| Refusal::unreadable(408, late).with("late", "yes"))??;
    outside_text::check(&parts, &bytes)?;
    Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await)
}

async fn read(mut body: Body, held: &mut HeldBytes) -> Result<Bytes, Refusal> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Refusal::unreadable(400, error))?;
        // Trailers say nothing to the bank.
        let Ok(part) = frame.into_data() else { continue };
        if bytes.len() + part.len() > LONGEST {
            return Err(Refusal::unreadable(413, "the body is too long"));
        }
        if !held.add(part.len()) {
            return Err(Refusal::busy("too many bodies at once"));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::http::answer;

    /// Returns the answer to a request with these headers and this part of its body.
    async fn answered(headers: &str, body: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", post(async |body: String| format!("{} bytes", body.len())));
        let router = router.layer(from_fn_with_state(BodyBudget::default(), read_first)).layer(from_fn(answer::guard));
        let serving = tokio::spawn(async { axum::serve(listener, router).await });
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head =
            format!("POST / HTTP/1.1\r\nHost: bank\r\nAccept-Language: en\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all((head + body).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serving.abort();
        answer
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_late_or_too_long_is_refused_by_its_status() {
        let whole = answered("Content-Length: 4\r\n", "body").await;
        assert!(whole.starts_with("HTTP/1.1 200 ") && whole.ends_with("4 bytes"), "{whole}");
        for (headers, body, status) in [
            ("Content-Length: 5\r\n", "body", "408"),
            ("Transfer-Encoding: chunked\r\n", "4\r\nbody\r\n", "408"),
            ("Content-Length: 65537\r\n", &"x".repeat(LONGEST + 1), "413"),
            ("Transfer-Encoding: chunked\r\n", &format!("10001\r\n{}\r\n", "x".repeat(LONGEST + 1)), "413"),
        ] {
            let refused = answered(headers, body).await;
            assert!(refused.starts_with(&format!("HTTP/1.1 {status} ")), "{headers}: {refused}");
            assert!(refused.contains(&format!("\"status\":{status}")), "{refused}");
            assert!(refused.contains("request_invalid"), "{refused}");
            // Another version of the app does not help a slow network.
            assert_eq!(refused.contains("Check the network"), status == "408", "{refused}");
        }
    }
}
