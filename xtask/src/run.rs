use crate::failure::Failure;
use crate::process;
use crate::setup;
use crate::terminal_journey;
use crate::window;
use crate::workspace::{self, cargo};

/// Where `cargo xtask run` shows what Inkan does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// In the window if there is a display, otherwise in the terminal.
    AsFits,
    /// In the terminal.
    Terminal,
}

/// Installs what is needed, builds, and runs Inkan with the demo bank.
pub(crate) fn run(place: Where) -> Result<(), Failure> {
    if place == Where::AsFits && has_display() {
        setup::for_the_window()?;
        process::run(&mut cargo(&["build", "-p", "inkan-bank", "-p", "inkan-cli", "-p", "inkan-app"]))?;
        window::open(&target_folder()?)
    } else {
        if place == Where::AsFits {
            println!("There is no display, so the journey runs in the terminal.");
        }
        setup::for_the_terminal()?;
        process::run(&mut cargo(&["build", "-p", "inkan-bank", "-p", "inkan-cli"]))?;
        terminal_journey::walk(&target_folder()?)
    }
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn target_folder() -> Result<std::path::PathBuf, Failure> {
    let folder = workspace::target_directory()?;
    std::fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
    Ok(folder)
}
