use super::acting::stroke;
use super::driven::{Window, named};
use super::hand::Hand;
use super::key;
use crate::driver::kill;
use crate::x11;

impl Window {
    /// Kills the app without giving it time to do anything, as a power cut does.
    ///
    /// # Panics
    /// Panics if the driver has started no app.
    pub async fn kill(self) {
        assert!(kill(self.process()), "the app is killed");
    }

    /// Clicks as [`Self::click`] does, if the click ends the app. The driver may report that as an error.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does, or if the app does not end.
    pub async fn click_to_the_end(self, test: &str) {
        let selector = named(test);
        match self.hand {
            Hand::Pointer => drop(self.select(&selector).await.click().await),
            Hand::Keyboard => {
                self.reach(&selector).await;
                drop(self.client.perform_actions(stroke(key::ENTER)).await);
            }
        }
        self.driver.wait_for_the_end().await;
    }

    /// Waits until the app has ended by itself.
    ///
    /// # Panics
    /// Panics if the app does not end.
    pub async fn ends(self) {
        self.driver.wait_for_the_end().await;
    }

    /// Closes the window by the button on its frame, as a person does, and waits for the app's end.
    ///
    /// # Panics
    /// Panics without an X server, or if the app does not end.
    pub async fn close_by_frame(self) {
        x11::close(self.process());
        self.driver.wait_for_the_end().await;
    }

    /// Closes the window by its driver, which leaves the app no time for anything.
    ///
    /// # Panics
    /// Panics if the driver refuses.
    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
        self.driver.wait_for_the_end().await;
    }
}
