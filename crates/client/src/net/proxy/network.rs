use std::io;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::dial::{Unreached, dial};
use super::{ProxyEndpoint, ProxyFailure, ProxyLogin, ProxyLoginSource, ProxyQuestion, tunnel};
use crate::net::patience::PersonsTime;
use crate::net::transport_error::Breakage;
use crate::{Error, Home, Settings, Transport};

/// The network outside this PC. A connection goes through the proxy that is set when the connection is made. Clones
/// share one state.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    home: Home,
    login: Arc<Mutex<Option<Known>>>,
    /// Held while the user is asked, so that one thread asks at a time.
    asking: Arc<Mutex<()>>,
    source: Option<Arc<dyn ProxyLoginSource>>,
    /// The time that the user takes to answer.
    person: PersonsTime,
}

/// A login, and the proxy that it is for. A login that was given in advance names no proxy, and is for any proxy.
#[derive(Debug, Clone)]
struct Known {
    proxy: Option<String>,
    login: ProxyLogin,
}

/// Why no connection was made.
#[derive(Debug)]
pub(crate) enum DialFailure {
    /// The server itself was not reached.
    Unreached(Unreached),
    /// The proxy did not reach the server.
    BeyondProxy,
    /// The proxy of this name did not open a tunnel.
    Proxy(String, ProxyFailure),
    /// The proxy that is set is not a proxy address.
    Address(String),
}

impl Network {
    pub(crate) fn of(home: &Home) -> Self {
        Self {
            home: home.clone(),
            login: Arc::default(),
            asking: Arc::default(),
            source: None,
            person: PersonsTime::default(),
        }
    }

    pub(crate) fn with_source(self, source: Arc<dyn ProxyLoginSource>) -> Self {
        Self { source: Some(source), ..self }
    }

    /// Returns the network without a source for logins. A login that is known already is still sent.
    pub(crate) fn without_person(self) -> Self {
        Self { source: None, ..self }
    }

    /// Stores a login for any proxy, in memory.
    pub(crate) fn know(&self, login: ProxyLogin) {
        *lock(&self.login) = Some(Known { proxy: None, login });
    }

    /// Forgets the login.
    pub(crate) fn forget(&self) {
        *lock(&self.login) = None;
    }

    /// Returns the client's data directory.
    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Returns the proxy for connections to `address`, as it is set now; none if they are direct.
    pub(crate) fn endpoint(&self, address: &Url) -> Result<Option<ProxyEndpoint>, Error> {
        Settings::read(&self.home)?.proxy.to(address)
    }

    /// Returns the login that is known for that proxy.
    pub(crate) fn login(&self, endpoint: &ProxyEndpoint) -> Option<ProxyLogin> {
        let known = lock(&self.login).clone()?;
        known.proxy.is_none_or(|proxy| proxy == endpoint.name()).then_some(known.login)
    }

    /// Asks the user for a login, after the proxy asked for one or refused `tried`. Returns none if there is no new
    /// login.
    pub(crate) fn ask(&self, endpoint: &ProxyEndpoint, tried: Option<&ProxyLogin>) -> Option<ProxyLogin> {
        let source = self.source.as_ref()?;
        let _alone = lock(&self.asking);
        let told = self.login(endpoint);
        if let Some(told) = &told
            && tried.is_none_or(|tried| !tried.is(told))
        {
            // Another connection has asked the user meanwhile.
            return Some(told.clone());
        }
        let user = tried.map(|login| login.user.clone()).or_else(|| endpoint.user.clone());
        let question = ProxyQuestion { proxy: endpoint.name(), user, refused: tried.is_some() };
        let login = self.person.during(|| source.login(&question))?;
        *lock(&self.login) = Some(Known { proxy: Some(endpoint.name()), login: login.clone() });
        Some(login)
    }

    /// Returns the time that the user takes to answer, which no time limit counts.
    pub(crate) fn person(&self) -> &PersonsTime {
        &self.person
    }

    /// Asks the proxy once for a tunnel to `address`.
    pub(crate) fn try_through(
        &self,
        endpoint: &ProxyEndpoint,
        login: Option<&ProxyLogin>,
        address: &Url,
        deadline: Instant,
    ) -> Result<TcpStream, ProxyFailure> {
        let unnamed = || ProxyFailure::Unreachable(io::ErrorKind::InvalidInput.into());
        let host = address.host_str().ok_or_else(unnamed)?;
        let port = address.port_or_known_default().ok_or_else(unnamed)?;
        tunnel::open(endpoint, endpoint.authorization(login).as_ref(), (host, port), deadline)
    }

