/// The libraries that can show a tray icon. The toolkit looks for them in this order, and panics if there is none.
const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];

/// Returns whether one of these libraries is installed.
#[allow(unsafe_code, reason = "only loading a library shows that it can be loaded")]
pub(super) fn can_be_had() -> bool {
    LIBRARIES.iter().any(|library| {
        // SAFETY: the toolkit loads the same library a moment later, which runs the same code. The library is never
        // unloaded.
        unsafe { libloading::Library::new(library) }.map(std::mem::forget).is_ok()
    })
}
