use std::path::PathBuf;

use rfd::AsyncFileDialog;
use tauri::WebviewWindow;

/// Opens the system's dialog over the window to choose a file with a certificate and its key. Returns none if the user
/// cancels it.
pub(crate) async fn choose(window: &WebviewWindow, title: &str, kind: &str) -> Option<PathBuf> {
    let (asked, answer) = std::sync::mpsc::channel();
    // A user who got another kind of file can choose it, too, and then reads which kind it is.
    let dialog = AsyncFileDialog::new()
        .set_parent(window)
        .set_title(title)
        .add_filter(kind, &["p12", "pfx", "P12", "PFX"])
        .add_filter("*", &["*"]);
    // Systems open dialogs only from the window's own thread.
    let opened = window.run_on_main_thread(move || {
        // The window may have closed. Then no receiver is left.
        let _ = asked.send(dialog.pick_file());
    });
    opened.ok()?;
    let waiting = tauri::async_runtime::spawn_blocking(move || answer.recv().ok()).await.ok()??;
    waiting.await.map(|file| file.path().to_owned())
}

/// Opens the system's dialog to choose the place of a new file. Returns none if the user cancels it.
pub(crate) async fn save(window: &WebviewWindow, title: &str, name: &str) -> Option<PathBuf> {
    let (asked, answer) = std::sync::mpsc::channel();
    let dialog = AsyncFileDialog::new().set_parent(window).set_title(title).set_file_name(name);
    let opened = window.run_on_main_thread(move || {
        // The window may have closed. Then no receiver is left.
        let _ = asked.send(dialog.save_file());
    });
    opened.ok()?;
    let waiting = tauri::async_runtime::spawn_blocking(move || answer.recv().ok()).await.ok()??;
    waiting.await.map(|file| file.path().to_owned())
}
