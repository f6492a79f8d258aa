use std::io;

use inkan_protocol::Code;
use thiserror::Error;

/// Why a proxy did not open a tunnel.
#[derive(Debug, Error)]
pub enum ProxyFailure {
    /// The proxy accepts no connection, or does not answer.
    #[error("the proxy cannot be reached")]
    Unreachable(#[source] io::Error),
    /// The proxy asks for a login, or refuses the login that was sent (407).
    #[error("the proxy asks for a login")]
    LoginRequired,
    /// The proxy asks for a login by an authentication scheme that Inkan does not support.
    #[error("the proxy asks for a login by {0}")]
    LoginUnsupported(String),
    /// The proxy refuses the connection to the server, by this status.
    #[error("the proxy answers {0}")]
    Refused(u16),
    /// The answer is not a proxy's.
    #[error("the proxy's answer cannot be read")]
    AnswerUnknown,
}

impl ProxyFailure {
    /// Returns the code of the problem.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Unreachable(_) | Self::AnswerUnknown => Code::ProxyUnreachable,
            Self::LoginRequired => Code::ProxyLoginRequired,
            Self::LoginUnsupported(_) => Code::ProxyLoginUnsupported,
            Self::Refused(_) => Code::ProxyRefused,
        }
    }

    /// Returns the names and numbers for the problem's text.
    pub(crate) fn facts(&self, proxy: &str) -> Vec<(&'static str, String)> {
        let named = ("proxy", proxy.to_owned());
        match self {
            Self::LoginUnsupported(schemes) => vec![named, ("schemes", schemes.clone())],
            Self::Refused(status) => vec![named, ("status", status.to_string())],
            Self::Unreachable(_) | Self::LoginRequired | Self::AnswerUnknown => vec![named],
        }
    }
}
