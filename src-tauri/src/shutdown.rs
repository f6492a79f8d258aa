//! The end of the app. The window closes at once, and then the session ends at the bank. An instance that starts
//! meanwhile waits for this.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager, RunEvent};

use crate::desktop::Desktop;
use crate::instance::InstanceLock;
use crate::window_state::WindowStateStore;

/// How long the app waits for the bank after the window has closed.
const LIMIT: Duration = Duration::from_secs(5);

/// Holds the lock that is released last, and whether the app starts again afterwards.
#[derive(Debug)]
pub(crate) struct ShutdownGuard {
    lock: Mutex<InstanceLock>,
    again: AtomicBool,
}

impl ShutdownGuard {
    pub(crate) fn of(lock: InstanceLock) -> Self {
        Self { lock: Mutex::new(lock), again: AtomicBool::new(false) }
    }

    /// Ends the app in order, and starts it again.
    pub(crate) fn begin_again(&self, app: &AppHandle) {
        self.again.store(true, Ordering::Relaxed);
        app.exit(0);
    }
}

/// Ends the app in order at its exit. On macOS, also follows links that the system opens.
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
        // A journey that waits for a PIN may hold the session.
        desktop.pins().close();
        app.state::<WindowStateStore>().save();
        // If the session ended without ログアウト, the next login would report it (S1-15).
        desktop.leave_within(LIMIT);
        if guard.again.load(Ordering::Relaxed) {
            start(app);
        }
    }
}

/// Starts the app again. The new instance waits for the end of this one. It gets no arguments, so a link that this
/// instance got is not followed again. The toolkit's own restart would follow it.
fn start(app: &AppHandle) {
    let started = tauri::process::current_binary(&app.env()).and_then(|program| Command::new(program).spawn());
    if let Err(error) = started {
        tracing::error!(error = &error as &(dyn std::error::Error + 'static), "the app cannot be restarted");
    }
}

/// Ends the app in order if the system sends a signal, because the user logs out of the PC or shuts it down.
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
                    "a signal handler cannot be installed: a signal ends the app without a logout"
                ),
            }
        });
    }
}

/// Does nothing: Windows closes the windows of a user who logs out.
#[cfg(windows)]
pub(crate) fn when_told(_app: &AppHandle) {}
