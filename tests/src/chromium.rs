use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Pc;

/// Returns the text of a page as Chromium shows it. Chromium uses the certificates of a PC, and takes the first one
/// that fits without asking.
///
/// Chromium stores such a choice in the settings of a profile, where a company's policy also puts it. The profile
/// belongs to the test. Chromium finds the PC's database below its home directory.
///
/// # Panics
/// Panics if Chromium cannot be run.
pub fn chromium_shows(pc: &Pc, address: &str) -> String {
    let directory = TempDir::new().expect("a temporary directory");
    let mut command = chromium(pc, directory.path(), &json!({}));
    command.env("HOME", directory.path().join("home")).env_remove("XDG_DATA_HOME");
    let output = command.arg(address).output().expect("chromium runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Returns Chromium with `home` in that directory, without an address. Of the certificates that a site accepts,
/// Chromium takes the first that `filter` finds, as its policy AutoSelectCertificateForUrls describes filters.
pub(crate) fn chromium(pc: &Pc, directory: &Path, filter: &Value) -> Command {
    let home = directory.join("home");
    let profile = directory.join("profile");
    fs::create_dir_all(home.join(".pki")).expect("a home");
    fs::create_dir_all(profile.join("Default")).expect("a profile");
    symlink(pc.database(), home.join(".pki/nssdb")).expect("a link to the database");
    let chosen = json!({ "https://localhost,*": { "setting": { "filters": [filter] } } });
    let settings =
        json!({ "profile": { "content_settings": { "exceptions": { "auto_select_certificate": chosen } } } });
    fs::write(profile.join("Default/Preferences"), settings.to_string()).expect("settings");
    let mut command = Command::new("chromium");
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    // The test is about the client's certificate, not the server's.
    command.args(["--ignore-certificate-errors", "--timeout=20000", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command
}
