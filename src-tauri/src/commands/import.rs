use std::sync::Arc;

use inkan_client::protocol::{Code, Problem, Secret};
use inkan_client::{CertificateRow, ImportFile, ImportableKey, KeyChoice, OpenedFile, Unprotected};
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use super::Shared;
use crate::desktop::blocking;
use crate::file_dialog;
use crate::import_desk::{FileDrop, ImportDesk, WaitingFile};

type Desk<'a> = State<'a, Arc<ImportDesk>>;

/// Tells of files that are held over the window or dropped on it, from now on.
#[tauri::command]
#[specta::specta]
pub(crate) fn watch_drops(desk: Desk<'_>, on_drop: Channel<FileDrop>) {
    desk.watch(on_drop);
}

/// Lets the person choose a file to import; none where they think better of it. `title` stands over the dialog, `kind`
/// is what it calls such files.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_import_file(
    shared: Shared<'_>,
    desk: Desk<'_>,
    window: WebviewWindow,
    title: String,
    kind: String,
) -> Result<Option<WaitingFile>, Problem> {
    let Some(path) = file_dialog::choose(&window, &title, &kind).await else { return Ok(None) };
    let desk = Arc::clone(&desk);
    blocking(&shared, move |_| Ok(Some(desk.lay(ImportFile::chosen(&[path])?)))).await
}

/// What is in the file of that number. It stays open until it is imported or put away. Without a password it is the one
/// that was given before, when the person was told that nothing shows whether the file has been changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_import_file(
    shared: Shared<'_>,
    desk: Desk<'_>,
    number: u32,
    password: Option<Secret>,
    accept_unprotected: bool,
) -> Result<Vec<ImportableKey>, Problem> {
    let desk = Arc::clone(&desk);
    blocking(&shared, move |desktop| {
        let without_check = if accept_unprotected { Unprotected::Accepted } else { Unprotected::Refused };
        let file = desk.file(number)?;
        let password = password.map_or_else(|| desk.password(number), Ok)?;
        match OpenedFile::decode(file.content(), &password, without_check) {
            Ok(opened) => {
                let opened = desk.opened(number, opened);
                desktop.inkan()?.preview_import(&opened)
            }
            Err(error) => {
                // The person is asked whether to go on without the check, and not for the password again.
                if error.code() == Code::Pkcs12Unprotected {
                    desk.keep_password(number, password);
                }
                Err(error)
            }
        }
    })
    .await
}

/// Imports one key of the open file, by its number in it, and puts the file away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_file(
    shared: Shared<'_>,
    desk: Desk<'_>,
    number: u32,
    key: u32,
) -> Result<CertificateRow, Problem> {
    let desk = Arc::clone(&desk);
    blocking(&shared, move |desktop| {
        let (row, _) = desktop.inkan()?.import(&*desk.opening(number)?, Some(&KeyChoice::Number(key)))?;
        desk.clear(number);
        Ok(row)
    })
    .await
}

/// Puts a file away that is not to be imported.
#[tauri::command]
#[specta::specta]
pub(crate) fn put_import_file_away(desk: Desk<'_>, number: u32) {
    desk.clear(number);
}
