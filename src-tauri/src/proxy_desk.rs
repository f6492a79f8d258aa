//! Who is there, asked in the window for a proxy that wants to know. The journey that met the proxy waits, and goes on.

use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use inkan_client::{ProxyLogin, ProxyLoginSource, ProxyQuestion};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;

/// A question, and what goes back with its answer.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AskedProxy {
    id: u32,
    question: ProxyQuestion,
}

/// Between the connection, which waits on a thread of its own, and the window.
#[derive(Debug, Default)]
pub(crate) struct ProxyDesk {
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    window: Option<Channel<AskedProxy>>,
    last: u32,
    waiting: Option<(u32, Sender<Option<ProxyLogin>>)>,
    closed: bool,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Open").field("last", &self.last).field("closed", &self.closed).finish_non_exhaustive()
    }
}

impl ProxyDesk {
    /// From now on questions go there. One that an earlier page was shown is cancelled: nobody sees it any more.
    pub(crate) fn ask_in(&self, window: Channel<AskedProxy>) {
        let mut open = self.open();
        open.waiting = None;
        open.window = Some(window);
    }

    /// Takes the answer to a question; none cancels. Late answers are dropped.
    pub(crate) fn answer(&self, id: u32, login: Option<ProxyLogin>) {
        let mut open = self.open();
        if open.waiting.as_ref().is_some_and(|(waiting, _)| *waiting == id)
            && let Some((_, answer)) = open.waiting.take()
        {
            // Nobody waits for it any more where the journey has ended.
            let _ = answer.send(login);
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

impl ProxyLoginSource for ProxyDesk {
    /// The client asks one question at a time.
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin> {
        let answer = {
            let mut open = self.open();
            if open.closed {
                return None;
            }
            open.last = open.last.wrapping_add(1);
            let id = open.last;
            open.window.as_ref()?.send(AskedProxy { id, question: question.clone() }).ok()?;
            let (sender, answer) = mpsc::channel();
            open.waiting = Some((id, sender));
            answer
        };
        // The sender is dropped where the question is cancelled.
        answer.recv().ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use inkan_client::protocol::Secret;
    use tauri::ipc::InvokeResponseBody;

    use super::*;

    fn question() -> ProxyQuestion {
        ProxyQuestion { proxy: "proxy.example:8080".into(), user: None, refused: false }
    }

    #[test]
    fn m8_a_question_waits_for_its_own_answer_and_ends_with_the_window() {
        let desk = Arc::new(ProxyDesk::default());
        assert!(desk.login(&question()).is_none(), "no window, nobody to ask");
        let (asked, questions) = mpsc::channel();
        desk.ask_in(Channel::new(move |body| {
            let InvokeResponseBody::Json(text) = body else { return Ok(()) };
            asked.send(text).unwrap();
            Ok(())
        }));
        let waiting = Arc::clone(&desk);
        let journey = std::thread::spawn(move || waiting.login(&question()));
        let shown: serde_json::Value = serde_json::from_str(&questions.recv().unwrap()).unwrap();
        assert_eq!(shown["question"]["proxy"], "proxy.example:8080");
        let id = u32::try_from(shown["id"].as_u64().unwrap()).unwrap();
        desk.answer(id + 1, None);
        let login = ProxyLogin { user: "taro".into(), password: Secret::from("himitsu".to_owned()) };
        // The question is shown before the desk waits for its answer: an early one would be dropped.
        while !journey.is_finished() {
            desk.answer(id, Some(login.clone()));
            std::thread::yield_now();
        }
        assert_eq!(journey.join().unwrap().unwrap().user, "taro");
        desk.close();
        assert!(desk.login(&question()).is_none());
    }
}
