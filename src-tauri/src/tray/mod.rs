//! The icon in the system's tray, if there is a tray, with the menu: open, log in, quit.

#[cfg(target_os = "linux")]
mod linux;

use std::sync::Arc;

use inkan_client::protocol::Language;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::desktop::Desktop;
use crate::navigation::{NavigationRequest, navigate};
use crate::window;
use crate::words::Words;

const ICON: &str = "main";
const OPEN: &str = "open";
const LOG_IN: &str = "log-in";
const QUIT: &str = "quit";
/// The folder in which the toolkit saves the picture for the tray, on Linux.
const FOLDER: &str = "tray";

/// Shows the tray icon. Without a tray, everything can be done in the window.
pub(crate) fn show(app: &AppHandle) {
    if !can_be_had() {
        tracing::info!("this desktop has no tray");
        return;
    }
    if let Err(error) = build(app) {
        tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "the tray icon cannot be shown");
    }
}

/// Changes the language of the icon's menu, if there is an icon.
pub(crate) fn speak(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ICON) else { return };
    if let Err(error) = menu(app, language).and_then(|menu| tray.set_menu(Some(menu))) {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the language of the tray menu cannot be changed"
        );
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let desktop = app.state::<Arc<Desktop>>();
    let mut tray = TrayIconBuilder::with_id(ICON)
        .menu(&menu(app, desktop.language())?)
        .tooltip(&app.package_info().name)
        // The folder belongs to this window alone. If it were shared, the end of another instance would remove the
        // picture.
        .temp_dir_path(desktop.home().directory().join(FOLDER))
        // A left click opens the menu, except on Windows. Users of each system expect this.
        .show_menu_on_left_click(!cfg!(windows))
        .on_tray_icon_event(click)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::bring_forward(app),
            LOG_IN => navigate(app, NavigationRequest::LogIn),
            // The end of the app logs out an open session (S1-15).
            QUIT => app.exit(0),
            _ => {}
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    Ok(())
}

fn menu(app: &AppHandle, language: Language) -> tauri::Result<Menu<Wry>> {
    let words = Words::of(language);
    let item = |id: &str, text: String| MenuItem::with_id(app, id, text, true, None::<&str>);
    let open = item(OPEN, words.text("tray-open"))?;
    let log_in = item(LOG_IN, words.text("tray-log-in"))?;
    let quit = item(QUIT, words.text("tray-quit"))?;
    Menu::with_items(app, &[&open, &log_in, &quit])
}

fn click(tray: &TrayIcon, event: TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event
        && cfg!(windows)
    {
        window::bring_forward(tray.app_handle());
    }
}

/// Returns true: Windows and macOS always have a tray.
#[cfg(not(target_os = "linux"))]
fn can_be_had() -> bool {
    true
}

#[cfg(target_os = "linux")]
use linux::can_be_had;
