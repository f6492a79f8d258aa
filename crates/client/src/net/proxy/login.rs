use std::fmt::Debug;

use inkan_protocol::Secret;
use serde::Serialize;

/// A user name and a password for a proxy. They are in memory only, as long as the program runs.
#[derive(Debug, Clone)]
pub struct ProxyLogin {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

impl ProxyLogin {
    pub(super) fn is(&self, other: &Self) -> bool {
        self.user == other.user && self.password.expose() == other.password.expose()
    }
}

/// A question for a login at a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ProxyQuestion {
    /// The proxy's host and port.
    pub proxy: String,
    /// The user name from the settings, or from the login that was sent before.
    pub user: Option<String>,
    /// Whether the proxy has just refused a login.
    pub refused: bool,
}

/// A source of logins at a proxy, which asks the user. The journey waits for the answer.
pub trait ProxyLoginSource: Debug + Send + Sync {
    /// Returns the login; none if the user cannot be asked, or gives no login.
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin>;
}
