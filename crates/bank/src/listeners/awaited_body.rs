use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use super::activity::Awaited;

/// The body of a request, which counts as awaited until its end has come.
#[derive(Debug)]
pub(super) struct AwaitedBody {
    body: Incoming,
    awaited: Option<Awaited>,
}

impl AwaitedBody {
    /// Returns `body`. It is not awaited if it is empty.
    pub(super) fn new(body: Incoming, awaited: impl FnOnce() -> Awaited) -> Self {
        let awaited = (!body.is_end_stream()).then(awaited);
        Self { body, awaited }
    }
}

impl Body for AwaitedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) || self.body.is_end_stream() {
            self.awaited = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
