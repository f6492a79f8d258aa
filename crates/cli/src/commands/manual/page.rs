use std::path::PathBuf;

/// A file of the manual, below the directory that the user names.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}
