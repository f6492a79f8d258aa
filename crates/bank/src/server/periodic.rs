//! The work that no request does: it writes the counted refusals into the audit log.

use std::pin::pin;
use std::sync::Arc;

use crate::audit::{self, refusal_counts};
use crate::listeners::stopping::{Stopping, stopped};
use crate::rules::service::Service;

/// Works until the bank stops.
pub(super) async fn run(service: Arc<Service>, stopping: Stopping) {
    let mut stop = pin!(stopped(stopping));
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(refusal_counts::WINDOW) => record_counted(&service, false).await,
        }
    }
}

/// Does the work for the last time.
pub(super) async fn finish(service: &Service) {
    record_counted(service, true).await;
}

async fn record_counted(service: &Service, every: bool) {
    let recorded = audit::record_counted(&service.database, service.now(), &service.refusal_counts, every).await;
    if let Err(error) = recorded {
        tracing::error!(%error, "the counted refusals cannot be recorded");
    }
}
