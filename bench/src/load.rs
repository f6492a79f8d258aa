use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::call::Call;
use crate::client::{Client, Connection};
use crate::fault::Fault;

/// The most connections that are opened at the same time.
const OPENING: usize = 64;

/// A load by clients of which each sends its next request as soon as it has the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// The number of clients.
    pub(crate) clients: usize,
    /// How long each client sends requests.
    pub(crate) time: Duration,
    /// Whether each request has a connection of its own.
    pub(crate) fresh: bool,
}

/// What became of the requests.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The times of the requests that were served, in milliseconds.
    pub(crate) served: Vec<f64>,
    /// The times of the requests that were refused, in milliseconds.
    pub(crate) refused: Vec<f64>,
    /// The refusals that do not say when to come again.
    pub(crate) without_retry_after: usize,
    /// The requests without an answer.
    pub(crate) failed: usize,
    /// The first failure or refusal.
    pub(crate) reason: Option<String>,
    /// The time from the first request to the last answer, in seconds.
    pub(crate) seconds: f64,
}

impl Outcome {
    /// Adds an answer, or its lack.
    pub(crate) fn add(&mut self, answer: Result<Answer, Fault>, begun: Instant) {
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        match answer {
            Ok(answer) if answer.is_served() => self.served.push(took),
            Ok(answer) => {
                self.refused.push(took);
                self.without_retry_after += usize::from(!answer.retry_after);
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                self.reason.get_or_insert_with(|| format!("{}: {text}", answer.status));
            }
            Err(fault) => {
                self.failed += 1;
                self.reason.get_or_insert_with(|| fault.to_string());
            }
        }
    }

    /// Adds what became of other requests.
    pub(crate) fn join(&mut self, other: Self) {
        self.served.extend(other.served);
        self.refused.extend(other.refused);
        self.without_retry_after += other.without_retry_after;
        self.failed += other.failed;
        self.reason = self.reason.take().or(other.reason);
    }

    /// Returns the requests that were served in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.served.len() as f64 / self.seconds
    }

    /// Returns the outcome if every request was served.
    pub(crate) fn all_served(self) -> Result<Self, Fault> {
        if self.refused.is_empty() && self.failed == 0 {
            return Ok(self);
        }
        let (refused, failed) = (self.refused.len(), self.failed);
        Err(format!("{refused} requests refused, {failed} failed: {}", self.reason.unwrap_or_default()).into())
    }
}

impl Load {
    /// Connects the clients, and sends requests. `who` is the client of a number, and `what` the request of a client for
    /// its turn; `None` ends the client.
    pub(crate) async fn run<C>(
        self,
        who: impl Fn(usize) -> Client,
        what: impl Fn(usize, usize) -> C + Send + Sync + 'static,
    ) -> Result<Outcome, Fault>
    where
        C: Into<Option<Arc<Call>>>,
    {
        self.connect(who).await?.run(what).await
    }

    /// Connects the clients. A client whose requests have connections of their own is connected, too.
    pub(crate) async fn connect(self, who: impl Fn(usize) -> Client) -> Result<Connected, Fault> {
        let mut clients = Vec::new();
        let mut opening = JoinSet::new();
        for number in 0..self.clients {
            // The queue of a listener is short.
            if opening.len() >= OPENING {
                clients.extend(opening.join_next().await.transpose()?.transpose()?);
            }
            let client = who(number);
            opening.spawn(async move { Ok::<_, Fault>((number, client.connect(number).await?, client)) });
        }
        while let Some(opened) = opening.join_next().await {
            clients.push(opened??);
        }
        Ok(Connected { load: self, clients })
    }
}

/// A load whose clients are connected.
pub(crate) struct Connected {
    load: Load,
    clients: Vec<(usize, Connection, Client)>,
}

impl Connected {
    /// Sends requests, as [`Load::run`] does.
    pub(crate) async fn run<C>(self, what: impl Fn(usize, usize) -> C + Send + Sync + 'static) -> Result<Outcome, Fault>
    where
        C: Into<Option<Arc<Call>>>,
    {
        let what = Arc::new(move |client, turn| what(client, turn).into());
        let (load, begun) = (self.load, Instant::now());
        let mut running = JoinSet::new();
        for (number, mut connection, client) in self.clients {
            let what = Arc::clone(&what);
            running.spawn(async move {
                let mut outcome = Outcome::default();
                for turn in 0.. {
                    if begun.elapsed() >= load.time {
                        break;
                    }
                    let Some(call): Option<Arc<Call>> = what(number, turn) else { break };
                    let asked = Instant::now();
                    let answer = if load.fresh { client.ask(number, &call).await } else { connection.ask(&call).await };
                    let lost = answer.is_err() && !load.fresh;
                    outcome.add(answer, asked);
                    if lost {
                        break;
                    }
                }
                outcome
            });
        }
        let mut all = Outcome::default();
        while let Some(outcome) = running.join_next().await {
            all.join(outcome?);
        }
        all.seconds = begun.elapsed().as_secs_f64();
        Ok(all)
    }
}
