use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::Pc;

/// What Chromium shows of a page, using the certificates of a PC, the first that fits by itself.
///
/// Chromium takes such a choice only from the machine's policy. It gets one in a mount namespace of its own, so that
/// nothing of this machine is changed, and finds the PC's database where it always looks: below its home.
///
/// # Panics
/// Where Chromium cannot be run.
pub fn chromium_shows(pc: &Pc, address: &str) -> String {
    let directory = TempDir::new().expect("a temporary directory");
    let mut command = chromium(pc, directory.path(), "{}");
    command.env("HOME", directory.path().join("home")).env_remove("XDG_DATA_HOME");
    let output = command.arg(address).output().expect("chromium runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Chromium with `home` in that directory, for an address to follow. Of the certificates that a site accepts it takes
/// the one that `filter` finds, JSON inside a JSON text, as the policy has it.
pub(crate) fn chromium(pc: &Pc, directory: &Path, filter: &str) -> Command {
    let home = directory.join("home");
    let policies = directory.join("policies/managed");
    fs::create_dir_all(home.join(".pki")).expect("a home");
    fs::create_dir_all(&policies).expect("policies");
    symlink(pc.database(), home.join(".pki/nssdb")).expect("a link to the database");
    let pattern = r#"\"pattern\":\"https://localhost\""#;
    let policy = format!(r#"{{ "AutoSelectCertificateForUrls": ["{{{pattern},\"filter\":{filter}}}"] }}"#);
    fs::write(policies.join("inkan.json"), policy).expect("a policy");
    let script = r#"mkdir -p /etc/chromium/policies && mount --bind "$1" /etc/chromium/policies && shift && exec "$@""#;
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    command.arg(directory.join("policies"));
    command.args(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    // Whose server it is, is not the question here; who the client is, is.
    command.args(["--ignore-certificate-errors", "--timeout=20000", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", directory.join("profile").display()));
    command
}
