//! Sets the owner window of the dialogs in which the system or a card's driver asks for a PIN or a confirmation.
//! Without an owner, such a dialog may open behind the window.

#[cfg(not(windows))]
mod elsewhere;
#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub(crate) use elsewhere::name;
#[cfg(windows)]
pub(crate) use windows::name;
