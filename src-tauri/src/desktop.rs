use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use inkan_client::protocol::{Code, Language, Problem};
use inkan_client::{
    Cancel, DataFile, Error, Home, Inkan, Location, LocationError, LoggedIn, PinSource, Proxy, ProxyLoginSource,
    RecentEvents, Session, Settings, check_store,
};
use thiserror::Error;

use crate::pin_prompt::PinPrompt;
use crate::proxy_prompt::ProxyPrompt;

/// The reason why the app cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The system does not name a directory for this user's data.
    #[error("the home directory is not known")]
    NoHome,
    /// `INKAN_STORE` does not name a store.
    #[error(transparent)]
    Store(#[from] LocationError),
    /// The window cannot be opened.
    #[error(transparent)]
    Window(tauri::Error),
    /// The data directory cannot be used.
    #[error(transparent)]
    Data(#[from] DataFile),
    /// The check whether a window is already open failed.
    #[error("the running instance cannot be reached: {0}")]
    Instance(io::Error),
    /// The configuration of the build has no window.
    #[error("no window is configured")]
    NoWindow,
}

/// The state that the window's commands share.
#[derive(Debug)]
pub struct Desktop {
    home: Home,
    location: Location,
    /// Whether the environment has named the store.
    location_fixed: bool,
    /// The client, which is made when it is first needed.
    inkan: Mutex<Option<Inkan>>,
    /// The session. At most one user is logged in.
    session: Mutex<Option<Session>>,
    /// The number of pages that have begun to load in the window. Each page knows only what it has requested itself.
    pages: AtomicU64,
    /// Stops the acquisition or the renewal that the window shows.
    enrolling: Mutex<Cancel>,
    /// The prompt for the PIN of the store.
    pins: Arc<PinPrompt>,
    /// The prompt for the login of a proxy.
    proxies: Arc<ProxyPrompt>,
    events: RecentEvents,
    /// The report that was shown last, which may be saved.
    report: Mutex<String>,
}

impl Desktop {
    /// Creates the state with `INKAN_HOME` and `INKAN_STORE`, or else with this system's defaults.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn from_environment(events: RecentEvents) -> Result<Self, StartError> {
        let home = env::var_os("INKAN_HOME").map(|path| Home::at(PathBuf::from(path)));
        let home = home.or_else(Home::of_this_user).ok_or(StartError::NoHome)?;
        let named = env::var("INKAN_STORE").ok().map(|text| text.parse()).transpose()?;
        Ok(Self::with(home, named, events))
    }

    /// Creates the state with the data in that directory, and with the store of its settings or this system's own
    /// store.
    pub fn in_directory(home: &Path) -> Self {
        Self::with(Home::at(home), None, RecentEvents::default())
    }

    fn with(home: Home, named: Option<Location>, events: RecentEvents) -> Self {
        let location_fixed = named.is_some();
        // If the settings cannot be read, the window reports it. The window needs a store to open.
        let chosen = || Settings::read(&home).ok()?.store?.parse().ok();
        let location = named.or_else(chosen).unwrap_or_default();
        Self {
            home,
            location,
            location_fixed,
            inkan: Mutex::default(),
            session: Mutex::default(),
            pages: AtomicU64::default(),
            enrolling: Mutex::default(),
            pins: Arc::default(),
            proxies: Arc::default(),
            events,
            report: Mutex::default(),
        }
    }

    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    pub(crate) fn settings(&self) -> Result<Settings, Error> {
        Ok(Settings::read(&self.home)?)
    }

    /// Returns the language of the app. If the settings cannot be read, returns the system's language.
    pub(crate) fn language(&self) -> Language {
        let chosen = self.settings().ok().and_then(|settings| settings.language);
        chosen.unwrap_or_else(system_language)
    }

    pub(crate) fn set_language(&self, language: Language) -> Result<(), Error> {
        self.change_settings(|settings| settings.language = Some(language))?;
        let mut inkan = lock(&self.inkan);
        *inkan = inkan.take().map(|inkan| inkan.with_language(language));
        Ok(())
    }

    /// Changes the settings under the lock of the data directory.
    pub(crate) fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Error> {
        Settings::change(&self.home, change)?;
        Ok(())
    }

    /// Returns the client.
    ///
    /// # Errors
    /// [`Error::Data`] if the settings cannot be read.
    pub(crate) fn inkan(&self) -> Result<Inkan, Error> {
        self.settings()?;
        Ok(self.client())
    }

    /// Returns the client even if the settings cannot be read, because a check-up reports that.
    pub(crate) fn client(&self) -> Inkan {
        let made = || {
            let pins = Arc::clone(&self.pins) as Arc<dyn PinSource>;
            let inkan = Inkan::with_pin(self.home.clone(), &self.location, self.language(), pins);
            inkan.with_proxy_login_source(Arc::clone(&self.proxies) as Arc<dyn ProxyLoginSource>)
        };
        lock(&self.inkan).get_or_insert_with(made).clone()
    }

    /// Returns the prompt for the PIN of the store.
    pub(crate) fn pins(&self) -> &PinPrompt {
        &self.pins
    }

    /// Returns the prompt for the login of a proxy.
    pub(crate) fn proxies(&self) -> &ProxyPrompt {
        &self.proxies
    }

    /// Sets the proxy. Forgets a login that was given for another proxy.
    pub(crate) fn set_proxy(&self, proxy: Proxy) -> Result<Proxy, Error> {
        let proxy = match proxy {
            Proxy::Manual(proxy) => Proxy::Manual(proxy.in_order()?),
            other => other,
        };
        self.change_settings(|settings| settings.proxy = proxy.clone())?;
        if let Ok(inkan) = self.inkan() {
            inkan.forget_proxy_login();
        }
        Ok(proxy)
    }

    /// Records that the bank or site of that name was used, so that the window opens it at the next start.
    pub(crate) fn used(&self, name: &str) {
        if let Err(error) = self.change_settings(|settings| settings.last_service = Some(name.to_owned())) {
            tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "the last bank is not remembered");
        }
    }

    /// Returns the store that is open, and whether the environment has named it.
    pub(crate) fn store(&self) -> (String, bool) {
        (self.location.to_string(), self.location_fixed)
    }

    /// Returns the store for the next start, if the next start names no other store.
    pub(crate) fn chosen_store(&self) -> Result<String, Error> {
        Ok(self.settings()?.store.unwrap_or_else(|| Location::default().to_string()))
    }

    /// Sets the store for the next start, if that store opens.
    pub(crate) fn set_store(&self, location: &str) -> Result<(), Error> {
        let location: Location = location.parse().map_err(|_| Error::Fault)?;
        // The system's own store is always accepted, so that a user can leave a store that does not open.
        if location != Location::Native {
            check_store(&location)?;
        }
        self.change_settings(|settings| settings.store = Some(location.to_string()))
    }

    /// Makes a new report for the help desk.
    pub(crate) fn report(&self) -> Result<String, Error> {
        let inkan = self.client();
        let text = inkan.help_desk_report(&inkan.check_up(None)?, &self.events);
        lock(&self.report).clone_from(&text);
        Ok(text)
    }

    /// Returns the report that was made last.
    pub(crate) fn last_report(&self) -> String {
        lock(&self.report).clone()
    }

    /// Makes [`Self::stop`] trigger `cancel` from now on.
    pub(crate) fn begins(&self, cancel: Cancel) {
        *lock(&self.enrolling) = cancel;
    }

    /// Stops the acquisition or the renewal that began last, if it has not ended.
    pub(crate) fn stop(&self) {
        lock(&self.enrolling).stop();
    }

    /// Records that a new page begins to load in the window, or that the page has given up its login. A login that is
    /// still running then begins no session.
    pub(crate) fn page_begins(&self) {
        self.pages.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the number of the page that is in the window.
    pub(crate) fn page(&self) -> u64 {
        self.pages.load(Ordering::SeqCst)
    }

    /// Begins a session. A previous session is ended at its bank. Returns whether the session begins. If another page
    /// than `page` is in the window by now, the new session is ended at its bank instead, because that page may already
    /// show that no user is logged in.
    pub(crate) fn enter(&self, session: Session, page: u64) -> bool {
        let mut current = lock(&self.session);
        let begins = page == self.page();
        let ended = if begins { current.replace(session) } else { Some(session) };
        drop(current);
        end(ended);
        begins
    }

    /// Returns the user who is logged in, for a page that has just begun. Waits for a journey that is still using the
    /// session.
    pub(crate) fn logged_in(&self) -> Option<LoggedIn> {
        lock(&self.session).as_ref().map(|session| session.logged_in().clone())
    }

    /// Runs `act` with the session. If the bank has ended the session, the session is dropped.
    pub(crate) fn in_session<T>(&self, act: impl FnOnce(&mut Session) -> Result<T, Error>) -> Result<T, Error> {
        let mut session = lock(&self.session);
        let done = act(session.as_mut().ok_or(Error::NotLoggedIn)?);
        if let Err(error) = &done
            && ends_session(error.code())
        {
            session.take().map(Session::forget).unwrap_or_default();
        }
        done
    }

    /// Does the same as [`Self::leave`], and waits at most `limit` for it. If the bank does not answer in time, it ends
    /// the session by its idle time.
    pub(crate) fn leave_within(self: &Arc<Self>, limit: Duration) {
        // A journey that waits for the login of a proxy holds its session.
        self.proxies.close();
        let (sender, left) = mpsc::channel();
        let desktop = Arc::clone(self);
        let leaving = thread::Builder::new().spawn(move || {
            desktop.leave();
            // The end may come too late. Then no receiver is left.
            let _ = sender.send(());
        });
        if leaving.is_err() || left.recv_timeout(limit).is_err() {
            tracing::warn!("the logout did not end in time: the session stays open until its idle time is over");
        }
    }

    /// Ends the session at the user's request.
    ///
    /// # Errors
    /// The errors of [`Session::log_out`]. In this case the window forgets the session, and the bank ends it by its
    /// idle time.
    pub(crate) fn log_out(&self) -> Result<(), Error> {
        let session = lock(&self.session).take();
        session.map_or(Ok(()), Session::log_out)
    }

    /// Ends the session, and also ends it at the bank if the bank can be reached.
    pub(crate) fn leave(&self) {
        let session = lock(&self.session).take();
        end(session);
    }
}

/// Runs a journey on a thread that may block, and converts its error into the problem that the window shows.
pub(crate) async fn blocking<T: Send + 'static>(
    desktop: &Arc<Desktop>,
    journey: impl FnOnce(&Desktop) -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    let desktop = Arc::clone(desktop);
    let done = tauri::async_runtime::spawn_blocking(move || journey(&desktop)).await;
    done.unwrap_or(Err(Error::Fault)).map_err(Error::into_problem)
}

/// Returns the language of this system, or Japanese if the system does not name its language.
pub fn system_language() -> Language {
    sys_locale::get_locale().and_then(|tag| Language::preferred(&tag)).unwrap_or_default()
}

fn end(session: Option<Session>) {
    if let Some(session) = session
        && let Err(error) = session.log_out()
    {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the logout failed: the session stays open until its idle time is over"
        );
    }
}

fn ends_session(code: Code) -> bool {
    matches!(
        code,
        Code::SessionEnded
            | Code::SessionNotBound
            | Code::CertificateRevoked
            | Code::CertificateSuperseded
            | Code::CertificateExpired
            | Code::ContractFrozen
    )
}

/// Locks the mutex. A poisoned lock is used: each change is a single assignment, so a panic leaves the value whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
