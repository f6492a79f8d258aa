//! The Inkan window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    inkan_app::choose_renderer();
    let events = inkan_client::log_to_standard_error("warn,cryptoki::mechanism=off");
    inkan_client::protocol::keep_no_core_file();
    inkan_client::keep_panics_quiet(inkan_app::system_language());
    match inkan_app::run(events) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = &error as &(dyn std::error::Error + 'static), "the app cannot start");
            ExitCode::FAILURE
        }
    }
}
