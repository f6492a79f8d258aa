use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::wd::TimeoutConfiguration;
use serde_json::json;

use super::driven::{Window, named};
use crate::{Area, workspace};

impl Window {
    /// Scrolls to the element `test`, and returns its area in the window.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does.
    pub async fn area(&self, test: &str) -> Area {
        self.find(test).await;
        let script = "const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: 'nearest' });
            const area = element.getBoundingClientRect();
            return [area.x, area.y, area.width, area.height].map(Math.round);";
        let area = self.client.execute(script, vec![json!(named(test))]).await.expect("a script");
        let number = |at: usize| area[at].as_i64().expect("a number");
        let from = |at: usize| i16::try_from(number(at)).expect("on the screen");
        let side = |at: usize| u16::try_from(number(at)).expect("on the screen");
        Area { x: from(0), y: from(1), width: side(2), height: side(3) }
    }

    /// Returns the text of the element `test`.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does.
    pub async fn text(&self, test: &str) -> String {
        self.find(test).await.text().await.expect("text")
    }

    /// Returns the value of the field `test`.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does.
    pub async fn value(&self, test: &str) -> String {
        self.find(test).await.prop("value").await.expect("a property").expect("a value")
    }

    /// Returns how many elements a CSS selector finds now.
    ///
    /// # Panics
    /// Panics if the driver refuses.
    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.expect("elements").len()
    }

    /// Waits for the page `name`.
    ///
    /// # Panics
    /// Panics if the page does not appear.
    pub async fn page(&self, name: &str) {
        self.select(&format!("[data-test=\"page\"][data-page=\"{name}\"]")).await;
    }

    /// Waits for a problem of that code, and returns its text.
    ///
    /// # Panics
    /// Panics if the problem does not appear.
    pub async fn problem(&self, code: &str) -> String {
        let problem = self.select(&format!("[data-test=\"problem\"][data-code=\"{code}\"]")).await;
        problem.text().await.expect("text")
    }

    /// Runs a script in the window, and returns its result.
    ///
    /// # Panics
    /// Panics if the script fails.
    pub async fn evaluate(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, Vec::new()).await.expect("a script")
    }

    /// Runs a script with `argument` and a callback, and returns the value that the script passes to the callback.
    ///
    /// # Panics
    /// Panics if the script fails.
    pub async fn evaluate_later(&self, script: &str, argument: &str) -> serde_json::Value {
        self.client.execute_async(script, vec![json!(argument)]).await.expect("a script")
    }

    /// Makes the web view load an address, as a driver can.
    ///
    /// # Errors
    /// Returns an error if the web view does not go there.
    pub async fn send_to(&self, address: &str) -> Result<(), String> {
        let patience = TimeoutConfiguration::new(None, Some(Duration::from_secs(2)), None);
        self.client.update_timeouts(patience).await.expect("a timeout");
        self.client.goto(address).await.map_err(|error| error.to_string())
    }

    /// Saves a picture of the completely painted window below `target/screens/`.
    ///
    /// # Panics
    /// Panics if the picture cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)));";
        self.client.execute_async(painted, Vec::new()).await.expect("two frames");
        let picture = self.client.screenshot().await.expect("a picture");
        let directory = workspace().join("target/screens");
        fs::create_dir_all(&directory).expect("target/screens");
        let file = directory.join(format!("window-{name}.png"));
        fs::write(&file, picture).expect("a file");
        file
    }
}
