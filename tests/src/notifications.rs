use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::SessionBus;

/// Longer than any notification takes to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// Each stays until somebody acts on it.
const DUNSTRC: &str = "[global]\nhistory_length = 20\n[urgency_normal]\ntimeout = 0\n";

/// The notifications of a desktop, shown by dunst on a session bus of its own.
#[derive(Debug)]
pub struct Notifications {
    bus: SessionBus,
}

/// One that was shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Announced {
    /// Its first line.
    pub title: String,
    /// What stands below.
    pub text: String,
}

impl Notifications {
    /// None yet. dunst starts with the first.
    ///
    /// # Panics
    /// As [`SessionBus::start`].
    pub fn start() -> Self {
        let bus = SessionBus::offering(&[("org.freedesktop.Notifications", "/usr/bin/dunst -conf {here}/dunstrc")]);
        fs::write(bus.directory().join("dunstrc"), DUNSTRC).expect("a configuration");
        Self { bus }
    }

    /// The desktop's bus.
    pub fn bus(&self) -> &SessionBus {
        &self.bus
    }

    /// Waits until so many are shown.
    ///
    /// # Panics
    /// Where they do not come.
    pub fn wait_for(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.dunstctl(&["count", "displayed"]).trim() != count.to_string() {
            assert!(Instant::now() < deadline, "the notifications do not come");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks on the one that is shown.
    pub fn click(&self) {
        self.dunstctl(&["action"]);
    }

    /// Puts away what is shown, and gives all that ever were, the newest first.
    ///
    /// # Panics
    /// Where dunst tells them otherwise than in JSON.
    pub fn all(&self) -> Vec<Announced> {
        self.dunstctl(&["close-all"]);
        let history: Value = serde_json::from_str(&self.dunstctl(&["history"])).expect("JSON");
        let said = |one: &Value, field: &str| one[field]["data"].as_str().unwrap_or_default().to_owned();
        let all = history["data"][0].as_array().expect("a list");
        all.iter().map(|one| Announced { title: said(one, "summary"), text: said(one, "body") }).collect()
    }

    fn dunstctl(&self, arguments: &[&str]) -> String {
        let (name, address) = self.bus.environment();
        let output = Command::new("dunstctl").args(arguments).env(name, address).output().expect("dunstctl runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}
