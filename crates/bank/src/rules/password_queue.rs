use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

/// Lets the password checks of one person happen one after the other, within this instance.
///
/// How many may be tried is kept in the database, for all instances (M5). By turns, a right password beside others is
/// not refused for what those have only begun, and nobody keeps every core busy under one name.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    waiting: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

impl Turns {
    /// Waits until it is `name`'s turn; the turn ends when the guard is dropped.
    pub(crate) async fn of(&self, name: &str) -> OwnedMutexGuard<()> {
        self.turn(name).lock_owned().await
    }

    fn turn(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        // The map holds no state that a panic could leave half changed.
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = waiting.get(name).and_then(Weak::upgrade) {
            return turn;
        }
        waiting.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        waiting.insert(name.to_owned(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_waits_for_oneself_and_for_nobody_else() {
        let turns = Turns::default();
        let held = turns.of("hanakodt").await;
        assert!(turns.turn("hanakodt").try_lock().is_err());
        assert!(turns.turn("ichirodt").try_lock().is_ok());
        drop(held);
        assert!(turns.turn("hanakodt").try_lock().is_ok());
        drop(turns.of("jirodt").await);
        assert_eq!(turns.waiting.lock().unwrap().len(), 1, "those who are done are forgotten");
    }
}
