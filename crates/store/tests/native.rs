//! The contract on the store of Windows itself, and what of it lives on from one process to the next.
//!
//! Elsewhere this is empty: the other systems' stores have their tests under their own names.

#![cfg_attr(windows, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking"))]

#[cfg(windows)]
mod contract;

#[cfg(windows)]
mod windows;

#[cfg(windows)]
fn main() -> std::process::ExitCode {
    windows::main()
}

#[cfg(not(windows))]
fn main() {}
