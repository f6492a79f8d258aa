use std::fs::{self, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::DataFile;

const LOCKS: &str = "locks";

/// How long a change of a file waits for its lock. A change takes milliseconds. A process that holds the lock for
/// longer is stopped or broken.
const LONGEST_CHANGE: Duration = Duration::from_secs(10);

/// The interval at which a lock of another process is tried. The standard library has no lock with a timeout.
const POLL: Duration = Duration::from_millis(5);

/// The directory of the client's own data: banks, the journal and what it remembers. The directory holds no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home(PathBuf);

/// A lock on a file, which is held as long as the value exists. The empty file stays: if it were removed, two processes
/// could hold the lock.
#[derive(Debug)]
pub struct Lock {
    file: fs::File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock belongs to the open file. If another thread is starting a program, that program holds the file open
        // for a moment. If the file were only closed, the program would keep the lock.
        if let Err(error) = self.file.unlock() {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the lock cannot be released: it ends with this process"
            );
        }
    }
}

impl Home {
    /// Returns the data directory at that path, which need not exist yet.
    pub fn at(directory: impl Into<PathBuf>) -> Self {
        Self(directory.into())
    }

    /// Returns the data directory of this user in the place that the system prescribes; none if the system names no
    /// user.
    pub fn of_this_user() -> Option<Self> {
        directories::ProjectDirs::from("jp", "Inkan", "Inkan").map(|dirs| Self(dirs.data_dir().to_owned()))
    }

    /// Returns the path of the directory.
    pub fn directory(&self) -> &Path {
        &self.0
    }

    /// Reads a JSON file; none if the file does not exist.
    ///
    /// # Errors
    /// A [`DataFile`] if the file exists and cannot be read as a `T`.
    pub fn read<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, DataFile> {
        let path = self.0.join(file);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DataFile { path, source }),
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| DataFile { path, source: error.into() })
    }

    /// Writes a JSON file. When this function returns, the whole new file is on disk. Until then, the old file is on
    /// disk.
    ///
    /// # Errors
    /// A [`DataFile`] if the directory cannot be created or written to.
    pub fn write<T: Serialize>(&self, file: &str, value: &T) -> Result<(), DataFile> {
        let path = self.0.join(file);
        let write = || -> io::Result<()> {
            let directory = path.parent().unwrap_or(&self.0);
            make_directory(directory)?;
            let mut temporary = tempfile::NamedTempFile::new_in(directory)?;
            serde_json::to_writer_pretty(&mut temporary, value)?;
            temporary.flush()?;
            temporary.as_file().sync_all()?;
            temporary.persist(&path)?;
            sync_directory(directory)
        };
        write().map_err(|source| DataFile { path: path.clone(), source })
    }

    /// Writes a JSON file as [`Self::write`] does, for a caller that holds a lock on the file. The new content is first
    /// written to a file with a fixed name. If the write is interrupted, the next write or [`Self::remove_alone`]
    /// removes that file.
    ///
    /// # Errors
    /// The errors of [`Self::write`].
    pub(crate) fn write_alone<T: Serialize>(&self, file: &str, value: &T) -> Result<(), DataFile> {
        let path = self.0.join(file);
        let write = || -> io::Result<()> {
            let directory = path.parent().unwrap_or(&self.0);
            make_directory(directory)?;
            let unfinished = self.0.join(unfinished(file));
            let mut new = fs::File::create(&unfinished)?;
            serde_json::to_writer_pretty(&mut new, value)?;
            new.sync_all()?;
            fs::rename(unfinished, &path)?;
            sync_directory(directory)
        };
        write().map_err(|source| DataFile { path: path.clone(), source })
    }

    /// Removes a file that [`Self::write_alone`] wrote.
    ///
    /// # Errors
    /// The errors of [`Self::remove`].
    pub(crate) fn remove_alone(&self, file: &str) -> Result<(), DataFile> {
        self.remove(&unfinished(file))?;
        self.remove(file)
    }

    /// Takes an exclusive lock; none if this or another process holds it already. The system releases the lock when the
    /// process ends, however it ends.
    ///
    /// # Errors
    /// A [`DataFile`] if the file cannot be created, or if the file system has no locks.
    pub fn lock(&self, file: &str) -> Result<Option<Lock>, DataFile> {
        let path = self.0.join(file);
        let open = || {
            make_directory(path.parent().unwrap_or(&self.0))?;
            fs::File::options().create(true).truncate(false).write(true).open(&path)
        };
        let failed = |source| DataFile { path: path.clone(), source };
        let opened = open().map_err(failed)?;
        match opened.try_lock() {
            Ok(()) => Ok(Some(Lock { file: opened })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Changes a JSON file, and returns what `act` returns. If the file does not exist, `act` gets the default of its
    /// type. No other process changes the file meanwhile, because every change of a file in this directory takes this
    /// lock.
    ///
    /// # Errors
    /// The errors of [`Self::alone_with`], [`Self::read`] and [`Self::write`]. The file is then as it was.
    pub(crate) fn change<T: Default + Serialize + DeserializeOwned, R>(
        &self,
        file: &str,
        act: impl FnOnce(&mut T) -> R,
    ) -> Result<R, DataFile> {
        let _alone = self.alone_with(file)?;
        let mut value = self.read(file)?.unwrap_or_default();
        let result = act(&mut value);
        self.write(file, &value)?;
        Ok(result)
    }

    /// Takes the lock for reading, changing and writing `file` as soon as it is free.
    ///
    /// # Errors
    /// The errors of [`Self::lock`]; [`io::ErrorKind::TimedOut`] if another process holds the lock for longer than a
    /// change takes.
    pub(crate) fn alone_with(&self, file: &str) -> Result<Lock, DataFile> {
        let begun = Instant::now();
        let lock = format!("{LOCKS}/{}", file.replace('/', "-"));
        loop {
            match self.lock(&lock)? {
                Some(lock) => return Ok(lock),
                None if begun.elapsed() < LONGEST_CHANGE => std::thread::sleep(POLL),
                None => return Err(DataFile { path: self.0.join(file), source: io::ErrorKind::TimedOut.into() }),
            }
        }
    }

    /// Removes a file for good. Succeeds if the file does not exist.
    ///
    /// # Errors
    /// A [`DataFile`] if the file exists and cannot be removed.
    pub fn remove(&self, file: &str) -> Result<(), DataFile> {
        let path = self.0.join(file);
        match fs::remove_file(&path) {
            Ok(()) => sync_directory(path.parent().unwrap_or(&self.0)).map_err(|source| DataFile { path, source }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(DataFile { path, source }),
        }
    }

    /// Returns the names of the JSON files in a folder, sorted.
    ///
    /// # Errors
    /// A [`DataFile`] if the folder exists and cannot be read.
    pub(crate) fn files(&self, folder: &str) -> Result<Vec<String>, DataFile> {
        let path = self.0.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(DataFile { path, source }),
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".json"))
            .map(|name| format!("{folder}/{name}"))
            .collect();
        names.sort();
        Ok(names)
    }
}

/// Returns the name of the file that [`Home::write_alone`] writes before it renames the file.
fn unfinished(file: &str) -> String {
    format!("{file}.new")
}

/// Creates a directory and its parents. Each of them is on disk when this function returns.
fn make_directory(directory: &Path) -> io::Result<()> {
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    let above = directory.parent().unwrap_or(Path::new(""));
    make_directory(above)?;
    match fs::create_dir(directory) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ if above.as_os_str().is_empty() => Ok(()),
        _ => sync_directory(above),
    }
}

