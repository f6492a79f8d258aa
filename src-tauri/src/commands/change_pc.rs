use inkan_client::profile::StepKind;
use inkan_client::protocol::{Problem, Secret, Top};
use inkan_client::{CheckUp, Error, Guide, MigrationRequest, Paper};
use tauri::WebviewWindow;

use super::Shared;
use crate::desktop::{Desktop, blocking};

/// The guide that was begun for a bank, as far as it has been gone.
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

/// Keeps that the person says a step is done, or takes that back.
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

/// Forgets the guide for a bank.
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

/// Revokes the own certificate, and ends the session, which the bank ends with it (S0-9, S0-12).
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

/// The paper for the branch (S0-11, S3-4).
#[tauri::command]
#[specta::specta]
pub(crate) async fn paper(shared: Shared<'_>, bank: String) -> Result<Paper, Problem> {
    blocking(&shared, move |desktop| desktop.inkan()?.paper(&bank, known(desktop).as_ref())).await
}

/// Writes the paper as a file, and says where.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_paper(shared: Shared<'_>, bank: String) -> Result<String, Problem> {
    blocking(&shared, move |desktop| {
        let file = desktop.inkan()?.save_paper(&bank, known(desktop).as_ref())?;
        Ok(file.display().to_string())
    })
    .await
}

/// Writes the paper, and opens it in the system browser, which prints as well.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_paper(shared: Shared<'_>, bank: String) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        let file = desktop.inkan()?.save_paper(&bank, known(desktop).as_ref())?;
        open::that_detached(&file).map_err(|_| Error::CannotOpen(file.display().to_string()))
    })
    .await
}

/// Opens the system's dialog to print what the window shows.
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

/// What the bank knows of the person who is logged in; the paper can do without.
fn known(desktop: &Desktop) -> Option<Top> {
    desktop.in_session(|session| session.top()).ok()
}
