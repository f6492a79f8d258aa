use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager, WebviewWindow};
use webkit2gtk::{
    ContextMenu, ContextMenuAction, ContextMenuExt, ContextMenuItem, HitTestResultExt, WebView, WebViewExt,
};

use crate::desktop::Desktop;
use crate::words::Words;

/// A page whose process ends more often than this within [`WITHIN`] does not come to life by being loaded again.
const MOST_RESTARTS: usize = 3;
const WITHIN: Duration = Duration::from_secs(60);

/// What the menu of a text field offers, and the word for each.
const IN_FIELDS: [(ContextMenuAction, &str); 4] = [
    (ContextMenuAction::Cut, "menu-cut"),
    (ContextMenuAction::Copy, "menu-copy"),
    (ContextMenuAction::Paste, "menu-paste"),
    (ContextMenuAction::SelectAll, "menu-select-all"),
];

/// Has the web view offer a menu in text fields only, without `Reload` and its kind, and loads the page again if the
/// page's process ends: the new page takes the session up.
pub(crate) fn watch(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    let attended = window.with_webview(move |platform| {
        let view = platform.inner();
        let desktop = Arc::clone(&app.state::<Arc<Desktop>>());
        view.connect_context_menu(move |_, menu, _, under| {
            if !under.context_is_editable() {
                return true;
            }
            offer(menu, &Words::of(desktop.language()));
            false
        });
        let restarts = RefCell::default();
        view.connect_web_process_terminated(move |view, _| load_again(&app, view, &restarts));
    });
    if attended.is_err() {
        tracing::warn!("the web view cannot be reached");
    }
}

fn offer(menu: &ContextMenu, words: &Words) {
    menu.remove_all();
    for (action, word) in IN_FIELDS {
        menu.append(&ContextMenuItem::from_stock_action_with_label(action, &words.text(word)));
    }
}

/// Loads the page again, or ends the app in order, which logs out (S1-15).
fn load_again(app: &AppHandle, view: &WebView, restarts: &RefCell<Vec<Instant>>) {
    let now = Instant::now();
    let mut restarts = restarts.borrow_mut();
    restarts.retain(|restart| now.duration_since(*restart) < WITHIN);
    restarts.push(now);
    tracing::error!(restarts = restarts.len(), "the page's process has ended");
    if restarts.len() > MOST_RESTARTS {
        app.exit(1);
    } else {
        view.reload();
    }
}
