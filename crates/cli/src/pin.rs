use std::sync::Arc;

use inkan_client::protocol::Secret;
use inkan_client::{PinQuestion, PinSource};
use secrecy::SecretString;

use crate::answers::Answers;
use crate::signals;
use crate::terminal;
use crate::words::Words;

/// Returns the source of the store's PIN: the answers, or else the user at the terminal. Returns none if there is
/// neither.
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
        // An empty PIN means that the user has given up: a store without a PIN does not ask.
        (!typed.is_empty()).then(|| typed.expose().into())
    }
}
