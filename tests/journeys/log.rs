//! A text that a person types on the command line, or gives as an answer, is in no line of the log at its lowest level.

use std::io::Write;
use std::process::Stdio;

use inkan_journeys::{Bank, Pc, output_of};
use serde_json::json;

const TYPED: &str = "Kz00Qx7wKanaria";

#[test]
fn nothing_typed_is_logged() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let address = format!("https://{TYPED}:{TYPED}@localhost:1/{TYPED}?{TYPED}");
    let answers = json!({
        "login_password": TYPED, "confirmation_password": TYPED, "otp": TYPED, "contract_id": TYPED,
        "pkcs12_password": TYPED, "new_login_password": TYPED, "new_confirmation_password": TYPED,
        "token_serial": TYPED, "store_pin": TYPED, "proxy_user": TYPED, "proxy_password": TYPED,
    });
    let file = bank.ca().display().to_string();
    for command in [
        vec!["bank", "add", TYPED],
        vec!["bank", "add", address.as_str()],
        vec!["bank", "remove", TYPED],
        vec!["login", "--bank", TYPED],
        vec!["login", "--bank", "okmate", "--user", TYPED],
        vec!["login", "--bank", "okmate", "--certificate", TYPED],
        vec!["login", "--bank", "okmate", "--entrance", TYPED, "--user", TYPED],
        vec!["acquire", "--bank", "okmate", "--user", TYPED],
        vec!["acquire", "--bank", "okmate", "--user", TYPED, "--resume"],
        vec!["certificates", "show", TYPED],
        vec!["certificates", "delete", TYPED, "--yes"],
        vec!["certificates", "import", TYPED],
        vec!["certificates", "import", file.as_str()],
        vec!["probe", address.as_str()],
        vec!["settings", "proxy", TYPED],
    ] {
        let mut inkan = pc.command();
        inkan.env("INKAN_LOG", "trace").args(["--answers", "-"]).args(&command);
        let mut process =
            inkan.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("inkan starts");
        // A command that needs no answers may end before it reads any.
        let _ = process.stdin.take().expect("a pipe").write_all(answers.to_string().as_bytes());
        let output = output_of(process);
        assert_ne!(output.status.code(), Some(101), "{command:?} panics");
        let logged = String::from_utf8_lossy(&output.stderr).into_owned();
        // Messages for the person are on standard output. Usage errors, which quote the wrong text, are printed before
        // a log exists.
        if output.status.code() != Some(2) {
            assert!(logged.contains("inkan"), "{command:?} logs: {logged}");
            assert!(!logged.to_lowercase().contains(&TYPED.to_lowercase()), "{command:?}: {logged}");
        }
    }
}
