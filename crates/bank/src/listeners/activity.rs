use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// The longest time from the accepted connection to the end of the headers of its first request, with the handshake.
const FIRST_REQUEST: Duration = Duration::from_secs(10);
/// The longest time from an answer to the end of the headers of the next request. The client takes the answer meanwhile.
const NEXT_REQUEST: Duration = Duration::from_secs(60);

/// The time for the body of a request, after which the connection gives its place before any other.
const BODY: Duration = Duration::from_secs(1);

/// What a connection waits for, in the order in which connections give their places to new ones.
///
/// A client that withholds a body costs nothing to keep up, as one that has withheld its handshake does. Such connections
/// must not take the places of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wait {
    /// The bodies of its requests have not come within [`BODY`].
    Body(Instant),
    /// Its next request has not come, or a body, since that time.
    Request(Instant),
}

/// What a connection does, and until when it may stay open.
///
/// The times are total ones: bytes that arrive do not prolong them, but whole requests do. A client that sends a byte
/// now and then keeps a connection for ever under a limit of silence alone.
#[derive(Debug)]
pub(super) struct Activity {
    state: Mutex<State>,
    evicted: Notify,
}

#[derive(Debug)]
struct State {
    running: u32,
    /// The running requests whose bodies have not come.
    awaited: u32,
    /// Since when there is always such a request.
    awaited_since: Instant,
    /// When the last answer was ready, or when the connection was accepted.
    since: Instant,
    /// How long the connection may wait for a request from `since`.
    patience: Duration,
}

impl Activity {
    /// Returns the activity of a connection that has just been accepted.
    pub(super) fn begin() -> Arc<Self> {
        let now = Instant::now();
        let state = State { running: 0, awaited: 0, awaited_since: now, since: now, patience: FIRST_REQUEST };
        Arc::new(Self { state: Mutex::new(state), evicted: Notify::new() })
    }

    /// Counts a request as running until the guard is dropped.
    pub(super) fn request(self: &Arc<Self>) -> RunningRequest {
        self.state().running += 1;
        RunningRequest(Arc::clone(self))
    }

    /// Counts the body of a running request as awaited until the guard is dropped.
    pub(super) fn body(self: &Arc<Self>) -> Awaited {
        let mut state = self.state();
        if state.awaited == 0 {
            state.awaited_since = Instant::now();
        }
        state.awaited += 1;
        Awaited(Arc::clone(self))
    }

    /// Returns what the connection waits for; `None` if a whole request runs.
    pub(super) fn waits_for(&self) -> Option<Wait> {
        let state = self.state();
        if state.running == 0 {
            return Some(Wait::Request(state.since));
        }
        let since = state.awaited_since;
        let waits = if since.elapsed() >= BODY { Wait::Body(since) } else { Wait::Request(since) };
        (state.awaited >= state.running).then_some(waits)
    }

    /// Waits until the connection must be closed: its time is over, or another one needs its place.
    pub(super) async fn over(&self) {
        tokio::select! {
            () = self.expired() => {}
            () = self.evicted.notified() => {}
        }
    }

    /// Closes the connection, which gives its place to another one.
    pub(super) fn evict(&self) {
        self.evicted.notify_one();
    }

    async fn expired(&self) {
        loop {
            let end = self.end();
            if end <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }

    /// Returns when the time of the connection ends, if nothing happens before.
    fn end(&self) -> Instant {
        let state = self.state();
        if state.running == 0 { state.since + state.patience } else { Instant::now() + NEXT_REQUEST }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running request of a connection.
#[derive(Debug)]
pub(super) struct RunningRequest(Arc<Activity>);

impl Drop for RunningRequest {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.running -= 1;
        state.since = Instant::now();
        state.patience = NEXT_REQUEST;
    }
}

/// The body of a running request, which has not come.
#[derive(Debug)]
pub(super) struct Awaited(Arc<Activity>);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.state().awaited -= 1;
    }
}
