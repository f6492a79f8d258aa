use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::activity::Activity;
use super::descriptors;
use super::limits::ConnectionLimits;
use crate::audit::subscriber;

/// The file descriptors that are left for the database, files and the listeners themselves.
const RESERVED_DESCRIPTORS: usize = 128;

/// Counts the open connections of all listeners, and admits those that are within the limits.
#[derive(Debug, Clone)]
pub(crate) struct Admission(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limits: ConnectionLimits,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Arc<Activity>>,
    addresses: HashMap<IpAddr, Count>,
}

#[derive(Debug, Default)]
struct Count {
    open: usize,
    refused: u64,
}

/// A connection that was admitted. It counts until it is dropped.
#[derive(Debug)]
pub(crate) struct Admitted {
    shared: Arc<Shared>,
    number: u64,
    address: IpAddr,
    pub(super) activity: Arc<Activity>,
}

impl Admission {
    /// Admits connections within `limits`, and as many as the system has file descriptors for.
    pub(crate) fn new(mut limits: ConnectionLimits) -> Self {
        if let Some(descriptors) = descriptors::raise_limit() {
            limits.connections = limits.connections.min(descriptors.saturating_sub(RESERVED_DESCRIPTORS).max(1));
        }
        Self(Arc::new(Shared { limits, open: Mutex::default() }))
    }

    /// Returns whether `address` is one of a load balancer, whose connections give the client's address first.
    pub(crate) fn is_balancer(&self, address: IpAddr) -> bool {
        self.0.limits.balancers.iter().any(|network| network.contains(&address.to_canonical()))
    }

    /// Admits a connection, or returns `None` if its address has too many open connections.
    ///
    /// If all places are taken, the connection that has waited longest for a body gives its place, or if there is none, for
    /// a request.
    pub(crate) fn admit(&self, address: IpAddr) -> Option<Admitted> {
        let address = subscriber(address);
        let mut open = self.0.open();
        let count = open.addresses.entry(address).or_default();
        if count.open >= self.0.limits.per_address {
            count.refused += 1;
            if count.refused == 1 {
                tracing::warn!(%address, open = count.open, "an address has too many connections");
            }
            return None;
        }
        count.open += 1;
        if open.connections.len() >= self.0.limits.connections {
            open.evict_one();
        }
        let number = open.next;
        open.next += 1;
        let activity = Activity::begin();
        open.connections.insert(number, Arc::clone(&activity));
        Some(Admitted { shared: Arc::clone(&self.0), number, address, activity })
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Closes the connection that is the first by [`Wait`](super::activity::Wait). The connection stops counting at once,
    /// since its task ends at its next turn.
    fn evict_one(&mut self) {
        let waits = self.connections.iter().filter_map(|(number, activity)| Some((activity.waits_for()?, *number)));
        if let Some((_, number)) = waits.min()
            && let Some(activity) = self.connections.remove(&number)
        {
            activity.evict();
        }
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let mut open = self.shared.open();
        open.connections.remove(&self.number);
        if let Some(count) = open.addresses.get_mut(&self.address) {
            count.open -= 1;
            if count.open == 0 {
                if count.refused > 0 {
                    tracing::warn!(address = %self.address, refused = count.refused, "connections were refused");
                }
                open.addresses.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(connections: usize, per_address: usize) -> Admission {
        let balancers = vec!["10.0.0.0/8".parse().unwrap()];
        Admission(Arc::new(Shared {
            limits: ConnectionLimits { connections, per_address, balancers },
            open: Mutex::default(),
        }))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_its_own_limit_and_gets_its_places_back() {
        let admission = admission(10, 2);
        let (here, there) = (address("192.0.2.1"), address("192.0.2.2"));
        let first = admission.admit(here).unwrap();
        let _second = admission.admit(here).unwrap();
        assert!(admission.admit(here).is_none());
        assert!(
            admission.admit(address("::ffff:192.0.2.1")).is_none(),
            "the same address, as a dual-stack socket says"
        );
        assert!(admission.admit(there).is_some());
        drop(first);
        assert!(admission.admit(here).is_some());
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one_address() {
        let admission = admission(10, 1);
        let _first = admission.admit(address("2001:db8:0:1::1")).unwrap();
        assert!(admission.admit(address("2001:db8:0:1:ffff::2")).is_none());
        assert!(admission.admit(address("2001:db8:0:2::1")).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_withheld_body_gives_its_place_before_who_has_just_come() {
        let admission = admission(3, 3);
        let second = || tokio::time::advance(std::time::Duration::from_secs(1));
        let is_evicted = async |one: &Admitted| {
            tokio::time::timeout(std::time::Duration::from_millis(1), one.activity.over()).await.is_ok()
        };
        let newcomer = admission.admit(address("192.0.2.1")).unwrap();
        let withheld = admission.admit(address("192.0.2.2")).unwrap();
        let guards = (withheld.activity.request(), withheld.activity.body());
        let working = admission.admit(address("192.0.2.3")).unwrap();
        // Over HTTP/2, one of two requests is whole.
        let work = (working.activity.request(), working.activity.request(), working.activity.body());
        second().await;
        let next = admission.admit(address("192.0.2.4")).unwrap();
        assert!(is_evicted(&withheld).await && !is_evicted(&newcomer).await && !is_evicted(&working).await);

        // A body that is on its way is not a withheld one.
        let on_its_way = (next.activity.request(), next.activity.body());
        let _last = admission.admit(address("192.0.2.5")).unwrap();
        assert!(is_evicted(&newcomer).await && !is_evicted(&next).await && !is_evicted(&working).await);
        drop((guards, work, on_its_way));
        assert!(working.activity.waits_for().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn the_connection_that_waited_longest_gives_its_place() {
        let admission = admission(2, 2);
        let oldest = admission.admit(address("192.0.2.1")).unwrap();
        let running = oldest.activity.request();
        tokio::time::advance(std::time::Duration::from_secs(1)).await;
        let waiting = admission.admit(address("192.0.2.2")).unwrap();
        tokio::time::advance(std::time::Duration::from_secs(1)).await;
        let newest = admission.admit(address("192.0.2.3")).unwrap();
        let mut closed = Vec::new();
        for (name, admitted) in [("oldest", &oldest), ("waiting", &waiting), ("newest", &newest)] {
            let over = tokio::time::timeout(std::time::Duration::from_millis(1), admitted.activity.over());
            closed.extend(over.await.is_ok().then_some(name));
        }
        assert_eq!(closed, ["waiting"], "a connection with a running request stays");
        drop((running, oldest, waiting, newest));
        let open = admission.0.open();
        assert!(open.connections.is_empty() && open.addresses.is_empty(), "{open:?}");
    }

    #[test]
    fn balancers_are_recognised_by_their_network() {
        let admission = admission(1, 1);
        assert!(admission.is_balancer(address("10.1.2.3")));
        assert!(admission.is_balancer(address("::ffff:10.1.2.3")));
        assert!(!admission.is_balancer(address("11.1.2.3")));
    }
}
