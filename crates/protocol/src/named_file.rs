//! Reading a file that a person named.
//!
//! A name may lead anywhere: to a directory, to a pipe that nobody writes to, to a terminal, to `/dev/zero`. Only a
//! regular file is read, and no more of it than the reader has a use for.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use thiserror::Error;
use zeroize::Zeroizing;

/// Why a file that a person named was not read, by cause.
#[derive(Debug, Error)]
pub enum FileFault {
    /// There is no file of that name.
    #[error("there is no such file")]
    Missing,
    /// The system does not let this person read the file.
    #[error("the file may not be read")]
    Denied,
    /// The name leads to a directory.
    #[error("it is a directory")]
    Directory,
    /// The name leads to a pipe, a socket, a terminal or another device.
    #[error("it is not a regular file")]
    NotRegular,
    /// The file is larger than its reader has a use for.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// In bytes.
        limit: usize,
    },
    /// The file should be text, and is neither UTF-8 nor UTF-16.
    #[error("line {line} is neither UTF-8 nor UTF-16")]
    NotUnicode {
        /// From 1.
        line: usize,
    },
    /// The system gave up while it read.
    #[error("it cannot be read: {0}")]
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

/// Returns what is in the file at `path`, which a person named, if it is at most `limit` bytes. The content may be
/// secret: it is zeroized when it is dropped.
///
/// # Errors
/// See [`FileFault`]. What is not a regular file is refused before anything is read, and without waiting.
pub fn read_named_file(path: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    let content = read_beginning(path, limit.saturating_add(1))?;
    if content.len() > limit { Err(FileFault::TooLarge { limit }) } else { Ok(content) }
}

/// Returns the first bytes of the file at `path`, at most `most`, for a reader that recognises other kinds of file by
/// their beginning.
///
/// # Errors
/// As [`read_named_file`], but for [`FileFault::TooLarge`].
pub fn read_beginning(path: &Path, most: usize) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    let file = open_named_file(path)?;
    let length = file.metadata()?.len();
    // Reserved at once: a buffer that grows leaves copies behind.
    let expected = usize::try_from(length).unwrap_or(most).saturating_add(1).min(most);
    let mut content = Zeroizing::new(Vec::with_capacity(expected));
    file.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut content)?;
    Ok(content)
}

/// Writes `content` to the file at `path`, which a person named. A pipe is written to only if somebody reads it: else the
/// system would wait for a reader.
///
/// # Errors
/// What the system says.
pub fn write_named_file(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    without_waiting(&mut options);
    options.open(path)?.write_all(content.as_ref())
}

/// Opens the file at `path`, which a person named, for a reader that bounds by itself what it reads.
///
/// # Errors
/// As [`read_beginning`].
pub fn open_named_file(path: &Path) -> Result<File, FileFault> {
    // Looked at first, since to open a pipe or a device can already do something to who is at its other end.
    regular(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    let file = options.open(path)?;
    // Looked at again, since the name may lead elsewhere by now.
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

/// Windows calls a named pipe and a device such as `CON` a file.
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

    /// Were it opened as other files are, this test would wait for somebody who writes.
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
        assert!(write_named_file(&pipe, b"12345").is_err(), "nobody reads it");
        write_named_file(Path::new("/dev/null"), b"12345").unwrap();
    }
}
