use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::clock::clock_ahead;
use crate::{program, run, workspace};

/// The profile's file among the bank's data.
const PROFILE: &str = "profile.toml";

/// A demonstration bank on free ports, with data of its own. Killed when dropped.
#[derive(Debug)]
pub struct Bank {
    process: Child,
    /// The JSON line that it printed.
    announcement: Value,
    data: TempDir,
    /// Seconds by which its clock is ahead of this machine's.
    ahead: i64,
}

impl Bank {
    /// Starts one with the profile `okmate` on fresh data and waits until it listens.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn start() -> Self {
        Self::start_with("okmate")
    }

    /// The same with another of the profiles.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn start_with(profile: &str) -> Self {
        Self::with_profile(&profile_text(profile))
    }

    /// One at which every certificate can be renewed as soon as it is issued.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn renewing_at_once() -> Self {
        let text = profile_text("okmate");
        let lines = text.lines().map(|line| match line.starts_with("renewal_days =") {
            true => "renewal_days = 365",
            false => line,
        });
        Self::with_profile(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// Starts a bank that has contract numbers and lets people log in by ID, which none of the sample banks does.
    ///
    /// # Panics
    /// Panics if the bank does not come up.
    pub fn with_contracts_and_ids() -> Self {
        let text = profile_text("keiyaku");
        Self::with_profile(&text.replace(r#"methods = ["certificate"]"#, r#"methods = ["certificate", "id_password"]"#))
    }

    fn with_profile(profile: &str) -> Self {
        let data = TempDir::new().expect("a temporary directory");
        fs::write(data.path().join(PROFILE), profile).expect("the profile is written");
        let (process, announcement) = serve(&data, &[], 0);
        Self { process, announcement, data, ahead: 0 }
    }

    /// One whose clock shows `moment` when it starts, and goes on from there.
    ///
    /// # Panics
    /// Where it does not come up.
    pub fn starting_at(profile: &str, moment: OffsetDateTime) -> Self {
        let data = TempDir::new().expect("a temporary directory");
        fs::write(data.path().join(PROFILE), profile_text(profile)).expect("the profile is written");
        let ahead = ahead(moment);
        let (process, announcement) = serve(&data, &[], ahead);
        Self { process, announcement, data, ahead }
    }

    /// As [`Self::restart`], when its clock shows `moment`.
    ///
    /// # Panics
    /// Where it does not come up again.
    pub fn restart_at(&mut self, moment: OffsetDateTime) {
        self.ahead = ahead(moment);
        self.restart();
    }

    /// What the branch does at its console, and what that answers.
    ///
    /// # Panics
    /// Where the console refuses.
    pub fn branch(&self, arguments: &[&str]) -> Value {
        let mut console = Command::new(program("inkan-bank"));
        let output = console.args(["branch", "--data"]).arg(self.data.path()).args(arguments).output();
        let output = output.expect("inkan-bank runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// How often that person has logged out, as the bank's log tells.
    ///
    /// # Panics
    /// Where the console refuses.
    pub fn logouts(&self, user: &str) -> usize {
        self.acts(user, "session_ended")
    }

    /// Returns how often that person has done or tried something, as the bank's log tells.
    ///
    /// # Panics
    /// Panics if the console refuses.
    pub fn acts(&self, user: &str, act: &str) -> usize {
        events_in(self.data.path(), act, user)
    }

    /// The profile's short name, which is the bank's name on a fresh PC.
    pub fn name(&self) -> &str {
        self.text("profile")
    }

    /// Kills it as it stands, and starts it again on the same data, on other ports.
    ///
    /// # Panics
    /// Where it does not come up again.
    pub fn restart(&mut self) {
        self.kill();
        (self.process, self.announcement) = serve(&self.data, &[], self.ahead);
    }

    /// Kills it as it stands.
    pub fn stop(&mut self) {
        self.kill();
    }

    /// Starts it again on the same data, at the same addresses.
    ///
    /// # Panics
    /// Where it does not come up again.
    pub fn go_on(&mut self) {
        let socket = |address: &str| address.trim_start_matches("https://localhost").trim_end_matches('/').to_owned();
        let [portal, login] = [self.portal(), self.certificate_login()].map(|one| format!("127.0.0.1{}", socket(one)));
        let addresses = ["--portal", portal.as_str(), "--certificate-login", login.as_str()];
        (self.process, self.announcement) = serve(&self.data, &addresses, self.ahead);
    }

    fn kill(&mut self) {
        // Already gone is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// The address of the portal.
    pub fn portal(&self) -> &str {
        self.text("portal")
    }

    /// The address of the certificate login.
    pub fn certificate_login(&self) -> &str {
        self.text("certificate_login")
    }

    /// The address at which CRL and OCSP answer over plain HTTP.
    pub fn plain(&self) -> &str {
        self.text("plain")
    }

    /// Host and port of the certificate login, as openssl wants them.
    pub fn certificate_login_socket(&self) -> &str {
        self.certificate_login().trim_start_matches("https://").trim_end_matches('/')
    }

    /// The bank's CA, in PEM.
    pub fn ca(&self) -> PathBuf {
        self.text("ca").into()
    }

    /// Its CRL of this moment, in PEM, fetched over plain HTTP by curl.
    ///
    /// # Panics
    /// Where curl or openssl fails.
    pub fn crl(&self) -> PathBuf {
        let [der, pem] = ["fetched.crl", "fetched.crl.pem"].map(|name| self.data.path().join(name));
        let [der_name, pem_name] = [&der, &pem].map(|file| file.display().to_string());
        let fetched = run("curl", ["-sSf", "-o", &der_name, &format!("{}/crl", self.plain())]);
        assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
        let written = run("openssl", ["crl", "-inform", "DER", "-in", &der_name, "-out", &pem_name]);
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        pem
    }

    /// The contract number of the sample people, at a bank that has them.
    pub fn contract(&self) -> Option<&str> {
        self.announcement["demo"]["contract_id"].as_str()
    }

    /// What a sample person's token shows so many steps from now, by oathtool.
    ///
    /// # Panics
    /// Where the person has no token, or oathtool fails.
    pub fn otp(&self, user: &str, steps: i64) -> String {
        let seconds = self.person(user)["token_step_seconds"].as_i64().expect("a token");
        self.shown_by(&self.secret(user, "token_secret_base32"), seconds, steps)
    }

    /// What a token with that secret, in base32, shows so many steps from the bank's now.
    ///
    /// # Panics
    /// Where oathtool fails.
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

    /// What a sample person answers: their passwords and contract number.
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

    /// A sample person's secret: `login_password`, `confirmation_password`.
    ///
    /// # Panics
    /// Where there is no such person or secret.
    pub fn secret(&self, user: &str, name: &str) -> String {
        self.person(user)[name].as_str().unwrap_or_else(|| panic!("{user} has no {name}")).to_owned()
    }

    /// The directory of its data.
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// The line that it printed when it listened.
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

/// How often the person has been let in, as the log of the bank with that data tells.
///
/// # Panics
/// Panics if the console refuses.
pub fn logins_in(data: &Path, user: &str) -> usize {
    events_in(data, "log_in", user)
}

/// Returns how often the person has revoked a certificate, as the log of the bank with that data tells.
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

/// The process, and the JSON line that it printed when it listened.
fn serve(data: &TempDir, addresses: &[&str], ahead: i64) -> (Child, Value) {
    let mut command = Command::new(program("inkan-bank"));
    if ahead != 0 {
        command.envs(clock_ahead(ahead));
    }
    let mut process = command
        .arg("serve")
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
