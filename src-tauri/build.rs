//! Embeds the configuration, the capability file and the built UI.

fn main() {
    // The application's own commands need no permission of their own; what is listed here is all there is.
    tauri_build::build();
}