#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    fs::File::open(directory)?.sync_all()
}

/// Does nothing. NTFS journals the rename itself, and Windows cannot open a directory for syncing.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_listed_and_removed() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path().join("new"));
        assert_eq!(home.read::<String>("banks/a.json").unwrap(), None);
        home.write("banks/a.json", &"first").unwrap();
        home.write("banks/a.json", &"second").unwrap();
        assert_eq!(home.read::<String>("banks/a.json").unwrap().as_deref(), Some("second"));
        assert_eq!(home.files("banks").unwrap(), ["banks/a.json"]);
        home.remove("banks/a.json").unwrap();
        home.remove("banks/a.json").unwrap();
        assert!(home.files("banks").unwrap().is_empty());
    }

    #[test]
    fn what_a_cut_left_half_written_is_no_file_and_goes() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        home.write_alone("journal/a.json", &"first").unwrap();
        fs::write(directory.path().join("journal/a.json.new"), "{").unwrap();
        assert_eq!(home.files("journal").unwrap(), ["journal/a.json"]);
        assert_eq!(home.read::<String>("journal/a.json").unwrap().as_deref(), Some("first"));
        home.write_alone("journal/a.json", &"second").unwrap();
        assert_eq!(home.read::<String>("journal/a.json").unwrap().as_deref(), Some("second"));
        fs::write(directory.path().join("journal/a.json.new"), "{").unwrap();
        home.remove_alone("journal/a.json").unwrap();
        assert_eq!(fs::read_dir(directory.path().join("journal")).unwrap().count(), 0);
    }

    #[test]
    fn one_at_a_time_holds_a_lock() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path().join("new"));
        let held = home.lock("locks/a").unwrap().unwrap();
        assert!(home.lock("locks/a").unwrap().is_none());
        assert!(home.lock("locks/b").unwrap().is_some());
        // Like a program that is being started, the clone holds the file open.
        let copy = held.file.try_clone().unwrap();
        drop(held);
        assert!(home.lock("locks/a").unwrap().is_some());
        drop(copy);
    }

    #[test]
    fn changes_wait_for_each_other_and_none_is_lost() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        std::thread::scope(|scope| {
            for number in 0..20 {
                let home = &home;
                scope.spawn(move || home.change("a.json", |all: &mut Vec<u32>| all.push(number)).unwrap());
            }
        });
        let mut all = home.read::<Vec<u32>>("a.json").unwrap().unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn a_damaged_file_is_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.json"), "{").unwrap();
        let error = Home::at(directory.path()).read::<String>("a.json").unwrap_err();
        assert!(error.to_string().contains("a.json"));
    }
}
