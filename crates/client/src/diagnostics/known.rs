use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Names that would identify a person in a report: login IDs, contract numbers, people and companies that this run has
/// met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(Arc<Mutex<BTreeSet<String>>>);

/// A shorter one would hide half of every word.
const SHORTEST: usize = 2;

impl Known {
    /// A name or number to hide, whole and by its words: certificates are called `00009876543 riyousya 1635`.
    pub(crate) fn note(&self, name: &str) {
        let mut names = self.names();
        for part in std::iter::once(name).chain(name.split_whitespace()) {
            if part.chars().count() >= SHORTEST {
                names.insert(part.to_owned());
            }
        }
    }

    /// The longest first, so that no part of one is left over.
    pub(super) fn longest_first(&self) -> Vec<String> {
        let mut names: Vec<String> = self.names().iter().cloned().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// A panic elsewhere leaves the set as it was.
    fn names(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
