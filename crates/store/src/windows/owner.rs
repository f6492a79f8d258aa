use std::sync::atomic::{AtomicIsize, Ordering};

/// None is 0.
static OWNER: AtomicIsize = AtomicIsize::new(0);

/// The window (`HWND`) before which Windows asks for a PIN or a confirmation; 0 for none. A window that is gone does no
/// harm: the question then stands alone.
pub fn set_owner_window(window: isize) {
    OWNER.store(window, Ordering::Relaxed);
}

pub(super) fn window() -> Option<isize> {
    Some(OWNER.load(Ordering::Relaxed)).filter(|window| *window != 0)
}
