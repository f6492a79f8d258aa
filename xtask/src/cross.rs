//! Checking and building for systems that this one is not, with Debian's own Rust: it brings the source of its standard
//! library, so that any target can be built without downloading one.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::workspace::{root, target_directory};

/// What brings compiler, Cargo, Clippy and that source. They lie beside rustup's, and do not replace them.
pub(crate) const PACKAGES: &[&str] = &["cargo-web", "rust-web-clippy", "rust-web-src", "rustc-web"];

const STANDARD_LIBRARY: &str = "-Zbuild-std=std,panic_unwind,proc_macro,test";

/// Debian's Rust.
#[derive(Debug)]
pub(crate) struct Toolchain {
    rustc: PathBuf,
    cargo: PathBuf,
    cargo_clippy: PathBuf,
}

impl Toolchain {
    /// As the packages say where they put it.
    pub(crate) fn find() -> Result<Self, Failure> {
        let listed = process::collect(Command::new("dpkg").arg("-L").args(PACKAGES), b"")?;
        let listed = String::from_utf8_lossy(&listed.stdout);
        let found = |program| installed(&listed, program).ok_or_else(|| missing(program));
        Ok(Self { rustc: found("rustc")?, cargo: found("cargo")?, cargo_clippy: found("cargo-clippy")? })
    }

    /// `cargo SUBCOMMAND --target TARGET`, to go on with packages and the like. What it makes lies apart, in
    /// `target/cross`.
    pub(crate) fn cargo(&self, subcommand: &str, target: &str) -> Result<Command, Failure> {
        // Cargo would take the first `cargo-clippy` of the path, which may be rustup's.
        let program = if subcommand == "clippy" { &self.cargo_clippy } else { &self.cargo };
        let mut command = Command::new(program);
        command
            .current_dir(root())
            .args([subcommand, STANDARD_LIBRARY, "--target", target])
            .env("CARGO", &self.cargo)
            .env("RUSTC", &self.rustc)
            .env("CARGO_TARGET_DIR", target_directory()?.join("cross"))
            // The standard library of a stable compiler is built with its unstable parts.
            .env("RUSTC_BOOTSTRAP", "1")
            // Of the Cargo that runs us, with the libraries of its own compiler.
            .env_remove("LD_LIBRARY_PATH");
        Ok(command)
    }
}

/// Where `dpkg -L` lists that program.
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
