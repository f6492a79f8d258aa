//! Tests the program itself: its line of JSON and its exit codes.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../profiles/okmate.toml");

fn bank(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inkan-bank"));
    command.args(arguments).env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    bank(arguments).output().unwrap()
}

#[cfg(unix)]
#[test]
fn it_says_where_it_listens_and_stops_when_told_to() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let arguments = ["serve", "--profile", PROFILE, "--data", data.to_str().unwrap(), "--demo"];
    let mut child = bank(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    for listener in ["portal", "certificate_login"] {
        assert!(said[listener].as_str().unwrap().starts_with("https://localhost:"), "{said}");
    }
    assert_eq!(said["profile"], "okmate");
    assert!(Path::new(said["ca"].as_str().unwrap()).is_file());
    let keys: Vec<_> = said["demo"]["users"][2].as_object().unwrap().keys().collect();
    let expected = [
        "confirmation_password",
        "id",
        "login_password",
        "name",
        "role",
        "token_secret_base32",
        "token_serial",
        "token_state",
        "token_step_seconds",
    ];
    assert!(keys.iter().map(|key| key.as_str()).eq(expected), "{keys:?}");
    for secret in ["ca.key", "token.key"] {
        assert_eq!(std::fs::metadata(data.join(secret)).unwrap().permissions().mode() & 0o077, 0, "{secret}");
    }
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o077, 0);

    #[cfg(target_os = "linux")]
    {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        let bytes: Vec<u64> = core.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert!(matches!(bytes[..], [0 | 1, 0 | 1]), "a crash leaves no core file: {core}");
    }

    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "one line and no more");
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(!log.contains("Hanako2026"), "{log}");
}

#[test]
fn wrong_usage_is_2_and_any_other_failure_is_1_with_its_reason() {
    assert_eq!(run(&[]).status.code(), Some(2));
    assert_eq!(run(&["serve", "--profile", PROFILE]).status.code(), Some(2));
    assert_eq!(run(&["serve", "--profile", PROFILE, "--data", "x", "--portal", "here"]).status.code(), Some(2));

    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let missing = run(&["serve", "--profile", "nowhere.toml", "--data", data.to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.toml"));

    let file = directory.path().join("bank.toml");
    std::fs::write(&file, "id = 1").unwrap();
    let invalid = run(&["serve", "--profile", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    assert_eq!(invalid.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&invalid.stderr).is_empty());
    assert!(!data.exists(), "nothing was begun");

    std::fs::write(directory.path().join("file"), "").unwrap();
    let blocked = run(&["serve", "--profile", PROFILE, "--data", directory.path().join("file").to_str().unwrap()]);
    assert_eq!(blocked.status.code(), Some(1));
}
