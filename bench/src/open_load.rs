use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::call::Call;
use crate::client::Client;
use crate::fault::Fault;
use crate::load::Outcome;

/// A load by clients who come at their own times, however long the others wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenLoad {
    /// The clients that come in a second.
    pub(crate) rate: f64,
    /// How long clients come.
    pub(crate) time: Duration,
}

impl OpenLoad {
    /// Sends the request `what` of each client over a connection of its own. The time of a request begins when the
    /// client should come, so that a late load generator hides nothing.
    pub(crate) async fn run(self, client: &Client, what: impl Fn(usize) -> Arc<Call>) -> Result<Outcome, Fault> {
        let begun = Instant::now();
        let count = (self.rate * self.time.as_secs_f64()) as usize;
        let mut clients = JoinSet::new();
        for number in 0..count {
            let comes = begun + Duration::from_secs_f64(number as f64 / self.rate);
            tokio::time::sleep_until(comes.into()).await;
            let (client, call) = (client.clone(), what(number));
            clients.spawn(async move {
                let mut outcome = Outcome::default();
                outcome.add(client.ask(number, &call).await, comes);
                outcome
            });
        }
        let mut all = Outcome::default();
        while let Some(outcome) = clients.join_next().await {
            all.join(outcome?);
        }
        all.seconds = begun.elapsed().as_secs_f64();
        Ok(all)
    }
}
