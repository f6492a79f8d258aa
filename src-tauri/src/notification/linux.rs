//! Shows notifications by the desktop's own service over D-Bus (Desktop Notifications Specification 1.2).

use std::collections::HashMap;

use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tauri::AppHandle;
use zbus::message::Type as Kind;
use zbus::{Connection, MatchRule, Message, MessageStream, Type, Variant};

use super::Notification;

const SERVICE: &str = "org.freedesktop.Notifications";
const PLACE: &str = "/org/freedesktop/Notifications";
/// The name of the action for a click outside the buttons.
const CLICK: &str = "default";
/// The timeout that leaves it to the desktop how long a notification is shown.
const AS_USUAL: i32 = -1;

/// Shows a notification, and returns whether the desktop has a service for notifications.
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

/// Sends a notification, and returns its number and the signals of all notifications. Listens for the signals before
/// the notification is shown, so that no click is missed.
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

/// Returns whether the notification is clicked before it closes in any other way.
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
