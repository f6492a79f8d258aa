//! Finds what is wrong with the folder of an NSS database. Softoken reports every fault by the same number.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::{SystemError, Unavailable};

const CERTIFICATES: &str = "cert9.db";
const KEYS: &str = "key4.db";
/// The files of a database in the format before SQLite.
const OLD: [&str; 2] = ["cert8.db", "key3.db"];
/// How long to wait for the second file of a database after the first one. NSS takes less time between them.
const MAKING: Duration = Duration::from_secs(1);
/// How long to wait until another process has made a database. A slow machine takes less time.
const MAKING_WHOLE: Duration = Duration::from_secs(10);
/// The time between two checks.
const PAUSE: Duration = Duration::from_millis(50);
/// NSS's lists of modules. They are in the same folder, and do not belong to the database.
const MODULE_LISTS: [&str; 2] = ["pkcs11.txt", "secmod.db"];

/// Examines the folder before NSS opens or makes a database in it. A folder that is not the user's `own` gets a new
/// database only while it is empty.
pub(super) fn examine(directory: &Path, own: bool) -> Result<(), Unavailable> {
    let metadata = fs::metadata(directory).map_err(|error| unreadable(directory, error))?;
    if !metadata.is_dir() {
        return Err(Unavailable::NotAFolder(directory.to_owned()));
    }
    let files = [CERTIFICATES, KEYS].map(|name| directory.join(name));
    match present(&files) {
        [true, true] => examine_files(&files),
        [false, true] => Err(Unavailable::Incomplete(directory.join(CERTIFICATES))),
        // NSS makes an empty one in its place, and every certificate seems to have lost its key.
        [true, false] => Err(Unavailable::Incomplete(directory.join(KEYS))),
        [false, false] => examine_without_database(directory, own),
    }
}

/// Locks the folder as long as the returned file is open, so that no other process of this program makes a database in
/// the folder or examines an incomplete one. Returns none if the folder cannot be locked. Its faults are found even
/// then.
pub(super) fn lock(directory: &Path) -> Option<File> {
    let folder = File::open(directory).ok()?;
    let until = Instant::now() + MAKING_WHOLE;
    loop {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(PAUSE),
            Err(_) => return None,
        }
    }
}

/// Returns why softoken did not open the database in `directory`, in which [`examine`] found no fault.
pub(super) fn not_opened(directory: &Path, source: SystemError) -> Unavailable {
    let files = [CERTIFICATES, KEYS].map(|name| directory.join(name)).into_iter().filter(|file| file.exists());
    let files: Vec<PathBuf> = files.collect();
    for file in &files {
        if let Err(error) = File::options().write(true).open(file) {
            return unwritable(file, error);
        }
    }
    // SQLite writes its journal beside the file.
    if let Err(error) = write_in(directory) {
        return unwritable(directory, error);
    }
    if files.is_empty() {
        return Unavailable::Other(source);
    }
    match files.into_iter().find(|file| is_locked(file)) {
        Some(path) => Unavailable::Busy { path, source },
        None => Unavailable::Damaged { path: directory.to_owned(), source: Some(source) },
    }
}

/// Returns the error for a failure to read `path`.
pub(super) fn unreadable(path: &Path, error: io::Error) -> Unavailable {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound => Unavailable::FolderMissing(path),
        ErrorKind::NotADirectory => Unavailable::NotAFolder(path),
        ErrorKind::PermissionDenied => Unavailable::NotPermitted { path, source: error.into() },
        ErrorKind::InvalidInput | ErrorKind::InvalidFilename => Unavailable::PathUnusable(path),
        _ => Unavailable::Other(error.into()),
    }
}

/// Returns the error for a failure to write to `path`.
pub(super) fn unwritable(path: &Path, error: io::Error) -> Unavailable {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Unavailable::ReadOnly { path: path.to_owned(), source: error.into() }
        }
        _ => unreadable(path, error),
    }
}

/// Returns which of the files exist. A process that makes a database makes one file after the other, so if only one
/// file exists, they are checked again.
fn present(files: &[PathBuf; 2]) -> [bool; 2] {
    let look = || files.each_ref().map(|file| file.symlink_metadata().is_ok());
    let until = Instant::now() + MAKING;
    loop {
        match look() {
            [true, false] | [false, true] if Instant::now() < until => thread::sleep(PAUSE),
            found => return found,
        }
    }
}

