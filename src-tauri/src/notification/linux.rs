//! By the desktop's own service (Desktop Notifications Specification 1.2), over D-Bus.

use std::collections::HashMap;

use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tauri::AppHandle;
use zbus::message::Type as Kind;
use zbus::{Connection, MatchRule, Message, MessageStream, Type, Variant};

use super::Notification;

const SERVICE: &str = "org.freedesktop.Notifications";
const PLACE: &str = "/org/freedesktop/Notifications";
/// What a click beside the buttons does.
const CLICK: &str = "default";
/// The desktop knows best how long it stays.
const AS_USUAL: i32 = -1;

/// Shows it, and says whether there is such a service.
pub(crate) fn show(_app: &AppHandle, notification: Notification, clicked: impl FnOnce() + Send + 'static) -> bool {
    match tauri::async_runtime::block_on(send(&notification)) {
        Ok((id, signals)) => {
            tauri::async_runtime::spawn(async move {
                if is_clicked(id, signals).await {
                    clicked();
                }
            });
            true
        }
        Err(error) => {
            tracing::info!(error = &error as &(dyn std::error::Error + 'static), "this desktop shows no notifications");
            false
        }
    }
}

/// Its number, and what is said of it and of others. Listened to from before it is shown: a click may be quick.
async fn send(notification: &Notification) -> zbus::Result<(u32, MessageStream)> {
    let connection = Connection::session().await?;
    let rule = MatchRule::builder().msg_type(Kind::Signal).interface(SERVICE).path(PLACE).build()?;
    let signals = MessageStream::for_match_rule(rule, &connection, None).await?;
    let (replaces, icon) = (0_u32, "");
    let actions = [CLICK, &notification.open];
    let hints = HashMap::<&str, Variant<'_>>::new();
    let matter =
        ("Inkan", replaces, icon, &notification.title, &notification.text, actions.as_slice(), hints, AS_USUAL);
    let answer = connection.call_method(Some(SERVICE), PLACE, Some(SERVICE), "Notify", &matter).await?;
    Ok((answer.body().deserialize()?, signals))
}

/// Returns whether it is clicked, before it goes in any other way.
async fn is_clicked(id: u32, mut signals: MessageStream) -> bool {
    while let Some(Ok(signal)) = signals.next().await {
        let header = signal.header();
        match header.member().map(|member| member.as_str()) {
            Some("ActionInvoked") if is_of::<(u32, String)>(&signal, |(of, action)| of == id && action == CLICK) => {
                return true;
            }
            Some("NotificationClosed") if is_of::<(u32, u32)>(&signal, |(of, _why)| of == id) => return false,
            _ => {}
        }
    }
    false
}

fn is_of<T: DeserializeOwned + Type>(signal: &Message, fits: impl FnOnce(T) -> bool) -> bool {
    signal.body().deserialize::<T>().is_ok_and(fits)
}
