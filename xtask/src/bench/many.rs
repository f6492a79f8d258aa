use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;
use crate::process;
use crate::workspace::{cargo, target_directory};

/// The number of certificates in a large store.
const CERTIFICATES: usize = 10_000;
/// The number of certificates if the numbers only show that the measurements work.
const FEW: usize = 50;

/// A large NSS database. It is removed when the value is dropped.
pub(super) struct Many {
    /// The directory of the database.
    pub(super) database: PathBuf,
    /// The number of its certificates. Each has a key of its own.
    pub(super) certificates: usize,
    _folder: TempDir,
}

impl Many {
    /// Makes and fills the database.
    pub(super) fn fill(small: bool) -> Result<Self, Failure> {
        process::run(&mut cargo(&["build", "-p", "inkan-store", "--example", "fill_nss"]))?;
        let folder = tempfile::tempdir().map_err(|cause| Failure::File { path: std::env::temp_dir(), cause })?;
        let database = folder.path().join("database");
        std::fs::create_dir(&database).map_err(Failure::file(&database))?;
        let fill = target_directory()?.join("debug/examples/fill_nss");
        let certificates = if small { FEW } else { CERTIFICATES };
        process::run(Command::new(fill).arg(&database).arg(certificates.to_string()))?;
        Ok(Self { database, certificates, _folder: folder })
    }
}
