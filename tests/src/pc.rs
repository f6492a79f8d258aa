use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Bank, Issued, output_of, process_name, program, run};

/// A PC: the client's data and a certificate store, both fresh.
#[derive(Debug)]
pub struct Pc {
    directory: TempDir,
}

/// The result of a command.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: i32,
    /// The JSON value on standard output.
    pub value: Value,
}

impl Outcome {
    /// Returns the value of a command that succeeded.
    ///
    /// # Panics
    /// Panics if the command failed.
    pub fn done(self) -> Value {
        assert_eq!(self.code, 0, "{}", self.value);
        self.value
    }

    /// Returns the report of a probe. The command fails if no server was reached.
    ///
    /// # Panics
    /// Panics if the exit code does not fit the report.
    pub fn report(self) -> Value {
        assert_eq!(self.code, i32::from(self.value["reached"] == false), "{}", self.value);
        self.value
    }

    /// Returns the problem of a command that failed.
    ///
    /// # Panics
    /// Panics if the command succeeded.
    pub fn problem(mut self) -> Value {
        assert_eq!(self.code, 1, "{}", self.value);
        self.value["problem"].take()
    }
}

impl Pc {
    /// Makes a new PC.
    ///
    /// # Panics
    /// Panics if no temporary directory can be made.
    #[allow(clippy::new_without_default, reason = "a PC is made with effort, not by default")]
    pub fn new() -> Self {
        let pc = Self { directory: TempDir::new().expect("a temporary directory") };
        std::fs::create_dir(pc.database()).expect("a folder for the database");
        pc
    }

    /// Returns a PC with a copy of the other's data and certificates.
    ///
    /// # Panics
    /// Panics if the data cannot be copied.
    pub fn copy_of(other: &Self) -> Self {
        let copy = Self::new();
        let copied = run(
            "cp",
            ["-a", &format!("{}/.", other.directory.path().display()), &copy.directory.path().display().to_string()],
        );
        assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
        copy
    }

    /// Makes a PC on which the bank has been added.
    pub fn with(bank: &Bank) -> Self {
        let pc = Self::new();
        pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();
        pc
    }

    /// Returns the directory of everything on the PC. A test may put files of its own there.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Returns the directory of the client's data.
    pub fn home(&self) -> PathBuf {
        self.directory.path().join("home")
    }

    /// Returns the directory of the NSS database.
    pub fn database(&self) -> PathBuf {
        self.directory.path().join("nssdb")
    }

    /// Runs `inkan --json`, with secrets on standard input.
    pub fn inkan(&self, arguments: &[&str], answers: Option<Value>) -> Outcome {
        self.inkan_in("ja", arguments, answers)
    }

    /// Runs `inkan --json` in a language.
    ///
    /// # Panics
    /// Panics if `inkan` cannot be run or prints no JSON.
    pub fn inkan_in(&self, language: &str, arguments: &[&str], answers: Option<Value>) -> Outcome {
        self.inkan_under(&[], language, arguments, answers)
    }

    /// Runs `inkan --json` with variables in its environment.
    ///
    /// # Panics
    /// Panics as [`Self::inkan_in`] does.
    pub fn inkan_under(
        &self,
        environment: &[(&str, &Path)],
        language: &str,
        arguments: &[&str],
        answers: Option<Value>,
    ) -> Outcome {
        let mut command = self.command();
        command.envs(environment.iter().copied()).args(["--lang", language]);
        if answers.is_some() {
            command.args(["--answers", "-"]);
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("inkan starts");
        let mut input = process.stdin.take().expect("standard input is piped");
        // A command that needs no answers may end before it reads any.
        let _ = input.write_all(answers.unwrap_or_else(|| json!({})).to_string().as_bytes());
        drop(input);
        let output = output_of(process);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text:?}"));
        Outcome { code: output.status.code().expect("an exit code"), value }
    }

