//! Lets the open window of another instance come to the front. Some systems allow this only to the program that the
//! user started last.

#[cfg(not(windows))]
mod elsewhere;
#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
pub(crate) use elsewhere::give_away;
#[cfg(windows)]
pub(crate) use windows::give_away;
