use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A file of the client's own data, and the error that it caused.
#[derive(Debug, Error)]
#[error("{}: {source}", .path.display())]
pub struct DataFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The error of the system or the parser.
    #[source]
    pub source: io::Error,
}
