use inkan_client::protocol::{CertificateAction, Problem, Secret, UserEdit, UserSettings};
use inkan_client::{Error, ManagedUser};

use super::Shared;
use crate::desktop::blocking;

/// Returns the users of the contract, with the actions that are allowed on each.
#[tauri::command]
#[specta::specta]
pub(crate) async fn people(shared: Shared<'_>) -> Result<Vec<ManagedUser>, Problem> {
    blocking(&shared, |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.managed_users(session))
    })
    .await
}

/// Returns one user of the contract, with the actions that are allowed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn person(shared: Shared<'_>, user: String) -> Result<ManagedUser, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.managed_user(session, &user))
    })
    .await
}

/// Returns the fields of a user that can be changed (S4-7, S4-8, S4-12).
#[tauri::command]
#[specta::specta]
pub(crate) async fn user_settings(shared: Shared<'_>, user: String) -> Result<UserSettings, Problem> {
    blocking(&shared, move |desktop| desktop.in_session(|session| session.user_settings(&user))).await
}

/// Changes all given fields of a user, or none if one fails (登録, S4-13).
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_user(shared: Shared<'_>, user: String, edit: UserEdit) -> Result<ManagedUser, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.edit_user(session, &user, &edit))
    })
    .await
}

/// Unlocks a user's locked passwords (M5).
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock_user(
    shared: Shared<'_>,
    user: String,
    confirmation_password: Secret,
) -> Result<ManagedUser, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.unlock_user(session, &user, &[], &confirmation_password))
    })
    .await
}

/// Returns whether no other user could help afterwards if this user's certificate were revoked (Q9).
#[tauri::command]
#[specta::specta]
pub(crate) async fn leaves_nobody(shared: Shared<'_>, user: String) -> Result<bool, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| match inkan.before_revoking(session, &user) {
            Err(Error::NobodyElse) => Ok(true),
            other => other.map(|()| false),
        })
    })
    .await
}

/// Keeps, reissues or revokes a user's certificate (S0-6, S3-6).
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_certificate(
    shared: Shared<'_>,
    user: String,
    act: CertificateAction,
    confirmation_password: Secret,
) -> Result<ManagedUser, Problem> {
    blocking(&shared, move |desktop| {
        let inkan = desktop.inkan()?;
        desktop.in_session(|session| inkan.change_certificate(session, &user, act, &confirmation_password))
    })
    .await
}

/// Stops the contract (S4-6, M7). This also ends the session.
#[tauri::command]
#[specta::specta]
pub(crate) async fn freeze(shared: Shared<'_>, confirmation_password: Secret) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        desktop.in_session(|session| session.freeze(&confirmation_password))?;
        desktop.leave();
        Ok(())
    })
    .await
}
