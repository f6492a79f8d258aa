use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::Failure;
use crate::process;
use crate::workspace;

/// `inkan`, the command line, with its own data and store.
pub(crate) struct Inkan {
    program: PathBuf,
    home: PathBuf,
    store: String,
}

/// The answer of a command with `--json`.
pub(crate) enum Answer {
    /// The command succeeded (exit code 0).
    Done(Value),
    /// The command failed (exit code 1), with the value of `problem`.
    Problem(Value),
}

impl Inkan {
    /// Returns `inkan` with its data in `home` and its certificates in the NSS database `store`.
    pub(crate) fn new(home: &Path, store: &Path) -> Result<Self, Failure> {
        let store = format!("nss:{}", store.display());
        Ok(Self { program: workspace::program("inkan")?, home: home.to_owned(), store })
    }

    /// Runs one command. It reads `secrets` from standard input.
    pub(crate) fn ask(&self, arguments: &[&str], secrets: Option<&Value>) -> Result<Answer, Failure> {
        println!("    $ inkan {}", arguments.join(" "));
        let mut command = Command::new(&self.program);
        command.env("INKAN_HOME", &self.home).args(["--json", "--lang", "en", "--store", &self.store]).args(arguments);
        if secrets.is_some() {
            command.args(["--answers", "-"]);
        }
        let input = secrets.map(Value::to_string).unwrap_or_default();
        let output = process::collect(&mut command, input.as_bytes())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let value: Option<Value> = serde_json::from_str(&said).ok();
        match (output.status.code(), value) {
            (Some(0), Some(value)) => Ok(Answer::Done(value)),
            (Some(1), Some(mut value)) if value["problem"].is_object() => Ok(Answer::Problem(value["problem"].take())),
            _ => Err(Failure::Answer {
                from: format!("inkan {} ({})", arguments.join(" "), output.status),
                answer: format!("{said}{}", String::from_utf8_lossy(&output.stderr)),
            }),
        }
    }
}

impl Answer {
    /// Returns the value; fails if there was a problem.
    pub(crate) fn done(self, step: &'static str) -> Result<Value, Failure> {
        match self {
            Self::Done(value) => Ok(value),
            Self::Problem(problem) => Err(Failure::Unexpected { step, found: problem.to_string() }),
        }
    }

    /// Returns the problem; fails if there was none.
    pub(crate) fn problem(self, step: &'static str) -> Result<Value, Failure> {
        match self {
            Self::Problem(problem) => Ok(problem),
            Self::Done(_) => Err(Failure::Unexpected { step, found: "it was allowed".into() }),
        }
    }
}
