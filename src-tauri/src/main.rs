//! The Inkan window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use inkan_client::RecentEvents;
use inkan_client::protocol::PrintableWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

fn main() -> ExitCode {
    inkan_app::choose_renderer();
    let filter =
        EnvFilter::try_from_env("INKAN_LOG").unwrap_or_else(|_| EnvFilter::new("warn,cryptoki::mechanism=off"));
    // Text from outside commands no terminal.
    let shown = tracing_subscriber::fmt::layer().with_writer(|| PrintableWriter(std::io::stderr())).with_ansi(false);
    let shown = shown.log_internal_errors(false).with_filter(filter);
    let events = RecentEvents::default();
    // What a report for the help desk tells of, whatever is shown meanwhile.
    let kept = events.clone().with_filter(EnvFilter::new("info,cryptoki::mechanism=off"));
    tracing_subscriber::registry().with(shown).with(kept).init();
    inkan_client::keep_no_core_file();
    match inkan_app::run(events) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "cannot start");
            ExitCode::FAILURE
        }
    }
}
