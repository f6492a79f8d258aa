//! Notices panics of any thread of this process, because the thread of a connection must not panic, either.

use std::panic;
use std::sync::{Mutex, Once};

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// Records each panic of this process from now on.
pub(crate) fn watch() {
    HOOK.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // An assertion of the test panics too, and fails its test by itself.
            if panic.location().is_some_and(|place| !place.file().contains("journeys/mutated")) {
                SEEN.lock().unwrap().push(panic.to_string());
            }
            shown(panic);
        }));
    });
}

/// Asserts that there was no panic.
pub(crate) fn assert_none() {
    assert_eq!(*SEEN.lock().unwrap(), [] as [String; 0]);
}