    /// Returns `inkan --json` on this PC, without further arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(program("inkan"));
        command.args(["--json", "--store"]).arg(format!("nss:{}", self.database().display()));
        command.env("INKAN_HOME", self.home()).env_remove("INKAN_STORE");
        command
    }

    /// Starts the app on this PC while its window is open, as a click on a link does, and waits until the second start
    /// has ended.
    ///
    /// # Panics
    /// Panics if the second start does not find the window, or opens one itself.
    pub fn start_again(&self, arguments: &[&str]) {
        let mut again = Command::new(program("inkan-app"));
        again.args(arguments).env("INKAN_HOME", self.home()).stdin(Stdio::null());
        let ended = again.status().expect("inkan-app starts");
        assert!(ended.success(), "{ended}");
    }

    /// Returns the process of the app that runs on this PC, whatever has started it.
    ///
    /// # Panics
    /// Panics if the system does not list processes.
    pub fn app(&self) -> Option<u32> {
        let own = format!("INKAN_HOME={}", self.home().display());
        let processes = std::fs::read_dir("/proc").expect("a list of processes").flatten();
        let mut numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        numbers.find(|number| {
            let environment = std::fs::read(format!("/proc/{number}/environ")).unwrap_or_default();
            process_name(*number) == "inkan-app"
                && environment.split(|byte| *byte == 0).any(|one| one == own.as_bytes())
        })
    }

    /// Acquires a certificate for a sample user, and returns its row.
    pub fn acquire(&self, bank: &Bank, user: &str) -> Value {
        let acquire = ["acquire", "--bank", bank.name(), "--user", user];
        self.inkan(&acquire, Some(bank.answers(user))).done()["certificate"].take()
    }

    /// Runs `inkan` without `--json`, and returns the exit code and what it writes to standard output.
    ///
    /// # Panics
    /// Panics if `inkan` cannot be run or writes no UTF-8.
    pub fn inkan_says(&self, language: &str, arguments: &[&str], answers: &Value) -> (i32, String) {
        let output = self.ended_for_a_person(language, arguments, answers);
        (output.status.code().expect("an exit code"), String::from_utf8(output.stdout).expect("UTF-8"))
    }

    /// Runs `inkan` without `--json`, and returns what it writes to standard error.
    ///
    /// # Panics
    /// Panics as [`Self::inkan_says`] does.
    pub fn inkan_says_beside(&self, language: &str, arguments: &[&str], answers: &Value) -> (i32, String) {
        let output = self.ended_for_a_person(language, arguments, answers);
        (output.status.code().expect("an exit code"), String::from_utf8(output.stderr).expect("UTF-8"))
    }

    fn ended_for_a_person(&self, language: &str, arguments: &[&str], answers: &Value) -> Output {
        let mut command = Command::new(program("inkan"));
        command.args(["--lang", language, "--answers", "-", "--store"]);
        command.arg(format!("nss:{}", self.database().display())).args(arguments);
        command.env("INKAN_HOME", self.home()).env_remove("INKAN_STORE");
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("inkan starts");
        // A command that needs no answers may end before it reads any.
        let _ = process.stdin.take().expect("a pipe").write_all(answers.to_string().as_bytes());
        output_of(process)
    }

    /// Puts a certificate and its key into the store with NSS's own `pk12util`, and returns its ID.
    ///
    /// # Panics
    /// Panics if pk12util fails.
    pub fn take_in(&self, issued: &Issued) -> String {
        let file = issued.pkcs12().display().to_string();
        let output = run("pk12util", ["-i", &file, "-d", &self.database_argument(), "-W", "", "-K", ""]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fingerprint(issued)
    }

    /// Puts a certificate without its key into the store with NSS's own `certutil`, and returns its ID.
    ///
    /// # Panics
    /// Panics if certutil fails.
    pub fn take_in_without_key(&self, issued: &Issued) -> String {
        let file = issued.certificate.display().to_string();
        let output = run("certutil", ["-A", "-n", "keyless", "-t", ",,", "-i", &file, "-d", &self.database_argument()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fingerprint(issued)
    }

    /// Puts the certificate of a CA into the store with NSS's own `certutil`, without trust.
    ///
    /// # Panics
    /// Panics if certutil fails.
    pub fn take_in_authority(&self, certificate: &Path) {
        let (name, file) = (certificate.display().to_string(), certificate.display().to_string());
        let output = run("certutil", ["-A", "-n", &name, "-t", ",,", "-i", &file, "-d", &self.database_argument()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Returns the certificate of that user in PEM, exported by NSS's own `certutil`.
    ///
    /// # Panics
    /// Panics if there is no such certificate.
    pub fn certificate_file(&self, user: &str) -> PathBuf {
        let names = self.certutil_certificates();
        let (name, _) = names.iter().find(|(name, _)| name.starts_with(user)).unwrap_or_else(|| panic!("no {user}"));
        let output = run("certutil", ["-L", "-d", &self.database_argument(), "-n", name, "-a"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = self.directory.path().join(format!("{user}.pem"));
        std::fs::write(&file, output.stdout).expect("the certificate is written");
        file
    }

    /// Returns what NSS's own `certutil -L` lists: nickname and trust.
    ///
    /// # Panics
    /// Panics if certutil fails.
    pub fn certutil_certificates(&self) -> Vec<(String, String)> {
        let output = run("certutil", ["-L", "-d", &self.database_argument()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines()
            .filter_map(|line| line.trim_end().rsplit_once(char::is_whitespace))
            .filter(|(_, trust)| trust.matches(',').count() == 2 && !trust.contains("S/MIME"))
            .filter(|(_, trust)| !trust.starts_with("SSL"))
            .map(|(name, trust)| (name.trim().to_owned(), trust.to_owned()))
            .collect()
    }

    /// Returns how many private keys NSS's own `certutil -K` finds.
    ///
    /// # Panics
    /// Panics if certutil prints an unknown message.
    pub fn certutil_keys(&self) -> usize {
        let output = run("certutil", ["-K", "-d", &self.database_argument()]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        if said.contains("no keys found") {
            return 0;
        }
        assert!(output.status.success(), "{said}");
        said.lines().filter(|line| line.starts_with('<')).count()
    }

    /// Asserts that this PC has no certificate, no key and no journal entry.
    ///
    /// # Panics
    /// Panics if the PC has any of these.
    pub fn assert_empty(&self) {
        if self.database().join("cert9.db").exists() {
            assert_eq!(self.certutil_certificates(), []);
            assert_eq!(self.certutil_keys(), 0);
        }
        let journal = std::fs::read_dir(self.home().join("journal")).map(Iterator::count).unwrap_or(0);
        assert_eq!(journal, 0, "an acquisition is left in the journal");
    }

    pub fn database_argument(&self) -> String {
        format!("sql:{}", self.database().display())
    }
}

/// Returns the SHA-256 fingerprint of a certificate, computed by openssl.
fn fingerprint(issued: &Issued) -> String {
    let file = issued.certificate.display().to_string();
    let shown = run("openssl", ["x509", "-fingerprint", "-sha256", "-noout", "-in", &file]);
    let text = String::from_utf8(shown.stdout).expect("UTF-8");
    text.trim().rsplit('=').next().expect("a fingerprint").replace(':', "").to_lowercase()
}
