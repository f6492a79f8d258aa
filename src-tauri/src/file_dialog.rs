use std::path::PathBuf;

use rfd::AsyncFileDialog;
use tauri::WebviewWindow;

/// The system's dialog for a file with a certificate and its key, before the window; none if it is left.
pub(crate) async fn choose(window: &WebviewWindow, title: &str, kind: &str) -> Option<PathBuf> {
    let (asked, answer) = std::sync::mpsc::channel();
    // A person who was given another kind of file must be able to choose it, and then reads what it is.
    let dialog = AsyncFileDialog::new()
        .set_parent(window)
        .set_title(title)
        .add_filter(kind, &["p12", "pfx", "P12", "PFX"])
        .add_filter("*", &["*"]);
    // Systems open dialogs from the window's own thread alone.
    let opened = window.run_on_main_thread(move || {
        // Whoever waited for it has gone with the window.
        let _ = asked.send(dialog.pick_file());
    });
    opened.ok()?;
    let waiting = tauri::async_runtime::spawn_blocking(move || answer.recv().ok()).await.ok()??;
    waiting.await.map(|file| file.path().to_owned())
}

/// The system's dialog for where to put a new file; none if it is left.
pub(crate) async fn save(window: &WebviewWindow, title: &str, name: &str) -> Option<PathBuf> {
    let (asked, answer) = std::sync::mpsc::channel();
    let dialog = AsyncFileDialog::new().set_parent(window).set_title(title).set_file_name(name);
    let opened = window.run_on_main_thread(move || {
        // Whoever waited for it has gone with the window.
        let _ = asked.send(dialog.save_file());
    });
    opened.ok()?;
    let waiting = tauri::async_runtime::spawn_blocking(move || answer.recv().ok()).await.ok()??;
    waiting.await.map(|file| file.path().to_owned())
}
