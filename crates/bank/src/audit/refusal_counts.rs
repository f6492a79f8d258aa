use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use inkan_protocol::Code;
use tokio::time::Instant;

use super::event::{Actor, AuditAction, Event};

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
pub(crate) struct RefusalCounts(Mutex<HashMap<Sender, Window>>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sender {
    address: IpAddr,
    user: Option<String>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    recorded: u32,
    counted: BTreeMap<&'static str, u64>,
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
        let mut windows = self.windows();
        let mut sender = Sender { address, user };
        if windows.len() >= SENDERS && !windows.contains_key(&sender) {
            sender = Sender { address: Ipv4Addr::UNSPECIFIED.into(), user: None };
        }
        let begin = || Window { began: Instant::now(), recorded: 0, counted: BTreeMap::new() };
        let window = windows.entry(sender).or_insert_with(begin);
        if window.recorded < SINGLE {
            window.recorded += 1;
            return true;
        }
        *window.counted.entry(code.name()).or_default() += 1;
        false
    }

    /// Ends the windows that are over, or every window, and returns one event for each sender with counted refusals.
    pub(crate) fn end_windows(&self, every: bool) -> Vec<Event> {
        let now = Instant::now();
        let over: Vec<_> = self.windows().extract_if(|_, window| every || now - window.began >= WINDOW).collect();
        let event = |(sender, window): (Sender, Window)| {
            let actor = sender.user.map_or(Actor::Unknown, Actor::User);
            let counted = AuditAction::RefusalsCounted { codes: window.counted };
            Event::done(actor, counted).sent_from(sender.address)
        };
        over.into_iter().filter(|(_, window)| !window.counted.is_empty()).map(event).collect()
    }

    fn windows(&self) -> MutexGuard<'_, HashMap<Sender, Window>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));

    fn json(events: &[Event]) -> Vec<serde_json::Value> {
        events.iter().map(|event| serde_json::to_value(event).unwrap()).collect()
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
        assert_eq!(counts.end_windows(false), []);
        tokio::time::advance(WINDOW).await;
        let events = json(&counts.end_windows(false));
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
        assert_eq!(json(&counts.end_windows(true))[0]["codes"], serde_json::json!({"login_failed": 1}));
        assert_eq!(counts.end_windows(true), []);
    }

    #[tokio::test(start_paused = true)]
    async fn the_senders_are_bounded() {
        let counts = RefusalCounts::default();
        for number in 0..200_000_u32 {
            counts.records(Some(Ipv4Addr::from_bits(number + 1).into()), &Actor::Unknown, Code::LoginFailed);
        }
        assert_eq!(counts.windows().len(), SENDERS + 1);
        let events = json(&counts.end_windows(true));
        assert_eq!(events.len(), 1, "all further senders count as one");
        assert_eq!(events[0]["address"], "0.0.0.0");
    }
}
