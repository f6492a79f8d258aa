use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Cancel, Error};

/// A server that says nothing for this long is not waited for, however slowly it drips. What is found out afterwards
/// about the silence ends within [`DIAGNOSIS`], so that a person has an answer within twenty seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// How long it may take to find out why a connection failed.
pub(crate) const DIAGNOSIS: Duration = Duration::from_millis(2500);

/// How long something beside the journey itself may take, such as asking whether the bank's profile has changed.
pub(crate) const ASIDE: Duration = Duration::from_millis(2500);

/// How often a wait looks whether it was stopped.
const NOTICED: Duration = Duration::from_millis(50);

/// The time that a person takes, for a PIN or a proxy's password. It does not count against a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonsTime(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// How many threads wait for the person now.
    waiting: AtomicUsize,
    /// What has passed.
    passed: Mutex<Duration>,
}

impl PersonsTime {
    /// Runs `work`, during which the person may be asked for something.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        self.0.waiting.fetch_add(1, Ordering::SeqCst);
        let value = work();
        *self.0.passed.lock().unwrap_or_else(PoisonError::into_inner) += began.elapsed();
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        value
    }

    /// What has passed so far; none while the person is being asked.
    fn passed(&self) -> Option<Duration> {
        let passed = *self.0.passed.lock().unwrap_or_else(PoisonError::into_inner);
        (self.0.waiting.load(Ordering::SeqCst) == 0).then_some(passed)
    }
}

/// Waits for `work` on a thread of its own; none if it took longer than `limit` without a person's time. Such a
/// thread is left behind, and hands what it comes to to `late`.
///
/// # Errors
/// [`Error::Cancelled`] if it was stopped; [`Error::Fault`] if `work` panics.
pub(crate) fn wait_or_leave<T: Send + 'static>(
    limit: Duration,
    persons: &[&PersonsTime],
    cancel: Option<&Cancel>,
    work: impl FnOnce() -> T + Send + 'static,
    late: impl FnOnce(T) + Send + 'static,
) -> Result<Option<T>, Error> {
    let began = Instant::now();
    // Without room to wait in, what is sent is taken or comes back.
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

/// Returns whether a wait has taken longer than `limit` without a person's time. It has not while a person is being
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
