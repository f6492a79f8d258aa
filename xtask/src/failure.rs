use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A program could not be started.
    NotStarted { program: String, cause: io::Error },
    /// A program started and failed.
    Ended { command: String, status: ExitStatus },
    /// A program is missing that only the developer can install.
    ProgramMissing { program: &'static str, from: &'static str },
    /// System packages are missing, and this process could not install them.
    PackagesMissing { packages: Vec<&'static str>, command: String },
    /// A file or directory of the project could not be read or written.
    File { path: PathBuf, cause: io::Error },
    /// The pipe to or from a program broke.
    Pipe { program: String, cause: io::Error },
    /// Ctrl-C could not be handled.
    Interrupt(ctrlc::Error),
    /// A program's answer could not be read.
    Answer { from: String, answer: String },
    /// Tests failed, for these reasons, one on each line.
    Tests { cause: Box<Failure>, reasons: Vec<String> },
    /// A step did not end as expected.
    Unexpected { step: &'static str, found: String },
    /// Findings of a check, one on each line.
    Findings(Vec<String>),
    /// The step was not run, since it depends on a step that failed.
    NotRun { because: &'static str },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted { program, cause } => write!(f, "{program} did not start: {cause}"),
            Self::Ended { command, status } => write!(f, "{command}: {status}"),
            Self::ProgramMissing { program, from } => write!(f, "{program} is missing: {from}"),
            Self::PackagesMissing { packages, command } => {
                write!(f, "system packages are missing: {}\nInstall them by: {command}", packages.join(" "))
            }
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::Pipe { program, cause } => write!(f, "the pipe of {program}: {cause}"),
            Self::Interrupt(cause) => write!(f, "Ctrl-C cannot be handled: {cause}"),
            Self::Answer { from, answer } => write!(f, "{from} answered what cannot be read: {answer}"),
            Self::Tests { cause, reasons } => write!(f, "{cause}\n{}", reasons.join("\n")),
            Self::Unexpected { step, found } => write!(f, "step “{step}” did not end as it must: {found}"),
            Self::Findings(findings) => write!(f, "{}", findings.join("\n")),
            Self::NotRun { because } => write!(f, "not run, because “{because}” failed"),
        }
    }
}

impl Failure {
    /// Returns a function for `map_err` that names the file or directory at fault.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }
}
