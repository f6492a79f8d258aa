use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, Locator};
use serde_json::json;

use crate::driver::{Driver, kill};
use crate::{Area, Pc, workspace, x11};

/// Longer than anything takes on a slow machine: only a broken window waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// Of a keyboard on the screen.
const KEYS_IN_A_LINE: usize = 10;
/// More places than any page has for the tab key.
const MOST_STOPS: usize = 120;

/// The keys that have no letter, as WebDriver names them.
pub mod key {
    /// To the next field or button.
    pub const TAB: char = '\u{e004}';
    /// Does what a button says.
    pub const ENTER: char = '\u{e007}';
    /// Closes a dialog.
    pub const ESCAPE: char = '\u{e00c}';
    /// Held with a letter.
    pub const CONTROL: char = '\u{e009}';
    /// Removes what is chosen.
    pub const DELETE: char = '\u{e017}';
    /// Ticks a box.
    pub const SPACE: char = ' ';
    /// Takes the letter before the cursor away.
    pub const BACKSPACE: char = '\u{e003}';
    /// Behind the last letter.
    pub const END: char = '\u{e010}';
    /// To what stands to the right of it.
    pub const RIGHT: char = '\u{e014}';
    /// To the one before of several choices.
    pub const UP: char = '\u{e013}';
    /// To the next of several choices.
    pub const DOWN: char = '\u{e015}';
}

/// What a person works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A mouse; fields are clicked and then typed into.
    Pointer,
    /// The keyboard alone: the tab key leads to everything, as WCAG 2.1.1 asks.
    Keyboard,
}

/// How the window is opened.
#[derive(Debug)]
pub struct Opening<'a> {
    pc: &'a Pc,
    hand: Hand,
    environment: Vec<(OsString, OsString)>,
    arguments: Vec<String>,
    said: Option<PathBuf>,
    /// Where it looks for stores itself.
    account: Option<PathBuf>,
}

/// The real window, driven over WebDriver (W3C) by WebKit's own driver. Elements are named by `data-test`.
#[derive(Debug)]
pub struct Window {
    client: Client,
    driver: Driver,
    hand: Hand,
}

impl Opening<'_> {
    /// Worked with so.
    #[must_use]
    pub fn by(self, hand: Hand) -> Self {
        Self { hand, ..self }
    }

    /// With a variable in its environment.
    #[must_use]
    pub fn under(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// With an argument, such as a link.
    #[must_use]
    pub fn given(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Keeps in a file what the app writes to standard output and standard error.
    #[must_use]
    pub fn saying_to(self, file: PathBuf) -> Self {
        Self { said: Some(file), ..self }
    }

    /// With the store that its settings name, among those of a person's home directory.
    #[must_use]
    pub fn choosing_its_store(self, account: &Path) -> Self {
        Self { account: Some(account.to_owned()), ..self }
    }

    /// Opens the window and waits for its first page.
    ///
    /// # Panics
    /// Without a display, and where the driver or the app does not start.
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
        let driver = Driver::start(own.into_iter().chain(self.environment), self.said.as_deref());
        let client = driver.open(&self.arguments).await;
        let window = Window { client, driver, hand: self.hand };
        window.find("page").await;
        window
    }
}

