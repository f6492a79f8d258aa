//! The work that no request does: it writes the counted refusals into the audit log, and signs the head of the log.

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, interval_at};

use crate::audit::signed_head::{SignedHead, SigningError};
use crate::audit::{self, refusal_counts};
use crate::listeners::stopping::{Stopping, stopped};
use crate::rules::service::Service;

/// How often the head of the audit log is signed, if it has changed.
const SIGN: Duration = Duration::from_secs(15 * 60);

/// The periodic work of a bank.
#[derive(Debug)]
pub(super) struct Periodic {
    service: Arc<Service>,
    heads: PathBuf,
    /// The number of the record that was signed last; none before the first signature.
    signed: Mutex<Option<u64>>,
}

impl Periodic {
    /// Returns the work for `service`, which adds the signed heads to the file `heads`.
    pub(super) fn new(service: Arc<Service>, heads: PathBuf) -> Self {
        Self { service, heads, signed: Mutex::default() }
    }

    /// Signs the head of the log before the first request, so that every bank that has started has signed one. If that
    /// fails, a later head is signed.
    pub(super) async fn begin(&self) {
        self.sign_head().await;
    }

    /// Works until the bank stops.
    pub(super) async fn run(self: Arc<Self>, stopping: Stopping) {
        let mut stop = pin!(stopped(stopping));
        let every = |period| interval_at(Instant::now() + period, period);
        let (mut counts, mut heads) = (every(refusal_counts::WINDOW), every(SIGN));
        loop {
            tokio::select! {
                () = &mut stop => return,
                _ = counts.tick() => self.record_counted(false).await,
                _ = heads.tick() => self.sign_head().await,
            }
        }
    }

    /// Does the work for the last time.
    pub(super) async fn finish(&self) {
        self.record_counted(true).await;
        self.sign_head().await;
    }

    /// Records what was counted. If that fails, the next call records it.
    async fn record_counted(&self, every: bool) {
        let Service { database, refusal_counts, .. } = &*self.service;
        if let Err(error) = audit::record_counted(database, self.service.now(), refusal_counts, every).await {
            tracing::error!(%error, last = every, "the counted refusals cannot be recorded");
        }
    }

    async fn sign_head(&self) {
        if let Err(error) = self.try_to_sign().await {
            tracing::error!(%error, "the head of the audit log cannot be signed");
        }
    }

    async fn try_to_sign(&self) -> Result<(), SigningError> {
        let mut signed = self.signed.lock().await;
        let Service { database, authority, .. } = &*self.service;
        let head = SignedHead::of(database, authority, self.service.now()).await?;
        if *signed == Some(head.sequence) {
            return Ok(());
        }
        // For a log collector, which keeps it on another machine.
        tracing::info!(sequence = head.sequence, hash = head.hash, signature = head.signature(), "audit head");
        head.append_to(&self.heads)?;
        *signed = Some(head.sequence);
        Ok(())
    }
}
