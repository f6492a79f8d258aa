use std::path::PathBuf;
use std::process::ExitCode;

use inkan_client::protocol::Problem;
use inkan_client::{DataFile, Error};
use thiserror::Error as ThisError;

use crate::usage::USAGE_ERROR;

/// The reason why a command failed.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// A journey failed.
    #[error(transparent)]
    Journey(#[from] Error),
    /// The system does not name a directory for this user's data.
    #[error("the home directory is not known")]
    NoHome,
    /// A check-up found a problem and has printed it.
    #[error("the check-up found a problem")]
    Unfit,
    /// A probe reached no server and has printed why.
    #[error("the probe reached no server")]
    NotReached,
    /// Some of several things could not be done, and the command has printed which ones.
    #[error("not everything could be done")]
    Incomplete,
    /// No user could be asked whether to continue, and `--yes` was not given.
    #[error("no user could be asked to agree")]
    NotAsked,
}

impl Failure {
    /// Returns the problem that is still to be printed.
    pub(crate) fn into_problem(self) -> Option<Problem> {
        match self {
            Self::Unfit | Self::NotReached | Self::Incomplete => None,
            other => Some(other.into_error().into_problem()),
        }
    }

    /// Returns the exit code of the program.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Journey(Error::Usage { .. }) => ExitCode::from(USAGE_ERROR),
            _ => ExitCode::FAILURE,
        }
    }

    fn into_error(self) -> Error {
        match self {
            Self::Journey(error) => error,
            Self::NoHome => {
                Error::Data(DataFile { path: PathBuf::from("INKAN_HOME"), source: std::io::ErrorKind::NotFound.into() })
            }
            Self::Unfit | Self::NotReached | Self::Incomplete => Error::Fault,
            Self::NotAsked => Error::AnswerMissing("--yes"),
        }
    }
}
