use windows_sys::Win32::UI::WindowsAndMessaging::{ASFW_ANY, AllowSetForegroundWindow};

/// Lets the window that is open come forward: Windows lets only the program that the person has just started.
#[allow(unsafe_code, reason = "Windows has no other way")]
pub(crate) fn give_away() {
    // SAFETY: takes a number and touches no memory of ours.
    let given = unsafe { AllowSetForegroundWindow(ASFW_ANY) };
    if given == 0 {
        tracing::debug!("the window that is open may only blink");
    }
}
