//! Who is there, asked in the window for a proxy that wants to know. The journey that met the proxy waits, and goes on.

use inkan_client::{ProxyLogin, ProxyLoginSource, ProxyQuestion};
use serde::Serialize;
use specta::Type;

use crate::prompt_channel::PromptChannel;

/// A question, and what goes back with its answer.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AskedProxy {
    id: u32,
    question: ProxyQuestion,
}

/// Between the connection and the window.
pub(crate) type ProxyPrompt = PromptChannel<AskedProxy, ProxyLogin>;

impl ProxyLoginSource for ProxyPrompt {
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin> {
        self.ask(|id| AskedProxy { id, question: question.clone() })
    }
}
