//! The contract on a SoftHSM token with a PIN.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test, and it fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use cryptoki::context::Pkcs11;
use inkan_store::{Location, PinSource, StoreError};
use libtest_mimic::Trial;
use secrecy::SecretString;

mod contract;

use contract::{ALGORITHMS, Behind, Token};

const CONFIGURATION: &str = "SOFTHSM2_CONF";
const LABEL: &str = "Inkan contract";
const PIN: &str = "4711";

/// SoftHSM finds its configuration by an environment variable, which only a new process can be given safely.
fn main() -> ExitCode {
    if std::env::var_os("INKAN_STORE_SOFTHSM").is_some() {
        run();
    }
    let directory = tempfile::tempdir().unwrap();
    let configuration = make_token(directory.path());
    let status = Command::new(std::env::current_exe().unwrap())
        .args(std::env::args_os().skip(1))
        .env(CONFIGURATION, configuration)
        .env("INKAN_STORE_SOFTHSM", "1")
        .status()
        .unwrap();
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run() -> ! {
    let arguments = libtest_mimic::Arguments::from_args();
    let library = find_library();
    let location = Location::Pkcs11 { module: library.clone(), token: Some(LABEL.into()) };
    let pin: Arc<dyn PinSource> = Arc::new(Known);
    let subject = contract::Subject {
        store: inkan_store::open_with(&location, Some(pin.clone())).unwrap(),
        location,
        pin: Some(pin),
        behind: Behind::Token(Token { module: Pkcs11::new(library).unwrap(), label: LABEL, pin: Some(PIN.into()) }),
        algorithms: ALGORITHMS,
        pss: true,
    };
    let mut cases = contract::cases(subject);
    cases.push(Trial::test("a_token_that_is_not_there_is_unavailable", || {
        let location = Location::Pkcs11 { module: find_library(), token: Some("no such token".into()) };
        let refused = inkan_store::open(&location);
        assert!(matches!(&refused, Err(StoreError::Unavailable { reason }) if reason.contains("no such token")));
        Ok(())
    }));
    libtest_mimic::run(&arguments, cases).exit()
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

fn find_library() -> PathBuf {
    ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/lib/pkcs11/libsofthsm2.so"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .expect("libsofthsm2.so, of the package softhsm2")
}

#[derive(Debug)]
struct Known;

impl PinSource for Known {
    fn pin(&self, token: &str) -> Option<SecretString> {
        (token == LABEL).then(|| PIN.into())
    }
}
