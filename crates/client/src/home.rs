use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::DataFile;

/// The directory where the client keeps what is its own: banks, the journal, what it remembers. No secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// At that directory, which need not exist yet.
    pub fn at(directory: impl Into<PathBuf>) -> Self {
        Self(directory.into())
    }

    /// Where this system keeps such data; none where it cannot say whose.
    pub fn of_this_user() -> Option<Self> {
        directories::ProjectDirs::from("jp", "Inkan", "Inkan").map(|dirs| Self(dirs.data_dir().to_owned()))
    }

    /// The directory.
    pub fn directory(&self) -> &Path {
        &self.0
    }

    /// Reads a JSON file; none where there is none.
    ///
    /// # Errors
    /// A file that is there and cannot be read as `T`.
    pub(crate) fn read<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, DataFile> {
        let path = self.0.join(file);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DataFile { path, source }),
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| DataFile { path, source: error.into() })
    }

    /// Writes a JSON file so that it is on disk, whole, when this returns; before, the old one is.
    ///
    /// # Errors
    /// Where the directory cannot be made or written to.
    pub(crate) fn write<T: Serialize>(&self, file: &str, value: &T) -> Result<(), DataFile> {
        let path = self.0.join(file);
        let write = || -> io::Result<()> {
            let directory = path.parent().unwrap_or(&self.0);
            fs::create_dir_all(directory)?;
            let mut temporary = tempfile::NamedTempFile::new_in(directory)?;
            serde_json::to_writer_pretty(&mut temporary, value)?;
            temporary.flush()?;
            temporary.as_file().sync_all()?;
            temporary.persist(&path)?;
            sync_directory(directory)
        };
        write().map_err(|source| DataFile { path: path.clone(), source })
    }

    /// Removes a file for good; not there is success.
    ///
    /// # Errors
    /// Where it is there and cannot be removed.
    pub(crate) fn remove(&self, file: &str) -> Result<(), DataFile> {
        let path = self.0.join(file);
        match fs::remove_file(&path) {
            Ok(()) => sync_directory(path.parent().unwrap_or(&self.0)).map_err(|source| DataFile { path, source }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(DataFile { path, source }),
        }
    }

    /// The names of the JSON files in a folder, sorted.
    ///
    /// # Errors
    /// Where the folder is there and cannot be read.
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

#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    fs::File::open(directory)?.sync_all()
}

/// NTFS journals the rename itself, and a directory cannot be opened for it.
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
    fn a_damaged_file_is_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.json"), "{").unwrap();
        let error = Home::at(directory.path()).read::<String>("a.json").unwrap_err();
        assert!(error.to_string().contains("a.json"));
    }
}
