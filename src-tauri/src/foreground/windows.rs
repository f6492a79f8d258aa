use windows_sys::Win32::UI::WindowsAndMessaging::{ASFW_ANY, AllowSetForegroundWindow};

/// Lets the open window come to the front. Windows allows this only to the program that the user has just started.
#[allow(unsafe_code, reason = "Windows has no other function for this")]
pub(crate) fn give_away() {
    // SAFETY: the call takes a number and touches no memory of this process.
    let given = unsafe { AllowSetForegroundWindow(ASFW_ANY) };
    if given == 0 {
        tracing::debug!("the open window may only blink: Windows does not let it come to the front");
    }
}
