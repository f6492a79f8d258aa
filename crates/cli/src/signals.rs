//! Ctrl-C and the other requests to end this program (Ctrl-\\, SIGTERM, SIGHUP, a closed console): open sessions are
//! logged out first (S1-15), what cannot be undone goes on to its end, and the terminal is left as it was found.

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
const INTERRUPTED: i32 = 130;

/// How long the end of a login that is under way is waited for, since it may open a session at the bank.
const LOGGING_IN: Duration = Duration::from_secs(10);

/// How long a person who asks for a second time still waits for the log-out.
const HURRY: Duration = Duration::from_secs(2);

static SESSIONS: Mutex<Sessions> = Mutex::new(Sessions { beginning: 0, asking: 0, open: Vec::new(), says: None });
static BEGUN: Condvar = Condvar::new();
static ENDING: AtomicBool = AtomicBool::new(false);
static END: OnceLock<End> = OnceLock::new();

struct Sessions {
    /// How many logins are under way, and acts that cannot be undone.
    beginning: usize,
    /// How many of these logins wait for an answer of the person. Such a login has not sent its password yet.
    asking: usize,
    open: Vec<LogOut>,
    /// What such an act has changed, or may have changed.
    says: Option<String>,
}

/// What a person is shown who ends the program at an act that cannot be undone, or after it.
#[derive(Debug)]
pub(crate) struct Uncut {
    /// If the bank has not answered.
    pub(crate) doubtful: String,
    /// If the act is done.
    pub(crate) done: String,
}

impl Sessions {
    /// Returns whether a login under way may open a session by itself.
    fn may_open(&self) -> bool {
        self.beginning > self.asking
    }
}

/// How this program ends when it is asked to.
struct End {
    screen: Screen,
    /// What a person is shown, if a person reads.
    says: Option<Says>,
}

struct Says {
    ending: String,
    left: String,
}

impl Uncut {
    /// Returns what is shown of the revocation of the `user`'s certificate; `goes_on` is `yes` if the command, run
    /// again, goes on from there.
    pub(crate) fn revoking(facts: &[(&str, &str)], words: &Words) -> Self {
        Self { doubtful: words.with("ending-revoking", facts), done: words.with("ending-revoked", facts) }
    }
}

/// Who asks this program to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The person at the keyboard, who may ask again.
    ByKey,
    /// The system. A closed terminal may cause more than one signal.
    #[cfg(unix)]
    BySystem,
}

/// From now on, a request to end this program ends the sessions that are open, too.
pub(crate) fn heed(words: &Words, json: bool) {
    let says = (!json).then(|| Says { ending: words.text("ending-session"), left: words.text("ending-left") });
    if END.set(End { screen: Screen::as_found(), says }).is_ok() && listen().is_err() {
        tracing::warn!("signal handlers cannot be installed: a signal does not log out");
    }
}

/// Logs in by `log_in`, so that a signal finds the session from its first moment to its end.
pub(crate) fn watched(log_in: impl FnOnce() -> Result<Session, Error>) -> Result<Session, Error> {
    sessions().beginning += 1;
    let beginning = Beginning;
    let session = log_in();
    if let Ok(session) = &session {
        sessions().open.push(session.end());
    }
    drop(beginning);
    if ENDING.load(Ordering::SeqCst) {
        // A person who has given up wants nothing done in the session that was granted meanwhile.
        wait_for_the_end();
    }
    session
}

/// Does by `act` what cannot be undone at the bank, and what it changes in the records here: a signal waits for the end
/// of both.
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
        // The bank has refused, and so has changed nothing.
        Err(Error::Bank(_) | Error::Malformed(_)) => sessions().says = None,
        Err(_) => {}
    }
    drop(beginning);
    if ENDING.load(Ordering::SeqCst) {
        wait_for_the_end();
    }
    done
}

/// Asks the person by `question` during a login. An answer that comes after the person has given up goes nowhere.
pub(crate) fn asking<T>(question: impl FnOnce() -> T) -> T {
    sessions().asking += 1;
    let answer = question();
    if ENDING.load(Ordering::SeqCst) {
        wait_for_the_end();
    }
    sessions().asking -= 1;
    answer
}

/// Ends the program for a person who gave up at a question, if that is not a signal.
#[cfg(not(unix))]
pub(crate) fn given_up() -> ! {
    begin_to_end();
    wait_for_the_end();
}

/// Does nothing more on this thread: another one ends the process.
fn wait_for_the_end() -> ! {
    loop {
        thread::park();
    }
}

/// Ends with the login, also if it fails.
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
        // The key left the cursor in the line of a question.
        streams::tell("");
    }
    if !begin_to_end() && by == Asked::ByKey {
        thread::spawn(|| {
            thread::sleep(HURRY);
            leave(false);
        });
    }
}

/// Begins to end the program, on a thread of its own beside whatever the command does; returns false if it has begun.
fn begin_to_end() -> bool {
    let first = !ENDING.swap(true, Ordering::SeqCst);
    if first {
        thread::spawn(|| leave(end_sessions()));
    }
    first
}

/// Ends the sessions, and returns whether none is left open as far as is known.
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
            tracing::warn!(error, "the session ends at the bank by its idle time");
            all = false;
        }
    }
    all
}

/// Ends this process, with the terminal as it was found.
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

/// A panic elsewhere leaves a list that is whole.
fn sessions() -> MutexGuard<'static, Sessions> {
    SESSIONS.lock().unwrap_or_else(PoisonError::into_inner)
}
