use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::clock::clock_ahead;
use crate::filling_disk::FillingDisk;
use crate::{program, run, workspace};

/// The file of the profile in the bank's data directory.
const PROFILE: &str = "profile.toml";

/// A demo bank on free ports, with its own data. It is killed when the value is dropped.
#[derive(Debug)]
pub struct Bank {
    process: Child,
    /// The JSON line that the bank printed at its start.
    announcement: Value,
    data: TempDir,
    /// The number of seconds by which the bank's clock is ahead of this machine's.
    ahead: i64,
}

impl Bank {
    /// Starts a bank with the profile `okmate` on fresh data, and waits until it listens.
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn start() -> Self {
        Self::start_with("okmate")
    }

    /// Starts a bank with another profile of `profiles/`.
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn start_with(profile: &str) -> Self {
        Self::with_profile(&profile_text(profile))
    }

    /// Starts a bank whose files are on `disk`, which may fill up.
    ///
    /// # Panics
    /// Panics if it does not come up.
    pub fn on(disk: &FillingDisk) -> Self {
        let data = TempDir::new().expect("a temporary directory");
        fs::write(data.path().join(PROFILE), profile_text("okmate")).expect("the profile is written");
        let (process, announcement) = serve_with(&data, &[], disk.variables());
        Self { process, announcement, data, ahead: 0 }
    }

