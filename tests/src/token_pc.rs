use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Bank, Opening, Pc, Window, output_of, program, run, softhsm};

/// The token's label.
const LABEL: &str = "Journey";

/// A PC whose certificates are in its own SoftHSM token.
#[derive(Debug)]
pub struct TokenPc {
    pc: Pc,
    directory: TempDir,
}

impl TokenPc {
    /// The PIN of the token.
    pub const PIN: &str = "4711";

    /// Makes a PC with an empty token, on which the bank has been added.
    ///
    /// # Panics
    /// Panics if SoftHSM is not installed.
    pub fn with(bank: &Bank) -> Self {
        Self::of(Pc::with(bank))
    }

    /// Makes a PC without a bank.
    ///
    /// # Panics
    /// Panics as [`Self::with`] does.
    #[allow(clippy::new_without_default, reason = "a PC is made with effort, not by default")]
    pub fn new() -> Self {
        Self::of(Pc::new())
    }

    fn of(pc: Pc) -> Self {
        let this = Self { pc, directory: TempDir::new().expect("a temporary directory") };
        fs::create_dir(this.tokens()).expect("a directory for tokens");
        let configuration = format!("directories.tokendir = {}\nlog.level = ERROR\n", this.tokens().display());
        fs::write(this.configuration(), configuration).expect("the configuration is written");
        let made = Command::new("softhsm2-util")
            .args(["--init-token", "--free", "--label", LABEL, "--so-pin", "0815", "--pin", Self::PIN])
            .env("SOFTHSM2_CONF", this.configuration())
            .output()
            .expect("softhsm2-util, of the package softhsm2");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        this
    }

    /// Returns the directory of the token.
    pub fn tokens(&self) -> PathBuf {
        self.directory.path().join("tokens")
    }

    /// Returns how many keys and certificates are in the token.
    ///
    /// # Panics
    /// Panics if the directory of the token cannot be read.
    pub fn objects(&self) -> usize {
        let tokens = self.tokens().display().to_string();
        let found = run("find", [&tokens, "-name", "*.object", "-not", "-name", "token.object"]);
        String::from_utf8(found.stdout).expect("UTF-8").lines().count()
    }

    /// Runs `inkan --json` with answers on standard input, and returns its value.
    ///
    /// # Errors
    /// The code of the problem.
    pub fn inkan(&self, arguments: &[&str], answers: &Value) -> Result<Value, Value> {
        self.inkan_through(&softhsm(), arguments, answers)
    }

    /// Runs `inkan --json` through another module in front of the token.
    ///
    /// # Errors
    /// The code of the problem.
    ///
    /// # Panics
    /// Panics if `inkan` cannot be run or prints no JSON.
    pub fn inkan_through(&self, module: &Path, arguments: &[&str], answers: &Value) -> Result<Value, Value> {
        self.answer_through(module, arguments, answers).map_err(|mut problem| problem["code"].take())
    }

    /// Runs `inkan --json` through another module in front of the token. Returns the value, or the whole problem.
    ///
    /// # Errors
    /// The problem.
    ///
    /// # Panics
    /// Panics as [`Self::inkan_through`] does.
    pub fn answer_through(&self, module: &Path, arguments: &[&str], answers: &Value) -> Result<Value, Value> {
        let mut command = self.command(module);
        command.args(["--answers", "-"]).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("inkan starts");
        let mut input = process.stdin.take().expect("standard input is piped");
        input.write_all(answers.to_string().as_bytes()).expect("inkan reads its answers");
        drop(input);
        let output = output_of(process);
        let mut value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        if output.status.success() { Ok(value) } else { Err(value["problem"].take()) }
    }

    /// Returns `inkan --json` on this PC through that module, without further arguments.
    pub fn command(&self, module: &Path) -> Command {
        self.command_for(true, module)
    }

    /// Returns `inkan` on this PC through that module, with or without `--json`, without further arguments.
    pub fn command_for(&self, json: bool, module: &Path) -> Command {
        let mut command = Command::new(program("inkan"));
        command.args(json.then_some("--json")).args(["--lang", "ja", "--store"]);
        command.arg(format!("pkcs11:{}?token={LABEL}", module.display()));
        command.env("SOFTHSM2_CONF", self.configuration()).env("INKAN_HOME", self.pc.home());
        command
    }

    /// Returns the settings with which the window on this PC opens.
    pub fn window(&self) -> Opening<'_> {
        self.window_through(&softhsm())
    }

    /// Returns the settings with which the window on this PC opens, with another module in front of the token.
    pub fn window_through(&self, module: &Path) -> Opening<'_> {
        Window::on(&self.pc)
            .under("INKAN_STORE", format!("pkcs11:{}?token={LABEL}", module.display()))
            .under("SOFTHSM2_CONF", self.configuration())
    }

    /// Writes those answers into a file, for `--answers`.
    ///
    /// # Panics
    /// Panics if the file cannot be written.
    pub fn answers_file(&self, answers: &Value) -> PathBuf {
        let file = self.directory.path().join("answers.json");
        fs::write(&file, answers.to_string()).expect("the answers are written");
        file
    }

    /// Returns the file that `SOFTHSM2_CONF` names, by which SoftHSM finds the token.
    pub fn configuration(&self) -> PathBuf {
        self.directory.path().join("softhsm2.conf")
    }
}
