use std::path::PathBuf;
use std::process::ExitCode;

use inkan_client::protocol::Problem;
use inkan_client::{DataFile, Error};
use thiserror::Error as ThisError;

use crate::usage::USAGE_ERROR;

/// Why a command did not do what it was asked.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// A journey ended early.
    #[error(transparent)]
    Journey(#[from] Error),
    /// The system cannot say where this user's data belongs.
    #[error("no home directory")]
    NoHome,
    /// A check-up found a problem, and has printed it.
    #[error("unfit")]
    Unfit,
    /// A probe has reached no server, and has printed why.
    #[error("not reached")]
    NotReached,
    /// Not all of several things could be done, and which ones has been printed.
    #[error("incomplete")]
    Incomplete,
    /// No person could be asked whether to go on, and `--yes` was not given.
    #[error("not asked")]
    NotAsked,
}

impl Failure {
    /// Returns what is still to be printed.
    pub(crate) fn into_problem(self) -> Option<Problem> {
        match self {
            Self::Unfit | Self::NotReached | Self::Incomplete => None,
            other => Some(other.into_error().into_problem()),
        }
    }

    /// What the program ends with.
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
