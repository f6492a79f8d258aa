//! The question for a proxy login, which is asked in the window. The journey that needs the proxy waits for the answer.

use inkan_client::{ProxyLogin, ProxyLoginSource, ProxyQuestion};
use serde::Serialize;
use specta::Type;

use crate::prompt_channel::PromptChannel;

/// A question, and the number that the window returns with the answer.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AskedProxy {
    id: u32,
    question: ProxyQuestion,
}

/// The channel for proxy logins, between the connection and the window.
pub(crate) type ProxyPrompt = PromptChannel<AskedProxy, ProxyLogin>;

impl ProxyLoginSource for ProxyPrompt {
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin> {
        self.ask(|id| AskedProxy { id, question: question.clone() })
    }
}