fn examine_files(files: &[PathBuf; 2]) -> Result<(), Unavailable> {
    let mut empty = Vec::new();
    for file in files {
        let damaged = || Unavailable::Damaged { path: file.clone(), source: None };
        let metadata = fs::metadata(file).map_err(|error| match error.kind() {
            // A link into nothing.
            ErrorKind::NotFound => Unavailable::Incomplete(file.clone()),
            _ => unreadable(file, error),
        })?;
        if !metadata.is_file() {
            return Err(damaged());
        }
        match metadata.len() {
            0 => empty.push(file),
            _ => {
                let mut header = Vec::new();
                // The length is read after the header: another process may make the file longer meanwhile.
                let length = File::open(file).and_then(|file| {
                    (&file).take(100).read_to_end(&mut header)?;
                    Ok(file.metadata()?.len())
                });
                let length = length.map_err(|error| unreadable(file, error))?;
                if !is_database(&header, length, journal_of(file).exists()) {
                    return Err(damaged());
                }
            }
        }
    }
    match empty[..] {
        // Beside the other file, an empty one has lost what was in it.
        [file] => Err(Unavailable::Damaged { path: file.clone(), source: None }),
        _ => Ok(()),
    }
}

fn examine_without_database(directory: &Path, own: bool) -> Result<(), Unavailable> {
    if OLD.iter().any(|name| directory.join(name).exists()) {
        return Err(Unavailable::OldFormat(directory.to_owned()));
    }
    for entry in fs::read_dir(directory).map_err(|error| unreadable(directory, error))? {
        let entry = entry.map_err(|error| unreadable(directory, error))?;
        let listed = entry.file_name().to_str().is_some_and(|name| MODULE_LISTS.contains(&name));
        if !own && !listed {
            return Err(Unavailable::FolderForeign(directory.to_owned()));
        }
    }
    Ok(())
}

/// Returns whether a file of that length begins as an SQLite database does, and is as long as its header says. If there
/// is a journal, the last change may have been interrupted, and SQLite will correct the length.
fn is_database(header: &[u8], length: u64, has_journal: bool) -> bool {
    let number =
        |at: usize| header.get(at..at + 4).map(|bytes| u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return false;
    }
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // The count of pages holds where the change counter was written with it (SQLite file format, 1.3.7).
    match (number(24), number(28), number(92)) {
        (Some(change), Some(pages), Some(valid_for)) if change == valid_for && !has_journal => {
            length >= page * u64::from(pages)
        }
        _ => true,
    }
}

fn journal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Checks that the folder can be written to, by making a file and removing it.
fn write_in(directory: &Path) -> io::Result<()> {
    let probe = directory.join(format!(".inkan-{}", std::process::id()));
    File::options().write(true).create_new(true).open(&probe)?;
    fs::remove_file(probe)
}

/// Returns whether another process holds a lock for writing on the file.
#[cfg(target_os = "linux")]
fn is_locked(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(metadata) = fs::metadata(file) else { return false };
    let inode = format!(":{}", metadata.ino());
    // `1: POSIX  ADVISORY  WRITE 4711 08:01:131 1073741826 1073742335`, as proc_locks(5) has it.
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    locks.lines().any(|lock| {
        let words: Vec<&str> = lock.split_whitespace().collect();
        words.contains(&"WRITE") && words.iter().any(|word| word.ends_with(&inode))
    })
}

#[cfg(not(target_os = "linux"))]
fn is_locked(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(pages: u32) -> Vec<u8> {
        let mut header = vec![0; 100];
        header[..16].copy_from_slice(b"SQLite format 3\0");
        header[16..18].copy_from_slice(&4096u16.to_be_bytes());
        header[28..32].copy_from_slice(&pages.to_be_bytes());
        header
    }

    #[test]
    fn a_file_that_is_shorter_than_its_header_says_is_damaged() {
        assert!(is_database(&header(3), 3 * 4096, false));
        assert!(!is_database(&header(3), 3 * 4096 - 1, false));
        assert!(is_database(&header(3), 4096, true), "SQLite rolls a change back that was cut");
        assert!(!is_database(&header(1)[..99], 99, false));
        assert!(!is_database(&[b'x'; 100], 4096, false));
    }
}
