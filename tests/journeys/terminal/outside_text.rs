//! Text from outside has no control character, no override and no line break in any output.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use inkan_journeys::{Authority, Bank, ClientCertificates, Nginx, Pc, run};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::inkan;

/// A text with ESC, BEL, CSI as one character, an override, an isolate, marks, separators, invisible characters, and a
/// line break.
const HOSTILE: &str =
    "ha\u{1b}[31mna\u{7}\u{9b}2J\u{202e}ko\u{2066}\u{200f}\n× x\u{2028}\u{200b}\u{feff}\u{ad}\u{e0041}";
/// The beginning of that text as it is printed.
const SHOWN: &str =
    r"ha\u{1b}[31mna\u{7}\u{9b}2J\u{202e}ko\u{2066}\u{200f}\u{a}× x\u{2028}\u{200b}\u{feff}\u{ad}\u{e0041}";

fn assert_safe(what: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
    let deceives = |character: char| {
        matches!(character,
            '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!text.contains(deceives), "{what}: {text:?}");
    assert!(text.lines().all(|line| !line.starts_with("× x")), "{what}: a line of its own in {text}");
}

fn assert_output_safe(what: &str, output: &Output) {
    assert_safe(what, &output.stdout);
    assert_safe(what, &output.stderr);
    assert_ne!(output.status.code(), Some(101), "{what}");
}

/// A self-signed certificate of that common name, with its key.
struct Hostile {
    directory: TempDir,
}

impl Hostile {
    fn new() -> Self {
        let hostile = Self { directory: TempDir::new().unwrap() };
        let (key, certificate) = (hostile.file("key"), hostile.file("pem"));
        let subject = format!("/O={HOSTILE}/CN={HOSTILE}");
        let made = run(
            "openssl",
            [
                "req",
                "-x509",
                "-utf8",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                &subject,
                "-addext",
                "extendedKeyUsage=clientAuth",
                "-keyout",
                key.to_str().unwrap(),
                "-out",
                certificate.to_str().unwrap(),
            ],
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        hostile
    }

    fn file(&self, extension: &str) -> PathBuf {
        self.directory.path().join(format!("hostile.{extension}"))
    }

    /// Writes the certificate into a file whose own name is as hostile.
    fn pkcs12(&self) -> PathBuf {
        let file = self.directory.path().join(format!("{HOSTILE}.p12"));
        let made = run(
            "openssl",
            [
                "pkcs12".as_ref(),
                "-export".as_ref(),
                "-passout".as_ref(),
                "pass:".as_ref(),
                "-inkey".as_ref(),
                self.file("key").as_os_str(),
                "-in".as_ref(),
                self.file("pem").as_os_str(),
                "-out".as_ref(),
                file.as_os_str(),
            ],
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        file
    }
}

fn with_answers(pc: &Pc, language: &str, arguments: &[&str], answers: &Value) -> Output {
    let file = pc.home().join("answers.json");
    fs::create_dir_all(pc.home()).unwrap();
    fs::write(&file, answers.to_string()).unwrap();
    let mut command = inkan(pc, language, arguments);
    command.arg("--answers").arg(&file);
    let output = command.output().unwrap();
    assert_output_safe(&format!("{arguments:?}"), &output);
    output
}

#[test]
fn a_certificate_commands_no_terminal() {
    let (hostile, pc) = (Hostile::new(), Pc::new());
    let file = hostile.pkcs12();
    let file = file.to_str().unwrap();
    let password = json!({ "pkcs12_password": "" });
    for language in ["ja", "en"] {
        let preview = with_answers(&pc, language, &["certificates", "import", file, "--preview"], &password);
        assert!(String::from_utf8_lossy(&preview.stdout).contains(SHOWN), "{preview:?}");
    }
    with_answers(&pc, "ja", &["certificates", "import", file], &password);
    let rows = pc.inkan(&["certificates"], None).done();
    let id = rows[0]["id"].as_str().unwrap().to_owned();
    let report = pc.home().join("report.txt");
    let report_argument = report.to_str().unwrap();
    for language in ["ja", "en"] {
        let commands: &[&[&str]] = &[
            &["certificates"],
            &["certificates", "show", &id],
            &["certificates", "import", file],
            &["certificates", "show", HOSTILE],
            &["certificates", "delete", HOSTILE],
            &["doctor"],
            &["doctor", "--report", report_argument],
            &["bank", "add", HOSTILE],
            &["bank", "remove", HOSTILE],
            &["bank", "add", "https://localhost:1/", "--ca", file],
            &["bank", "add", "https://localhost:1/", "--ca", HOSTILE],
            &["login", "--bank", HOSTILE],
            &["probe", HOSTILE],
            &["settings", "show"],
            &["settings", "proxy", "--manual", HOSTILE],
            &[HOSTILE],
            &["certificates", HOSTILE],
            &["certificates", "import", file, HOSTILE],
            &["--store", HOSTILE, "certificates"],
        ];
        for arguments in commands {
            with_answers(&pc, language, arguments, &password);
            with_answers(&pc, language, &[&["--json"], *arguments].concat(), &password);
        }
        assert_safe("the report", &fs::read(&report).unwrap());
    }
    let listed = with_answers(&pc, "ja", &["certificates"], &password);
    assert!(String::from_utf8_lossy(&listed.stdout).contains(SHOWN), "{listed:?}");
    assert_eq!(rows.as_array().unwrap().len(), 1);
}

#[test]
fn a_server_and_its_cas_command_no_terminal() {
    let (hostile, pc, authority) = (Hostile::new(), Pc::new(), Authority::new("server's"));
    let clients = ClientCertificates { authorities: &hostile.file("pem"), crl: None, protocols: "TLSv1.2 TLSv1.3" };
    let server = Nginx::demanding(&authority.server(), &clients);
    let address = server.address();
    let ca = authority.certificate().to_str().unwrap().to_owned();
    for language in ["ja", "en"] {
        let probed = with_answers(&pc, language, &["probe", &address, "--ca", &ca], &json!({}));
        assert!(String::from_utf8_lossy(&probed.stdout).contains(r"\u{1b}[31m"), "{probed:?}");
        with_answers(&pc, language, &["--json", "probe", &address, "--ca", &ca], &json!({}));
    }
    let added = with_answers(&pc, "en", &["bank", "add", &address, "--site", "--ca", &ca], &json!({}));
    assert!(String::from_utf8_lossy(&added.stdout).contains(r"\u{1b}[31m"), "{added:?}");
    with_answers(&pc, "en", &["bank", "list"], &json!({}));
    with_answers(&pc, "en", &["--json", "bank", "list"], &json!({}));
}

#[test]
fn a_bank_its_people_and_its_refusals_command_no_terminal() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let users = ["users", "--bank", "shinkin", "--user", "keir001"];
    let name = HOSTILE.chars().take(40).collect::<String>();
    let named = [&users[..], &["edit", "keir002", "--name", &name]].concat();
    with_answers(&pc, "ja", &named, &bank.answers("keir001"));
    // Replaces every name of the bank that this PC keeps with one that a hostile bank might send.
    for file in files_below(&pc.home().join("banks")) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        fs::write(&file, text.replace("信用金庫", &format!("信用金庫{}", "\\u001b[31m\\u009b\\u202e\\n× x"))).unwrap();
    }
    for language in ["ja", "en"] {
        let commands: &[&[&str]] = &[
            &["bank", "list"],
            &[&users[..], &["list"]].concat(),
            &[&users[..], &["show", "keir002"]].concat(),
            &[&users[..], &["show", HOSTILE]].concat(),
            &[&users[..], &["edit", HOSTILE, "--transfer-limit", "1"]].concat(),
            &["login", "--bank", "shinkin", "--user", "keir001"],
            &["login", "--bank", "shinkin", "--user", HOSTILE],
            &["acquire", "--bank", "shinkin", "--user", HOSTILE],
            &["token", "--bank", "shinkin", "--user", "keir001", "list"],
            &["change-pc", "--bank", "shinkin", "--role", "master", "--old-pc", "gone", "--other-administrator", "no"],
            &["doctor", "--bank", "shinkin"],
        ];
        for arguments in commands {
            with_answers(&pc, language, arguments, &bank.answers("keir001"));
            with_answers(&pc, language, &[&["--json"], *arguments].concat(), &bank.answers("keir001"));
        }
    }
}

/// The log has one line for each event, whatever the event contains.
#[test]
fn a_log_line_commands_no_terminal() {
    let pc = Pc::new();
    let mut command = inkan(&pc, "en", &["login", "--bank", HOSTILE]);
    let output = command.env("INKAN_LOG", "trace").output().unwrap();
    assert_output_safe("the log", &output);
    assert!(!output.stderr.is_empty());
}

fn files_below(directory: &std::path::Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let paths = entries.into_iter().map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
