use std::env;

use crate::input_method::{MODULE, Wanted, prefer_painting_module};
use crate::window::AUTOMATION;

/// The variable that makes WebKitGTK pass pictures in plain memory and never in the memory of the graphics card.
const PLAIN_MEMORY: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// The variable that makes WebKitGTK compose no layers. Pictures are then passed in plain memory, too.
const NO_LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Makes WebKitGTK draw in plain memory. With some drivers, windows that are drawn by the graphics card stay blank. If
/// there is no graphics card, as on a remote desktop, drawing by it takes twice as long for each frame, and 1.5 times
/// as long for the first one. If a user has set the variable to any value, it is left as it is. It is also left if a
/// test driver controls the web view, because such a web view takes no screenshots in plain memory.
///
/// XIM creates an X window in the web view's window. What WebKit draws in plain memory does not appear there: the
/// picture freezes at the first click into a text field. So a session that needs XIM keeps the other renderer. If a
/// user has chosen both plain memory and XIM, another input module replaces XIM.
///
/// WebKit and GTK read both variables only from the environment and only at their start. So `main` must call this
/// function first.
#[allow(unsafe_code, reason = "WebKitGTK and GTK read these settings only from the environment")]
pub fn choose_renderer() {
    let wanted = Wanted::from_environment();
    if draws_in_plain_memory() && wanted.needs_xim() && env::var_os(MODULE).is_some() {
        // SAFETY: `main` calls this function first, so no other thread exists that could read the environment.
        unsafe { env::set_var(MODULE, wanted.in_place_of_xim()) };
    }
    if env::var_os(PLAIN_MEMORY).is_some() || env::var_os(AUTOMATION).is_some() || wanted.needs_xim() {
        return;
    }
    // SAFETY: as above.
    unsafe { env::set_var(PLAIN_MEMORY, "1") };
}

/// Makes GTK use an input module that works with the renderer. Must be called after GTK has started and before a web
/// view exists.
pub(crate) fn choose_input_module() {
    if draws_in_plain_memory() {
        prefer_painting_module();
    }
}

/// Returns whether WebKit will draw in plain memory. WebKit takes any value but `0` as yes.
fn draws_in_plain_memory() -> bool {
    [PLAIN_MEMORY, NO_LAYERS].iter().any(|name| env::var_os(name).is_some_and(|value| value != "0"))
}
