//! Checks and builds for other systems with Debian's own Rust. Debian's Rust contains the source of its standard
//! library, so every target can be built without a download.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::workspace::{CLIPPY_ARGUMENTS, WORKSPACE_WRAPPER, root, target_directory};

/// The packages of the compiler, Cargo, Clippy and the source of the standard library. They do not replace the programs
/// of rustup.
pub(crate) const PACKAGES: &[&str] = &["cargo-web", "rust-web-clippy", "rust-web-src", "rustc-web"];

const STANDARD_LIBRARY: &str = "-Zbuild-std=std,panic_unwind,proc_macro,test";

/// The programs of Debian's Rust.
#[derive(Debug)]
pub(crate) struct Toolchain {
    rustc: PathBuf,
    cargo: PathBuf,
    cargo_clippy: PathBuf,
}

impl Toolchain {
    /// Finds the programs where the packages have installed them.
    pub(crate) fn find() -> Result<Self, Failure> {
        let listed = process::collect(Command::new("dpkg").arg("-L").args(PACKAGES), b"")?;
        let listed = String::from_utf8_lossy(&listed.stdout);
        let found = |program| installed(&listed, program).ok_or_else(|| missing(program));
        Ok(Self { rustc: found("rustc")?, cargo: found("cargo")?, cargo_clippy: found("cargo-clippy")? })
    }

    /// Returns `cargo SUBCOMMAND --target TARGET`, without packages and other arguments. Its output goes to a separate
    /// folder, `target/cross`.
    pub(crate) fn cargo(&self, subcommand: &str, target: &str) -> Result<Command, Failure> {
        // Cargo would take the first `cargo-clippy` of the path, which may be that of rustup.
        let program = if subcommand == "clippy" { &self.cargo_clippy } else { &self.cargo };
        let mut command = Command::new(program);
        command
            .current_dir(root())
            .args([subcommand, STANDARD_LIBRARY, "--target", target])
            .env("CARGO", &self.cargo)
            .env("RUSTC", &self.rustc)
            .env("CARGO_TARGET_DIR", target_directory()?.join("cross"))
            // A stable compiler builds its standard library only with its unstable features.
            .env("RUSTC_BOOTSTRAP", "1")
            // Clippy of another compiler, if this run compiles with it.
            .env_remove(WORKSPACE_WRAPPER)
            .env_remove(CLIPPY_ARGUMENTS)
            // Set by the Cargo that runs this program, with the libraries of another compiler.
            .env_remove("LD_LIBRARY_PATH");
        Ok(command)
    }
}

/// Returns the path that `dpkg -L` lists for that program.
fn installed(listed: &str, program: &str) -> Option<PathBuf> {
    listed
        .lines()
        .map(Path::new)
        .find(|path| path.parent().is_some_and(|folder| folder.ends_with("usr/bin")) && path.ends_with(program))
        .map(Path::to_owned)
}

fn missing(program: &'static str) -> Failure {
    Failure::ProgramMissing {
        program, from: "install Debian’s cargo-web, rust-web-clippy, rust-web-src and rustc-web"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_program_itself_is_found() {
        let listed =
            "/.\n/usr/share/cargo/bin/cargo\n/usr/src/cargo\n/usr/bin\n/usr/bin/cargo-clippy\n/usr/bin/cargo\n";
        assert_eq!(installed(listed, "cargo"), Some("/usr/bin/cargo".into()));
        assert_eq!(installed(listed, "rustc"), None);
    }
}
