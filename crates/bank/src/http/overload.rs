use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use inkan_protocol::path;

use crate::listeners::peer::Source;
use crate::rules::refusal::Refusal;

/// The most requests of one listener that are worked on at once. Each takes some milliseconds, so that the last one is
/// answered within a second.
const AT_ONCE: usize = 256;
/// The most requests of one address that are worked on at once.
const PER_ADDRESS: usize = 64;

/// The requests of one listener that are worked on.
#[derive(Debug, Clone, Default)]
pub(super) struct Running(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    addresses: HashMap<IpAddr, usize>,
}

/// Refuses a request at once if too many are worked on. What is refused early costs little, and who is served does not
/// wait long.
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
    let address = request.extensions().get::<Source>().map(|source| source.0);
    let _running = running.begin(address).ok_or_else(|| Refusal::busy("too many requests at once"))?;
    Ok(next.run(request).await)
}

/// A request that is worked on, until it is dropped.
#[derive(Debug)]
struct RunningRequest {
    running: Running,
    address: Option<IpAddr>,
}

impl Running {
    fn begin(&self, address: Option<IpAddr>) -> Option<RunningRequest> {
        let mut counts = self.counts();
        if counts.total >= AT_ONCE {
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

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        let address = |number: u8| Some(IpAddr::from([192, 0, 2, number]));
        let mut requests: Vec<_> = (0..PER_ADDRESS).map(|_| running.begin(address(1)).unwrap()).collect();
        assert!(running.begin(address(1)).is_none());
        for number in 2..=4 {
            requests.extend((0..PER_ADDRESS).map(|_| running.begin(address(number)).unwrap()));
        }
        assert!(running.begin(address(9)).is_none(), "the places of all");
        requests.clear();
        assert!(running.begin(address(1)).is_some());
        let counts = running.counts();
        assert!(counts.total == 0 && counts.addresses.is_empty(), "{counts:?}");
    }
}
