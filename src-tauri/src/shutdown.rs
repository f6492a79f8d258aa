//! The end: the window is gone at once, the session ends at the bank, and a program that starts meanwhile waits for
//! that.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager, RunEvent};

use crate::desktop::Desktop;
use crate::instance::InstanceLock;
use crate::window_state::WindowStateStore;

/// How long the bank is waited for after the window has gone.
const LIMIT: Duration = Duration::from_secs(5);

/// What ends last, and whether something begins then.
#[derive(Debug)]
pub(crate) struct ShutdownGuard {
    lock: Mutex<InstanceLock>,
    again: AtomicBool,
}

impl ShutdownGuard {
    pub(crate) fn of(lock: InstanceLock) -> Self {
        Self { lock: Mutex::new(lock), again: AtomicBool::new(false) }
    }

    /// Ends the app in order, and starts it anew.
    pub(crate) fn begin_again(&self, app: &AppHandle) {
        self.again.store(true, Ordering::Relaxed);
        app.exit(0);
    }
}

/// Ends what must not end by itself.
pub(crate) fn handle(app: &AppHandle, event: RunEvent) {
    #[cfg(target_os = "macos")]
    if let RunEvent::Opened { urls } = &event {
        let links: Vec<String> = urls.iter().map(ToString::to_string).collect();
        crate::navigation::follow(app, &links);
    }
    if let RunEvent::Exit = event {
        let guard = app.state::<ShutdownGuard>();
        guard.lock.lock().unwrap_or_else(PoisonError::into_inner).retire();
        let desktop = app.state::<Arc<Desktop>>();
        // What waits for a PIN may hold the session.
        desktop.pins().close();
        app.state::<WindowStateStore>().save();
        // Leaving without ログアウト would be noticed at the next login (S1-15).
        desktop.leave_within(LIMIT);
        if guard.again.load(Ordering::Relaxed) {
            start(app);
        }
    }
}

/// Starts the app. It waits for this one's end; a link that this one was given is not followed again, as the toolkit's
/// own restart would.
fn start(app: &AppHandle) {
    let started = tauri::process::current_binary(&app.env()).and_then(|program| Command::new(program).spawn());
    if let Err(error) = started {
        tracing::error!(error = &error as &(dyn std::error::Error + 'static), "the app cannot be restarted");
    }
}

/// Ends in the same way if the system says so: the person logs out of the PC, or shuts it down.
#[cfg(unix)]
pub(crate) fn when_told(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};

    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut told) => {
                    told.recv().await;
                    app.exit(0);
                }
                Err(error) => tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "a signal ends the window as it stands"
                ),
            }
        });
    }
}

/// Windows closes the windows of those who log out.
#[cfg(windows)]
pub(crate) fn when_told(_app: &AppHandle) {}
