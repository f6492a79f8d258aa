//! Before which window the system, or a card's driver, asks for a PIN or a confirmation while a key is used. Not told,
//! such a dialog may open behind the window.

#[cfg(not(windows))]
mod elsewhere;
#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub(crate) use elsewhere::name;
#[cfg(windows)]
pub(crate) use windows::name;
