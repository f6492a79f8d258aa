//! Saves and restores the size and the place of the window. This replaces the toolkit's plugin, which saves them in
//! another directory and only at the end, and restores a size even if no screen is so large any more.

use std::sync::{Mutex, PoisonError};

use inkan_client::Home;
use serde::{Deserialize, Serialize};
use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow, WindowEvent};

const FILE: &str = "window.json";
/// The size of the part of the window's upper edge that must be on a screen, so that a user can drag it: width and
/// height in pixels.
const HOLD: (i32, i32) = (120, 40);

/// A rectangle of the desktop, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct WindowRect {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

/// The saved state of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Geometry {
    /// The place of the window while it is not maximised.
    place: WindowRect,
    maximised: bool,
}

/// The place of the window, which is tracked while the window is open.
#[derive(Debug)]
pub(crate) struct WindowStateStore {
    home: Home,
    last: Mutex<Option<Geometry>>,
}

impl WindowStateStore {
    pub(crate) fn of(home: Home) -> Self {
        Self { home, last: Mutex::default() }
    }

    /// Restores the window to its last place, or to the nearest place that the screens allow.
    pub(crate) fn restore(&self, window: &WebviewWindow) {
        // A file that cannot be read counts as no file.
        let Ok(Some(kept)) = self.home.read::<Geometry>(FILE) else { return };
        let screens: Vec<WindowRect> = window.available_monitors().unwrap_or_default().iter().map(screen).collect();
        let Some(place) = repaired(kept.place, &screens) else { return };
        let put = window
            .set_size(PhysicalSize::new(place.width, place.height))
            .and_then(|()| window.set_position(PhysicalPosition::new(place.x, place.y)))
            .and_then(|()| if kept.maximised { window.maximize() } else { Ok(()) });
        if let Err(error) = put {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the place of the window cannot be restored"
            );
        }
        *self.lock() = Some(Geometry { place, maximised: kept.maximised });
    }

    /// Tracks the moves and size changes of the window.
    pub(crate) fn hear(&self, window: &tauri::Window, event: &WindowEvent) {
        if !matches!(event, WindowEvent::Moved(_) | WindowEvent::Resized(_)) || window.is_minimized().unwrap_or(false) {
            return;
        }
        let maximised = window.is_maximized().unwrap_or(false);
        let mut last = self.lock();
        match last.as_mut() {
            Some(last) if maximised => last.maximised = true,
            _ => {
                let (Ok(position), Ok(size)) = (window.outer_position(), window.inner_size()) else { return };
                *last = Some(Geometry { place: place(position, size), maximised });
            }
        }
    }

    /// Writes the size and the place of the window to the data directory.
    pub(crate) fn save(&self) {
        if let Some(geometry) = *self.lock()
            && let Err(error) = self.home.write(FILE, &geometry)
        {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the place of the window cannot be saved"
            );
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Geometry>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn screen(monitor: &tauri::Monitor) -> WindowRect {
    place(*monitor.position(), *monitor.size())
}

fn place(position: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> WindowRect {
    let length = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
    WindowRect { x: position.x, y: position.y, width: length(size.width), height: length(size.height) }
}

/// Returns the saved place if a user can drag the window's upper edge there, or else the nearest place on the first
/// screen. Returns none if there is no screen.
fn repaired(kept: WindowRect, screens: &[WindowRect]) -> Option<WindowRect> {
    let first = screens.first()?;
    if kept.width > 0 && kept.height > 0 && screens.iter().any(|screen| can_be_held(kept, *screen)) {
        return Some(kept);
    }
    let (width, height) = (kept.width.clamp(1, first.width), kept.height.clamp(1, first.height));
    let x = kept.x.clamp(first.x, first.x.saturating_add(first.width - width));
    let y = kept.y.clamp(first.y, first.y.saturating_add(first.height - height));
    Some(WindowRect { x, y, width, height })
}

fn can_be_held(window: WindowRect, screen: WindowRect) -> bool {
    let right = |place: WindowRect| place.x.saturating_add(place.width);
    let seen = right(window).min(right(screen)).saturating_sub(window.x.max(screen.x));
    let below = window.y.saturating_sub(screen.y);
    seen >= HOLD.0.min(window.width)
        && (0..=screen.height - HOLD.1).contains(&below)
        && window.width <= screen.width.saturating_mul(2)
        && window.height <= screen.height
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: i32, y: i32, width: i32, height: i32) -> WindowRect {
        WindowRect { x, y, width, height }
    }

    const SCREENS: [WindowRect; 2] = [at(0, 0, 1920, 1080), at(1920, 0, 1280, 1024)];

    #[test]
    fn a_place_on_the_screens_is_kept() {
        for place in [
            at(0, 0, 1040, 700),
            at(100, 50, 1040, 700),
            at(1800, 10, 1040, 700),
            at(2000, 300, 1040, 700),
            at(-800, 20, 1040, 700),
        ] {
            assert_eq!(repaired(place, &SCREENS), Some(place));
        }
    }

    #[test]
    fn a_place_that_no_screen_shows_is_repaired() {
        for (kept, repaired_to) in [
            (at(5000, 5000, 1040, 700), at(880, 380, 1040, 700)),
            (at(-3000, 10, 1040, 700), at(0, 10, 1040, 700)),
            (at(100, -500, 1040, 700), at(100, 0, 1040, 700)),
            (at(100, 1070, 1040, 700), at(100, 380, 1040, 700)),
            (at(0, 0, 9000, 9000), at(0, 0, 1920, 1080)),
            (at(10, 10, 0, -5), at(10, 10, 1, 1)),
            (at(i32::MAX, i32::MIN, i32::MAX, i32::MAX), at(0, 0, 1920, 1080)),
        ] {
            assert_eq!(repaired(kept, &SCREENS), Some(repaired_to), "{kept:?}");
        }
    }

    #[test]
    fn without_a_screen_the_system_decides() {
        assert_eq!(repaired(at(0, 0, 1040, 700), &[]), None);
    }
}
