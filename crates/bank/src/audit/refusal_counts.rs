use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use inkan_protocol::Code;
use tokio::time::Instant;

use super::event::{Actor, AuditAction, Event};
use super::source_address::subscriber;

/// The refusals of one sender that are recorded one by one in each window. The others are counted.
const SINGLE: u32 = 60;
/// How long a window is.
pub(crate) const WINDOW: Duration = Duration::from_secs(60);
/// The most senders that are counted apart. All others count as one sender.
const SENDERS: usize = 50_000;

/// Counts refusals, so that a client that is refused again and again does not fill the audit log.
///
/// A sender is an address, together with the user if a user is proved. So a flood that claims the ID of a user does not
/// hide what this user is refused.
#[derive(Debug, Default)]
pub(crate) struct RefusalCounts(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    windows: HashMap<Sender, Window>,
    /// The counts of windows that ended and are not written yet.
    unwritten: HashMap<Sender, Counted>,
}

/// The number of refusals for each code.
type Counted = BTreeMap<&'static str, u64>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sender {
    address: IpAddr,
    user: Option<String>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    recorded: u32,
    counted: Counted,
}

impl Sender {
    /// The sender as which all further ones count.
    const OTHERS: Self = Self { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), user: None };

    /// Returns this sender if `senders` has it or has room for it, or else [`Self::OTHERS`].
    fn bounded<T>(self, senders: &HashMap<Self, T>) -> Self {
        if senders.len() < SENDERS || senders.contains_key(&self) { self } else { Self::OTHERS }
    }
}

impl State {
    /// Adds counts to those that are not written yet.
    fn keep(&mut self, sender: Sender, counted: Counted) {
        if counted.is_empty() {
            return;
        }
        let kept = self.unwritten.entry(sender.bounded(&self.unwritten)).or_default();
        for (code, count) in counted {
            *kept.entry(code).or_default() += count;
        }
    }
}

impl RefusalCounts {
    /// Returns whether this refusal is recorded by itself. If it is not, it is counted.
    ///
    /// An event without an address is always recorded.
    pub(crate) fn records(&self, address: Option<IpAddr>, actor: &Actor, code: Code) -> bool {
        let Some(address) = address else { return true };
        let user = match actor {
            Actor::User(key) => Some(key.clone()),
            Actor::Claimed(_) | Actor::Unknown | Actor::Branch | Actor::Bank => None,
        };
        let windows = &mut self.state().windows;
        let sender = Sender { address: subscriber(address), user }.bounded(windows);
        let begin = || Window { began: Instant::now(), recorded: 0, counted: Counted::new() };
        let window = windows.entry(sender).or_insert_with(begin);
        if window.recorded < SINGLE {
            window.recorded += 1;
            return true;
        }
        *window.counted.entry(code.name()).or_default() += 1;
        false
    }

    /// Ends the windows that are over, or every window, and returns what was counted and is not written yet.
    pub(crate) fn end_windows(&self, every: bool) -> EndedWindows<'_> {
        let now = Instant::now();
        let mut state = self.state();
        let over: Vec<_> = state.windows.extract_if(|_, window| every || now - window.began >= WINDOW).collect();
        for (sender, window) in over {
            state.keep(sender, window.counted);
        }
        EndedWindows { counts: self, senders: mem::take(&mut state.unwritten) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was counted in windows that ended. Unless it is [`written`](Self::written), it goes back and is written with the
/// next interval.
#[derive(Debug)]
pub(crate) struct EndedWindows<'a> {
    counts: &'a RefusalCounts,
    senders: HashMap<Sender, Counted>,
}

impl EndedWindows<'_> {
    /// Returns one event for each sender.
    pub(crate) fn events(&self) -> Vec<Event> {
        let event = |(sender, counted): (&Sender, &Counted)| {
            let actor = sender.user.clone().map_or(Actor::Unknown, Actor::User);
            let counted = AuditAction::RefusalsCounted { codes: counted.clone() };
            Event::done(actor, counted).sent_from(sender.address)
        };
        self.senders.iter().map(event).collect()
    }

