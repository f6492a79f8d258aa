//! A SoftHSM token for one test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use inkan_store::{PinQuestion, PinSource};
use secrecy::SecretString;

/// The label of the token.
pub(crate) const LABEL: &str = "Inkan contract";
/// The PIN of the token.
pub(crate) const PIN: &str = "4711";

const CONFIGURATION: &str = "SOFTHSM2_CONF";
const TOKENS: &str = "INKAN_STORE_SOFTHSM";

/// Runs `tests` in a process that has a new token. `tests` gets the directory of the token. SoftHSM finds its
/// configuration by an environment variable, which can be set safely only for a new process.
pub(crate) fn in_new_process(tests: impl FnOnce(&Path)) -> ExitCode {
    if let Some(tokens) = std::env::var_os(TOKENS) {
        tests(Path::new(&tokens));
        return ExitCode::SUCCESS;
    }
    let directory = tempfile::tempdir().unwrap();
    let configuration = make_token(directory.path());
    let status = Command::new(std::env::current_exe().unwrap())
        .args(std::env::args_os().skip(1))
        .env(CONFIGURATION, configuration)
        .env(TOKENS, directory.path().join("tokens"))
        .status()
        .unwrap();
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn make_token(directory: &Path) -> PathBuf {
    let tokens = directory.join("tokens");
    fs::create_dir(&tokens).unwrap();
    let configuration = directory.join("softhsm2.conf");
    fs::write(&configuration, format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display())).unwrap();
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", LABEL, "--so-pin", "0815", "--pin", PIN])
        .env(CONFIGURATION, &configuration)
        .stdout(Stdio::null())
        .status()
        .expect("softhsm2-util, of the package softhsm2");
    assert!(made.success());
    configuration
}

/// Returns the path of the module.
pub(crate) fn find_library() -> PathBuf {
    ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/lib/pkcs11/libsofthsm2.so"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect("libsofthsm2.so, of the package softhsm2")
}

/// A PIN source that gives the PIN of the token.
#[derive(Debug)]
pub(crate) struct Known;

impl PinSource for Known {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        (question.token == LABEL).then(|| PIN.into())
    }
}
