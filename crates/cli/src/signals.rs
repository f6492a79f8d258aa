//! Handles Ctrl-C and the other requests to end this program (Ctrl-\\, SIGTERM, SIGHUP, a closed console). Open
//! sessions are logged out first (S1-15). A change that cannot be undone is completed. The settings of the terminal are
//! restored.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use inkan_client::{Error, LogOut, Session};

use crate::screen::Screen;
use crate::streams;
use crate::words::Words;

/// The exit code of a program that was interrupted.
pub(crate) const INTERRUPTED: i32 = 130;

/// How long the end waits for a login that is running, because it may open a session at the bank.
const LOGGING_IN: Duration = Duration::from_secs(10);

/// How long the end still waits for the logout after the user has asked a second time.
const HURRY: Duration = Duration::from_secs(2);

static SESSIONS: Mutex<Sessions> = Mutex::new(Sessions { beginning: 0, asking: 0, open: Vec::new(), says: None });
static BEGUN: Condvar = Condvar::new();
static ENDING: AtomicBool = AtomicBool::new(false);
static END: OnceLock<End> = OnceLock::new();

struct Sessions {
    /// The number of running logins and running changes that cannot be undone.
    beginning: usize,
    /// The number of running logins that wait for the user's answer. Such a login has not sent its password yet.
    asking: usize,
    open: Vec<LogOut>,
    /// The message about what a change has changed, or may have changed.
    says: Option<String>,
}

/// The messages for a user who ends the program during or after a change that cannot be undone.
#[derive(Debug)]
pub(crate) struct Uncut {
    /// The message if the bank has not answered.
    pub(crate) doubtful: String,
    /// The message if the change is done.
    pub(crate) done: String,
}

impl Sessions {
    /// Returns whether a running login may open a session without a further answer.
    fn may_open(&self) -> bool {
        self.beginning > self.asking
    }
}

/// The data for the end of this program.
struct End {
    screen: Screen,
    /// The messages for a user; none if the output is JSON.
    says: Option<Says>,
}

struct Says {
    ending: String,
    left: String,
}

impl Uncut {
    /// Returns the messages about the revocation of the certificate of `user`. `goes_on` is `yes` if the command
    /// continues from there when it is run again.
    pub(crate) fn revoking(facts: &[(&str, &str)], words: &Words) -> Self {
        Self { doubtful: words.with("ending-revoking", facts), done: words.with("ending-revoked", facts) }
    }
}

/// The source of a request to end this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The user at the keyboard, who may ask again.
    ByKey,
    /// The system. A closed terminal may cause more than one signal.
    #[cfg(unix)]
    BySystem,
}

/// Handles requests to end this program from now on: a request also ends the open sessions.
pub(crate) fn heed(words: &Words, json: bool) {
    let says = (!json).then(|| Says { ending: words.text("ending-session"), left: words.text("ending-left") });
    if END.set(End { screen: Screen::as_found(), says }).is_ok() && listen().is_err() {
        tracing::warn!("signal handlers cannot be installed: a signal ends the program without a logout");
    }
}

/// Logs in by `log_in`, so that a signal finds the session from its beginning to its end.
pub(crate) fn watched(log_in: impl FnOnce() -> Result<Session, Error>) -> Result<Session, Error> {
    sessions().beginning += 1;
    let beginning = Beginning;
    let session = log_in();
    if let Ok(session) = &session {
        sessions().open.push(session.end());
    }
    drop(beginning);
    if ENDING.load(Ordering::SeqCst) {
        // The user has asked for the end, so nothing more is done in the session that was opened meanwhile.
        wait_for_the_end();
    }
    session
}

