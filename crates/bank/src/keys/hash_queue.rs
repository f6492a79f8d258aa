use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

/// The longest wait for a permit, if the bank's options do not say otherwise.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_millis(600);
/// The time of a computation, before the first one has ended.
const FIRST_GUESS: Duration = Duration::from_millis(40);
/// The fewest and the most places for each core, however long a computation takes.
const PLACES_PER_CORE: RangeInclusive<u128> = 4..=48;

/// Who asks for a computation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Requester {
    /// The user with that key, whose last password from the same address was right. Such a request goes before the
    /// others, so that a flood of wrong passwords does not delay it.
    Known(String),
    /// Any other sender, with the address if the request has one.
    Unknown(Option<IpAddr>),
}

impl Requester {
    fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }
}

/// Gives a limited number of permits to those who have a place, in the order in which they ask, known requesters first.
#[derive(Debug, Clone)]
pub(super) struct HashQueue {
    state: Arc<Mutex<State>>,
    cores: usize,
    /// How long a requester waits at most for those who are there already, as far as the time of the last computations
    /// tells.
    longest_wait: Duration,
}

#[derive(Debug)]
struct State {
    free: usize,
    known: VecDeque<oneshot::Sender<Permit>>,
    unknown: VecDeque<oneshot::Sender<Permit>>,
    /// The places that each requester has.
    places: HashMap<Requester, usize>,
    /// How long a computation takes: the average of the last ones, in which each new one counts for an eighth.
    took: Duration,
}

/// A place in the queue until it is dropped. With a place, a computation is not refused any more.
#[derive(Debug)]
pub(crate) struct Place {
    queue: HashQueue,
    requester: Requester,
}

/// The permit for one computation, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    /// None once the permit is given back.
    queue: Option<HashQueue>,
    since: Instant,
}

impl HashQueue {
    /// Returns a queue with as many permits as `cores`.
    pub(super) fn new(cores: usize, longest_wait: Duration) -> Self {
        let (known, unknown) = (VecDeque::new(), VecDeque::new());
        let state = State { free: cores, known, unknown, places: HashMap::new(), took: FIRST_GUESS };
        Self { state: Arc::new(Mutex::new(state)), cores, longest_wait }
    }

    /// Returns a place; `None` if all places for such requesters are taken, or the share of this one is.
    ///
    /// The places of unknown requesters do not count for a known one, who goes before them. So no flood refuses a known
    /// requester.
    pub(super) fn place(&self, requester: Requester) -> Option<Place> {
        let mut state = self.state();
        let most = state.places_per_core(self.longest_wait) * self.cores;
        let taken = if requester.is_known() { state.taken(true) } else { state.taken(true) + state.taken(false) };
        let free = most.saturating_sub(taken);
        let places = state.places.get(&requester).copied().unwrap_or_default();
        // A user or an address takes no more than half of what it leaves to others, so that the next one finds a place.
        if free == 0 || requester != Requester::Unknown(None) && places > 0 && places >= free / 2 {
            return None;
        }
        state.places.insert(requester.clone(), places + 1);
        Some(Place { queue: self.clone(), requester })
    }

