//! Prepares a separate Windows: a Wine prefix below the target directory that contains only what a test has put into
//! it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::workspace::target_directory;

/// The program. Debian has no other name for it.
pub(crate) const PROGRAM: &str = "wine";

/// Source of a library with a function of Windows 10 that Rust's standard library needs and that Wine 8 lacks. It
/// returns random bytes, which Wine offers by an older name.
const RANDOM_BYTES: &str = "\
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return SystemFunction036(data, (ULONG)length);
}
";
const RANDOM_BYTES_LIBRARY: &str = "bcryptprimitives.dll";

/// Makes the prefix anew, as Windows 10 and with the functions that Wine lacks, so that nothing of an interrupted run
/// is left in it.
pub(crate) fn prepare(compiler: &str) -> Result<(), Failure> {
    let prefix = prefix()?;
    if prefix.exists() {
        std::fs::remove_dir_all(&prefix).map_err(Failure::file(&prefix))?;
    }
    std::fs::create_dir_all(&prefix).map_err(Failure::file(&prefix))?;
    process::run(within(Command::new(PROGRAM).args(["wineboot", "--init"]))?)?;
    process::run(within(Command::new(PROGRAM).args(["winecfg", "-v", "win10"]))?)?;
    compile(compiler, &prefix.join("drive_c/windows/system32").join(RANDOM_BYTES_LIBRARY))
}

/// Makes a command use this prefix, and prevents it from using the developer's screen.
pub(crate) fn within(command: &mut Command) -> Result<&mut Command, Failure> {
    Ok(command
        .env("WINEPREFIX", prefix()?)
        .env("WINEDEBUG", "-all")
        // Otherwise Wine asks whether to download .NET and a browser engine.
        .env("WINEDLLOVERRIDES", "mscoree=;mshtml=")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY"))
}

/// Returns a path as programs in the prefix see it. They see every file below `Z:`.
pub(crate) fn path(path: &Path) -> String {
    format!("Z:{}", path.display()).replace('/', "\\")
}

fn prefix() -> Result<PathBuf, Failure> {
    Ok(target_directory()?.join("wine"))
}

fn compile(compiler: &str, library: &Path) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(Failure::file(std::env::temp_dir()))?;
    let source = folder.path().join("random_bytes.c");
    std::fs::write(&source, RANDOM_BYTES).map_err(Failure::file(&source))?;
    process::run(Command::new(compiler).args(["-shared", "-O2", "-o"]).args([library, &source]).arg("-ladvapi32"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_its_drive() {
        assert_eq!(path(Path::new("/tmp/a b/c.der")), r"Z:\tmp\a b\c.der");
    }
}
