use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A file of the client's own data, and what is wrong with it.
#[derive(Debug, Error)]
#[error("{}: {source}", .path.display())]
pub struct DataFile {
    /// Which.
    pub path: PathBuf,
    /// What the system, or the parser, said.
    #[source]
    pub source: io::Error,
}
