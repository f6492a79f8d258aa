use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::{Client, Locator};
use serde_json::json;

use super::hand::Hand;
use crate::driver::Driver;
use crate::patience::PATIENCE;

/// The real window, driven over WebDriver (W3C) by WebKit's own driver. Elements are named by `data-test`.
#[derive(Debug)]
pub struct Window {
    pub(super) client: Client,
    pub(super) driver: Driver,
    pub(super) hand: Hand,
}

impl Window {
    /// Returns the process of the app.
    ///
    /// # Panics
    /// Panics if the driver has started no app.
    pub fn process(&self) -> u32 {
        *self.driver.apps().first().expect("the driver's app")
    }

    /// Waits for the element `test`, and returns it.
    ///
    /// # Panics
    /// Panics if it does not appear.
    pub async fn find(&self, test: &str) -> Element {
        self.select(&named(test)).await
    }

    /// Waits for the element that a CSS selector finds, and returns it.
    ///
    /// # Panics
    /// Panics if it does not appear. The message shows the window's text.
    pub async fn select(&self, selector: &str) -> Element {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.client.wait().at_most(left).for_element(Locator::Css(selector)).await {
                Ok(element) => return element,
                Err(error) if is_of_a_changing_page(&error) && Instant::now() < until => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(error) => {
                    self.screenshot("failed").await;
                    panic!("{selector}: {error}; the window shows: {}", self.text_of("body").await)
                }
            }
        }
    }

    pub(super) async fn has_focus(&self, selector: &str) -> bool {
        let focused = "return document.activeElement !== null && document.activeElement.matches(arguments[0]);";
        self.client.execute(focused, vec![json!(selector)]).await.expect("a script") == json!(true)
    }

    pub(super) async fn text_of(&self, selector: &str) -> String {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}

/// Returns whether the driver failed because the page changed meanwhile: the page replaced the element that was found,
/// or is being reloaded. The next attempt finds the new page.
pub(super) fn is_of_a_changing_page(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else { return false };
    matches!(
        error.error,
        ErrorStatus::StaleElementReference
            | ErrorStatus::JavascriptError
            | ErrorStatus::NoSuchFrame
            | ErrorStatus::UnknownError
    )
}

pub(super) fn named(test: &str) -> String {
    format!("[data-test=\"{test}\"]")
}
