//! The PIN of a certificate store, asked in the window. It goes from the field to the store, and is kept nowhere.

use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use inkan_client::protocol::Secret;
use inkan_client::{PinQuestion, PinSource, TriesLeft};
use secrecy::SecretString;
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;

/// What the window asks the person.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AskedPin {
    /// Goes back with the answer.
    id: u32,
    /// Which token, by its label or the path of its database.
    token: String,
    /// The PIN that was given a moment ago was wrong.
    wrong: bool,
    left: Tries,
    /// The key asks before each use.
    each_use: bool,
}

/// How many tries are left, as far as the token says.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tries {
    Enough,
    Fewer,
    Last,
}

/// Between the store, which waits on a thread of its own, and the window.
#[derive(Debug, Default)]
pub(crate) struct PinDesk {
    /// One question at a time.
    turn: Mutex<()>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    window: Option<Channel<AskedPin>>,
    last: u32,
    waiting: Option<(u32, Sender<Option<Secret>>)>,
    closed: bool,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Open").field("last", &self.last).field("closed", &self.closed).finish_non_exhaustive()
    }
}

impl PinDesk {
    /// From now on questions go there. One that an earlier page was shown is cancelled: nobody sees it any more.
    pub(crate) fn ask_in(&self, window: Channel<AskedPin>) {
        let mut open = self.open();
        open.waiting = None;
        open.window = Some(window);
    }

    /// Takes the answer to a question; none cancels. Late answers are dropped.
    pub(crate) fn answer(&self, id: u32, pin: Option<Secret>) {
        let mut open = self.open();
        if open.waiting.as_ref().is_some_and(|(waiting, _)| *waiting == id)
            && let Some((_, answer)) = open.waiting.take()
        {
            // Nobody waits for it any more where the journey has ended.
            let _ = answer.send(pin);
        }
    }

    /// Cancels what is asked, and whatever would be: the window closes.
    pub(crate) fn close(&self) {
        let mut open = self.open();
        open.closed = true;
        open.waiting = None;
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PinSource for PinDesk {
    fn pin(&self, question: &PinQuestion<'_>) -> Option<SecretString> {
        let _one_at_a_time = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = {
            let mut open = self.open();
            if open.closed {
                return None;
            }
            open.last = open.last.wrapping_add(1);
            let left = match question.left {
                TriesLeft::Enough => Tries::Enough,
                TriesLeft::Fewer => Tries::Fewer,
                TriesLeft::Last => Tries::Last,
            };
            let (id, token) = (open.last, question.token.to_owned());
            let asked = AskedPin { id, token, wrong: question.wrong, left, each_use: question.each_use };
            open.window.as_ref()?.send(asked).ok()?;
            let (sender, answer) = mpsc::channel();
            open.waiting = Some((id, sender));
            answer
        };
        // The sender is dropped where the question is cancelled.
        answer.recv().ok().flatten().map(|pin| pin.expose().into())
    }

    fn asks_again(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use secrecy::ExposeSecret;
    use tauri::ipc::InvokeResponseBody;

    use super::*;

    const QUESTION: PinQuestion<'static> =
        PinQuestion { token: "Journey", wrong: true, left: TriesLeft::Last, each_use: false };

    /// A window that shows questions, and what it was shown.
    fn window() -> (Channel<AskedPin>, mpsc::Receiver<serde_json::Value>) {
        let (shown, questions) = mpsc::channel();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(text) = body {
                shown.send(serde_json::from_str(&text).unwrap()).unwrap();
            }
            Ok(())
        });
        (channel, questions)
    }

    fn asked(desk: &Arc<PinDesk>) -> thread::JoinHandle<Option<String>> {
        let desk = Arc::clone(desk);
        thread::spawn(move || desk.pin(&QUESTION).map(|pin| pin.expose_secret().to_owned()))
    }

    #[test]
    fn a_question_is_shown_and_answered_or_cancelled() {
        let desk = Arc::new(PinDesk::default());
        assert!(desk.pin(&QUESTION).is_none(), "nobody to ask");
        let (channel, questions) = window();
        desk.ask_in(channel);
        let store = asked(&desk);
        let shown = questions.recv().unwrap();
        assert_eq!(
            (&shown["token"], &shown["wrong"], &shown["left"]),
            (&"Journey".into(), &true.into(), &"last".into())
        );
        let id = u32::try_from(shown["id"].as_u64().unwrap()).unwrap();
        desk.answer(id.wrapping_sub(1), Some(Secret::from("late".to_owned())));
        desk.answer(id, Some(Secret::from("4711".to_owned())));
        assert_eq!(store.join().unwrap().as_deref(), Some("4711"));

        let store = asked(&desk);
        let next = u32::try_from(questions.recv().unwrap()["id"].as_u64().unwrap()).unwrap();
        assert_ne!(next, id);
        desk.answer(next, None);
        assert_eq!(store.join().unwrap(), None);
    }

    #[test]
    fn a_page_that_is_gone_and_a_window_that_closes_cancel() {
        let desk = Arc::new(PinDesk::default());
        let (channel, questions) = window();
        desk.ask_in(channel);
        let store = asked(&desk);
        questions.recv().unwrap();
        let (channel, questions) = window();
        desk.ask_in(channel);
        assert_eq!(store.join().unwrap(), None);
        let store = asked(&desk);
        questions.recv().unwrap();
        desk.close();
        assert_eq!(store.join().unwrap(), None);
        assert!(desk.pin(&QUESTION).is_none());
    }
}