    /// Forgets the counts, which are in the log.
    pub(crate) fn written(mut self) {
        self.senders.clear();
    }
}

impl Drop for EndedWindows<'_> {
    fn drop(&mut self) {
        let mut state = self.counts.state();
        for (sender, counted) in self.senders.drain() {
            state.keep(sender, counted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));

    /// Returns the events, which are then written.
    fn json(ended: EndedWindows<'_>) -> Vec<serde_json::Value> {
        let events = ended.events().iter().map(|event| serde_json::to_value(event).unwrap()).collect();
        ended.written();
        events
    }

    #[tokio::test(start_paused = true)]
    async fn the_refusals_of_a_flood_are_counted_until_the_window_ends() {
        let counts = RefusalCounts::default();
        let claimed = Actor::claimed("hanakodt");
        let recorded = (0..1_000).filter(|_| counts.records(HERE, &claimed, Code::LoginFailed)).count();
        assert_eq!(recorded, 60);
        assert!(!counts.records(HERE, &Actor::Unknown, Code::NotPermitted));
        assert!(counts.records(HERE, &Actor::User("hanakodt".to_owned()), Code::NotPermitted), "a proved user");
        assert!(counts.records(Some([192, 0, 2, 1].into()), &claimed, Code::LoginFailed), "another address");
        assert!(counts.records(None, &claimed, Code::LoginFailed), "no address");
        assert_eq!(counts.end_windows(false).events(), []);
        tokio::time::advance(WINDOW).await;
        let events = json(counts.end_windows(false));
        assert_eq!(
            events,
            [serde_json::json!({
                "act": "refusals_counted", "codes": {"login_failed": 940, "not_permitted": 1}, "outcome": "done",
                "actor": "unknown", "address": "127.0.0.1",
            })]
        );
        assert!(counts.records(HERE, &claimed, Code::LoginFailed), "a new window");
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_that_was_counted_is_lost_at_the_end() {
        let counts = RefusalCounts::default();
        for _ in 0..61 {
            counts.records(HERE, &Actor::Unknown, Code::LoginFailed);
        }
        assert_eq!(json(counts.end_windows(true))[0]["codes"], serde_json::json!({"login_failed": 1}));
        assert_eq!(counts.end_windows(true).events(), []);
    }

    #[tokio::test(start_paused = true)]
    async fn the_senders_are_bounded() {
        let counts = RefusalCounts::default();
        for number in 0..200_000_u32 {
            counts.records(Some(Ipv4Addr::from_bits(number + 1).into()), &Actor::Unknown, Code::LoginFailed);
        }
        assert_eq!(counts.state().windows.len(), SENDERS + 1);
        let events = json(counts.end_windows(true));
        assert_eq!(events.len(), 1, "all further senders count as one");
        assert_eq!(events[0]["address"], "0.0.0.0");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_written_is_kept_added_up_and_bounded() {
        let counts = RefusalCounts::default();
        let refuse = |address: u32, times: u32| {
            for _ in 0..times {
                counts.records(Some(Ipv4Addr::from_bits(address).into()), &Actor::Unknown, Code::LoginFailed);
            }
        };
        refuse(1, SINGLE + 3);
        for _ in 0..3 {
            assert_eq!(counts.end_windows(true).events().len(), 1, "not written");
        }
        refuse(1, SINGLE + 4);
        assert_eq!(json(counts.end_windows(true))[0]["codes"], serde_json::json!({"login_failed": 7}));
        assert_eq!(counts.end_windows(true).events(), []);
        for address in 0..u32::try_from(SENDERS).unwrap() + 2 {
            counts.state().keep(
                Sender { address: Ipv4Addr::from_bits(address + 1).into(), user: None },
                Counted::from([("login_failed", 1)]),
            );
        }
        assert_eq!(counts.state().unwritten.len(), SENDERS + 1);
        assert_eq!(counts.state().unwritten[&Sender::OTHERS], Counted::from([("login_failed", 2)]));
    }
}
