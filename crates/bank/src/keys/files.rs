//! The bank's own files beside the database. They are written whole or not at all, and secrets are readable by the
//! owner only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The users who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Only the owner of the file.
    Owner,
    /// Every user of the machine.
    All,
}

/// Returns the content of a file; none if there is no such file.
pub(crate) fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes the bank's directory if it is missing, for its owner only.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(directory)
}

/// Makes `file` if it is missing, and takes it and the files that SQLite has beside it from all users but the owner. The
/// directory may be open to others, since the CA's certificate is in it too.
pub(crate) fn make_private_database(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        for suffix in ["", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_owned();
            name.push(suffix);
            match fs::set_permissions(Path::new(&name), fs::Permissions::from_mode(0o600)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    options.open(file).map(drop)
}

/// Writes a new file beside `file`, syncs it to the disk, and renames it to `file`.
pub(crate) fn write(file: &Path, content: &[u8], readers: Readers) -> io::Result<()> {
    let beside = file.with_extension("new");
    // What an interrupted start left behind may have other permissions.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut written = create(&beside, readers)?;
    written.write_all(content)?;
    written.sync_all()?;
    fs::rename(&beside, file)?;
    sync_directory(file)
}

/// Returns the directory of a file; the working directory for a name without one.
pub(crate) fn directory_of(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn create(file: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if readers == Readers::Owner { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(file)
}

fn sync_directory(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(directory_of(file))?.sync_all()?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_and_replaced_whole() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("ca.key");
        assert_eq!(read(&file).unwrap(), None);
        fs::write(directory.path().join("ca.new"), b"half").unwrap();
        write(&file, b"first", Readers::Owner).unwrap();
        write(&file, b"second", Readers::Owner).unwrap();
        assert_eq!(read(&file).unwrap().as_deref(), Some(b"second".as_slice()));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        for (readers, expected) in [(Readers::Owner, 0o600), (Readers::All, 0o644)] {
            let file = directory.path().join("file");
            write(&file, b"", readers).unwrap();
            let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode & !expected, 0, "{mode:o}");
        }
    }
}
