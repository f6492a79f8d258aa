use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inkan_protocol::PrintableWriter;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use super::safe::{HIDDEN, describe};

/// The greatest number of events that are stored for a report. A help desk does not read more.
const MOST: usize = 200;
/// The greatest length of one event, in bytes. A longer event is cut.
const LONGEST: usize = 2_000;
/// The prefix of the targets of the project's own events.
const OWN: &str = "inkan";
/// The environment variable that sets which events are logged.
const VARIABLE: &str = "INKAN_LOG";

/// Writes events to standard error, and returns the events for a report to the help desk. `INKAN_LOG` filters the
/// events on standard error. If `INKAN_LOG` is not set or not valid, `usual` filters them. Neither output holds a value
/// that is not known to be safe.
pub fn log_to_standard_error(usual: &str) -> RecentEvents {
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(usual));
    // The writer escapes control characters. The name of an event's target or file could hold them.
    let shown = tracing_subscriber::fmt::layer().with_writer(|| PrintableWriter(std::io::stderr())).with_ansi(false);
    let shown = shown.log_internal_errors(false).event_format(SafeEvents);
    let events = RecentEvents::default();
    let kept = events.clone().with_filter(EnvFilter::new("info,cryptoki::mechanism=off"));
    tracing_subscriber::registry().with(shown.with_filter(filter)).with(kept).init();
    initialize_log_bridge();
    events
}

/// Initializes what tracing-log initializes at the first event of each level, while the program has only one thread.
///
/// Two threads that initialize it at the same time wait for each other by `thread::park`. A thread may log between the
/// check of a condition and its own `park`, as reqwest's blocking client does. The wait inside the log call then uses
/// up the wake-up for that `park`, and the client waits forever.
fn initialize_log_bridge() {
    for level in log::Level::iter() {
        let _ = log::log_enabled!(level);
    }
}

/// The last events of this run, in memory only. The type is a layer of the subscriber.
#[derive(Debug, Clone, Default)]
pub struct RecentEvents(Arc<Mutex<VecDeque<Recent>>>);

/// An event of this run.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    pub(super) at: String,
    pub(super) text: String,
    /// The code and the reference of a problem, if the event reports a problem that was shown.
    pub(super) problem: Option<(String, String)>,
}

impl RecentEvents {
    /// Returns the events, the oldest first.
    pub(super) fn all(&self) -> Vec<Recent> {
        self.events().iter().cloned().collect()
    }

    /// Returns the events. A poisoned lock is used, because a panic leaves whole events.
    fn events(&self) -> MutexGuard<'_, VecDeque<Recent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Layer<S> for RecentEvents {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let line = EventLine::of(event);
        let at = now();
        let mut events = self.events();
        if events.len() == MOST {
            events.pop_front();
        }
        events.push_back(Recent { at, text: line.text, problem: line.code.zip(line.reference) });
    }
}

/// Formats events for standard error.
struct SafeEvents;

impl<S, N> FormatEvent<S, N> for SafeEvents
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        writeln!(writer, "{} {}", now(), EventLine::of(event).text)
    }
}

/// An event in one line. Numbers are known to be safe. Messages of the project's own events are literals. Errors are
/// described by their types. Every other value is hidden, and so is the message of an event of another project.
#[derive(Debug, Default)]
struct EventLine {
    own: bool,
    text: String,
    code: Option<String>,
    reference: Option<String>,
}

impl EventLine {
    fn of(event: &Event<'_>) -> Self {
        let metadata: &Metadata<'_> = event.metadata();
        let own = metadata.target().starts_with(OWN);
        let mut text = format!("{} {}:", metadata.level(), metadata.target());
        if !own {
            // The name of such an event is its place in the source.
            let _ = write!(text, " {}", metadata.name());
        }
        let mut line = Self { own, text, ..Self::default() };
        event.record(&mut line);
        if line.text.len() > LONGEST {
            let end = line.text.floor_char_boundary(LONGEST);
            line.text.truncate(end);
            line.text.push('…');
        }
        line
    }

    fn write(&mut self, field: &Field, value: &dyn fmt::Display) {
        // Writing to a `String` does not fail.
        let _ = match field.name() {
            "message" => write!(self.text, " {value}"),
            name => write!(self.text, " {name}={value}"),
        };
    }
}

