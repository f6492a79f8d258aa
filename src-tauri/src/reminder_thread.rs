//! Shows reminders of certificates that expire: at the start, and regularly while the app runs.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use inkan_client::{Announcement, Error};
use tauri::{AppHandle, Manager};

use crate::desktop::Desktop;
use crate::navigation::{NavigationRequest, navigate};
use crate::notification::show;
use crate::words::Words;

/// The interval between two checks. It is so short that a PC that slept over midnight shows its reminders in the
/// morning. Each reminder is shown only once.
const INTERVAL: Duration = Duration::from_secs(60 * 60);

/// The thread that checks for reminders as long as the app runs.
#[derive(Debug)]
pub(crate) struct ReminderThread(Sender<()>);

impl ReminderThread {
    /// Starts the thread. It waits for the first [`Self::look`] before it checks.
    pub(crate) fn of(app: &AppHandle) -> Self {
        let (sender, calls) = mpsc::channel();
        let app = app.clone();
        let begun = thread::Builder::new().name("reminders".to_owned()).spawn(move || {
            keep_looking(&calls, INTERVAL, || {
                if let Err(error) = remind(&app) {
                    tracing::warn!(
                        error = &error as &(dyn std::error::Error + 'static),
                        "certificates cannot be checked for reminders"
                    );
                }
            });
        });
        if let Err(error) = begun {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the reminder thread cannot be started"
            );
        }
        Self(sender)
    }

    /// Requests a check now, because the window shows its certificates or the user has switched reminders on.
    pub(crate) fn look(&self) {
        // If the thread could not be started, there are no reminders. This was logged.
        let _ = self.0.send(());
    }
}

/// Checks at the first request, then at each further request and after each interval. Ends when no sender of requests
/// is left. The first request comes when the window has used the store.
fn keep_looking(calls: &Receiver<()>, interval: Duration, mut look: impl FnMut()) {
    if calls.recv().is_err() {
        return;
    }
    loop {
        look();
        if calls.recv_timeout(interval) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

fn remind(app: &AppHandle) -> Result<(), Error> {
    let desktop = Arc::clone(&app.state::<Arc<Desktop>>());
    if desktop.settings()?.without_reminders {
        return Ok(());
    }
    let words = Words::of(desktop.language());
    desktop.inkan()?.remind(|announcement| {
        let (notification, place) = match announcement {
            Announcement::One(reminder) => {
                let certificate = &reminder.certificate;
                (words.reminder(certificate), NavigationRequest::Certificate { id: certificate.id.0.clone() })
            }
            Announcement::More(count) => (words.more_reminders(count), NavigationRequest::Certificates),
        };
        let to = app.clone();
        show(app, notification, move || navigate(&to, place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m1_it_looks_again_after_each_interval() {
        let (caller, calls) = mpsc::channel();
        let (looked, looks) = mpsc::channel();
        let thread =
            thread::spawn(move || keep_looking(&calls, Duration::ZERO, || looked.send(()).unwrap_or_default()));
        caller.send(()).unwrap();
        for _ in 0..3 {
            looks.recv().unwrap();
        }
        drop(caller);
        thread.join().unwrap();
    }

    #[test]
    fn each_call_is_a_look_and_nothing_else_is_before_the_interval() {
        let (caller, calls) = mpsc::channel();
        for _ in 0..2 {
            caller.send(()).unwrap();
        }
        drop(caller);
        let mut looks = 0;
        keep_looking(&calls, Duration::MAX, || looks += 1);
        assert_eq!(looks, 2);
    }
}
