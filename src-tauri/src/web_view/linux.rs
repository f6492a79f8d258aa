use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager, WebviewWindow};
use webkit2gtk::{
    ContextMenu, ContextMenuAction, ContextMenuExt, ContextMenuItem, HitTestResultExt, WebView, WebViewExt,
};

use crate::desktop::Desktop;
use crate::words::Words;

/// The greatest number of times within [`WITHIN`] that the page is loaded again after its process has ended. A page
/// whose process ends more often cannot be repaired by loading it again.
const MOST_RESTARTS: usize = 3;
const WITHIN: Duration = Duration::from_secs(60);

/// The entries of the menu of a text field, with the message for each.
const IN_FIELDS: [(ContextMenuAction, &str); 4] = [
    (ContextMenuAction::Cut, "menu-cut"),
    (ContextMenuAction::Copy, "menu-copy"),
    (ContextMenuAction::Paste, "menu-paste"),
    (ContextMenuAction::SelectAll, "menu-select-all"),
];

/// Limits the web view's menu to text fields, without entries such as `Reload`. Loads the page again if the page's
/// process ends. The new page continues the session.
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

/// Loads the page again. If its process ends too often, ends the app in order instead, which logs out (S1-15).
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
