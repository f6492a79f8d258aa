use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use inkan_journeys::{Bank, CuttingRelay, Pc, output_of};
use serde_json::{Value, json};

/// The user of the certificate.
pub(crate) const USER: &str = "hanakodt";
const ADMINISTRATOR: &str = "ichirodt";

/// A user who acquires, revokes and acquires again, on one PC, over one relay to one bank.
#[derive(Debug)]
pub(crate) struct Acquiring {
    pub(crate) bank: Bank,
    pub(crate) line: CuttingRelay,
    pub(crate) pc: Pc,
    /// The issue number (発行番号) that the certificate must have. It increases by one in each round, however often the
    /// round was interrupted.
    number: u32,
}

/// The state of the PC after an interruption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Left {
    /// Nothing, or only an enrolment code at the bank.
    Nothing,
    /// A name in the journal, but no whole key.
    Name,
    /// A key, of which the journal has only the name.
    NamedKey,
    /// A key that the journal knows.
    Key,
    /// The certificate, too. Nothing shows whether the bank knows that it is installed.
    Certificate,
    /// Everything is done.
    End,
}

impl Acquiring {
    pub(crate) fn begin() -> Self {
        let bank = Bank::start();
        let line = CuttingRelay::to(bank.portal());
        let pc = Pc::new();
        pc.inkan(&["bank", "add", &line.address(), "--ca", &bank.ca().display().to_string()], None).done();
        Self { bank, line, pc, number: 1 }
    }

    /// Kills the bank, and starts it again.
    pub(crate) fn restart_bank(&mut self) {
        self.bank.restart();
        self.line.turn_to(self.bank.portal());
    }

    /// Starts a process that acquires, with its answers.
    pub(crate) fn start(&self, more: &[&str]) -> Child {
        let answers = json!({ "login_password": self.bank.secret(USER, "login_password") });
        self.run(&[&["acquire", "--bank", "okmate", "--user", USER], more].concat(), &answers)
    }

    /// Starts a process that looks for its libraries in that directory first.
    pub(crate) fn start_with(&self, libraries: &Path) -> Child {
        let answers = json!({ "login_password": self.bank.secret(USER, "login_password") });
        let mut command = self.command();
        command.env("LD_LIBRARY_PATH", libraries).args(["acquire", "--bank", "okmate", "--user", USER]);
        answered(command, &answers)
    }

    /// Acquires to the end. Returns the result, or the problem's code.
    pub(crate) fn acquire(&self, more: &[&str]) -> Result<Value, String> {
        ended(output_of(self.start(more)))
    }

    /// Acquires as a user has to, once or several times, until nothing is left to do.
    pub(crate) fn go_on(&self) {
        if self.left() != Left::End {
            self.acquire(&[]).unwrap();
        }
    }

    pub(crate) fn run(&self, arguments: &[&str], answers: &Value) -> Child {
        let mut command = self.command();
        command.args(arguments);
        answered(command, answers)
    }

    fn command(&self) -> Command {
        let mut command = self.pc.command();
        command.args(["--lang", "ja", "--answers", "-"]);
        command
    }

    /// Returns what is on the PC. After any cut there is at most one key and one certificate, and the journal knows the
    /// key.
    pub(crate) fn left(&self) -> Left {
        // The next program that may write rolls an interrupted write of the database back. certutil only reads here.
        self.pc.inkan(&["certificates"], None).done();
        let (entries, keys, certificates) = (self.journal(), self.pc.certutil_keys(), self.pc.certutil_certificates());
        let key = entries.first().map(|entry| entry["key"].is_string());
        match (entries.len(), key, keys, certificates.len()) {
            (0, None, 0, 0) => Left::Nothing,
            (1, Some(false), 0, 0) => Left::Name,
            (1, Some(false), 1, 0) => Left::NamedKey,
            (1, Some(true), 1, 0) => Left::Key,
            (1, Some(true), 1, 1) => Left::Certificate,
            (0, None, 1, 1) => Left::End,
            _ => panic!("{entries:?}, {keys} keys, {certificates:?}"),
        }
    }

    /// Returns the entries of the journal. A file that a cut left half written does not count.
    pub(crate) fn journal(&self) -> Vec<Value> {
        let Ok(files) = std::fs::read_dir(self.pc.home().join("journal")) else { return Vec::new() };
        let paths = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json"));
        paths.map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
    }

    /// Asserts that the user has the certificate, and that it was issued once.
    pub(crate) fn assert_whole(&self) {
        assert_eq!(self.left(), Left::End);
        assert_eq!(std::fs::read_dir(self.pc.home().join("journal")).unwrap().count(), 0, "the journal is empty");
        assert_eq!(self.pc.certutil_certificates()[0].1, "u,u,u", "NSS joins the certificate to its key");
        let own = self.pc.inkan(&["certificates"], None).done();
        let known = self.administer(&["show", USER]);
        let certificate = &known["certificate"];
        assert_eq!((&certificate["state"], &certificate["issue_number"]), (&json!("valid"), &json!(self.number)));
        assert_eq!(certificate["fingerprint_sha256"], own[0]["id"], "the bank knows this very certificate");
        assert_eq!((own.as_array().unwrap().len(), &own[0]["usable"]), (1, &json!(true)));
    }

    /// Makes an administrator revoke the certificate, and deletes it, so that it can be acquired again.
    pub(crate) fn begin_again(&mut self) {
        self.revoke();
        let own = self.pc.inkan(&["certificates"], None).done();
        self.pc.inkan(&["certificates", "delete", own[0]["id"].as_str().unwrap(), "--yes"], None).done();
        self.pc.assert_empty();
    }

    /// Makes an administrator revoke the certificate.
    pub(crate) fn revoke(&mut self) {
        self.administer(&["certificate", USER, "--revoke", "--yes"]);
        self.number += 1;
    }

    fn administer(&self, act: &[&str]) -> Value {
        let answers = json!({
            "login_password": self.bank.secret(ADMINISTRATOR, "login_password"),
            "confirmation_password": self.bank.secret(ADMINISTRATOR, "confirmation_password"),
        });
        let users = [&["users", "--bank", "okmate", "--user", ADMINISTRATOR], act].concat();
        self.pc.inkan(&users, Some(answers)).done()
    }
}

fn answered(mut command: Command, answers: &Value) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    process.stdin.take().unwrap().write_all(answers.to_string().as_bytes()).unwrap();
    process
}

/// Returns the result of a process that ended by itself, or its problem's code.
pub(crate) fn ended(output: Output) -> Result<Value, String> {
    let mut value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {output:?}");
    });
    if output.status.success() {
        Ok(value)
    } else {
        Err(value["problem"]["code"].take().as_str().unwrap_or_else(|| panic!("{output:?}")).to_owned())
    }
}
