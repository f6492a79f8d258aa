use std::env;

use crate::input_method::{MODULE, Wanted, prefer_painting_module};
use crate::window::AUTOMATION;

/// WebKitGTK's word for: hand pictures over in plain memory, never in the graphics card's.
const PLAIN_MEMORY: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// WebKitGTK's word for: compose no layers, which has pictures handed over in plain memory, too.
const NO_LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Has WebKitGTK draw in plain memory. Through the graphics card its windows stay blank with some drivers, and without
/// a card, as on a remote desktop, each frame takes twice as long and the first half as long again. Who has set the
/// variable, to whatever, has chosen. A driven web view takes no pictures this way.
///
/// XIM makes a window of the X server of the web view's window, and what WebKit draws in plain memory does not arrive
/// there: the picture stands still from the first click into a text field. A session that needs XIM gets the other
/// renderer, and a person who has chosen both loses XIM.
///
/// WebKit and GTK read both from the environment only, and at their start: this belongs before all else in `main`.
#[allow(unsafe_code, reason = "the environment is where WebKitGTK and GTK look")]
pub fn choose_renderer() {
    let wanted = Wanted::from_environment();
    if draws_in_plain_memory() && wanted.needs_xim() && env::var_os(MODULE).is_some() {
        // SAFETY: `main` calls this first, so that no other thread is there to read the environment meanwhile.
        unsafe { env::set_var(MODULE, wanted.in_place_of_xim()) };
    }
    if env::var_os(PLAIN_MEMORY).is_some() || env::var_os(AUTOMATION).is_some() || wanted.needs_xim() {
        return;
    }
    // SAFETY: as above.
    unsafe { env::set_var(PLAIN_MEMORY, "1") };
}

/// Has GTK take an input module that goes with the renderer. GTK has started by now, and no web view has.
pub(crate) fn choose_input_module() {
    if draws_in_plain_memory() {
        prefer_painting_module();
    }
}

/// Returns whether WebKit will draw in plain memory: to WebKit, any value but `0` means yes.
fn draws_in_plain_memory() -> bool {
    [PLAIN_MEMORY, NO_LAYERS].iter().any(|name| env::var_os(name).is_some_and(|value| value != "0"))
}
