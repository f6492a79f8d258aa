//! Checks the types and lints of the code for macOS. The code cannot run on this system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cross::{self, Toolchain};
use crate::failure::Failure;
use crate::packages;
use crate::process;
use crate::ui;
use crate::workspace::target_directory;

const TARGET: &str = "aarch64-apple-darwin";
/// The packages with code for macOS, and those that depend on it.
const CHECKED: &[&str] = &["inkan-store", "inkan-client", "inkan-cli", "inkan-app"];

/// The C compiler of Zig, as a Python package: it contains the headers of macOS, and needs no SDK.
const ZIG: &str = "ziglang==0.17.0";
const ZIG_VERSION: &str = "0.17.0";

/// A program that Cargo calls instead of Zig. It removes the options of Apple's compiler that Zig does not accept or
/// interprets differently. It uses the Python in its own folder.
const WRAPPER: &str = r#"#!/bin/sh
skip=
for word; do
    shift
    if [ -n "$skip" ]; then
        skip=
        continue
    fi
    case "$word" in
    --target=* | -mmacosx-version-min=*) ;;
    --target | -arch | -isysroot) skip=1 ;;
    *) set -- "$@" "$word" ;;
    esac
done
exec "$(dirname "$0")/bin/python" -m ziglang cc -target aarch64-macos "$@"
"#;

/// Runs all steps.
pub(crate) fn check_alone() -> Result<(), Failure> {
    install()?;
    ui::install_packages()?;
    ui::build_if_stale()?;
    check()
}

/// Installs Debian's Rust, and a C compiler for the C parts of libraries.
pub(crate) fn install() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::MACOS, cross::PACKAGES].concat())?;
    let tools = tools()?;
    let python = tools.join("bin/python");
    if zig_version(&python).as_deref() != Some(ZIG_VERSION) {
        process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&tools))?;
        process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", ZIG]))?;
    }
    write_program(&wrapper(&tools))
}

/// Checks types and lints, with warnings denied. The window needs a built UI.
pub(crate) fn check() -> Result<(), Failure> {
    let mut clippy = Toolchain::find()?.cargo("clippy", TARGET)?;
    clippy.env("CC_aarch64_apple_darwin", wrapper(&tools()?));
    clippy.args(CHECKED.iter().flat_map(|package| ["--package", package])).arg("--all-targets");
    process::run(clippy.args(["--", "-D", "warnings"]))
}

fn tools() -> Result<PathBuf, Failure> {
    Ok(target_directory()?.join("cross-tools/macos"))
}

fn wrapper(tools: &Path) -> PathBuf {
    tools.join("aarch64-macos-cc")
}

fn zig_version(python: &Path) -> Option<String> {
    let output = process::collect(Command::new(python).args(["-m", "ziglang", "version"]), b"").ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(unix)]
fn write_program(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, WRAPPER)
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(0o755)))
        .map_err(Failure::file(path))
}

#[cfg(not(unix))]
fn write_program(path: &Path) -> Result<(), Failure> {
    fs::write(path, WRAPPER).map_err(Failure::file(path))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_wrapper_drops_what_is_apples_and_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bin")).unwrap();
        // Stands for Python, and prints its arguments, one on each line.
        let python = folder.path().join("bin/python");
        write_program(&python).unwrap();
        fs::write(&python, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n").unwrap();
        write_program(&wrapper(folder.path())).unwrap();
        let given = ["--target=arm64-apple-macosx", "-arch", "arm64", "-isysroot", "/SDK", "-O2", "-DA=b c", "a.c"];
        let output = process::collect(Command::new(wrapper(folder.path())).args(given), b"").unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = said.lines().collect();
        assert_eq!(words, ["-m", "ziglang", "cc", "-target", "aarch64-macos", "-O2", "-DA=b c", "a.c"]);
    }
}
