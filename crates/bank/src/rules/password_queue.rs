use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

/// Locks by name, within this instance of the bank. The checks of one user's passwords run one after the other.
///
/// The database counts the attempts of all instances (M5). Without the lock, a right password could be refused because
/// other attempts have just begun, and the attempts for one user could occupy every core.
#[derive(Debug, Default)]
pub(crate) struct KeyedMutex {
    locks: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

impl KeyedMutex {
    /// Waits for the lock of `name`, which is held until the guard is dropped.
    pub(crate) async fn lock(&self, name: &str) -> OwnedMutexGuard<()> {
        self.lock_of(name).lock_owned().await
    }

    fn lock_of(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        // The map holds no state that a panic could leave half changed.
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = locks.get(name).and_then(Weak::upgrade) {
            return lock;
        }
        locks.retain(|_, lock| lock.strong_count() > 0);
        let lock = Arc::default();
        locks.insert(name.to_owned(), Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_waits_for_itself_and_for_no_other() {
        let queue = KeyedMutex::default();
        let held = queue.lock("hanakodt").await;
        assert!(queue.lock_of("hanakodt").try_lock().is_err());
        assert!(queue.lock_of("ichirodt").try_lock().is_ok());
        drop(held);
        assert!(queue.lock_of("hanakodt").try_lock().is_ok());
        drop(queue.lock("jirodt").await);
        assert_eq!(queue.locks.lock().unwrap().len(), 1, "locks that are released are forgotten");
    }
}
