use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The names that would identify a person in a report: login IDs, contract numbers, people and companies that occurred
/// in this run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(Arc<Mutex<BTreeSet<String>>>);

/// The least length of a name that is hidden, in characters. A shorter name would hide parts of many words.
const SHORTEST: usize = 2;

impl Known {
    /// Adds a name or number to hide, both whole and word by word.
    /// A certificate may be called `00009876543 riyousya 1635`.
    pub(crate) fn note(&self, name: &str) {
        let mut names = self.names();
        for part in std::iter::once(name).chain(name.split_whitespace()) {
            if part.chars().count() >= SHORTEST {
                names.insert(part.to_owned());
            }
        }
    }

    /// Returns the names, the longest first, so that a short name does not cut a longer name.
    pub(super) fn longest_first(&self) -> Vec<String> {
        let mut names: Vec<String> = self.names().iter().cloned().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// Returns the set of names. A poisoned lock is used, because a panic leaves the set whole.
    fn names(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
