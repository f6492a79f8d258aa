use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};

use super::activity::Activity;
use super::awaited_body::AwaitedBody;
use super::peer::{Peer, Source};
use super::stopping::{Stopping, stopped};

/// The largest buffer of a connection over HTTP/1.1, in bytes, which bounds the headers too.
const BUFFER: usize = 32 * 1024;
/// The longest headers of a request over HTTP/2, in bytes.
const HEADERS: u32 = 16 * 1024;
/// The most requests of a connection at once.
const REQUESTS: u32 = 32;
/// The most requests of a connection that break HTTP/2, such as by headers that are too long when they are unpacked. The
/// connection is closed then.
const MISTAKES: usize = 8;
/// The bytes of bodies that a client may send over HTTP/2 before the bank has read them: of a request, of a connection.
const WINDOWS: (u32, u32) = (64 * 1024, 256 * 1024);

/// Serves the requests of one connection until it ends, its time is over, or the bank stops.
pub(super) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    source: Source,
    peer: Option<Peer>,
    activity: &Arc<Activity>,
    stopping: Stopping,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        let running = activity.request();
        let mut request = request.map(|body| Body::new(AwaitedBody::new(body, || activity.body())));
        request.extensions_mut().insert(source);
        if let Some(peer) = &peer {
            request.extensions_mut().insert(ConnectInfo(peer.clone()));
        }
        let answer = router.call(request);
        async move {
            let answer: Result<Response<Body>, Infallible> = answer.await;
            drop(running);
            answer
        }
    });
    let builder = builder();
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut over = pin!(activity.over());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = over.as_mut() => return tracing::debug!(%source, "a connection without a request was closed"),
        () = stopped(stopping) => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection => ended,
                () = over => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%source, %error, "a connection ended with an error");
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    // The time until a whole request is that of `Activity`, for both versions of HTTP.
    builder.http1().timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADERS)
        .max_concurrent_streams(REQUESTS)
        .max_local_error_reset_streams(MISTAKES)
        .initial_stream_window_size(WINDOWS.0)
        .initial_connection_window_size(WINDOWS.1);
    builder
}
