use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Cancel, Error};

/// The longest time that the client waits for a server's answer, even if the server sends bytes slowly. The diagnosis
/// of the silence ends within [`DIAGNOSIS`] after that, so that a user has an answer within 20 seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// The longest time to find the cause of a failed connection.
pub(crate) const DIAGNOSIS: Duration = Duration::from_millis(2500);

/// The longest time for work beside the journey itself, such as asking whether the bank's profile has changed.
pub(crate) const ASIDE: Duration = Duration::from_millis(2500);

/// The interval at which a wait checks its time limit, and whether it was cancelled.
const NOTICED: Duration = Duration::from_millis(50);

/// The time that the user takes to enter a PIN or a proxy's password. This time does not count against a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonsTime(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// The number of threads that wait for the user now.
    waiting: AtomicUsize,
    /// The time that the user has taken so far.
    passed: Mutex<Duration>,
}

impl PersonsTime {
    /// Runs `work`, during which the user may be asked for a PIN or a password. Its time counts as the user's.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        self.0.waiting.fetch_add(1, Ordering::SeqCst);
        let value = work();
        *self.0.passed.lock().unwrap_or_else(PoisonError::into_inner) += began.elapsed();
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        value
    }

    /// Returns the time that the user has taken so far. Returns none while the user is being asked.
    fn passed(&self) -> Option<Duration> {
        let passed = *self.0.passed.lock().unwrap_or_else(PoisonError::into_inner);
        (self.0.waiting.load(Ordering::SeqCst) == 0).then_some(passed)
    }
}

/// Runs `work` on a thread of its own, and waits for its result. Returns none if `work` takes `limit` or longer,
/// without the users' time in `persons`. If the wait ends before `work`, the thread goes on, and passes its result to
/// `late`.
///
/// # Errors
/// [`Error::Cancelled`] if `cancel` is triggered; [`Error::Fault`] if `work` panics.
pub(crate) fn wait_or_leave<T: Send + 'static>(
    limit: Duration,
    persons: &[&PersonsTime],
    cancel: Option<&Cancel>,
    work: impl FnOnce() -> T + Send + 'static,
    late: impl FnOnce(T) + Send + 'static,
) -> Result<Option<T>, Error> {
    let began = Instant::now();
    // The channel has no buffer, so a value is either received or comes back to the sender.
    let (done, outcome) = mpsc::sync_channel(0);
    thread::spawn(move || {
        if let Err(SendError(value)) = done.send(work()) {
            late(value);
        }
    });
    loop {
        match outcome.recv_timeout(NOTICED) {
            Ok(value) => return Ok(Some(value)),
            Err(RecvTimeoutError::Disconnected) => return Err(Error::Fault),
            Err(RecvTimeoutError::Timeout) => {}
        }
        cancel.map_or(Ok(()), Cancel::check)?;
        if is_over(limit, began.elapsed(), persons) {
            return Ok(None);
        }
    }
}

/// Returns whether a wait has taken `limit` or longer, without the user's time. No wait is over while a user is being
/// asked.
fn is_over(limit: Duration, elapsed: Duration, persons: &[&PersonsTime]) -> bool {
    let passed: Option<Duration> = persons.iter().map(|person| person.passed()).sum();
    passed.is_some_and(|passed| elapsed.saturating_sub(passed) >= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait_for<T: Send + 'static>(
        limit: Duration,
        persons: &[&PersonsTime],
        cancel: Option<&Cancel>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>, Error> {
        wait_or_leave(limit, persons, cancel, work, drop)
    }

    #[test]
    fn what_comes_too_late_is_handed_over() {
        let cancel = Cancel::default();
        cancel.stop();
        let (answer, answered) = mpsc::channel();
        let (late, came_late) = mpsc::channel();
        let left = wait_or_leave(
            PATIENCE,
            &[],
            Some(&cancel),
            move || answered.recv(),
            move |value| {
                late.send(value).unwrap();
            },
        );
        assert!(matches!(left, Err(Error::Cancelled)));
        answer.send("a session").unwrap();
        assert_eq!(came_late.recv().unwrap(), Ok("a session"));
    }

    #[test]
    fn silence_ends_and_a_person_may_take_longer() {
        let (_never, silence) = mpsc::channel::<()>();
        let person = PersonsTime::default();
        let limit = Duration::from_millis(100);
        assert!(wait_for(limit, &[&person], None, move || silence.recv()).unwrap().is_none());
        assert!(is_over(limit, limit, &[&person]));
        person.during(|| assert!(!is_over(limit, Duration::MAX, &[&person])));
        let passed = person.passed().unwrap();
        assert!(!is_over(limit, passed + limit / 2, &[&person]) && is_over(limit, passed + limit, &[&person]));
        assert!(matches!(wait_for(PATIENCE, &[&person], None, || panic!("as a library may")), Err(Error::Fault)));
    }

    #[test]
    fn a_wait_ends_with_the_stop() {
        let cancel = Cancel::default();
        let stopper = cancel.clone();
        let (_never, silence) = mpsc::channel::<()>();
        let work = move || {
            stopper.stop();
            silence.recv()
        };
        let stopped = wait_for(PATIENCE, &[&PersonsTime::default()], Some(&cancel), work);
        assert!(matches!(stopped, Err(Error::Cancelled)));
    }
}
