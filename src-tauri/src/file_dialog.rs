use std::path::PathBuf;

use rfd::AsyncFileDialog;
use tauri::WebviewWindow;

/// Opens the system's dialog over the window to choose files, each with a certificate and its key. Returns none if the
/// user cancels it.
pub(crate) async fn choose(window: &WebviewWindow, title: &str, kind: &str) -> Option<Vec<PathBuf>> {
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
        let _ = asked.send(dialog.pick_files());
    });
    opened.ok()?;
    let waiting = tauri::async_runtime::spawn_blocking(move || answer.recv().ok()).await.ok()??;
    waiting.await.map(|files| files.iter().map(|file| file.path().to_owned()).collect())
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

/// Returns `text` as a part of a file name that every system accepts: other characters than letters, digits, `-`, `_`
/// and `.` become `_`, and a dot is not the first character.
pub(crate) fn file_name(text: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
    let name: String = text.chars().map(kept).take(64).collect();
    match name.trim_start_matches('.') {
        "" => "certificate".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_certificate_becomes_a_file_name() {
        for (text, name) in [
            ("hanakodt", "hanakodt"),
            ("00009876543 kanrisya 1635", "00009876543_kanrisya_1635"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("花子", "花子"),
            ("a:b*c?\u{202e}", "a_b_c__"),
            ("...", "certificate"),
        ] {
            assert_eq!(file_name(text), name);
        }
    }
}
