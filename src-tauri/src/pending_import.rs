use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_client::protocol::{Problem, Secret};
use inkan_client::{Error, ImportFile, OpenedFile};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{DragDropEvent, Manager, Window, WindowEvent};

/// Where a file to import lies while the window asks its password. The window knows it by a number: neither its path
/// nor its content leaves this side.
#[derive(Default)]
pub(crate) struct PendingImport {
    waiting: Mutex<Option<Waiting>>,
    numbers: AtomicU32,
    window: Mutex<Option<Channel<FileDrop>>>,
}

#[derive(Debug)]
struct Waiting {
    number: u32,
    file: Arc<ImportFile>,
    progress: Progress,
}

/// How far the import of a file has come.
#[derive(Debug, Clone)]
enum Progress {
    /// Its password is asked for.
    Closed,
    /// Its password opens it, and the person is asked whether to go on without an integrity check.
    Unprotected(Secret),
    /// It is decoded; its password is no longer held.
    Opened(Arc<OpenedFile>),
}

/// A file that waits to be imported.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct WaitingFile {
    number: u32,
    name: String,
}

/// What a person does with files over the window.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileDrop {
    /// So many are held over it.
    Hovers(u32),
    /// They are taken away again.
    Gone,
    /// One was let go that can be imported.
    Dropped(WaitingFile),
    /// What was let go cannot.
    Refused(Problem),
}

impl PendingImport {
    /// Lays a file there, in place of any other.
    pub(crate) fn set(&self, file: ImportFile) -> WaitingFile {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let waiting = WaitingFile { number, name: file.name().to_owned() };
        *lock(&self.waiting) = Some(Waiting { number, file: Arc::new(file), progress: Progress::Closed });
        waiting
    }

    /// The file of that number.
    pub(crate) fn file(&self, number: u32) -> Result<Arc<ImportFile>, Error> {
        let waiting = lock(&self.waiting);
        let found = waiting.as_ref().filter(|waiting| waiting.number == number);
        found.map(|waiting| Arc::clone(&waiting.file)).ok_or(Error::Fault)
    }

    /// Keeps the file of that number as it was decoded.
    pub(crate) fn opened(&self, number: u32, file: OpenedFile) -> Arc<OpenedFile> {
        let file = Arc::new(file);
        self.set_progress(number, Progress::Opened(Arc::clone(&file)));
        file
    }

    /// Keeps the password of a file without an integrity check, so that the window need not.
    pub(crate) fn keep_password(&self, number: u32, password: Secret) {
        self.set_progress(number, Progress::Unprotected(password));
    }

    /// The password that was given for it.
    pub(crate) fn password(&self, number: u32) -> Result<Secret, Error> {
        match self.progress(number)? {
            Progress::Unprotected(password) => Ok(password),
            Progress::Closed | Progress::Opened(_) => Err(Error::Fault),
        }
    }

    /// The file of that number as it was decoded.
    pub(crate) fn opening(&self, number: u32) -> Result<Arc<OpenedFile>, Error> {
        match self.progress(number)? {
            Progress::Opened(file) => Ok(file),
            Progress::Closed | Progress::Unprotected(_) => Err(Error::Fault),
        }
    }

    fn progress(&self, number: u32) -> Result<Progress, Error> {
        let waiting = lock(&self.waiting);
        let found = waiting.as_ref().filter(|waiting| waiting.number == number);
        found.map(|waiting| waiting.progress.clone()).ok_or(Error::Fault)
    }

    fn set_progress(&self, number: u32, progress: Progress) {
        if let Some(waiting) = lock(&self.waiting).as_mut().filter(|waiting| waiting.number == number) {
            waiting.progress = progress;
        }
    }

    /// Takes the file of that number away, and what opened it.
    pub(crate) fn clear(&self, number: u32) {
        let mut waiting = lock(&self.waiting);
        if waiting.as_ref().is_some_and(|waiting| waiting.number == number) {
            *waiting = None;
        }
    }

    /// Sends events of files to that window from now on.
    pub(crate) fn watch(&self, window: Channel<FileDrop>) {
        *lock(&self.window) = Some(window);
    }

    fn tell(&self, event: FileDrop) {
        if let Some(window) = &*lock(&self.window) {
            // A window that is gone shows no files.
            let _ = window.send(event);
        }
    }
}

/// Hears of files over the window from the system: a page is given none by the web view.
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

/// Away from the window's thread: a file may lie on a slow network drive.
fn read_dropped(imports: Arc<PendingImport>, paths: Vec<PathBuf>) {
    tauri::async_runtime::spawn_blocking(move || {
        let event = match ImportFile::chosen(&paths) {
            Ok(file) => FileDrop::Dropped(imports.set(file)),
            Err(error) => FileDrop::Refused(error.into_problem()),
        };
        imports.tell(event);
    });
}

/// A panic elsewhere does not make what is inside wrong: each change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
