//! Panics of any thread of this process: a connection's own thread must not panic either.

use std::panic;
use std::sync::{Mutex, Once};

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// Notes each panic of this process from now on.
pub(crate) fn watch() {
    HOOK.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // A test's own assertion panics too, and fails its test by itself.
            if panic.location().is_some_and(|place| !place.file().contains("journeys/mutated")) {
                SEEN.lock().unwrap().push(panic.to_string());
            }
            shown(panic);
        }));
    });
}

/// Asserts that there was none.
pub(crate) fn assert_none() {
    assert_eq!(*SEEN.lock().unwrap(), [] as [String; 0]);
}
