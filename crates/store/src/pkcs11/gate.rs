use std::sync::{Condvar, Mutex, PoisonError};

/// Lets only one session at a time be opened or closed. Some modules search their table of sessions for a free entry
/// without a lock, so two threads may get the same entry.
#[derive(Debug, Default)]
pub(super) struct Gate {
    busy: Mutex<bool>,
    free: Condvar,
}

/// Waits for the gate when it is dropped, and leaves the gate closed. It must be the field directly before the field
/// that must be dropped alone.
#[derive(Debug)]
pub(super) struct Shutting<'a>(pub(super) &'a Gate);

/// Opens the gate when it is dropped. It must be the field directly after the field that must be dropped alone.
#[derive(Debug)]
pub(super) struct Opening<'a>(pub(super) &'a Gate);

impl Gate {
    /// Calls `act` while no other session is opened or closed.
    pub(super) fn alone<T>(&self, act: impl FnOnce() -> T) -> T {
        self.shut();
        let _opening = Opening(self);
        act()
    }

    fn shut(&self) {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busy = self.free.wait_while(busy, |busy| *busy).unwrap_or_else(PoisonError::into_inner);
        *busy = true;
    }

    fn open(&self) {
        *self.busy.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.free.notify_one();
    }
}

impl Drop for Shutting<'_> {
    fn drop(&mut self) {
        self.0.shut();
    }
}

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.open();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Watched<'a>(&'a AtomicUsize);

    impl Drop for Watched<'_> {
        fn drop(&mut self) {
            assert_eq!(self.0.fetch_add(1, Ordering::SeqCst), 0, "two at once");
            std::thread::yield_now();
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn what_stands_between_the_two_is_dropped_alone() {
        let (gate, inside) = (Gate::default(), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        gate.alone(|| drop(Watched(&inside)));
                        drop((Shutting(&gate), Watched(&inside), Opening(&gate)));
                    }
                });
            }
        });
    }
}
