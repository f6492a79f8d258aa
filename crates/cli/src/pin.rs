use std::sync::Arc;

use inkan_client::protocol::Secret;
use inkan_client::{PinQuestion, PinSource};
use secrecy::SecretString;

use crate::answers::Answers;
use crate::signals;
use crate::terminal;
use crate::words::Words;

/// Where the store gets its PIN: from the answers, else from the person at the terminal, else from nowhere.
pub(crate) fn source(answers: &Answers, words: &Words) -> Option<Arc<dyn PinSource>> {
    match answers.store_pin() {
        Some(pin) => Some(Arc::new(Given(pin))),
        None if answers.can_ask() => Some(Arc::new(Terminal { prompt: words.text("ask-store-pin") })),
        None => None,
    }
}

#[derive(Debug)]
struct Given(Secret);

impl PinSource for Given {
    fn pin(&self, _question: &PinQuestion<'_>) -> Option<SecretString> {
        Some(self.0.expose().into())
    }
}

#[derive(Debug)]
struct Terminal {
    prompt: String,
}

impl PinSource for Terminal {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        let typed = signals::asking(|| terminal::ask_hidden(&format!("{} ({})", self.prompt, question.token))).ok()?;
        // Nobody has an empty PIN here: a store without one does not ask.
        (!typed.is_empty()).then(|| typed.expose().into())
    }
}
