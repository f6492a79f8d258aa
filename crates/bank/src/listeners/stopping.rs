use tokio::sync::watch;

/// Becomes true if the bank stops. Its sender is dropped with the bank, which means the same.
pub(crate) type Stopping = watch::Receiver<bool>;

/// Waits until the bank stops.
pub(crate) async fn stopped(mut stopping: Stopping) {
    // Fails if the sender was dropped.
    stopping.wait_for(|stop| *stop).await.ok();
}
