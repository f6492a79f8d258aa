use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The number of certificates in a large store.
pub(super) const CERTIFICATES: usize = 10_000;

/// A large NSS database. It is removed when the value is dropped.
pub(super) struct Many {
    /// The directory of the database.
    pub(super) database: PathBuf,
    _folder: TempDir,
}

impl Many {
    /// Makes and fills the database.
    pub(super) fn fill() -> Result<Self, Failure> {
        process::run(&mut cargo(&["build", "-p", "inkan-store", "--example", "fill_nss"]))?;
        let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
        let database = folder.path().join("database");
        let fill = target_directory()?.join("debug/examples/fill_nss");
        process::run(Command::new(fill).arg(&database).arg(CERTIFICATES.to_string()))?;
        Ok(Self { database, _folder: folder })
    }
}
