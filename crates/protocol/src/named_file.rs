//! Reads and writes files that a person named.
//!
//! A path may lead to a directory, to a pipe without a writer, to a terminal or to `/dev/zero`. Only a regular file is
//! read, and only up to a limit of bytes.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use thiserror::Error;
use zeroize::Zeroizing;

/// Why a file that a person named was not read.
#[derive(Debug, Error)]
pub enum FileFault {
    /// The file does not exist.
    #[error("the file does not exist")]
    Missing,
    /// The system does not permit this person to read the file.
    #[error("reading the file is not permitted")]
    Denied,
    /// The path is a directory.
    #[error("this is a directory")]
    Directory,
    /// The path is a pipe, a socket, a terminal or another device.
    #[error("this is not a regular file")]
    NotRegular,
    /// The file is larger than the limit.
    #[error("the content is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The file is not text in UTF-8 or UTF-16.
    #[error("line {line} is neither UTF-8 nor UTF-16")]
    NotUnicode {
        /// The number of the first line that is not such text, from 1.
        line: usize,
    },
    /// The system reported another error.
    #[error("reading failed: {0}")]
    Unreadable(#[source] io::Error),
}

impl From<io::Error> for FileFault {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Unreadable(cause),
        }
    }
}

/// Returns the content of the file at `path`, which a person named, if the file has at most `limit` bytes. The content
/// may be secret, and is zeroized when it is dropped.
///
/// # Errors
/// Returns [`FileFault`]. A path that is not a regular file is refused without waiting, before anything is read.
pub fn read_named_file(path: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    let content = read_beginning(path, limit.saturating_add(1))?;
    if content.len() > limit { Err(FileFault::TooLarge { limit }) } else { Ok(content) }
}

/// Returns the first bytes of the file at `path`, at most `most`, for a caller that recognises kinds of file by their
/// beginning.
///
/// # Errors
/// Returns the errors of [`read_named_file`], except [`FileFault::TooLarge`].
pub fn read_beginning(path: &Path, most: usize) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    let file = open_named_file(path)?;
    let length = file.metadata()?.len();
    // The buffer is reserved at once, because a buffer that grows leaves copies behind.
    let expected = usize::try_from(length).unwrap_or(most).saturating_add(1).min(most);
    let mut content = Zeroizing::new(Vec::with_capacity(expected));
    file.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut content)?;
    Ok(content)
}

/// Writes `content` to the file at `path`, which a person named. A pipe without a reader is refused, because
/// the system would wait for a reader.
///
/// # Errors
/// Returns the error of the system.
pub fn write_named_file(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    without_waiting(&mut options);
    options.open(path)?.write_all(content.as_ref())
}

/// Opens the file at `path`, which a person named, for a caller that limits how much it reads.
///
/// # Errors
/// Returns the errors of [`read_beginning`].
pub fn open_named_file(path: &Path) -> Result<File, FileFault> {
    // The kind is checked first, because opening a pipe or a device can already affect the program at its other end.
    regular(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    let file = options.open(path)?;
    // The kind is checked again, because the path may lead to another file by now.
    regular(&file.metadata()?)?;
    on_a_disk(&file)?;
    Ok(file)
}

fn regular(metadata: &std::fs::Metadata) -> Result<(), FileFault> {
    match metadata.file_type() {
        kind if kind.is_file() => Ok(()),
        kind if kind.is_dir() => Err(FileFault::Directory),
        _ => Err(FileFault::NotRegular),
    }
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed());
}

#[cfg(not(unix))]
fn without_waiting(_options: &mut OpenOptions) {}

/// Refuses anything that is not on a disk. Windows calls a named pipe and a device such as `CON` a file.
#[cfg(windows)]
fn on_a_disk(file: &File) -> Result<(), FileFault> {
    match winapi_util::file::typ(file) {
        Ok(kind) if kind.is_disk() => Ok(()),
        _ => Err(FileFault::NotRegular),
    }
}

#[cfg(not(windows))]
fn on_a_disk(_file: &File) -> Result<(), FileFault> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_the_limit() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("file");
        std::fs::write(&file, b"12345").unwrap();
        assert_eq!(read_named_file(&file, 5).unwrap()[..], *b"12345");
        assert!(matches!(read_named_file(&file, 4), Err(FileFault::TooLarge { limit: 4 })));
        assert_eq!(read_beginning(&file, 2).unwrap()[..], *b"12");
        write_named_file(&file, b"12").unwrap();
        assert_eq!(read_named_file(&file, 5).unwrap()[..], *b"12");
        assert!(matches!(read_named_file(&directory.path().join("none"), 5), Err(FileFault::Missing)));
        assert!(matches!(read_named_file(directory.path(), 5), Err(FileFault::Directory)));
    }

    /// If the pipe were opened like a regular file, this test would wait for a writer.
    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_refused_without_waiting() {
        let directory = tempfile::tempdir().unwrap();
        let pipe = directory.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [pipe.as_path(), &link, Path::new("/dev/zero"), Path::new("/dev/null")] {
            assert!(matches!(read_named_file(path, 5), Err(FileFault::NotRegular)), "{}", path.display());
        }
        assert!(write_named_file(&pipe, b"12345").is_err(), "the pipe has no reader");
        write_named_file(Path::new("/dev/null"), b"12345").unwrap();
    }
}