/// Runs `act`, which changes something at the bank that cannot be undone, and records it on this PC. A signal waits
/// until both are done.
pub(crate) fn uncut<T>(says: Uncut, act: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let mut known = sessions();
    if ENDING.load(Ordering::SeqCst) {
        drop(known);
        wait_for_the_end();
    }
    known.beginning += 1;
    known.says = Some(says.doubtful);
    drop(known);
    let beginning = Beginning;
    let done = act();
    match &done {
        Ok(_) => sessions().says = Some(says.done),
        // The bank has refused the change, so nothing has changed.
        Err(Error::Bank(_) | Error::Malformed(_)) => sessions().says = None,
        Err(_) => {}
    }
    drop(beginning);
    if ENDING.load(Ordering::SeqCst) {
        wait_for_the_end();
    }
    done
}

/// Asks the user by `question` during a login. An answer that comes after a request for the end is dropped.
pub(crate) fn asking<T>(question: impl FnOnce() -> T) -> T {
    sessions().asking += 1;
    let answer = question();
    if ENDING.load(Ordering::SeqCst) {
        wait_for_the_end();
    }
    sessions().asking -= 1;
    answer
}

/// Ends the program for a user who gave up at a question, on systems on which this does not raise a signal.
#[cfg(not(unix))]
pub(crate) fn given_up() -> ! {
    begin_to_end();
    wait_for_the_end();
}

/// Blocks this thread, because another thread ends the process.
fn wait_for_the_end() -> ! {
    loop {
        thread::park();
    }
}

/// Counts a running login or change. The count ends when the value is dropped, even after a failure.
struct Beginning;

impl Drop for Beginning {
    fn drop(&mut self) {
        sessions().beginning -= 1;
        BEGUN.notify_all();
    }
}

#[cfg(unix)]
fn listen() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGQUIT, SIGTERM, SIGHUP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in &mut signals {
            asked(if matches!(signal, SIGINT | SIGQUIT) { Asked::ByKey } else { Asked::BySystem });
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| asked(Asked::ByKey))
}

fn asked(by: Asked) {
    if by == Asked::ByKey && !ENDING.load(Ordering::SeqCst) && END.get().is_some_and(|end| end.says.is_some()) {
        // The key has left the cursor in the line of a question.
        streams::tell("");
    }
    if !begin_to_end() && by == Asked::ByKey {
        thread::spawn(|| {
            thread::sleep(HURRY);
            leave(false);
        });
    }
}

/// Begins to end the program on a thread of its own, while the command still runs. Returns false if the end has already
/// begun.
fn begin_to_end() -> bool {
    let first = !ENDING.swap(true, Ordering::SeqCst);
    if first {
        thread::spawn(|| leave(end_sessions()));
    }
    first
}

/// Ends the sessions. Returns whether no session is left open, as far as is known.
fn end_sessions() -> bool {
    let known = sessions();
    if known.may_open() || !known.open.is_empty() {
        tell(|says| &says.ending);
    }
    let waited = BEGUN.wait_timeout_while(known, LOGGING_IN, |sessions| sessions.may_open());
    let mut known = waited.unwrap_or_else(PoisonError::into_inner).0;
    let (unfinished, open) = (known.may_open(), known.open.drain(..).collect::<Vec<_>>());
    drop(known);
    let mut all = !unfinished;
    for log_out in open {
        if let Err(error) = log_out.log_out() {
            let error = &error as &(dyn std::error::Error + 'static);
            tracing::warn!(error, "the logout failed: the session stays open until its idle time is over");
            all = false;
        }
    }
    all
}

/// Ends this process, after restoring the settings of the terminal.
fn leave(all_ended: bool) -> ! {
    if !all_ended {
        tell(|says| &says.left);
    }
    let changed = sessions().says.take();
    if let Some(changed) = changed {
        tell(|_| &changed);
    }
    if let Some(end) = END.get() {
        end.screen.restore();
    }
    process::exit(INTERRUPTED)
}

fn tell<'a>(which: impl Fn(&'a Says) -> &'a String) {
    if let Some(says) = END.get().and_then(|end| end.says.as_ref()) {
        streams::tell(which(says));
    }
}

/// Returns the sessions. A poisoned lock is used, because a panic leaves the list whole.
fn sessions() -> MutexGuard<'static, Sessions> {
    SESSIONS.lock().unwrap_or_else(PoisonError::into_inner)
}