    /// Gives the permit of an ended computation to the next one that still waits.
    fn release(&self, mut permit: Permit) {
        let now = Instant::now();
        let mut state = self.state();
        state.took = (state.took * 7 + now.duration_since(permit.since)) / 8;
        permit.since = now;
        loop {
            let next = state.known.pop_front().or_else(|| state.unknown.pop_front());
            let Some(next) = next else { break };
            match next.send(permit) {
                Ok(()) => return,
                // The requester is gone.
                Err(returned) => permit = returned,
            }
        }
        permit.queue = None;
        state.free += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Returns how many places the requesters of one kind have.
    fn taken(&self, known: bool) -> usize {
        self.places.iter().filter(|(requester, _)| requester.is_known() == known).map(|(_, places)| places).sum()
    }

    /// Returns how many places there are for each core, so that no requester waits longer than `longest_wait` for those
    /// who are there already.
    fn places_per_core(&self, longest_wait: Duration) -> usize {
        let fit = longest_wait.as_micros() / self.took.as_micros().max(1);
        usize::try_from(fit.clamp(*PLACES_PER_CORE.start(), *PLACES_PER_CORE.end())).unwrap_or_default()
    }
}

impl Place {
    /// Waits for a permit.
    pub(super) async fn permit(&self) -> Option<Permit> {
        let waiting = {
            let mut state = self.queue.state();
            if state.free > 0 {
                state.free -= 1;
                return Some(Permit { queue: Some(self.queue.clone()), since: Instant::now() });
            }
            let (sender, receiver) = oneshot::channel();
            if self.requester.is_known() {
                state.known.push_back(sender);
            } else {
                state.unknown.push_back(sender);
            }
            receiver
        };
        waiting.await.ok()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.queue.state();
        let left = state.places.remove(&self.requester).unwrap_or_default().saturating_sub(1);
        if left > 0 {
            state.places.insert(self.requester.clone(), left);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(queue) = self.queue.take() {
            queue.clone().release(Self { queue: Some(queue), since: self.since });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::task::{JoinHandle, yield_now};

    use super::*;

    const WAIT: Duration = Duration::from_millis(800);

    const FLOODER: Requester = Requester::Unknown(Some(IpAddr::V4(Ipv4Addr::LOCALHOST)));

    fn known(user: usize) -> Requester {
        Requester::Known(format!("user{user}"))
    }

    /// Begins to wait for a permit.
    async fn begin(queue: &HashQueue, requester: Requester) -> JoinHandle<Option<Permit>> {
        let place = queue.place(requester).unwrap();
        let waiting = tokio::spawn(async move { place.permit().await });
        yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn a_known_requester_goes_before_a_flood() {
        let queue = HashQueue::new(1, WAIT);
        let running = queue.place(FLOODER).unwrap().permit().await.unwrap();
        let flood = begin(&queue, FLOODER).await;
        let known = begin(&queue, known(1)).await;
        drop(running);
        let permit = known.await.unwrap().unwrap();
        assert!(!flood.is_finished());
        drop(permit);
        assert!(flood.await.unwrap().is_some());
        assert_eq!(queue.state().free, 1);
    }

    #[test]
    fn a_flood_of_one_address_is_refused_and_leaves_room_for_others() {
        let queue = HashQueue::new(2, WAIT);
        let elsewhere = |number| Requester::Unknown(Some([192, 0, 2, number].into()));
        let mut places = Vec::new();
        // Of 40 places, each flood of an address leaves some to the next one.
        for (number, taken) in [(1, 13), (2, 9), (3, 6), (4, 4), (5, 3), (6, 2), (7, 1), (8, 1), (9, 1)] {
            let flood: Vec<_> = std::iter::from_fn(|| queue.place(elsewhere(number))).collect();
            assert_eq!(flood.len(), taken, "address {number}");
            places.extend(flood);
        }
        assert!(queue.place(elsewhere(99)).is_none(), "all places of the unknown are taken");
        places.extend((0..40).map(|user| queue.place(known(user)).unwrap()));
        assert!(queue.place(known(99)).is_none());
        places.clear();
        assert!(queue.state().places.is_empty());
    }

    #[test]
    fn a_user_with_many_passwords_leaves_room_for_other_known_users() {
        let queue = HashQueue::new(2, WAIT);
        let of_one: Vec<_> = std::iter::from_fn(|| queue.place(known(1))).collect();
        assert_eq!(of_one.len(), 13, "of 40 places");
        let of_another: Vec<_> = std::iter::from_fn(|| queue.place(known(2))).collect();
        assert_eq!(of_another.len(), 9);
        assert!(queue.place(known(3)).is_some() && queue.place(FLOODER).is_some());
        drop(of_one);
        assert!(queue.place(known(1)).is_some());
    }

    #[test]
    fn the_unknown_have_the_places_that_known_users_leave() {
        let queue = HashQueue::new(2, WAIT);
        let mut places: Vec<_> = (0..25).map(|user| queue.place(known(user)).unwrap()).collect();
        places.extend(std::iter::from_fn(|| queue.place(Requester::Unknown(None))));
        assert_eq!(places.len(), 40);
        places.extend((25..40).map(|user| queue.place(known(user)).unwrap()));
        assert!(queue.place(known(99)).is_none() && queue.place(FLOODER).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn slow_computations_leave_fewer_places_and_fast_ones_more() {
        let queue = HashQueue::new(1, WAIT);
        for (each, places) in [(40, 20), (100, 8), (800, 4), (1, 48)] {
            for _ in 0..64 {
                let permit = queue.place(known(1)).unwrap().permit().await.unwrap();
                tokio::time::advance(Duration::from_millis(each)).await;
                drop(permit);
            }
            assert_eq!(queue.state().places_per_core(WAIT), places, "{each} ms");
        }
    }

    #[tokio::test]
    async fn who_stops_waiting_takes_no_permit() {
        let queue = HashQueue::new(1, WAIT);
        let running = queue.place(FLOODER).unwrap().permit().await.unwrap();
        let gone = begin(&queue, FLOODER).await;
        let last = begin(&queue, FLOODER).await;
        gone.abort();
        assert!(gone.await.is_err());
        drop(running);
        assert!(last.await.unwrap().is_some());
        assert_eq!(queue.state().free, 1);
    }
}
