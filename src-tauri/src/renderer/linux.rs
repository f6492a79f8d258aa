use std::env;

use crate::window::AUTOMATION;

/// WebKitGTK's word for: hand pictures over in plain memory, never in the graphics card's.
const PLAIN_MEMORY: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Has WebKitGTK draw in plain memory. Through the graphics card its windows stay blank with some drivers, and without a
/// card, as on a remote desktop, each frame takes twice as long and the first half as long again. Who has set the variable,
/// to whatever, has chosen. A driven web view takes no pictures this way.
///
/// WebKit reads it from the environment only, and at its start: this belongs before all else in `main`.
#[allow(unsafe_code, reason = "the environment is where WebKitGTK looks")]
pub fn choose_renderer() {
    if env::var_os(PLAIN_MEMORY).is_some() || env::var_os(AUTOMATION).is_some() {
        return;
    }
    // SAFETY: `main` calls this first, so that no other thread is there to read the environment meanwhile.
    unsafe { env::set_var(PLAIN_MEMORY, "1") };
}
