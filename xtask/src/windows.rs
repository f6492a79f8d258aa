//! Builds and lints the code for Windows on Linux, and runs its tests under Wine.

use std::path::Path;
use std::process::Command;

use crate::cross::{self, Toolchain};
use crate::failure::Failure;
use crate::packages;
use crate::process;
use crate::report::Tally;
use crate::rust_tests;
use crate::ui;
use crate::wine;
use crate::workspace::target_directory;

const TARGET: &str = "x86_64-pc-windows-gnu";
const COMPILER: &str = "x86_64-w64-mingw32-gcc";
/// The package with code for Windows.
const STORE: [&str; 5] = ["--package", "inkan-store", "--lib", "--test", "native"];
/// The packages that depend on it: the command line and the window. They are built together, so that their common parts
/// are built once.
const PROGRAMS: [&str; 4] = ["--package", "inkan-cli", "--package", "inkan-app"];
/// The number of RSA keys that the store's tests import, and some more.
const KEYS: usize = 12;

/// Runs all steps.
pub(crate) fn check_alone() -> Result<(), Failure> {
    install()?;
    ui::install_packages()?;
    ui::build_if_stale()?;
    check()?;
    let mut tally = Tally::default();
    test(&mut tally)?;
    build()?;
    list()
}

/// Installs Debian's Rust, a linker for Windows, and Wine with a prefix of its own.
pub(crate) fn install() -> Result<(), Failure> {
    packages::install(&[packages::TERMINAL, packages::WINDOWS, cross::PACKAGES].concat())?;
    wine::prepare(COMPILER)
}

/// Checks types and lints, with warnings denied. The window needs a built UI.
pub(crate) fn check() -> Result<(), Failure> {
    process::run(cargo("clippy")?.args(STORE).args(["--", "-D", "warnings"]))?;
    process::run(cargo("clippy")?.args(PROGRAMS).args(["--all-targets", "--", "-D", "warnings"]))
}

/// Runs the store's tests under Wine. They remove what they made, and report it if they cannot.
pub(crate) fn test(tally: &mut Tally) -> Result<(), Failure> {
    let keys = tempfile::tempdir().map_err(Failure::file(std::env::temp_dir()))?;
    for number in 0..KEYS {
        make_key(&keys.path().join(format!("{number}.der")))?;
    }
    let mut test = cargo("test")?;
    test.arg("--no-fail-fast").args(STORE);
    // `openssl` cannot be called from inside Wine. The tests ask of Wine's CNG no more than it can do.
    test.env("INKAN_STORE_RSA_KEYS", wine::path(keys.path())).env("INKAN_STORE_WINE", "1");
    rust_tests::count(wine::within(&mut test)?, tally)
}

/// Builds and links the programs. The window needs a built UI. Wine cannot open the window.
pub(crate) fn build() -> Result<(), Failure> {
    process::run(cargo("build")?.args(PROGRAMS).args(["--bin", "inkan", "--bin", "inkan-app"]))
}

/// Runs the command line that [`build`] made under Wine: it lists an empty store.
pub(crate) fn list() -> Result<(), Failure> {
    let program = target_directory()?.join("cross").join(TARGET).join("debug/inkan.exe");
    let mut list = Command::new(wine::PROGRAM);
    list.arg(program).args(["--json", "certificates"]);
    let output = process::collect(wine::within(&mut list)?, b"")?;
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let listed: Option<serde_json::Value> = serde_json::from_slice(&output.stdout).ok();
    if output.status.success() && listed == Some(serde_json::json!([])) {
        return Ok(());
    }
    Err(Failure::Answer { from: process::shown(&list), answer: String::from_utf8_lossy(&said).into_owned() })
}

/// Makes an RSA key in PKCS#8.
fn make_key(path: &Path) -> Result<(), Failure> {
    let mut openssl = Command::new("openssl");
    openssl.args(["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
    let made = process::collect(&mut openssl, b"")?;
    let mut wrap = Command::new("openssl");
    wrap.args(["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-out"]).arg(path);
    let wrapped = process::collect(&mut wrap, &made.stdout)?;
    if wrapped.status.success() {
        return Ok(());
    }
    let said = [made.stderr, wrapped.stderr].concat();
    Err(Failure::Answer { from: "openssl".into(), answer: String::from_utf8_lossy(&said).into_owned() })
}

fn cargo(subcommand: &str) -> Result<Command, Failure> {
    let mut command = Toolchain::find()?.cargo(subcommand, TARGET)?;
    command
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", COMPILER)
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", wine::PROGRAM);
    Ok(command)
}
