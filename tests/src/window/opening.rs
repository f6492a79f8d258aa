use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::driven::Window;
use super::hand::Hand;
use crate::Pc;
use crate::driver::Driver;

/// How long to wait for the app. It starts in less time on a slow machine.
const LONGEST_START: Duration = Duration::from_secs(30);
/// How often the app is started. libfaketime, which sets its clock, can make a program hang at its start.
const TRIES: usize = 2;

/// The settings with which the window opens.
#[derive(Debug)]
pub struct Opening<'a> {
    pc: &'a Pc,
    hand: Hand,
    environment: Vec<(OsString, OsString)>,
    arguments: Vec<String>,
    said: Option<PathBuf>,
    /// The home directory in which the app looks for stores.
    account: Option<PathBuf>,
}

impl Window {
    /// Returns the settings with which a window on a PC opens.
    pub fn on(pc: &Pc) -> Opening<'_> {
        Opening::on(pc)
    }

    /// Opens a window on a PC, for the mouse.
    ///
    /// # Panics
    /// Panics as [`Opening::open`] does.
    pub async fn open(pc: &Pc) -> Self {
        Self::on(pc).open().await
    }
}

impl<'a> Opening<'a> {
    /// Returns the usual settings for a window on a PC.
    pub(super) fn on(pc: &'a Pc) -> Self {
        Self { pc, hand: Hand::Pointer, environment: Vec::new(), arguments: Vec::new(), said: None, account: None }
    }
}

impl Opening<'_> {
    /// Sets the device that the person uses.
    #[must_use]
    pub fn by(self, hand: Hand) -> Self {
        Self { hand, ..self }
    }

    /// Sets a variable in the app's environment.
    #[must_use]
    pub fn under(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Sets the language, `ja` or `en`, as if the person had chosen it.
    ///
    /// # Panics
    /// Panics if the PC's settings cannot be read or written.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        let file = self.pc.home().join("settings.json");
        let kept = fs::read_to_string(&file).unwrap_or_else(|_| "{}".to_owned());
        let mut settings: Value = serde_json::from_str(&kept).expect("settings");
        settings["language"] = json!(language);
        fs::create_dir_all(self.pc.home()).expect("the data directory");
        fs::write(file, settings.to_string()).expect("the settings are written");
        self
    }

    /// Adds an argument, such as a link.
    #[must_use]
    pub fn given(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Writes standard output and standard error of the app into a file.
    #[must_use]
    pub fn saying_to(self, file: PathBuf) -> Self {
        Self { said: Some(file), ..self }
    }

    /// Makes the app use the store that the settings name, and the stores of a person's home directory.
    #[must_use]
    pub fn choosing_its_store(self, account: &Path) -> Self {
        Self { account: Some(account.to_owned()), ..self }
    }

    /// Opens the window, and waits for its first page.
    ///
    /// # Panics
    /// Panics without a display, and if the driver or the app does not start.
    pub async fn open(self) -> Window {
        assert!(
            std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some(),
            "the window needs a display: run under xvfb-run, or by `cargo xtask test`"
        );
        let store = match &self.account {
            Some(account) => ("HOME".into(), account.into()),
            None => ("INKAN_STORE".into(), format!("nss:{}", self.pc.database().display()).into()),
        };
        let own = [("INKAN_HOME".into(), self.pc.home().into()), store];
        let environment: Vec<(OsString, OsString)> = own.into_iter().chain(self.environment).collect();
        let mut tries = 1..=TRIES;
        let (driver, client) = loop {
            let driver = Driver::start(environment.clone(), self.said.as_deref());
            match tokio::time::timeout(LONGEST_START, driver.open(&self.arguments)).await {
                Ok(client) => break (driver, client),
                Err(_) => assert!(tries.next().is_some(), "the app starts"),
            }
        };
        let window = Window { client, driver, hand: self.hand };
        window.find("page").await;
        window
    }
}
