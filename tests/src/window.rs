use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::{Pc, program, workspace};

/// Longer than anything takes on a slow machine: only a broken window waits this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The real window, driven over WebDriver (W3C) by WebKit's own driver. Elements are named by `data-test`.
#[derive(Debug)]
pub struct Window {
    client: Client,
    driver: Driver,
}

#[derive(Debug)]
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Window {
    /// Opens the window on a PC.
    ///
    /// # Panics
    /// Without a display, and where the driver or the app does not start.
    pub async fn open(pc: &Pc) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some(),
            "the window needs a display: run under xvfb-run, or by `cargo xtask test`"
        );
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("INKAN_HOME", pc.home())
            .env("INKAN_STORE", format!("nss:{}", pc.database().display()))
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts");
        let driver = Driver(driver);
        let client = connect(port).await;
        let window = Self { client, driver };
        window.find("page").await;
        window
    }

    /// The element `test`, once it is there.
    ///
    /// # Panics
    /// Where it does not come.
    pub async fn find(&self, test: &str) -> Element {
        self.select(&format!("[data-test=\"{test}\"]")).await
    }

    /// The element that a CSS selector finds, once it is there.
    ///
    /// # Panics
    /// Where it does not come; what the window shows instead is said.
    pub async fn select(&self, selector: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                self.screenshot("failed").await;
                panic!("{selector}: {error}; the window shows: {}", self.text_of("body").await)
            }
        }
    }

    /// Clicks `test`.
    ///
    /// # Panics
    /// As [`Self::find`].
    pub async fn click(&self, test: &str) {
        self.find(test).await.click().await.expect("a click");
    }

    /// Types into the empty field `test`.
    ///
    /// # Panics
    /// As [`Self::find`].
    pub async fn fill(&self, test: &str, text: &str) {
        self.find(test).await.send_keys(text).await.expect("keys");
    }

    /// Gives the file input `test` a file.
    ///
    /// # Panics
    /// As [`Self::find`].
    pub async fn give_file(&self, test: &str, file: &Path) {
        self.find(test).await.send_keys(&file.display().to_string()).await.expect("a file");
    }

    /// What `test` shows.
    ///
    /// # Panics
    /// As [`Self::find`].
    pub async fn text(&self, test: &str) -> String {
        self.find(test).await.text().await.expect("text")
    }

    /// Waits for the page `name`.
    ///
    /// # Panics
    /// Where it does not come.
    pub async fn page(&self, name: &str) {
        self.select(&format!("[data-test=\"page\"][data-page=\"{name}\"]")).await;
    }

    /// Waits for a problem of that code.
    ///
    /// # Panics
    /// Where it does not come.
    pub async fn problem(&self, code: &str) -> String {
        let problem = self.select(&format!("[data-test=\"problem\"][data-code=\"{code}\"]")).await;
        problem.text().await.expect("text")
    }

    /// What a script in the window returns.
    ///
    /// # Panics
    /// Where it fails.
    pub async fn evaluate(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, Vec::new()).await.expect("a script")
    }

    /// Keeps a picture of the window under `target/screens/`, painted to the end.
    ///
    /// # Panics
    /// Where it cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
        self.client.execute_async(painted, Vec::new()).await.expect("two frames");
        let picture = self.client.screenshot().await.expect("a picture");
        let directory = workspace().join("target/screens");
        std::fs::create_dir_all(&directory).expect("target/screens");
        let file = directory.join(format!("window-{name}.png"));
        std::fs::write(&file, picture).expect("a file");
        file
    }

    /// Closes the window as a person does.
    ///
    /// # Panics
    /// Where the driver refuses.
    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
        drop(self.driver);
    }

    async fn text_of(&self, selector: &str) -> String {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}

/// Asks the driver for the app until it listens.
async fn connect(port: u16) -> Client {
    let options = json!({ "webkitgtk:browserOptions": { "binary": program("inkan-app") } });
    let mut refused = None;
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while tokio::time::Instant::now() < deadline {
        // The driver speaks plain HTTP on loopback.
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(options.as_object().expect("an object").clone());
        match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(error) => refused = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("WebKitWebDriver: {refused:?}")
}