    /// Starts a bank at which every certificate can be renewed as soon as it is issued.
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn renewing_at_once() -> Self {
        let text = profile_text("okmate");
        let lines = text.lines().map(|line| match line.starts_with("renewal_days =") {
            true => "renewal_days = 365",
            false => line,
        });
        Self::with_profile(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// Starts a bank that has contract numbers and allows the login by ID, which none of the sample banks does.
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn with_contracts_and_ids() -> Self {
        let text = profile_text("keiyaku");
        Self::with_profile(&text.replace(r#"methods = ["certificate"]"#, r#"methods = ["certificate", "id_password"]"#))
    }

    /// Starts a bank with a profile of `profiles/` in which each first text is replaced by the second one.
    ///
    /// # Panics
    /// Panics if the profile does not hold a text, or if the bank does not start.
    pub fn with_changes(profile: &str, changes: &[(&str, &str)]) -> Self {
        let mut text = profile_text(profile);
        for (from, to) in changes {
            assert!(text.contains(from), "{profile} holds no {from:?}");
            text = text.replacen(from, to, 1);
        }
        Self::with_profile(&text)
    }

    /// Starts a bank at which jirodt and shirodt share a token that is in use (S2-4).
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn with_a_shared_token() -> Self {
        let shared = "token_serial = \"43456789\"\ntoken_state = \"active\"\ntoken_expires_days = 1200";
        Self::with_changes(
            "okmate",
            &[
                ("token_state = \"revoked\"", shared),
                ("token_serial = \"43456789\"\ntoken_state = \"unregistered\"\ntoken_expires_days = 1200", shared),
            ],
        )
    }

    fn with_profile(profile: &str) -> Self {
        let data = TempDir::new().expect("a temporary directory");
        fs::write(data.path().join(PROFILE), profile).expect("the profile is written");
        let (process, announcement) = serve(&data, &[], 0);
        Self { process, announcement, data, ahead: 0 }
    }

    /// Starts a bank whose clock shows `moment` at the start, and runs on from there.
    ///
    /// # Panics
    /// Panics if the bank does not start.
    pub fn starting_at(profile: &str, moment: OffsetDateTime) -> Self {
        let data = TempDir::new().expect("a temporary directory");
        fs::write(data.path().join(PROFILE), profile_text(profile)).expect("the profile is written");
        let ahead = ahead(moment);
        let (process, announcement) = serve(&data, &[], ahead);
        Self { process, announcement, data, ahead }
    }

    /// Restarts the bank as [`Self::restart`] does, with a clock that shows `moment`.
    ///
    /// # Panics
    /// Panics if the bank does not start again.
    pub fn restart_at(&mut self, moment: OffsetDateTime) {
        self.ahead = ahead(moment);
        self.restart();
    }

    /// Runs a command of the branch's console, and returns its answer.
    ///
    /// # Panics
    /// Panics if the console refuses.
    pub fn branch(&self, arguments: &[&str]) -> Value {
        let mut console = Command::new(program("inkan-bank"));
        let output = console.args(["branch", "--data"]).arg(self.data.path()).args(arguments).output();
        let output = output.expect("inkan-bank runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Returns how often that user has logged out, by the bank's log.
    ///
    /// # Panics
    /// Panics if the console refuses.
    pub fn logouts(&self, user: &str) -> usize {
        self.acts(user, "session_ended")
    }

    /// Returns how often that user has done or tried the action `act`, by the bank's log.
    ///
    /// # Panics
    /// Panics if the console refuses.
    pub fn acts(&self, user: &str, act: &str) -> usize {
        events_in(self.data.path(), act, user)
    }

    /// Returns the profile's short name, which is the bank's name on a fresh PC.
    pub fn name(&self) -> &str {
        self.text("profile")
    }

    /// Kills the bank, and starts it again on the same data, on other ports.
    ///
    /// # Panics
    /// Panics if the bank does not start again.
    pub fn restart(&mut self) {
        self.kill();
        (self.process, self.announcement) = serve(&self.data, &[], self.ahead);
    }

    /// Kills the bank.
    pub fn stop(&mut self) {
        self.kill();
    }

    /// Starts the bank again on the same data, at the same addresses.
    ///
    /// # Panics
    /// Panics if the bank does not start again.
    pub fn go_on(&mut self) {
        let socket = |address: &str| address.trim_start_matches("https://localhost").trim_end_matches('/').to_owned();
        let [portal, login] = [self.portal(), self.certificate_login()].map(|one| format!("127.0.0.1{}", socket(one)));
        let addresses = ["--portal", portal.as_str(), "--certificate-login", login.as_str()];
        (self.process, self.announcement) = serve(&self.data, &addresses, self.ahead);
    }

    fn kill(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Returns the address of the portal.
    pub fn portal(&self) -> &str {
        self.text("portal")
    }

    /// Returns the address of the certificate login.
    pub fn certificate_login(&self) -> &str {
        self.text("certificate_login")
    }

    /// Returns the address at which CRL and OCSP answer over plain HTTP.
    pub fn plain(&self) -> &str {
        self.text("plain")
    }

    /// Returns host and port of the certificate login, as openssl takes them.
    pub fn certificate_login_socket(&self) -> &str {
        self.certificate_login().trim_start_matches("https://").trim_end_matches('/')
    }

    /// Returns the file of the bank's CA certificate, in PEM.
    pub fn ca(&self) -> PathBuf {
        self.text("ca").into()
    }

    /// Fetches the bank's present CRL over plain HTTP by curl, and returns its file, in PEM.
    ///
    /// # Panics
    /// Panics if curl or openssl fails.
    pub fn crl(&self) -> PathBuf {
        let [der, pem] = ["fetched.crl", "fetched.crl.pem"].map(|name| self.data.path().join(name));
        let [der_name, pem_name] = [&der, &pem].map(|file| file.display().to_string());
        let fetched = run("curl", ["-sSf", "-o", &der_name, &format!("{}/crl", self.plain())]);
        assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
        let written = run("openssl", ["crl", "-inform", "DER", "-in", &der_name, "-out", &pem_name]);
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        pem
    }

    /// Returns the contract number of the sample users, at a bank that has contract numbers.
    pub fn contract(&self) -> Option<&str> {
        self.announcement["demo"]["contract_id"].as_str()
    }

    /// Returns the one-time password that a sample user's token shows `steps` time steps from now, computed by
    /// oathtool.
    ///
    /// # Panics
    /// Panics if the user has no token, or if oathtool fails.
    pub fn otp(&self, user: &str, steps: i64) -> String {
        let seconds = self.person(user)["token_step_seconds"].as_i64().expect("a token");
        self.shown_by(&self.secret(user, "token_secret_base32"), seconds, steps)
    }

    /// Returns the one-time password that a token with the base32 secret `secret` shows `steps` time steps after the
    /// bank's present time.
    ///
    /// # Panics
    /// Panics if oathtool fails.
    pub fn shown_by(&self, secret: &str, seconds: i64, steps: i64) -> String {
        let time = OffsetDateTime::now_utc().unix_timestamp() + self.ahead + steps * seconds;
        let mut oathtool = Command::new("oathtool")
            .args(["--totp", "--base32", "--digits=6", &format!("--time-step-size={seconds}s")])
            .args([&format!("--now=@{time}"), "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("oathtool starts");
        oathtool.stdin.take().expect("a pipe").write_all(secret.as_bytes()).expect("oathtool reads");
        let output = oathtool.wait_with_output().expect("oathtool ends");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("digits").trim().to_owned()
    }

    /// Returns the answers of a sample user: passwords and contract number.
    pub fn answers(&self, user: &str) -> Value {
        let person = self.person(user);
        let mut answers = json!({ "login_password": person["login_password"] });
        if let Some(password) = person["confirmation_password"].as_str() {
            answers["confirmation_password"] = json!(password);
        }
        if let Some(contract) = self.contract() {
            answers["contract_id"] = json!(contract);
        }
        answers
    }

    /// Returns a secret of a sample user, such as `login_password` or `confirmation_password`.
    ///
    /// # Panics
    /// Panics if there is no such user or secret.
    pub fn secret(&self, user: &str, name: &str) -> String {
        self.person(user)[name].as_str().unwrap_or_else(|| panic!("{user} has no {name}")).to_owned()
    }

    /// Returns the directory of the bank's data.
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Returns the line that the bank printed at its start.
    pub fn announcement(&self) -> &Value {
        &self.announcement
    }

    fn person(&self, user: &str) -> &Value {
        let users = self.announcement["demo"]["users"].as_array().expect("demo users");
        users.iter().find(|person| person["id"] == user).unwrap_or_else(|| panic!("no {user}"))
    }

    fn text(&self, field: &str) -> &str {
        self.announcement[field].as_str().unwrap_or_else(|| panic!("no {field} in {}", self.announcement))
    }
}

/// Returns how often the user has logged in, by the log of the bank with that data.
///
/// # Panics
/// Panics if the console refuses.
pub fn logins_in(data: &Path, user: &str) -> usize {
    events_in(data, "log_in", user)
}

/// Returns how often the user has revoked a certificate, by the log of the bank with that data.
///
/// # Panics
/// Panics if the console refuses.
pub fn revocations_in(data: &Path, user: &str) -> usize {
    events_in(data, "certificate_revoked", user)
}

fn events_in(data: &Path, act: &str, user: &str) -> usize {
    let mut console = Command::new(program("inkan-bank"));
    let output = console.args(["branch", "--data"]).arg(data).args(["audit", "export"]).output();
    let output = output.expect("inkan-bank runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let log = String::from_utf8(output.stdout).expect("UTF-8");
    let events = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["event"].take());
    events.filter(|event| event["act"] == act && event["actor"]["user"] == user).count()
}

impl Drop for Bank {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Starts a bank, and returns the process and the JSON line that it printed at its start.
fn serve(data: &TempDir, addresses: &[&str], ahead: i64) -> (Child, Value) {
    serve_with(data, addresses, if ahead == 0 { Vec::new() } else { clock_ahead(ahead) })
}

fn serve_with(data: &TempDir, addresses: &[&str], variables: Vec<(&'static str, String)>) -> (Child, Value) {
    let mut command = Command::new(program("inkan-bank"));
    let mut process = command
        .envs(variables)
        .arg("serve")
        // Some tests acquire more certificates for one person than anyone needs, or have many logins at once.
        .args(["--certificates-per-hour", "1000000", "--longest-password-wait", "60000"])
        .arg("--profile")
        .arg(data.path().join(PROFILE))
        .arg("--data")
        .arg(data.path())
        .args(["--plain", "127.0.0.1:0", "--demo"])
        .args(addresses)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("inkan-bank starts");
    let mut line = String::new();
    let output = process.stdout.take().expect("standard output is piped");
    BufReader::new(output).read_line(&mut line).expect("inkan-bank prints a line");
    let announcement = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
    (process, announcement)
}

fn ahead(moment: OffsetDateTime) -> i64 {
    (moment - OffsetDateTime::now_utc()).whole_seconds()
}

fn profile_text(name: &str) -> String {
    let file = workspace().join("profiles").join(name).with_extension("toml");
    fs::read_to_string(file).expect("the profile can be read")
}
