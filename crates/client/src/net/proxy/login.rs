use std::fmt::Debug;

use inkan_protocol::Secret;
use serde::Serialize;

/// What a proxy is told: who is there. Lives in memory only, as long as the program runs.
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
    /// The user that the settings name, or that was told before.
    pub user: Option<String>,
    /// Whether the proxy has refused a login just now.
    pub refused: bool,
}

/// Somebody to ask. A journey waits for the answer, and goes on.
pub trait ProxyLoginSource: Debug + Send + Sync {
    /// The login; none where there is nobody to ask, or nobody who wants to say.
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin>;
}
