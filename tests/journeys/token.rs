//! A certificate in a token with a PIN, which may be wrong, not be given, or be gone with the token.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use inkan_journeys::{Bank, Pc, program, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const LABEL: &str = "Journey";
const PIN: &str = "4711";

/// A PC whose certificates are in a SoftHSM token.
struct PcWithToken {
    pc: Pc,
    directory: TempDir,
    library: PathBuf,
}

impl PcWithToken {
    fn with(bank: &Bank) -> Self {
        let directory = TempDir::new().unwrap();
        let tokens = directory.path().join("tokens");
        fs::create_dir(&tokens).unwrap();
        let configuration = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        fs::write(directory.path().join("softhsm2.conf"), configuration).unwrap();
        let made = Command::new("softhsm2-util")
            .args(["--init-token", "--free", "--label", LABEL, "--so-pin", "0815", "--pin", PIN])
            .env("SOFTHSM2_CONF", directory.path().join("softhsm2.conf"))
            .output()
            .expect("softhsm2-util, of the package softhsm2");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let library = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"]
            .iter()
            .map(PathBuf::from)
            .find(|path| path.exists())
            .expect("libsofthsm2.so, of the package softhsm2");
        Self { pc: Pc::with(bank), directory, library }
    }

    fn tokens(&self) -> PathBuf {
        self.directory.path().join("tokens")
    }

    fn inkan(&self, arguments: &[&str], answers: &Value) -> Result<Value, Value> {
        let mut process = Command::new(program("inkan"))
            .args(["--json", "--lang", "ja", "--answers", "-", "--store"])
            .arg(format!("pkcs11:{}?token={LABEL}", self.library.display()))
            .args(arguments)
            .env("SOFTHSM2_CONF", self.directory.path().join("softhsm2.conf"))
            .env("INKAN_HOME", self.pc.home())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        process.stdin.take().unwrap().write_all(answers.to_string().as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        let mut value: Value = serde_json::from_slice(&output.stdout).unwrap();
        if output.status.success() { Ok(value) } else { Err(value["problem"]["code"].take()) }
    }
}

fn objects(tokens: &Path) -> usize {
    let found = run("find", [tokens.to_str().unwrap(), "-name", "*.object", "-not", "-name", "token.object"]);
    String::from_utf8(found.stdout).unwrap().lines().count()
}

#[test]
fn a_token_says_what_is_wrong_with_it() {
    let bank = Bank::start();
    let pc = PcWithToken::with(&bank);
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let password = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let with_pin = |pin: &str| {
        let mut answers = password.clone();
        answers["store_pin"] = json!(pin);
        answers
    };
    assert_eq!(pc.inkan(&acquire, &with_pin("0000")), Err(json!("store_wrong_pin")));
    assert_eq!(pc.inkan(&acquire, &password), Err(json!("store_locked")));
    assert_eq!(objects(&pc.tokens()), 0, "nothing was made");

    let acquired = pc.inkan(&acquire, &with_pin(PIN)).unwrap();
    let id = acquired["certificate"]["id"].as_str().unwrap();
    let listed = pc.inkan(&["certificates"], &json!({})).unwrap();
    assert_eq!((&listed[0]["id"], &listed[0]["key"]["protection"]), (&json!(id), &json!("file")), "no PIN to list");

    let login = ["login", "--bank", "okmate", "--certificate", id];
    assert_eq!(pc.inkan(&login, &with_pin("0000")), Err(json!("store_wrong_pin")));
    assert_eq!(pc.inkan(&login, &password), Err(json!("store_locked")));
    assert_eq!(pc.inkan(&login, &with_pin(PIN)).err(), None);

    fs::remove_dir_all(pc.tokens()).unwrap();
    assert_eq!(pc.inkan(&login, &with_pin(PIN)), Err(json!("store_unavailable")));
}
