use std::path::PathBuf;

use inkan_client::protocol::Problem;
use inkan_client::{DataFile, Error};
use thiserror::Error as ThisError;

/// Why a command did not do what it was asked.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// A journey ended early.
    #[error(transparent)]
    Journey(#[from] Error),
    /// The system cannot say where this user's data belongs.
    #[error("no home directory")]
    NoHome,
    /// A check-up found a problem, and has told it.
    #[error("unfit")]
    Unfit,
    /// Not all of several things could be done, and which has been told.
    #[error("incomplete")]
    Incomplete,
    /// The person did not confirm.
    #[error("not confirmed")]
    NotConfirmed,
    /// The person pressed Ctrl-C at a question.
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    /// What is still to be told.
    pub(crate) fn into_problem(self) -> Option<Problem> {
        match self {
            Self::Unfit | Self::Incomplete | Self::Interrupted => None,
            other => Some(other.into_error().into_problem()),
        }
    }

    fn into_error(self) -> Error {
        match self {
            Self::Journey(error) => error,
            Self::NoHome => {
                Error::Data(DataFile { path: PathBuf::from("INKAN_HOME"), source: std::io::ErrorKind::NotFound.into() })
            }
            Self::Unfit | Self::Incomplete | Self::Interrupted => Error::Fault,
            Self::NotConfirmed => Error::AnswerMissing("--yes"),
        }
    }
}
