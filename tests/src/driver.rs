use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::patience::PATIENCE;
use crate::process::{children, listening_port};
use crate::program;

/// WebKit's driver, which starts the app. Both end when the value is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
}

impl Driver {
    /// Starts the driver on a port that the system chooses. The app gets `environment`, and writes its output into `said`.
    ///
    /// # Panics
    /// Panics if the driver does not start.
    pub(crate) fn start(environment: impl IntoIterator<Item = (OsString, OsString)>, said: Option<&Path>) -> Self {
        let mut driver = Command::new("WebKitWebDriver");
        if let Some(file) = said {
            let said = fs::File::create(file).expect("a file");
            driver.stdout(said.try_clone().expect("a second handle")).stderr(said);
        }
        let process = driver
            .arg("--port=0")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment)
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts");
        Self { process }
    }

    /// Asks the driver for the app until the driver listens. If a failed attempt has started an app, the app is ended
    /// before the next attempt. Otherwise the next app would forward its arguments to it and end.
    ///
    /// # Panics
    /// Panics if no attempt succeeds.
    pub(crate) async fn open(&self, arguments: &[String]) -> Client {
        let options = json!({ "webkitgtk:browserOptions": { "binary": program("inkan-app"), "args": arguments } });
        let mut refused = None;
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < deadline {
            let Some(port) = listening_port(self.process.id()) else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            // The driver speaks plain HTTP on loopback.
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(options.as_object().expect("an object").clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => return client,
                Err(error) => refused = Some(error),
            }
            self.end_apps();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("WebKitWebDriver: {refused:?}")
    }

    /// Returns the app's processes, which are children of the driver.
    pub(crate) fn apps(&self) -> Vec<u32> {
        children(self.process.id())
    }

    fn end_apps(&self) {
        for app in self.apps() {
            kill(app);
        }
    }

    /// Waits until the app has ended. The driver ends it after its answer. A driver that is killed before that leaves
    /// the app running, and the next start on the same data would be forwarded to that app.
    ///
    /// # Panics
    /// Panics if the app does not end.
    pub(crate) async fn wait_for_the_end(&self) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !self.apps().is_empty() && tokio::time::Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(self.apps().is_empty(), "the app ends with its window");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // An app is still running only if a test has failed.
        self.end_apps();
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Kills a process without giving it time to do anything, as a power cut does. Returns whether the process existed.
pub(crate) fn kill(process: u32) -> bool {
    Command::new("kill").args(["-KILL", &process.to_string()]).status().is_ok_and(|status| status.success())
}
