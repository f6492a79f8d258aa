use inkan_client::profile::StepKind;
use inkan_client::protocol::{Problem, Secret, Top};
use inkan_client::{CheckUp, Error, Guide, MigrationRequest, Paper};
use tauri::WebviewWindow;

use super::Shared;
use crate::desktop::{Desktop, blocking};

/// Returns the guide that was begun for a bank, with the state of its steps.
#[tauri::command]
#[specta::specta]
pub(crate) async fn guide(shared: Shared<'_>, bank: String) -> Result<Option<Guide>, Problem> {
    blocking(&shared, move |desktop| read(desktop, &bank)).await
}

/// Begins a guide.
#[tauri::command]
#[specta::specta]
pub(crate) async fn begin_guide(
    shared: Shared<'_>,
    bank: String,
    request: MigrationRequest,
) -> Result<Option<Guide>, Problem> {
    blocking(&shared, move |desktop| {
        desktop.inkan()?.begin_guide(&bank, request)?;
        read(desktop, &bank)
    })
    .await
}

/// Records that the user confirms a step, or withdraws the confirmation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn say_done(
    shared: Shared<'_>,
    bank: String,
    kind: StepKind,
    done: bool,
) -> Result<Option<Guide>, Problem> {
    blocking(&shared, move |desktop| {
        desktop.inkan()?.say_done(&bank, kind, done)?;
        read(desktop, &bank)
    })
    .await
}

/// Removes the guide for a bank.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_guide(shared: Shared<'_>, bank: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.end_guide(&bank)).await
}

/// Checks this PC for a bank (S0-2).
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_new_pc(shared: Shared<'_>, bank: String) -> Result<CheckUp, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.check_new_pc(&bank)).await
}

/// Revokes the user's own certificate, and ends the session, which the bank ends with it (S0-9, S0-12).
#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_own(
    shared: Shared<'_>,
    confirmation_password: Secret,
    knowing: bool,
) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.revoke_own(session, &confirmation_password, knowing))?;
        Desktop::leave(desktop);
        Ok(())
    })
    .await
}

/// Returns the paper for the branch (S0-11, S3-4).
#[tauri::command]
#[specta::specta]
pub(crate) async fn paper(shared: Shared<'_>, bank: String) -> Result<Paper, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.paper(&bank, known(desktop).as_ref())).await
}

/// Writes the paper as a file, and returns its path.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_paper(shared: Shared<'_>, bank: String) -> Result<String, Problem> {
    blocking(&shared, move |desktop| {
        let file = desktop.inkan()?.save_paper(&bank, known(desktop).as_ref())?;
        Ok(file.display().to_string())
    })
    .await
}

/// Writes the paper, and opens it in the system browser, which can print it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_paper(shared: Shared<'_>, bank: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        let file = desktop.inkan()?.save_paper(&bank, known(desktop).as_ref())?;
        open::that_detached(&file).map_err(|_| Error::CannotOpen(file.display().to_string()))
    })
    .await
}

/// Opens the system's dialog to print the page in the window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn print_page(window: WebviewWindow) -> Result<(), Problem> {
    window.print().map_err(|_| Error::Fault.into_problem())
}

fn read(desktop: &Desktop, bank: &str) -> Result<Option<Guide>, Error> {
    let inkan = desktop.inkan()?;
    match desktop.in_session(|session| Ok(session.logged_in().clone())) {
        Ok(who) => inkan.guide(bank, Some(&who)),
        Err(_) => inkan.guide(bank, None),
    }
}

/// Returns what the bank knows of the user who is logged in. The paper can be made without it.
fn known(desktop: &Desktop) -> Option<Top> {
    desktop.in_session(|session| session.top()).ok()
}
