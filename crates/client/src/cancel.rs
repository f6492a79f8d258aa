use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::Error;

/// How soon a wait notices that it is to end: sooner than a person finds slow.
const NOTICED: Duration = Duration::from_millis(50);

/// Lets another thread stop a journey that is under way. What was begun stays begun, and goes on when it is asked for
/// again.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Stops the journey: at once where it waits for the bank, otherwise after the step that it is at.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Goes on, unless it was stopped.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.0.load(Ordering::Relaxed) { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Waits for `work`, which may take minutes, only as long as nobody stops it. What it comes to after that is dropped.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; [`Error::Fault`] where `work` panics.
    pub(crate) fn wait_for<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let (done, outcome) = mpsc::channel();
        thread::spawn(move || {
            // Nobody waits for it any more where it was stopped.
            let _ = done.send(work());
        });
        loop {
            match outcome.recv_timeout(NOTICED) {
                Ok(value) => return Ok(value),
                Err(RecvTimeoutError::Timeout) => self.check()?,
                Err(RecvTimeoutError::Disconnected) => return Err(Error::Fault),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_with_its_work_or_with_the_stop() {
        let cancel = Cancel::default();
        assert_eq!(cancel.wait_for(|| 7).unwrap(), 7);
        assert!(matches!(cancel.wait_for(|| panic!("as a library may")), Err(Error::Fault)));
        let stopper = cancel.clone();
        let (_never, silence) = mpsc::channel::<()>();
        let work = move || {
            stopper.stop();
            silence.recv()
        };
        assert!(matches!(cancel.wait_for(work), Err(Error::Cancelled)));
        assert!(matches!(cancel.check(), Err(Error::Cancelled)));
    }
}
