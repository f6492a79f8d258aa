//! Requests to lead the person to a page, from outside the window: a link, the tray, a reminder. The window does it;
//! where it is not listening yet, it waits.

use std::sync::{Arc, Mutex, PoisonError};

use inkan_client::protocol::Problem;
use inkan_client::{Destination, Error, Link};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

use crate::desktop::Desktop;
use crate::window;

/// More than a person causes before the window listens.
const MOST_WAITING: usize = 8;

/// Where the person is led. Nothing is done there by itself.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum NavigationRequest {
    /// To the page that adds a bank, with its address; then, if a user is named, to acquiring.
    AddBank { address: String, user: Option<String> },
    /// To the page that acquires.
    Acquire { bank: String, user: String },
    /// To the login.
    LogIn,
    /// To a certificate.
    Certificate { id: String },
    /// To all of them.
    Certificates,
    /// To what is wrong with a link.
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
    /// The window listens from now on, in place of any page before.
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
            None => tracing::warn!("too many requests before the window subscribes"),
        }
    }
}

/// Leads the person to a place in the window.
pub(crate) fn navigate(app: &AppHandle, request: NavigationRequest) {
    app.state::<NavigationQueue>().push(request);
    window::bring_forward(app);
}

/// Follows the first link among a start's arguments; without one, the window only comes before the person.
pub(crate) fn follow(app: &AppHandle, arguments: &[String]) {
    window::bring_forward(app);
    let Some(link) = arguments.iter().find(|argument| Link::is_meant(argument)) else { return };
    let link = link.parse::<Link>();
    let app = app.clone();
    // The banks are on disk.
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
    // A window that is gone needs to be led nowhere.
    if let Err(error) = window.send(request) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "a message cannot be sent to the window");
    }
}