    /// Opens a connection to `address`, directly or through the proxy. The user may be asked for a login at the proxy.
    /// Also returns the deadline of the connection: `limit` from now, plus the time that the user took.
    pub(crate) fn connect(&self, address: &Url, limit: Duration) -> Result<(TcpStream, Instant), DialFailure> {
        let unnamed = || DialFailure::Unreached(Unreached::NameUnknown);
        let mut deadline = Instant::now() + limit;
        let endpoint = match self.endpoint(address) {
            Ok(Some(endpoint)) => endpoint,
            Ok(None) => {
                let host = address.host_str().ok_or_else(unnamed)?;
                let port = address.port_or_known_default().ok_or_else(unnamed)?;
                return dial(host, port, deadline).map(|stream| (stream, deadline)).map_err(DialFailure::Unreached);
            }
            Err(Error::ProxyAddress(address)) => return Err(DialFailure::Address(address)),
            Err(Error::Data(unreadable)) => return Err(DialFailure::Unreached(Unreached::Broken(unreadable.source))),
            Err(_) => return Err(unnamed()),
        };
        let mut login = self.login(&endpoint);
        loop {
            match self.try_through(&endpoint, login.as_ref(), address, deadline) {
                Ok(stream) => return Ok((stream, deadline)),
                Err(ProxyFailure::LoginRequired) => {
                    let asked = Instant::now();
                    match self.ask(&endpoint, login.as_ref()) {
                        Some(told) => login = Some(told),
                        None => return Err(DialFailure::Proxy(endpoint.name(), ProxyFailure::LoginRequired)),
                    }
                    deadline += asked.elapsed();
                }
                // The proxy is there, and did not reach the server.
                Err(ProxyFailure::Refused(500..)) => return Err(DialFailure::BeyondProxy),
                Err(failure) => return Err(DialFailure::Proxy(endpoint.name(), failure)),
            }
        }
    }
}

impl DialFailure {
    /// Returns the error of a journey to the server that texts call `address`.
    pub(crate) fn into_error(self, address: String) -> Error {
        match self {
            Self::Unreached(cause) => Error::Transport { address, cause: (&cause).into() },
            Self::BeyondProxy => Error::Transport { address, cause: Transport::Broken(Breakage::Unexplained) },
            Self::Proxy(proxy, cause) => Error::Proxy { proxy, cause },
            Self::Address(address) => Error::ProxyAddress(address),
        }
    }
}

/// Locks a mutex. Each change is one assignment, so a panic elsewhere leaves no change half made.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use inkan_protocol::Secret;

    use super::super::{ManualProxy, Proxy};
    use super::*;

    #[derive(Debug, Default)]
    struct Person(AtomicUsize);

    impl ProxyLoginSource for Person {
        fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin> {
            self.0.fetch_add(1, Ordering::Relaxed);
            assert_eq!(question.proxy, "proxy.example:8080");
            Some(login(if question.refused { "right" } else { "wrong" }))
        }
    }

    fn login(password: &str) -> ProxyLogin {
        ProxyLogin { user: "taro".into(), password: Secret::from(password.to_owned()) }
    }

    fn endpoint(address: &str) -> ProxyEndpoint {
        let proxy = Proxy::Manual(ManualProxy::at(address).unwrap());
        proxy.to(&Url::parse("https://bank.example/").unwrap()).unwrap().unwrap()
    }

    #[test]
    fn m8_a_login_is_asked_once_and_told_to_no_other_proxy() {
        let person = Arc::new(Person::default());
        let network = Network::of(&Home::at("nowhere")).with_source(person.clone());
        let asked = network.ask(&endpoint("proxy.example:8080"), None).unwrap();
        assert_eq!(network.ask(&endpoint("proxy.example:8080"), None).unwrap().password.expose(), "wrong");
        assert_eq!(person.0.load(Ordering::Relaxed), 1);
        assert_eq!(network.ask(&endpoint("proxy.example:8080"), Some(&asked)).unwrap().password.expose(), "right");
        assert!(network.login(&endpoint("proxy.example:8080")).is_some());
        assert!(network.login(&endpoint("other.example:8080")).is_none());
        network.forget();
        assert!(network.login(&endpoint("proxy.example:8080")).is_none());
    }

    #[test]
    fn m8_without_anybody_to_ask_there_is_no_login_but_one_given_ahead() {
        let network = Network::of(&Home::at("nowhere"));
        assert!(network.ask(&endpoint("proxy.example:8080"), None).is_none());
        network.know(login("given"));
        assert!(network.login(&endpoint("any.example:1")).is_some());
        assert!(!format!("{network:?}").contains("given"));
    }
}
