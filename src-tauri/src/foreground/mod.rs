//! Who may come before the person: the program that they started last, and whom that lets.

#[cfg(not(windows))]
mod elsewhere;
#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub(crate) use elsewhere::give_away;
#[cfg(windows)]
pub(crate) use windows::give_away;
