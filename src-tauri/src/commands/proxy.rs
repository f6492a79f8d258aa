use inkan_client::protocol::{Problem, Secret};
use inkan_client::{Proxy, ProxyLogin};
use serde::Deserialize;
use specta::Type;
use tauri::ipc::Channel;

use super::Shared;
use crate::desktop::blocking;
use crate::proxy_prompt::AskedProxy;

/// The login that a user typed for a proxy.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct TypedLogin {
    user: String,
    password: Secret,
}

/// Returns the proxy that is set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn proxy(shared: Shared<'_>) -> Result<Proxy, Problem> {
    blocking(&shared, |desktop| Ok(desktop.settings()?.proxy)).await
}

/// Sets the proxy for every connection from now on, and returns it in its normal form.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_proxy(shared: Shared<'_>, proxy: Proxy) -> Result<Proxy, Problem> {
    blocking(&shared, move |desktop| desktop.set_proxy(proxy)).await
}

/// Sends questions for the login of a proxy to the window from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_proxy_questions(shared: Shared<'_>, on_question: Channel<AskedProxy>) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        desktop.proxies().ask_in(on_question);
        Ok(())
    })
    .await
}

/// Answers a question for the login of a proxy. Without a login, the question is cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_proxy_question(
    shared: Shared<'_>,
    id: u32,
    login: Option<TypedLogin>,
) -> Result<(), Problem> {
    blocking(&shared, move |desktop| {
        let login = login.map(|typed| ProxyLogin { user: typed.user, password: typed.password });
        desktop.proxies().answer(id, login);
        Ok(())
    })
    .await
}
