use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The lines that a client without a login may cause in each [`SPAN`].
const LINES: u32 = 50;
const SPAN: Duration = Duration::from_secs(1);

/// Lets a limited number of lines into the log, and counts the others. An anonymous client could fill the disk otherwise.
#[derive(Debug)]
pub(crate) struct LogRate(Mutex<Option<Window>>);

#[derive(Debug)]
struct Window {
    began: Instant,
    lines: u32,
}

impl LogRate {
    /// Returns a rate of which nothing is used.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Returns whether the next line is written. The first line after others were left out says how many.
    pub(crate) fn passes(&self) -> bool {
        let left_out = self.next(Instant::now());
        if let Some(left_out @ 1..) = left_out {
            tracing::warn!(left_out, "lines about refused requests were left out");
        }
        left_out.is_some()
    }

    /// Returns how many lines were left out before the next line; `None` if the next line is left out, too.
    fn next(&self, now: Instant) -> Option<u32> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let current = window.get_or_insert(Window { began: now, lines: 0 });
        let mut left_out = 0;
        if now.duration_since(current.began) >= SPAN {
            left_out = current.lines.saturating_sub(LINES);
            *current = Window { began: now, lines: 0 };
        }
        current.lines = current.lines.saturating_add(1);
        (current.lines <= LINES).then_some(left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_counted_and_told_once() {
        let (rate, began) = (LogRate::new(), Instant::now());
        for _ in 0..LINES {
            assert_eq!(rate.next(began), Some(0));
        }
        for _ in 0..7 {
            assert_eq!(rate.next(began), None);
        }
        assert_eq!(rate.next(began + SPAN), Some(7));
        assert_eq!(rate.next(began + SPAN), Some(0));
    }
}
