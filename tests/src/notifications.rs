use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

use zbus::proxy::{self, CacheProperties};
use zbus::{OwnedVariant, Proxy};

use crate::SessionBus;
use crate::patience::PATIENCE;

/// The settings of dunst. Each notification stays until a person reacts to it.
const DUNSTRC: &str = "[global]\nhistory_length = 20\n[urgency_normal]\ntimeout = 0\n";

/// The notifications of a desktop. dunst shows them on a session bus of its own.
#[derive(Debug)]
pub struct Notifications {
    bus: SessionBus,
}

/// A notification that was shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Announced {
    /// The first line of the notification.
    pub title: String,
    /// The text below the first line.
    pub text: String,
}

impl Notifications {
    /// Starts a bus without notifications. dunst starts with the first one.
    ///
    /// # Panics
    /// Panics as [`SessionBus::start`] does.
    pub fn start() -> Self {
        let bus = SessionBus::offering(&[("org.freedesktop.Notifications", "/usr/bin/dunst -conf {here}/dunstrc")]);
        fs::write(bus.directory().join("dunstrc"), DUNSTRC).expect("a configuration");
        Self { bus }
    }

    /// Returns the desktop's bus.
    pub fn bus(&self) -> &SessionBus {
        &self.bus
    }

    /// Waits until `count` notifications are shown.
    ///
    /// # Panics
    /// Panics if they are not shown.
    pub async fn wait_for(&self, count: u32) {
        let dunst = self.dunst().await;
        let deadline = Instant::now() + PATIENCE;
        // dunst starts with the first notification.
        while dunst.get_property("displayedLength").await.ok() != Some(count) {
            assert!(Instant::now() < deadline, "the notifications do not come");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks on the notification that is shown.
    ///
    /// # Panics
    /// Panics if dunst does not answer.
    pub async fn click(&self) {
        const NEWEST: u32 = 0;
        let () = self.dunst().await.call("NotificationAction", &NEWEST).await.expect("dunst answers");
    }

    /// Closes the notifications that are shown, and returns all that have been shown, the newest first.
    ///
    /// # Panics
    /// Panics if dunst does not answer.
    pub async fn all(&self) -> Vec<Announced> {
        let dunst = self.dunst().await;
        let () = dunst.call("NotificationCloseAll", &()).await.expect("dunst answers");
        let all: Vec<HashMap<String, OwnedVariant>> =
            dunst.call("NotificationListHistory", &()).await.expect("dunst answers");
        let field = |one: &HashMap<String, OwnedVariant>, name: &str| {
            one.get(name).and_then(|value| String::try_from(value.clone()).ok()).unwrap_or_default()
        };
        all.iter().map(|one| Announced { title: field(one, "summary"), text: field(one, "body") }).collect()
    }

    /// Returns dunst's own interface, which its command `dunstctl` uses.
    async fn dunst(&self) -> Proxy<'static> {
        let bus = self.bus.join().await;
        let (name, path) = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications");
        let dunst = proxy::Builder::new(&bus).destination(name).path(path).interface("org.dunstproject.cmd0");
        dunst.cache_properties(CacheProperties::No).build().await.expect("the bus answers")
    }
}
