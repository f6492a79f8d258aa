use std::sync::Arc;

use inkan_client::Theme;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder};

use crate::desktop::{Desktop, StartError};
use crate::web_view;

/// The label of the only window in the configuration.
pub(crate) const MAIN: &str = "main";

/// The variable that lets a test driver control the web view. The toolkit reads it, too.
pub(crate) const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Opens the only window, which shows nothing but the app's own pages. Every navigation to another page is refused,
/// whatever causes it. So a page from outside never gets near a command.
pub(crate) fn open(app: &AppHandle) -> Result<WebviewWindow, StartError> {
    let config = app.config().app.windows.first().ok_or(StartError::NoWindow)?;
    let built = WebviewWindowBuilder::from_config(app, config).and_then(|builder| {
        builder
            .on_navigation(|address| {
                let own = is_own(address);
                if !own {
                    tracing::warn!("a navigation out of the app was refused");
                }
                own
            })
            .on_page_load(|window, load| {
                if load.event() == PageLoadEvent::Started {
                    window.state::<Arc<Desktop>>().page_begins();
                }
            })
            // The title names the page, also for the system's list of windows and for screen readers.
            .on_document_title_changed(|window, title| {
                if let Err(error) = window.set_title(&title) {
                    tracing::debug!(error = &error as &(dyn std::error::Error + 'static), "the title cannot be set");
                }
            })
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            // The web view writes nothing to disk. A web view that a test driver controls cannot be opened in this
            // mode.
            .incognito(std::env::var_os(AUTOMATION).is_none())
            .build()
    });
    let window = built.map_err(StartError::Window)?;
    web_view::watch(&window);
    // Settings that cannot be read are reported by the page.
    if let Ok(settings) = app.state::<Arc<Desktop>>().settings() {
        dress(&window, settings.theme);
    }
    Ok(window)
}

/// Gives the window's frame, which the system draws, the colours of the page.
pub(crate) fn dress(window: &WebviewWindow, theme: Theme) {
    let theme = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    if let Err(error) = window.set_theme(theme) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "the colours of the frame cannot be set");
    }
}

/// Brings the window to the front, even if it is hidden or minimised.
pub(crate) fn bring_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let brought = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = brought {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the window cannot be brought to the front"
        );
    }
}

/// Returns whether `address` is a page of the app itself, as this system's web view addresses its pages.
fn is_own(address: &Url) -> bool {
    let place = (address.scheme(), address.host_str(), address.port());
    if cfg!(windows) {
        place == ("http", Some("tauri.localhost"), None)
    } else {
        place == ("tauri", Some("localhost"), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_pages_are_its_own() {
        let own = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        for page in ["", "/", "/index.html", "/#top"] {
            assert!(is_own(&Url::parse(&format!("{own}{page}")).unwrap()), "{page}");
        }
        for other in [
            "https://bank.example/",
            "http://localhost/",
            "https://localhost:8443/",
            "https://tauri.localhost/",
            "tauri://localhost:1/",
            "tauri://evil.example/",
            "http://tauri.localhost.evil.example/",
            "http://tauri.localhost:8080/",
            "http://ipc.localhost/banks",
            "about:blank",
            "data:text/html,hello",
            "blob:https://bank.example/1",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "inkan://add?bank=https://bank.example",
        ] {
            assert!(!is_own(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
