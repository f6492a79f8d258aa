//! Notifications of the system, and what a click on them does.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::show;
#[cfg(target_os = "macos")]
pub(crate) use macos::show;
#[cfg(windows)]
pub(crate) use windows::show;

/// The content of a notification.
#[derive(Debug, Clone)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "not every system shows all fields"))]
pub(crate) struct Notification {
    pub(crate) title: String,
    pub(crate) text: String,
    /// The label of the notification's button.
    pub(crate) open: String,
}
