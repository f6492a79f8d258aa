//! The question for the PIN of a certificate store, which is asked in the window. The PIN goes from the field to the
//! store, and is not stored.

use inkan_client::protocol::Secret;
use inkan_client::{PinQuestion, PinSource, TriesLeft};
use secrecy::SecretString;
use serde::Serialize;
use specta::Type;

use crate::prompt_channel::PromptChannel;

/// The question that the window shows.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AskedPin {
    /// The number that the window returns with the answer.
    id: u32,
    /// The token, by its label or the path of its database.
    token: String,
    /// Whether the PIN that was entered before was wrong.
    wrong: bool,
    left: Tries,
    /// Whether the key asks for the PIN before each use.
    each_use: bool,
}

/// The number of tries that are left, as far as the token reports it.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tries {
    Enough,
    Fewer,
    Last,
}

/// The channel for PINs, between the store and the window.
pub(crate) type PinPrompt = PromptChannel<AskedPin, Secret>;

impl PinSource for PinPrompt {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        let PinQuestion { token, wrong, each_use, .. } = *question;
        let left = match question.left {
            TriesLeft::Enough => Tries::Enough,
            TriesLeft::Fewer => Tries::Fewer,
            TriesLeft::Last => Tries::Last,
        };
        let pin = self.ask(|id| AskedPin { id, token: token.to_owned(), wrong, left, each_use })?;
        Some(pin.expose().into())
    }

    fn asks_again(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};
    use std::thread;

    use secrecy::ExposeSecret;
    use tauri::ipc::{Channel, InvokeResponseBody};

    use super::*;

    #[test]
    fn the_window_is_shown_what_the_token_says_and_the_store_gets_the_pin() {
        let prompts = Arc::new(PinPrompt::default());
        let (shown, questions) = mpsc::channel();
        prompts.ask_in(Channel::new(move |body| {
            let InvokeResponseBody::Json(text) = body else { return Ok(()) };
            shown.send(serde_json::from_str::<serde_json::Value>(&text).unwrap()).unwrap();
            Ok(())
        }));
        let store = {
            let prompts = Arc::clone(&prompts);
            let question = PinQuestion { token: "Journey", wrong: true, left: TriesLeft::Last, each_use: false };
            thread::spawn(move || prompts.pin(&question).map(|pin| pin.expose_secret().to_owned()))
        };
        let mut question = questions.recv().unwrap();
        let id = u32::try_from(question["id"].take().as_u64().unwrap()).unwrap();
        let expected =
            serde_json::json!({ "id": null, "token": "Journey", "wrong": true, "left": "last", "each_use": false });
        assert_eq!(question, expected);
        prompts.answer(id, Some(Secret::from("4711".to_owned())));
        assert_eq!(store.join().unwrap().as_deref(), Some("4711"));
    }
}
