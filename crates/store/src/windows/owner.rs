use std::sync::atomic::{AtomicIsize, Ordering};

/// None is 0.
static OWNER: AtomicIsize = AtomicIsize::new(0);

/// Sets the window (`HWND`) that owns the prompts of Windows for a PIN or a confirmation; 0 for none. A window that is
/// closed does no harm: the prompt then has no owner.
pub fn set_owner_window(window: isize) {
    OWNER.store(window, Ordering::Relaxed);
}

pub(super) fn window() -> Option<isize> {
    Some(OWNER.load(Ordering::Relaxed)).filter(|window| *window != 0)
}
