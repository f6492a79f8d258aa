//! Tests the contract on the store of Windows itself, and what another process finds in it.
//!
//! On other systems this file is empty: their stores are tested in files of their own.

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
