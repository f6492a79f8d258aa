use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;

use super::driven::{Window, named};
use super::hand::Hand;
use super::key;
use crate::patience::PATIENCE;

/// The number of keys in the longest row of a keyboard on the screen.
const KEYS_IN_A_LINE: usize = 10;
/// The greatest number of presses of the tab key that are tried. Every page has fewer elements.
const MOST_STOPS: usize = 120;

impl Window {
    /// Activates the button or link `test`: by a click, or with the tab key and the enter key.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does, and if the tab key does not reach it.
    pub async fn click(&self, test: &str) {
        self.click_on(&named(test)).await;
    }

    /// Activates the element that a CSS selector finds.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn click_on(&self, selector: &str) {
        self.wait_until_enabled(selector).await;
        match self.hand {
            Hand::Pointer => {
                self.wait_until_still(selector).await;
                self.select(selector).await.click().await.expect("a click");
            }
            Hand::Keyboard => {
                self.reach(selector).await;
                self.press(key::ENTER).await;
            }
        }
    }

    /// Activates a key of a keyboard on the screen. The arrow keys move among such keys.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn click_among_keys(&self, selector: &str) {
        if self.hand == Hand::Pointer {
            return self.click_on(selector).await;
        }
        self.select(selector).await;
        for stop in 1..MOST_STOPS {
            if self.has_focus(selector).await {
                return self.press(key::ENTER).await;
            }
            // Moves along the longest line, and then to the next line.
            self.press(if stop % KEYS_IN_A_LINE == 0 { key::DOWN } else { key::RIGHT }).await;
        }
        panic!("the arrow keys do not lead to {selector}")
    }

    /// Ticks a box, or selects one of several choices. A CSS selector finds it.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn tick(&self, selector: &str) {
        if self.hand == Hand::Pointer {
            self.select(selector).await.click().await.expect("a click");
        } else if self.select(selector).await.attr("type").await.expect("an attribute").as_deref() == Some("radio") {
            self.reach_choice(selector).await;
        } else {
            self.reach(selector).await;
            self.press(key::SPACE).await;
        }
    }

    /// Types into the empty field `test`.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn fill(&self, test: &str, text: &str) {
        match self.hand {
            Hand::Pointer => self.find(test).await.send_keys(text).await.expect("keys"),
            Hand::Keyboard => {
                self.reach(&named(test)).await;
                for letter in text.chars() {
                    self.press(letter).await;
                }
            }
        }
    }

    /// Empties the field `test`.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does.
    pub async fn empty(&self, test: &str) {
        let field = self.find(test).await;
        match self.hand {
            Hand::Pointer => field.clear().await.expect("a field"),
            Hand::Keyboard => {
                self.reach(&named(test)).await;
                let typed = field.prop("value").await.expect("a property").unwrap_or_default();
                self.press(key::END).await;
                for _ in typed.chars() {
                    self.press(key::BACKSPACE).await;
                }
            }
        }
    }

    /// Empties the field `test`.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn clear(&self, test: &str) {
        let selector = named(test);
        match self.hand {
            Hand::Pointer => self.select(&selector).await.click().await.expect("a click"),
            Hand::Keyboard => self.reach(&selector).await,
        }
        let all = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: key::CONTROL })
            .then(KeyAction::Down { value: 'a' })
            .then(KeyAction::Up { value: 'a' })
            .then(KeyAction::Up { value: key::CONTROL });
        self.client.perform_actions(all).await.expect("keys");
        self.press(key::DELETE).await;
    }

    /// Presses and releases a key, wherever the focus is.
    ///
    /// # Panics
    /// Panics if the driver refuses.
    pub async fn press(&self, value: char) {
        self.client.perform_actions(stroke(value)).await.expect("a key");
    }

    /// Presses a key while the keys `held` are held.
    ///
    /// # Panics
    /// Panics if the driver refuses.
    pub async fn chord(&self, held: &[char], value: char) {
        let keys = KeyActions::new("keyboard".into());
        let keys = held.iter().fold(keys, |keys, value| keys.then(KeyAction::Down { value: *value }));
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = held.iter().rev().fold(keys, |keys, value| keys.then(KeyAction::Up { value: *value }));
        self.client.perform_actions(keys).await.expect("keys");
    }

    /// Clicks twice on the button `test`, as fast as a person who double-clicks icons.
    ///
    /// # Panics
    /// Panics as [`Self::click`] does.
    pub async fn double_click(&self, test: &str) {
        let selector = named(test);
        self.wait_until_enabled(&selector).await;
        let button = self.select(&selector).await;
        let press =
            || [PointerAction::Down { button: MOUSE_BUTTON_LEFT }, PointerAction::Up { button: MOUSE_BUTTON_LEFT }];
        let over = PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 };
        let mouse = MouseActions::new("mouse".into()).then(over);
        let mouse = press().into_iter().chain(press()).fold(mouse, MouseActions::then);
        self.client.perform_actions(mouse).await.expect("two clicks");
    }

    /// Presses the tab key until the focus is on the element that a CSS selector finds.
    ///
    /// # Panics
    /// Panics if the focus never reaches it.
    pub async fn reach(&self, selector: &str) {
        self.select(selector).await;
        for _ in 0..MOST_STOPS {
            if self.has_focus(selector).await {
                return;
            }
            self.press(key::TAB).await;
        }
        self.screenshot("failed").await;
        panic!("the tab key does not lead to {selector}; the window shows: {}", self.text_of("body").await)
    }

    /// Selects a choice with the keyboard: the tab key leads to one of a group of choices, and the arrow keys lead from
    /// there to the others.
    async fn reach_choice(&self, selector: &str) {
        let name = self.select(selector).await.attr("name").await.expect("an attribute").expect("a name");
        self.reach(&format!("input[type=radio][name=\"{name}\"]")).await;
        for stop in 0..MOST_STOPS {
            if self.has_focus(selector).await {
                // The choice that the tab key reached may not be taken yet.
                return self.press(key::SPACE).await;
            }
            // In WebKit the arrow keys stop at the first and the last choice.
            self.press(if stop < MOST_STOPS / 2 { key::DOWN } else { key::UP }).await;
        }
        panic!("the arrow keys do not lead to {selector}")
    }

    async fn wait_until_enabled(&self, selector: &str) {
        self.select(&format!("{selector}:enabled, a{selector}, summary{selector}")).await;
    }

    /// Waits until an element stays in its place for two frames. A click on a moving element would hit another element.
    async fn wait_until_still(&self, selector: &str) {
        let script = "const [selector, done] = arguments;
            const place = () => {
                const area = document.querySelector(selector)?.getBoundingClientRect();
                return area && [area.x, area.y, area.width, area.height].join();
            };
            let before = place();
            const look = () => {
                const now = place();
                if (now === before) return done(null);
                before = now;
                requestAnimationFrame(() => requestAnimationFrame(look));
            };
            requestAnimationFrame(() => requestAnimationFrame(look));";
        self.client.execute_async(script, vec![json!(selector)]).await.expect("an element that stays in its place");
    }

    /// Gives the file input `test` a file, and waits until the page shows the file's name.
    ///
    /// # Panics
    /// Panics as [`Self::find`] does, and if the page does not take the file.
    pub async fn give_file(&self, test: &str, file: &Path) {
        self.find(test).await.send_keys(&file.display().to_string()).await.expect("a file");
        let name = file.file_name().and_then(|name| name.to_str()).expect("a file name");
        let until = Instant::now() + PATIENCE;
        while !self.text_of(&format!("label:has(> {})", named(test))).await.contains(name) {
            assert!(Instant::now() < until, "the page takes {name}; it shows: {}", self.text_of("body").await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Returns the actions that press and release a key.
pub(super) fn stroke(value: char) -> KeyActions {
    KeyActions::new("keyboard".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value })
}
