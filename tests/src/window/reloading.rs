use std::time::{Duration, Instant};

use serde_json::json;

use super::driven::{Window, is_of_a_changing_page};
use crate::patience::PATIENCE;

/// Marks the present page. A page that is loaded later does not have the mark.
const MARK: &str = "document.body.dataset.before = 'yes';";

impl Window {
    /// Reloads the page, as a web view's menu does, and waits until the new page shows what a CSS selector finds.
    ///
    /// # Panics
    /// Panics if the page is not reloaded, or shows no such element.
    pub async fn load_anew(&self, selector: &str) {
        self.mark().await;
        self.leave_by("location.reload()").await;
        self.select(&format!("body:not([data-before]) {selector}")).await;
    }

    /// Marks the page, so that [`Self::is_marked_with`] can distinguish it from a page that is loaded later.
    ///
    /// # Panics
    /// Panics if the driver refuses.
    pub async fn mark(&self) {
        self.evaluate(MARK).await;
    }

    /// Waits until the page that was marked shows what a CSS selector finds.
    ///
    /// # Panics
    /// Panics if the page was reloaded, or shows no such element.
    pub async fn is_marked_with(&self, selector: &str) {
        self.select(&format!("body[data-before] {selector}")).await;
    }

    /// Runs a script that may leave the page, after the driver has received its answer. If a page is left while a
    /// script of the driver runs, the driver answers with an error.
    ///
    /// # Panics
    /// Panics if the driver refuses, or if the script does not run.
    pub async fn leave_by(&self, script: &str) {
        // The name of a window stays when its page changes.
        let argument = vec![json!(script)];
        let later = format!("const [name] = arguments; setTimeout(() => {{ window.name = name; {script} }}, 20);");
        self.client.execute(&later, argument).await.expect("a script");
        let until = Instant::now() + PATIENCE;
        loop {
            let name = self.client.execute("return window.name;", Vec::new()).await;
            match name {
                Ok(name) if name == json!(script) => return,
                Err(error) if !is_of_a_changing_page(&error) => panic!("{script}: {error}"),
                _ => assert!(Instant::now() < until, "{script} runs"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
