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

/// Why the app cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The system cannot say where this user's data belongs.
    #[error("no home directory")]
    NoHome,
    /// `INKAN_STORE` names no store.
    #[error(transparent)]
    Store(#[from] LocationError),
    /// No window.
    #[error(transparent)]
    Window(tauri::Error),
    /// The data directory cannot be used.
    #[error(transparent)]
    Data(#[from] DataFile),
    /// Whether a window is open already cannot be found out.
    #[error("the running instance cannot be reached: {0}")]
    Instance(io::Error),
    /// A build whose configuration has no window.
    #[error("no window is configured")]
    NoWindow,
}

/// What the window's commands share.
#[derive(Debug)]
pub struct Desktop {
    home: Home,
    location: Location,
    /// The command line or the environment has named the store.
    location_fixed: bool,
    /// Made when first needed.
    inkan: Mutex<Option<Inkan>>,
    /// At most one person is logged in.
    session: Mutex<Option<Session>>,
    /// How many pages have begun to load in the window: each knows only what it has asked for itself.
    pages: AtomicU64,
    /// Stops the acquisition, or the renewal, that the window shows.
    enrolling: Mutex<Cancel>,
    /// Asks for the PIN of the store.
    pins: Arc<PinPrompt>,
    /// Asks who is there, for a proxy that wants to know.
    proxies: Arc<ProxyPrompt>,
    events: RecentEvents,
    /// What was shown last, and may be saved.
    report: Mutex<String>,
}

impl Desktop {
    /// With `INKAN_HOME` and `INKAN_STORE`, or what this system has.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn from_environment(events: RecentEvents) -> Result<Self, StartError> {
        let home = env::var_os("INKAN_HOME").map(|path| Home::at(PathBuf::from(path)));
        let home = home.or_else(Home::of_this_user).ok_or(StartError::NoHome)?;
        let named = env::var("INKAN_STORE").ok().map(|text| text.parse()).transpose()?;
        Ok(Self::with(home, named, events))
    }

    /// With data in that directory, and certificates where its settings or this system keep them.
    pub fn in_directory(home: &Path) -> Self {
        Self::with(Home::at(home), None, RecentEvents::default())
    }

    fn with(home: Home, named: Option<Location>, events: RecentEvents) -> Self {
        let location_fixed = named.is_some();
        // Settings that cannot be read are told in the window, which needs a store to open with.
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

    /// The language that is spoken; settings that cannot be read say none.
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

    /// The client.
    ///
    /// # Errors
    /// [`Error::Data`] if the settings cannot be read.
    pub(crate) fn inkan(&self) -> Result<Inkan, Error> {
        self.settings()?;
        Ok(self.client())
    }

    /// The client, also where the settings cannot be read: a check-up tells of that.
    pub(crate) fn client(&self) -> Inkan {
        let made = || {
            let pins = Arc::clone(&self.pins) as Arc<dyn PinSource>;
            let inkan = Inkan::with_pin(self.home.clone(), &self.location, self.language(), pins);
            inkan.with_proxy_login_source(Arc::clone(&self.proxies) as Arc<dyn ProxyLoginSource>)
        };
        lock(&self.inkan).get_or_insert_with(made).clone()
    }

    /// Where the store's questions for its PIN go.
    pub(crate) fn pins(&self) -> &PinPrompt {
        &self.pins
    }

    /// Where a proxy's questions go.
    pub(crate) fn proxies(&self) -> &ProxyPrompt {
        &self.proxies
    }

    /// Sets the proxy; a login that was given for another one is forgotten.
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

    /// The store that is open, and whether the command line or the environment has named it.
    pub(crate) fn store(&self) -> (String, bool) {
        (self.location.to_string(), self.location_fixed)
    }

    /// The store from the next start on, if the start names no other.
    pub(crate) fn chosen_store(&self) -> Result<String, Error> {
        Ok(self.settings()?.store.unwrap_or_else(|| Location::default().to_string()))
    }

    /// Chooses the store from the next start on, if it opens.
    pub(crate) fn set_store(&self, location: &str) -> Result<(), Error> {
        let location: Location = location.parse().map_err(|_| Error::Fault)?;
        // This system's own store is always taken: it is the way back from one that does not open.
        if location != Location::Native {
            check_store(&location)?;
        }
        self.change_settings(|settings| settings.store = Some(location.to_string()))
    }

    /// The report for the help desk, made anew.
    pub(crate) fn report(&self) -> Result<String, Error> {
        let inkan = self.client();
        let text = inkan.help_desk_report(&inkan.check_up(None)?, &self.events);
        lock(&self.report).clone_from(&text);
        Ok(text)
    }

    /// The report as it was made last.
    pub(crate) fn last_report(&self) -> String {
        lock(&self.report).clone()
    }

    /// From now on [`Self::stop`] stops this.
    pub(crate) fn begins(&self, cancel: Cancel) {
        *lock(&self.enrolling) = cancel;
    }

    /// Stops what began last, if it has not ended.
    pub(crate) fn stop(&self) {
        lock(&self.enrolling).stop();
    }

    /// Notes that a page begins to load in the window, in the place of the one before.
    pub(crate) fn page_begins(&self) {
        self.pages.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns the number of the page that is in the window now.
    pub(crate) fn page(&self) -> u64 {
        self.pages.load(Ordering::SeqCst)
    }

    /// Begins a session in place of any other, which is ended at its bank first. Returns whether it begins: a session
    /// that `page` has asked for ends at its bank if another page is in the window by now, which may have heard already
    /// that nobody is logged in.
    pub(crate) fn enter(&self, session: Session, page: u64) -> bool {
        let mut current = lock(&self.session);
        let begins = page == self.page();
        let ended = if begins { current.replace(session) } else { Some(session) };
        drop(current);
        end(ended);
        begins
    }

    /// Returns who is logged in, for a page that has just begun. A journey that is still under way in the session ends
    /// first.
    pub(crate) fn logged_in(&self) -> Option<LoggedIn> {
        lock(&self.session).as_ref().map(|session| session.logged_in().clone())
    }

    /// Does something in the session. One that the bank has ended is dropped.
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

    /// As [`Self::leave`], if somebody waits for the end: a bank that does not answer in time ends the session by its
    /// idle time.
    pub(crate) fn leave_within(self: &Arc<Self>, limit: Duration) {
        // A journey that waits for an answer holds its session.
        self.proxies.close();
        let (sender, left) = mpsc::channel();
        let desktop = Arc::clone(self);
        let leaving = thread::Builder::new().spawn(move || {
            desktop.leave();
            // Nobody waits any more for what comes too late.
            let _ = sender.send(());
        });
        if leaving.is_err() || left.recv_timeout(limit).is_err() {
            tracing::warn!("the session ends at the bank by its idle time");
        }
    }

    /// Ends the session at the person's wish.
    ///
    /// # Errors
    /// As [`Session::log_out`]: the window forgets the session, which the bank ends by its idle time.
    pub(crate) fn log_out(&self) -> Result<(), Error> {
        let session = lock(&self.session).take();
        session.map_or(Ok(()), Session::log_out)
    }

    /// Ends the session, at the bank too as far as it can be reached.
    pub(crate) fn leave(&self) {
        let session = lock(&self.session).take();
        end(session);
    }
}

/// Runs a journey where it may block, and turns what went wrong into what the window shows.
pub(crate) async fn blocking<T: Send + 'static>(
    desktop: &Arc<Desktop>,
    journey: impl FnOnce(&Desktop) -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    let desktop = Arc::clone(desktop);
    let done = tauri::async_runtime::spawn_blocking(move || journey(&desktop)).await;
    done.unwrap_or(Err(Error::Fault)).map_err(Error::into_problem)
}

/// The language of this system; Japanese if the system does not say.
pub fn system_language() -> Language {
    sys_locale::get_locale().and_then(|tag| Language::preferred(&tag)).unwrap_or_default()
}

fn end(session: Option<Session>) {
    if let Some(session) = session
        && let Err(error) = session.log_out()
    {
        tracing::warn!(
            error = &error as &(dyn std::error::Error + 'static),
            "the session ends at the bank by its idle time"
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

/// A panic elsewhere does not make what is inside wrong: each change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
