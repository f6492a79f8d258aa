use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use inkan_protocol::path;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::audit::subscriber;
use crate::listeners::peer::Source;
use crate::rules::refusal::Refusal;

/// The most requests of one listener that are worked on at once.
const AT_ONCE: usize = 256;
/// The most requests of one listener that are worked on or wait for it.
const ALL: usize = 4096;
/// The most requests of one address that are worked on or wait for it.
const PER_ADDRESS: usize = 64;
/// The longest wait of a request until it is worked on.
const LONGEST_WAIT: Duration = Duration::from_millis(800);

/// The requests of one listener that are worked on or wait for it.
#[derive(Debug, Clone)]
pub(super) struct Running {
    counts: Arc<Mutex<Counts>>,
    places: Arc<Semaphore>,
}

impl Default for Running {
    fn default() -> Self {
        Self { counts: Arc::default(), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    addresses: HashMap<IpAddr, usize>,
}

/// Refuses a request at once if too many are there, and after [`LONGEST_WAIT`] if it is not worked on by then. Who is
/// served does not wait long.
///
/// Without the wait, clients that try again at once would cost more than those that are served.
///
/// Health and metrics are always answered.
pub(super) async fn refuse_early(
    State(running): State<Running>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if matches!(request.uri().path(), path::HEALTH | path::READY | path::METRICS) {
        return Ok(next.run(request).await);
    }
    let address = request.extensions().get::<Source>().map(|source| subscriber(source.0));
    let busy = || Refusal::busy("too many requests at once");
    let _running = running.begin(address).ok_or_else(busy)?;
    let _place = running.place().await.ok_or_else(busy)?;
    Ok(next.run(request).await)
}

/// A request that is worked on or waits for it, until it is dropped.
#[derive(Debug)]
struct RunningRequest {
    running: Running,
    address: Option<IpAddr>,
}

impl Running {
    fn begin(&self, address: Option<IpAddr>) -> Option<RunningRequest> {
        let mut counts = self.counts();
        if counts.total >= ALL {
            return None;
        }
        if let Some(address) = address {
            let count = counts.addresses.entry(address).or_default();
            if *count >= PER_ADDRESS {
                return None;
            }
            *count += 1;
        }
        counts.total += 1;
        Some(RunningRequest { running: self.clone(), address })
    }

    /// Waits until the next request is worked on, in the order in which they came; `None` if that takes too long.
    async fn place(&self) -> Option<SemaphorePermit<'_>> {
        tokio::time::timeout(LONGEST_WAIT, self.places.acquire()).await.ok()?.ok()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for RunningRequest {
    fn drop(&mut self) {
        let mut counts = self.running.counts();
        counts.total -= 1;
        if let Some(address) = self.address {
            let left = counts.addresses.remove(&address).unwrap_or_default().saturating_sub(1);
            if left > 0 {
                counts.addresses.insert(address, left);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_all_together_have_a_limit_and_every_place_comes_back() {
        let running = Running::default();
        let address = |number: usize| Some(IpAddr::from(u32::try_from(number).unwrap().to_be_bytes()));
        let mut requests: Vec<_> = (0..PER_ADDRESS).map(|_| running.begin(address(1)).unwrap()).collect();
        assert!(running.begin(address(1)).is_none());
        for number in 2..=ALL / PER_ADDRESS {
            requests.extend((0..PER_ADDRESS).map(|_| running.begin(address(number)).unwrap()));
        }
        assert!(running.begin(address(0)).is_none(), "the places of all");
        requests.clear();
        assert!(running.begin(address(1)).is_some());
        let counts = running.counts();
        assert!(counts.total == 0 && counts.addresses.is_empty(), "{counts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_waits_for_its_turn_and_not_for_long() {
        let running = Running::default();
        let mut places = Vec::new();
        for _ in 0..AT_ONCE {
            places.push(running.place().await.unwrap());
        }
        let begun = tokio::time::Instant::now();
        assert!(running.place().await.is_none());
        assert!(begun.elapsed() >= LONGEST_WAIT);
        let next = running.place();
        places.pop();
        assert!(next.await.is_some());
    }
}
