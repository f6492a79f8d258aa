//! What calls for the person from outside the window: a link, the tray, a reminder. The window does it; where it is not
//! listening yet, it waits.

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
pub(crate) enum Summons {
    /// To the page that adds a bank, with its address; then, where somebody is named, to acquiring.
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

/// What waits for the window, and how to tell it.
#[derive(Default)]
pub(crate) struct Calls(Mutex<State>);

#[derive(Default)]
struct State {
    window: Option<Channel<Summons>>,
    waiting: Vec<Summons>,
}

impl Calls {
    /// The window listens from now on, in place of any page before.
    pub(crate) fn attend(&self, window: Channel<Summons>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for summons in std::mem::take(&mut state.waiting) {
            tell(&window, summons);
        }
        state.window = Some(window);
    }

    fn call(&self, summons: Summons) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.window {
            Some(window) => tell(window, summons),
            None if state.waiting.len() < MOST_WAITING => state.waiting.push(summons),
            None => tracing::warn!("too many calls before the window listens"),
        }
    }
}

/// Leads the person to a place in the window.
pub(crate) fn summon(app: &AppHandle, summons: Summons) {
    app.state::<Calls>().call(summons);
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
        let summons = led.map_or_else(|error| Summons::Problem { problem: error.into_problem() }, Summons::from);
        summon(&app, summons);
    });
}

impl From<Destination> for Summons {
    fn from(destination: Destination) -> Self {
        match destination {
            Destination::AddBank { address, user } => Self::AddBank { address, user },
            Destination::Acquire { bank, user } => Self::Acquire { bank, user },
        }
    }
}

fn tell(window: &Channel<Summons>, summons: Summons) {
    // A window that is gone needs to be led nowhere.
    if let Err(error) = window.send(summons) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "the window does not hear");
    }
}
