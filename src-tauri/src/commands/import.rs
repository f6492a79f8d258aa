use std::sync::Arc;

use inkan_client::protocol::{Code, Problem, Secret};
use inkan_client::{CertificateRow, ImportableKey, KeyChoice, OpenedFile, Unprotected};
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use super::Shared;
use crate::desktop::blocking;
use crate::file_dialog;
use crate::pending_import::{Chosen, FileDrop, PendingImport};

type Imports<'a> = State<'a, Arc<PendingImport>>;

/// Reports files that are dragged over the window or dropped on it, from now on.
#[tauri::command]
#[specta::specta]
pub(crate) fn watch_drops(imports: Imports<'_>, on_drop: Channel<FileDrop>) {
    imports.watch(on_drop);
}

/// Lets the user choose files to import; none if the user cancels. `title` is the title of the dialog. `kind` is its
/// name for files that can be imported.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_import_files(
    shared: Shared<'_>,
    imports: Imports<'_>,
    window: WebviewWindow,
    title: String,
    kind: String,
) -> Result<Option<Chosen>, Problem> {
    let Some(paths) = file_dialog::choose(&window, &title, &kind).await else { return Ok(None) };
    let imports = Arc::clone(&imports);
    blocking(&shared, move |_| Ok(Some(imports.read(&paths)?))).await
}

/// Opens the file of that number, and returns its keys. The file stays open until it is imported or put away. If
/// `password` is none, uses the password of the earlier attempt, which ended with the question about the missing
/// integrity check.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_import_file(
    shared: Shared<'_>,
    imports: Imports<'_>,
    number: u32,
    password: Option<Secret>,
    accept_unprotected: bool,
) -> Result<Vec<ImportableKey>, Problem> {
    let imports = Arc::clone(&imports);
    blocking(&shared, move |desktop| {
        let without_check = if accept_unprotected { Unprotected::Accepted } else { Unprotected::Refused };
        let file = imports.file(number)?;
        let password = password.map_or_else(|| imports.password(number), Ok)?;
        match OpenedFile::decode(file.content(), &password, without_check) {
            Ok(opened) => {
                let opened = imports.opened(number, opened);
                desktop.inkan()?.preview_import(&opened)
            }
            Err(error) => {
                // The user is asked whether to continue without the check, and not for the password again.
                if error.code() == Code::Pkcs12Unprotected {
                    imports.keep_password(number, password);
                }
                Err(error)
            }
        }
    })
    .await
}

/// Imports the key of number `key` from the open file, and puts the file away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_file(
    shared: Shared<'_>,
    imports: Imports<'_>,
    number: u32,
    key: u32,
) -> Result<CertificateRow, Problem> {
    let imports = Arc::clone(&imports);
    blocking(&shared, move |desktop| {
        let (row, _) = desktop.inkan()?.import(&*imports.opening(number)?, Some(&KeyChoice::Number(key)))?;
        imports.clear(number);
        Ok(row)
    })
    .await
}

/// Puts away a file that is not imported.
#[tauri::command]
#[specta::specta]
pub(crate) fn put_import_file_away(imports: Imports<'_>, number: u32) {
    imports.clear(number);
}
