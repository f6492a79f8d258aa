//! Requests from outside the window to show a page: from a link, the tray or a reminder. A request waits until the
//! window subscribes.

use std::sync::{Arc, Mutex, PoisonError};

use inkan_client::protocol::Problem;
use inkan_client::{Destination, Error, Link};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

use crate::desktop::Desktop;
use crate::window;

/// The greatest number of requests that wait for the window.
const MOST_WAITING: usize = 8;

/// The page that the window must show. A request only shows the page, and does nothing on it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum NavigationRequest {
    /// The page that adds a bank, with the bank's address. If a user is named, the page that acquires follows.
    AddBank { address: String, user: Option<String> },
    /// The page that acquires a certificate.
    Acquire { bank: String, user: String },
    /// The login page.
    LogIn,
    /// The page of a certificate.
    Certificate { id: String },
    /// The list of certificates.
    Certificates,
    /// The problem with a link.
    Problem { problem: Problem },
}

/// The requests that wait for the window, and the channel to it.
#[derive(Default)]
pub(crate) struct NavigationQueue(Mutex<State>);

#[derive(Default)]
struct State {
    window: Option<Channel<NavigationRequest>>,
    waiting: Vec<NavigationRequest>,
}

impl NavigationQueue {
    /// Sends the waiting requests and all later ones to this window, and no longer to an earlier page.
    pub(crate) fn subscribe(&self, window: Channel<NavigationRequest>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for request in std::mem::take(&mut state.waiting) {
            tell(&window, request);
        }
        state.window = Some(window);
    }

    fn push(&self, request: NavigationRequest) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.window {
            Some(window) => tell(window, request),
            None if state.waiting.len() < MOST_WAITING => state.waiting.push(request),
            None => tracing::warn!("a request to show a page was dropped: too many wait for the window"),
        }
    }
}

/// Shows a page in the window, and brings the window to the front.
pub(crate) fn navigate(app: &AppHandle, request: NavigationRequest) {
    app.state::<NavigationQueue>().push(request);
    window::bring_forward(app);
}

/// Brings the window to the front, and follows the first link among the arguments of a start, if there is a link.
pub(crate) fn follow(app: &AppHandle, arguments: &[String]) {
    window::bring_forward(app);
    let Some(link) = arguments.iter().find(|argument| Link::is_meant(argument)) else { return };
    let link = link.parse::<Link>();
    let app = app.clone();
    // The banks are read from disk, which may block.
    tauri::async_runtime::spawn_blocking(move || {
        let desktop = Arc::clone(&app.state::<Arc<Desktop>>());
        let led = link.map_err(Error::from).and_then(|link| desktop.inkan()?.destination(&link));
        let request = led
            .map_or_else(|error| NavigationRequest::Problem { problem: error.into_problem() }, NavigationRequest::from);
        navigate(&app, request);
    });
}

impl From<Destination> for NavigationRequest {
    fn from(destination: Destination) -> Self {
        match destination {
            Destination::AddBank { address, user } => Self::AddBank { address, user },
            Destination::Acquire { bank, user } => Self::Acquire { bank, user },
        }
    }
}

fn tell(window: &Channel<NavigationRequest>, request: NavigationRequest) {
    // A window that is gone cannot show a page, so the error is only logged.
    if let Err(error) = window.send(request) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "a message cannot be sent to the window");
    }
}
