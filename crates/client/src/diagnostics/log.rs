use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// As many as a help desk reads.
const MOST: usize = 200;
/// More of one event than anybody reads.
const LONGEST: usize = 2_000;

/// The last events of this run, in memory only. A layer of the subscriber.
#[derive(Debug, Clone, Default)]
pub struct RecentEvents(Arc<Mutex<VecDeque<Recent>>>);

/// One event.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    pub(super) at: String,
    pub(super) text: String,
    /// Code and reference, where it is a problem that was shown.
    pub(super) problem: Option<(String, String)>,
}

impl RecentEvents {
    /// From the oldest that is left.
    pub(super) fn all(&self) -> Vec<Recent> {
        self.events().iter().cloned().collect()
    }

    /// A panic elsewhere leaves whole events.
    fn events(&self) -> MutexGuard<'_, VecDeque<Recent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Layer<S> for RecentEvents {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        let metadata = event.metadata();
        let mut text = format!("{} {}:{}", metadata.level(), metadata.target(), line.text);
        if text.len() > LONGEST {
            let end = text.floor_char_boundary(LONGEST);
            text.truncate(end);
            text.push('…');
        }
        let at = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let at = at.format(&Rfc3339).unwrap_or_default();
        let mut events = self.events();
        if events.len() == MOST {
            events.pop_front();
        }
        events.push_back(Recent { at, text, problem: line.code.zip(line.reference) });
    }
}

/// An event's fields in one line.
#[derive(Debug, Default)]
struct Line {
    text: String,
    code: Option<String>,
    reference: Option<String>,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a text does not fail.
        let _ = match field.name() {
            "message" => write!(self.text, " {value:?}"),
            name => write!(self.text, " {name}={value:?}"),
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "code" => self.code = Some(value.to_owned()),
            "reference" => self.reference = Some(value.to_owned()),
            _ => {}
        }
        let _ = write!(self.text, " {}={value}", field.name());
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn the_last_events_are_kept_and_a_problem_with_its_reference() {
        let events = RecentEvents::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(events.clone()), || {
            for number in 0..MOST + 5 {
                tracing::info!(number, "event");
            }
            tracing::warn!(code = "login_failed", reference = "7K2M9QXA", "problem");
        });
        let all = events.all();
        assert_eq!(all.len(), MOST);
        assert!(all[0].text.contains("number=6"), "{}", all[0].text);
        let problem = all.last().unwrap();
        assert_eq!(problem.problem, Some(("login_failed".into(), "7K2M9QXA".into())));
        assert!(problem.text.starts_with("WARN inkan_client::diagnostics::log"), "{}", problem.text);
    }
}