impl Window {
    /// A window on a PC, to be opened.
    pub fn on(pc: &Pc) -> Opening<'_> {
        Opening { pc, hand: Hand::Pointer, environment: Vec::new(), arguments: Vec::new(), said: None, account: None }
    }

    /// Opens the window on a PC, worked with a mouse.
    ///
    /// # Panics
    /// As [`Opening::open`].
    pub async fn open(pc: &Pc) -> Self {
        Self::on(pc).open().await
    }

    /// The process of the app.
    ///
    /// # Panics
    /// Where the driver has started none.
    pub fn process(&self) -> u32 {
        *self.driver.apps().first().expect("the driver's app")
    }

    /// The element `test`, once it is there.
    ///
    /// # Panics
    /// Where it does not come.
    pub async fn find(&self, test: &str) -> Element {
        self.select(&named(test)).await
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

    /// Does what the button or link `test` says: a click, or the tab key until it is reached and the enter key.
    ///
    /// # Panics
    /// As [`Self::find`], and where the tab key does not lead to it.
    pub async fn click(&self, test: &str) {
        self.click_on(&named(test)).await;
    }

    /// The same for what a CSS selector finds.
    ///
    /// # Panics
    /// As [`Self::click`].
    pub async fn click_on(&self, selector: &str) {
        self.wait_until_enabled(selector).await;
        match self.hand {
            Hand::Pointer => self.select(selector).await.click().await.expect("a click"),
            Hand::Keyboard => {
                self.reach(selector).await;
                self.press(key::ENTER).await;
            }
        }
    }

    /// Ticks a box, or takes one of several choices, that a CSS selector finds.
    ///
    /// # Panics
    /// As [`Self::click`].
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
    /// As [`Self::click`].
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
    /// As [`Self::find`].
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
    /// As [`Self::click`].
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

    /// Presses a key and lets it go, wherever the focus is.
    ///
    /// # Panics
    /// Where the driver refuses.
    pub async fn press(&self, value: char) {
        self.client.perform_actions(stroke(value)).await.expect("a key");
    }

    /// Presses the tab key until the focus is on what a CSS selector finds.
    ///
    /// # Panics
    /// Where it never is.
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

    /// Returns where the element `test` is in the window, brought into sight.
    ///
    /// # Panics
    /// As [`Self::find`].
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

    /// What the field `test` holds.
    ///
    /// # Panics
    /// As [`Self::find`].
    pub async fn value(&self, test: &str) -> String {
        self.find(test).await.prop("value").await.expect("a property").expect("a value")
    }

    /// How many elements a CSS selector finds now.
    ///
    /// # Panics
    /// Where the driver refuses.
    pub async fn count(&self, selector: &str) -> usize {
        self.client.find_all(Locator::Css(selector)).await.expect("elements").len()
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

    /// What a script that is given `argument` and a function hands to that function.
    ///
    /// # Panics
    /// Where it fails.
    pub async fn evaluate_later(&self, script: &str, argument: &str) -> serde_json::Value {
        self.client.execute_async(script, vec![json!(argument)]).await.expect("a script")
    }

    /// Tells the web view to go to an address, as its driver can.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn send_to(&self, address: &str) -> Result<(), String> {
        let patience = TimeoutConfiguration::new(None, Some(Duration::from_secs(2)), None);
        self.client.update_timeouts(patience).await.expect("a timeout");
        self.client.goto(address).await.map_err(|error| error.to_string())
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
        fs::create_dir_all(&directory).expect("target/screens");
        let file = directory.join(format!("window-{name}.png"));
        fs::write(&file, picture).expect("a file");
        file
    }

    /// Does what a key of a keyboard on the screen says. Among such keys the arrow keys lead.
    ///
    /// # Panics
    /// As [`Self::click`].
    pub async fn click_among_keys(&self, selector: &str) {
        if self.hand == Hand::Pointer {
            return self.click_on(selector).await;
        }
        self.select(selector).await;
        for stop in 1..MOST_STOPS {
            if self.has_focus(selector).await {
                return self.press(key::ENTER).await;
            }
            // Along the longest line, and then to the next.
            self.press(if stop % KEYS_IN_A_LINE == 0 { key::DOWN } else { key::RIGHT }).await;
        }
        panic!("the arrow keys do not lead to {selector}")
    }

    /// Kills the app as a power cut does: it can do nothing more.
    ///
    /// # Panics
    /// Where the driver has started none.
    pub async fn kill(self) {
        assert!(kill(self.process()), "the app is killed");
    }

    /// As [`Self::click`], where that ends the app, which its driver may call a fault.
    ///
    /// # Panics
    /// As [`Self::click`], and where the app goes on.
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
    /// Where it goes on.
    pub async fn ends(self) {
        self.driver.wait_for_the_end().await;
    }

    /// Closes the window by its frame, as a person does, and waits for the app's end.
    ///
    /// # Panics
    /// Without an X server, and where the app goes on.
    pub async fn close_by_frame(self) {
        x11::close(self.process());
        self.driver.wait_for_the_end().await;
    }

    /// Closes the window as its driver does, which leaves the app no time for anything.
    ///
    /// # Panics
    /// Where the driver refuses.
    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
        self.driver.wait_for_the_end().await;
    }

    /// The tab key leads to one of a group of choices, the arrow keys from there to the others.
    async fn reach_choice(&self, selector: &str) {
        let name = self.select(selector).await.attr("name").await.expect("an attribute").expect("a name");
        self.reach(&format!("input[type=radio][name=\"{name}\"]")).await;
        for stop in 0..MOST_STOPS {
            if self.has_focus(selector).await {
                // The one that the tab key led to may not be taken yet.
                return self.press(key::SPACE).await;
            }
            // WebKit does not go round.
            self.press(if stop < MOST_STOPS / 2 { key::DOWN } else { key::UP }).await;
        }
        panic!("the arrow keys do not lead to {selector}")
    }

    async fn wait_until_enabled(&self, selector: &str) {
        self.select(&format!("{selector}:enabled, a{selector}, summary{selector}")).await;
    }

    async fn has_focus(&self, selector: &str) -> bool {
        let focused = "return document.activeElement !== null && document.activeElement.matches(arguments[0]);";
        self.client.execute(focused, vec![json!(selector)]).await.expect("a script") == json!(true)
    }

    async fn text_of(&self, selector: &str) -> String {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}

fn stroke(value: char) -> KeyActions {
    KeyActions::new("keyboard".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value })
}

fn named(test: &str) -> String {
    format!("[data-test=\"{test}\"]")
}