impl Visit for EventLine {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match (self.own, field.name()) {
            (true, "message") => self.write(field, &format_args!("{value:?}")),
            _ => self.write(field, &HIDDEN),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match (self.own, field.name()) {
            (true, "code") => self.code = Some(value.to_owned()),
            (true, "reference") => self.reference = Some(value.to_owned()),
            _ => return self.write(field, &HIDDEN),
        }
        self.write(field, &value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn StdError + 'static)) {
        self.write(field, &describe(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.write(field, &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.write(field, &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write(field, &value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.write(field, &value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.write(field, &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.write(field, &value);
    }
}

fn now() -> String {
    let at = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    at.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::{fs, io};

    use super::*;

    fn kept(act: impl FnOnce()) -> Vec<Recent> {
        let events = RecentEvents::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(events.clone()), act);
        events.all()
    }

    #[test]
    fn the_last_events_are_kept_and_a_problem_with_its_reference() {
        let all = kept(|| {
            for number in 0..MOST + 5 {
                tracing::info!(number, "event");
            }
            tracing::warn!(code = "login_failed", reference = "7K2M9QXA", "problem");
        });
        assert_eq!(all.len(), MOST);
        assert!(all[0].text.contains("number=6"), "{}", all[0].text);
        let problem = all.last().unwrap();
        assert_eq!(problem.problem, Some(("login_failed".into(), "7K2M9QXA".into())));
        assert!(problem.text.starts_with("WARN inkan_client::diagnostics::log"), "{}", problem.text);
    }

    /// Messages of own events and their `code` are taken for safe. So a message must not quote a value, and a `code`
    /// must not come from outside.
    #[test]
    fn the_messages_of_the_projects_own_events_are_literals() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut directories: Vec<PathBuf> =
            ["client", "store", "cli"].iter().map(|name| root.join("crates").join(name).join("src")).collect();
        directories.push(root.join("src-tauri/src"));
        let mut events = 0;
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() {
                    directories.push(entry);
                } else if !entry.ends_with("diagnostics/log.rs") {
                    let source = fs::read_to_string(&entry).unwrap();
                    for event in source.split("tracing::").skip(1).filter(|rest| is_event(rest)) {
                        let event = &event[..call_end(event)];
                        events += 1;
                        assert!(!event.contains('{'), "{}: {event}", entry.display());
                        let named = ["code =", "reference ="].iter().any(|name| event.contains(name));
                        assert!(
                            !named || entry.ends_with("client/src/error/problem.rs"),
                            "{}: {event}",
                            entry.display()
                        );
                    }
                }
            }
        }
        assert!(events > 30, "the sources are read wrongly: {events}");
    }

    /// Returns the index at which the call at the start of `call` ends. Brackets inside a quoted message do not count.
    fn call_end(call: &str) -> usize {
        let (mut depth, mut quoted) = (0, false);
        for (at, letter) in call.char_indices() {
            match letter {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => continue,
            }
            if depth == 0 && !quoted && letter == ')' {
                return at;
            }
        }
        call.len()
    }

    fn is_event(rest: &str) -> bool {
        ["error!(", "warn!(", "info!(", "debug!(", "trace!("].iter().any(|level| rest.starts_with(level))
    }

    #[test]
    fn a_value_that_is_not_known_to_be_safe_is_hidden_whatever_it_looks_like() {
        let typed = "ichirodtIchiro2026";
        let error = io::Error::new(io::ErrorKind::InvalidInput, typed);
        let all = kept(|| {
            tracing::warn!(address = typed, named = %typed, shown = ?typed, "an own event");
            tracing::warn!(error = &error as &(dyn StdError + 'static), "an own event");
            tracing::warn!(target: "reqwest::connect", code = typed, count = 3, "starting for {typed}");
        });
        for event in &all {
            assert!(!event.text.contains(typed), "{}", event.text);
        }
        assert!(
            all[0].text.ends_with("an own event address=<hidden> named=<hidden> shown=<hidden>"),
            "{}",
            all[0].text
        );
        assert!(all[1].text.ends_with("an own event error=InvalidInput"), "{}", all[1].text);
        assert!(all[2].text.ends_with("<hidden> code=<hidden> count=3"), "{}", all[2].text);
    }
}
