use std::fmt::Debug;

use inkan_protocol::Secret;
use serde::Serialize;

/// A user name and a password for a proxy. They are kept in memory only, as long as the program runs.
#[derive(Debug, Clone)]
pub struct ProxyLogin {
    /// The user.
    pub user: String,
    /// Their password.
    pub password: Secret,
}

impl ProxyLogin {
    pub(super) fn is(&self, other: &Self) -> bool {
        self.user == other.user && self.password.expose() == other.password.expose()
    }
}

/// What a proxy wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ProxyQuestion {
    /// Its host and port.
    pub proxy: String,
    /// The user that the settings name, or that was given before.
    pub user: Option<String>,
    /// Whether the proxy has refused a login just now.
    pub refused: bool,
}

/// Asks the person for a login at a proxy. A journey waits for the answer, and goes on.
pub trait ProxyLoginSource: Debug + Send + Sync {
    /// The login; none if the person cannot be asked, or gives none.
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin>;
}
