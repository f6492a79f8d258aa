/// The libraries that can show one; the toolkit looks for them in this order, and panics without.
const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];

/// Returns whether one of them is here.
#[allow(unsafe_code, reason = "to load a library is the only way to know that it can be")]
pub(super) fn can_be_had() -> bool {
    LIBRARIES.iter().any(|library| {
        // SAFETY: what loading these runs is what the toolkit runs a moment later. It stays: nothing of it is unloaded.
        unsafe { libloading::Library::new(library) }.map(std::mem::forget).is_ok()
    })
}
