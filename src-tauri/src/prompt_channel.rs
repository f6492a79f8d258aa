//! Questions that a journey asks the user in the window. The journey waits for the answer on its own thread. The answer
//! goes directly to the journey, and is not stored.

use std::fmt;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::ipc::{Channel, IpcResponse};

/// The channel between the journeys that ask and the window that answers. `Q` is the type of a question, and `A` of an
/// answer.
pub(crate) struct PromptChannel<Q, A> {
    /// The lock that is held while a question is open, so that only one question is open at a time.
    turn: Mutex<()>,
    open: Mutex<Open<Q, A>>,
}

struct Open<Q, A> {
    window: Option<Channel<Q>>,
    last: u32,
    waiting: Option<(u32, Sender<Option<A>>)>,
    closed: bool,
}

impl<Q: IpcResponse, A> PromptChannel<Q, A> {
    /// Sends questions to this window from now on. Cancels a question that an earlier page shows.
    pub(crate) fn ask_in(&self, window: Channel<Q>) {
        let mut open = self.open();
        open.waiting = None;
        open.window = Some(window);
    }

    /// Asks a question and waits for the answer. The question has a number, which the window returns with the answer.
    /// Returns none if the question is cancelled, or if no window is open.
    pub(crate) fn ask(&self, question: impl FnOnce(u32) -> Q) -> Option<A> {
        let _one_at_a_time = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = {
            let mut open = self.open();
            if open.closed {
                return None;
            }
            open.last = open.last.wrapping_add(1);
            let id = open.last;
            open.window.as_ref()?.send(question(id)).ok()?;
            let (sender, answer) = mpsc::channel();
            open.waiting = Some((id, sender));
            answer
        };
        // The sender is dropped if the question is cancelled.
        answer.recv().ok().flatten()
    }

    /// Takes the answer to a question; none cancels the question. A late answer is dropped.
    pub(crate) fn answer(&self, id: u32, given: Option<A>) {
        let mut open = self.open();
        if open.waiting.as_ref().is_some_and(|(waiting, _)| *waiting == id)
            && let Some((_, answer)) = open.waiting.take()
        {
            // The journey may have ended. Then no receiver is left.
            let _ = answer.send(given);
        }
    }

    /// Cancels the open question and every later one, because the window closes.
    pub(crate) fn close(&self) {
        let mut open = self.open();
        open.closed = true;
        open.waiting = None;
    }

    fn open(&self) -> MutexGuard<'_, Open<Q, A>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Q, A> Default for PromptChannel<Q, A> {
    fn default() -> Self {
        let open = Open { window: None, last: 0, waiting: None, closed: false };
        Self { turn: Mutex::default(), open: Mutex::new(open) }
    }
}

/// Shows neither the question nor the answer, which may be a secret.
impl<Q, A> fmt::Debug for PromptChannel<Q, A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PromptChannel").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use serde::Serialize;
    use tauri::ipc::InvokeResponseBody;

    use super::*;

    #[derive(Clone, Serialize)]
    struct Question {
        id: u32,
        text: &'static str,
    }

    type TestChannel = PromptChannel<Question, String>;

    /// Returns a window that shows questions, and the receiver of the questions.
    fn window() -> (Channel<Question>, mpsc::Receiver<serde_json::Value>) {
        let (shown, questions) = mpsc::channel();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(text) = body {
                shown.send(serde_json::from_str(&text).unwrap()).unwrap();
            }
            Ok(())
        });
        (channel, questions)
    }

    fn ask(prompts: &TestChannel) -> Option<String> {
        prompts.ask(|id| Question { id, text: "who is there" })
    }

    fn asked(prompts: &Arc<TestChannel>) -> thread::JoinHandle<Option<String>> {
        let prompts = Arc::clone(prompts);
        thread::spawn(move || ask(&prompts))
    }

    fn number(question: &serde_json::Value) -> u32 {
        u32::try_from(question["id"].as_u64().unwrap()).unwrap()
    }

    #[test]
    fn m8_a_question_waits_for_its_own_answer_or_is_cancelled() {
        let prompts = Arc::new(TestChannel::default());
        assert!(ask(&prompts).is_none(), "nobody to ask");
        let (channel, questions) = window();
        prompts.ask_in(channel);
        let journey = asked(&prompts);
        let shown = questions.recv().unwrap();
        assert_eq!(shown["text"], "who is there");
        prompts.answer(number(&shown).wrapping_sub(1), Some("late".to_owned()));
        prompts.answer(number(&shown), Some("taro".to_owned()));
        assert_eq!(journey.join().unwrap().as_deref(), Some("taro"));

        let journey = asked(&prompts);
        let next = questions.recv().unwrap();
        assert_ne!(number(&next), number(&shown));
        prompts.answer(number(&next), None);
        assert_eq!(journey.join().unwrap(), None);
    }

    #[test]
    fn a_page_that_is_gone_and_a_window_that_closes_cancel() {
        let prompts = Arc::new(TestChannel::default());
        let (channel, questions) = window();
        prompts.ask_in(channel);
        let journey = asked(&prompts);
        questions.recv().unwrap();
        let (channel, questions) = window();
        prompts.ask_in(channel);
        assert_eq!(journey.join().unwrap(), None);
        let journey = asked(&prompts);
        questions.recv().unwrap();
        prompts.close();
        assert_eq!(journey.join().unwrap(), None);
        assert!(ask(&prompts).is_none());
    }

    #[test]
    fn two_questions_take_turns() {
        let prompts = Arc::new(TestChannel::default());
        let (channel, questions) = window();
        prompts.ask_in(channel);
        let journeys = [asked(&prompts), asked(&prompts)];
        for name in ["first", "second"] {
            let shown = questions.recv().unwrap();
            assert!(questions.try_recv().is_err(), "the other one waits");
            prompts.answer(number(&shown), Some(name.to_owned()));
        }
        let mut answers = journeys.map(|journey| journey.join().unwrap().unwrap());
        answers.sort();
        assert_eq!(answers, ["first", "second"]);
    }

    #[test]
    fn nothing_that_was_asked_or_answered_is_shown_for_debugging() {
        assert_eq!(format!("{:?}", TestChannel::default()), "PromptChannel { .. }");
    }
}
