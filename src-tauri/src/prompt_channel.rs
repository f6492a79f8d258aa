//! Questions that a journey asks the person in the window. It waits on a thread of its own for the answer, which goes
//! straight to it and is kept nowhere.

use std::fmt;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::ipc::{Channel, IpcResponse};

/// Between the journeys, which wait, and the window: `Q` is what it shows, `A` what it answers.
pub(crate) struct PromptChannel<Q, A> {
    /// One question at a time.
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
    /// Sends questions to this window from now on. A question that an earlier page was shown is cancelled.
    pub(crate) fn ask_in(&self, window: Channel<Q>) {
        let mut open = self.open();
        open.waiting = None;
        open.window = Some(window);
    }

    /// Asks, under a number that goes back with the answer, and waits. None if it is cancelled, or no window is open.
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
        // The sender is dropped where the question is cancelled.
        answer.recv().ok().flatten()
    }

    /// Takes the answer to a question; none cancels. Late answers are dropped.
    pub(crate) fn answer(&self, id: u32, given: Option<A>) {
        let mut open = self.open();
        if open.waiting.as_ref().is_some_and(|(waiting, _)| *waiting == id)
            && let Some((_, answer)) = open.waiting.take()
        {
            // Nobody waits for it any more if the journey has ended.
            let _ = answer.send(given);
        }
    }

    /// Cancels what is asked, and whatever would be: the window closes.
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

/// Neither question nor answer, which may be a secret.
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

    /// A window that shows questions, and what it was shown.
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
