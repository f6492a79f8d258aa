use inkan_client::profile::EntranceId;
use inkan_client::protocol::{Notice, PasswordChange, Problem, Secret, Top};
use inkan_client::{CertificateId, Credentials, Error, LoggedIn};
use serde::Deserialize;
use specta::Type;

use super::Shared;
use crate::desktop::{Desktop, blocking};

/// The old and the new passwords, as the page of the forced change sends them.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct NewPasswords {
    login_password: Secret,
    new_login_password: Secret,
    confirmation_password: Option<Secret>,
    /// The new confirmation password; none if the user's role has none.
    new_confirmation_password: Option<Secret>,
    /// The new approval password, if another person set the present one.
    new_approval_password: Option<Secret>,
    /// The new password for single transfers, if another person set the present one.
    new_transfer_password: Option<Secret>,
}

/// Logs in by 電子証明書方式 (S1-1 … S1-4).
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_in_with_certificate(
    shared: Shared<'_>,
    bank: String,
    entrance: Option<EntranceId>,
    certificate: CertificateId,
    login_password: Secret,
) -> Result<LoggedIn, Problem> {
    log_in(shared, bank, entrance, Credentials::Certificate(Some(certificate)), login_password).await
}

/// Logs in by ID・パスワード方式 (S1-6).
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_in_with_id(
    shared: Shared<'_>,
    bank: String,
    entrance: Option<EntranceId>,
    contract: Option<String>,
    user: String,
    login_password: Secret,
) -> Result<LoggedIn, Problem> {
    log_in(shared, bank, entrance, Credentials::Id { contract, user }, login_password).await
}

/// Gives up a login that is still running, because the user does not wait for the bank any longer. If the bank begins a
/// session after all, that session is ended at the bank at once.
#[tauri::command]
#[specta::specta]
pub(crate) fn give_up_login(shared: Shared<'_>) {
    shared.page_begins();
}

/// Makes the forced change of passwords (S1-7 … S1-11).
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_passwords(shared: Shared<'_>, change: NewPasswords) -> Result<LoggedIn, Problem> {
    let change = PasswordChange {
        login_password: change.login_password,
        new_login_password: change.new_login_password,
        confirmation_password: change.confirmation_password,
        new_confirmation_password: change.new_confirmation_password,
        new_approval_password: change.new_approval_password,
        new_transfer_password: change.new_transfer_password,
    };
    blocking(&shared, move |desktop| desktop.in_session(|session| Ok(session.change_passwords(&change)?.clone()))).await
}

/// Returns the user who is logged in. A page that is loaded again continues the session of the page before it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn current_session(shared: Shared<'_>) -> Result<Option<LoggedIn>, Problem> {
    blocking(&shared, |desktop| Ok(desktop.logged_in())).await
}

/// Returns the top page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn top(shared: Shared<'_>) -> Result<Top, Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| session.top())).await
}

/// Opens a notice.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notice(shared: Shared<'_>, id: String) -> Result<Notice, Problem> {
    blocking(&shared, move |desktop| desktop.in_session(|session| session.notice(&id))).await
}

/// Ends the session. If the bank does not answer, the window forgets the session, and the bank ends it by its idle
/// time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_out(shared: Shared<'_>) -> Result<(), Problem> {
    blocking(&shared, Desktop::log_out).await
}

/// Returns a problem if the login has shown that this PC's clock is wrong compared with the bank's; none if it is
/// right.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clock_at_login(shared: Shared<'_>) -> Result<Option<Problem>, Problem> {
    blocking(&shared, |desktop| desktop.in_session(|session| Ok(session.wrong_clock().cloned()))).await
}

/// Logs in and begins the session, unless another page than `page` is in the window by then.
///
/// # Errors
/// The errors of `Inkan::log_in`; [`Error::NotLoggedIn`] if another page is in the window.
pub(super) fn begin(
    desktop: &Desktop,
    page: u64,
    bank: &str,
    entrance: Option<EntranceId>,
    credentials: &Credentials,
    login_password: &Secret,
) -> Result<LoggedIn, Error> {
    let session = desktop.inkan()?.log_in(bank, entrance, credentials, login_password)?;
    let logged_in = session.logged_in().clone();
    desktop.used(bank);
    if desktop.enter(session, page) { Ok(logged_in) } else { Err(Error::NotLoggedIn) }
}

async fn log_in(
    shared: Shared<'_>,
    bank: String,
    entrance: Option<EntranceId>,
    credentials: Credentials,
    login_password: Secret,
) -> Result<LoggedIn, Problem> {
    let page = shared.page();
    blocking(&shared, move |desktop| begin(desktop, page, &bank, entrance, &credentials, &login_password)).await
}
