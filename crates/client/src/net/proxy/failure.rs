use std::io;

use inkan_protocol::Code;
use thiserror::Error;

/// Why a proxy did not open the way.
#[derive(Debug, Error)]
pub enum ProxyFailure {
    /// No connection is accepted there, or what accepts it is silent.
    #[error("the proxy cannot be reached")]
    Unreachable(#[source] io::Error),
    /// It wants to know who is there, or does not believe it (407).
    #[error("the proxy asks for a login")]
    LoginRequired,
    /// It wants to know that in a way that Inkan does not speak.
    #[error("the proxy asks for a login by {0}")]
    LoginUnsupported(String),
    /// It does not let anybody through to there.
    #[error("the proxy answers {0}")]
    Refused(u16),
    /// What answers is not a proxy.
    #[error("the proxy's answer cannot be read")]
    AnswerUnknown,
}

impl ProxyFailure {
    /// The problem's code.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Unreachable(_) | Self::AnswerUnknown => Code::ProxyUnreachable,
            Self::LoginRequired => Code::ProxyLoginRequired,
            Self::LoginUnsupported(_) => Code::ProxyLoginUnsupported,
            Self::Refused(_) => Code::ProxyRefused,
        }
    }

    /// Names and numbers for the problem's words.
    pub(crate) fn facts(&self, proxy: &str) -> Vec<(&'static str, String)> {
        let named = ("proxy", proxy.to_owned());
        match self {
            Self::LoginUnsupported(schemes) => vec![named, ("schemes", schemes.clone())],
            Self::Refused(status) => vec![named, ("status", status.to_string())],
            Self::Unreachable(_) | Self::LoginRequired | Self::AnswerUnknown => vec![named],
        }
    }
}
