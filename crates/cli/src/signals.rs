//! Ctrl-C and the other requests to end this program (SIGTERM, SIGHUP, a closed console): open sessions are logged out
//! first (S1-15).

use std::process;
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use inkan_client::{Error, LogOut, Session};

/// The exit code of a program that was interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

/// A login that is under way may open a session at the bank: its end is waited for so long.
const LOGGING_IN: Duration = Duration::from_secs(10);

static SESSIONS: Mutex<Sessions> = Mutex::new(Sessions { beginning: 0, open: Vec::new() });
static BEGUN: Condvar = Condvar::new();

struct Sessions {
    /// How many logins are under way.
    beginning: usize,
    open: Vec<LogOut>,
}

/// Logs in by `log_in`, so that a signal finds the session from its first moment to its end.
pub(crate) fn watched(log_in: impl FnOnce() -> Result<Session, Error>) -> Result<Session, Error> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        if ctrlc::set_handler(end).is_err() {
            tracing::warn!("signals do not log out");
        }
    });
    sessions().beginning += 1;
    let beginning = Beginning;
    let session = log_in()?;
    sessions().open.push(session.end());
    drop(beginning);
    Ok(session)
}

/// Ends with the login, also if it fails.
struct Beginning;

impl Drop for Beginning {
    fn drop(&mut self) {
        sessions().beginning -= 1;
        BEGUN.notify_all();
    }
}

/// Runs on a thread of its own, beside whatever the command does.
fn end() {
    let waited = BEGUN.wait_timeout_while(sessions(), LOGGING_IN, |sessions| sessions.beginning > 0);
    let open = waited.unwrap_or_else(PoisonError::into_inner).0.open.drain(..).collect::<Vec<_>>();
    for log_out in open {
        if let Err(error) = log_out.log_out() {
            let error = &error as &(dyn std::error::Error + 'static);
            tracing::warn!(error, "the session ends at the bank by its idle time");
        }
    }
    process::exit(i32::from(INTERRUPTED));
}

/// A panic elsewhere leaves a list that is whole.
fn sessions() -> MutexGuard<'static, Sessions> {
    SESSIONS.lock().unwrap_or_else(PoisonError::into_inner)
}
