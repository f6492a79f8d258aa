use std::sync::atomic::{AtomicIsize, Ordering};

/// The owner window; 0 for none.
static OWNER: AtomicIsize = AtomicIsize::new(0);

/// Sets the window (`HWND`) that owns the prompts of Windows for a PIN or a confirmation; 0 for none. If the window is
/// closed, the prompts have no owner.
pub fn set_owner_window(window: isize) {
    OWNER.store(window, Ordering::Relaxed);
}

pub(super) fn window() -> Option<isize> {
    Some(OWNER.load(Ordering::Relaxed)).filter(|window| *window != 0)
}
