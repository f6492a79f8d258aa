use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_client::protocol::{Problem, Secret};
use inkan_client::{Error, ImportFile, MOST_IMPORT_FILES, OpenedFile};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{DragDropEvent, Manager, Window, WindowEvent};

/// The files to import, which are held while the window asks for their passwords, one after the other. The window knows
/// a file by a number. Neither the path nor the content of a file goes to the window.
#[derive(Default)]
pub(crate) struct PendingImport {
    waiting: Mutex<Vec<Waiting>>,
    numbers: AtomicU32,
    window: Mutex<Option<Channel<FileDrop>>>,
}

#[derive(Debug)]
struct Waiting {
    number: u32,
    file: Arc<ImportFile>,
    progress: Progress,
}

/// The progress of the import of a file.
#[derive(Debug, Clone)]
enum Progress {
    /// The file is not decoded. The window asks for its password.
    Closed,
    /// The password is correct. The window asks whether to continue without an integrity check.
    Unprotected(Secret),
    /// The file is decoded. Its password is no longer held.
    Opened(Arc<OpenedFile>),
}

/// A file that waits to be imported.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct WaitingFile {
    number: u32,
    name: String,
}

/// The files that a user chose or dropped.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct Chosen {
    /// The files that can be imported, in the order in which they were chosen.
    files: Vec<WaitingFile>,
    /// The files that cannot be imported, with the reasons.
    refused: Vec<RefusedFile>,
}

/// A file that cannot be imported.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct RefusedFile {
    name: String,
    problem: Problem,
}

/// The event of files that are dragged over the window.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileDrop {
    /// The number of files that are held over the window.
    Hovers(u32),
    /// The files left the window again.
    Gone,
    /// Files were dropped that can be imported, and others that cannot.
    Dropped(Chosen),
    /// None of the dropped files is read.
    Refused(Problem),
}

impl PendingImport {
    /// Reads the files that a user chose or dropped. Those that can be imported wait, in place of any others.
    ///
    /// # Errors
    /// [`Error::SeveralFiles`] if there are more than [`MOST_IMPORT_FILES`].
    pub(crate) fn read(&self, paths: &[PathBuf]) -> Result<Chosen, Error> {
        if paths.len() > MOST_IMPORT_FILES {
            return Err(Error::SeveralFiles(paths.len()));
        }
        let mut chosen = Chosen { files: Vec::new(), refused: Vec::new() };
        let mut all = Vec::new();
        for path in paths {
            match ImportFile::read(path) {
                Ok(file) => {
                    let number = self.numbers.fetch_add(1, Ordering::Relaxed);
                    chosen.files.push(WaitingFile { number, name: file.name().to_owned() });
                    all.push(Waiting { number, file: Arc::new(file), progress: Progress::Closed });
                }
                Err(error) => {
                    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                    chosen.refused.push(RefusedFile { name, problem: error.into_problem() });
                }
            }
        }
        if !all.is_empty() {
            *lock(&self.waiting) = all;
        }
        Ok(chosen)
    }

    /// Returns the file of that number.
    pub(crate) fn file(&self, number: u32) -> Result<Arc<ImportFile>, Error> {
        let waiting = lock(&self.waiting);
        let found = waiting.iter().find(|waiting| waiting.number == number);
        found.map(|waiting| Arc::clone(&waiting.file)).ok_or(Error::Fault)
    }

    /// Stores the decoded content of the file of that number.
    pub(crate) fn opened(&self, number: u32, file: OpenedFile) -> Arc<OpenedFile> {
        let file = Arc::new(file);
        self.set_progress(number, Progress::Opened(Arc::clone(&file)));
        file
    }

    /// Stores the password of a file without an integrity check, so that the window need not store it.
    pub(crate) fn keep_password(&self, number: u32, password: Secret) {
        self.set_progress(number, Progress::Unprotected(password));
    }

    /// Returns the stored password of the file of that number.
    pub(crate) fn password(&self, number: u32) -> Result<Secret, Error> {
        match self.progress(number)? {
            Progress::Unprotected(password) => Ok(password),
            Progress::Closed | Progress::Opened(_) => Err(Error::Fault),
        }
    }

    /// Returns the decoded content of the file of that number.
    pub(crate) fn opening(&self, number: u32) -> Result<Arc<OpenedFile>, Error> {
        match self.progress(number)? {
            Progress::Opened(file) => Ok(file),
            Progress::Closed | Progress::Unprotected(_) => Err(Error::Fault),
        }
    }

    fn progress(&self, number: u32) -> Result<Progress, Error> {
        let waiting = lock(&self.waiting);
        let found = waiting.iter().find(|waiting| waiting.number == number);
        found.map(|waiting| waiting.progress.clone()).ok_or(Error::Fault)
    }

    fn set_progress(&self, number: u32, progress: Progress) {
        if let Some(waiting) = lock(&self.waiting).iter_mut().find(|waiting| waiting.number == number) {
            waiting.progress = progress;
        }
    }

    /// Removes the file of that number, with its password and its decoded content.
    pub(crate) fn clear(&self, number: u32) {
        lock(&self.waiting).retain(|waiting| waiting.number != number);
    }

    /// Sends the events of dragged files to that window from now on.
    pub(crate) fn watch(&self, window: Channel<FileDrop>) {
        *lock(&self.window) = Some(window);
    }

    fn tell(&self, event: FileDrop) {
        if let Some(window) = &*lock(&self.window) {
            // A window that is gone needs no event.
            let _ = window.send(event);
        }
    }
}

/// Handles the system's events of files that are dragged over the window. The web view does not pass files to a page.
pub(crate) fn hear(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let imports = window.state::<Arc<PendingImport>>();
    match event {
        DragDropEvent::Enter { paths, .. } => {
            imports.tell(FileDrop::Hovers(u32::try_from(paths.len()).unwrap_or(u32::MAX)));
        }
        DragDropEvent::Leave => imports.tell(FileDrop::Gone),
        DragDropEvent::Drop { paths, .. } => read_dropped(Arc::clone(&imports), paths.clone()),
        _ => {}
    }
}

/// Reads dropped files on another thread than the window's, because a file may be on a slow network drive.
fn read_dropped(imports: Arc<PendingImport>, paths: Vec<PathBuf>) {
    tauri::async_runtime::spawn_blocking(move || {
        let event = match imports.read(&paths) {
            Ok(chosen) => FileDrop::Dropped(chosen),
            Err(error) => FileDrop::Refused(error.into_problem()),
        };
        imports.tell(event);
    });
}

/// Locks the mutex. A poisoned lock is used: each change is a single assignment, so a panic leaves the value whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
