//! The clock by which a visitor checks the certificate of a bank whose clock was set.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;

/// A clock that is ahead of this machine's clock by a number of seconds.
#[derive(Debug, Default)]
pub(crate) struct ShiftedClock(AtomicI64);

impl ShiftedClock {
    /// Sets the clock ahead of this machine's clock.
    pub(crate) fn put_ahead(&self, seconds: u32) {
        self.0.store(i64::from(seconds), Ordering::Relaxed);
    }

    /// Returns the seconds since 1970 by this clock.
    pub(crate) fn seconds(&self) -> i64 {
        time::OffsetDateTime::now_utc().unix_timestamp() + self.0.load(Ordering::Relaxed)
    }
}

impl TimeProvider for ShiftedClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.seconds().try_into().ok()?)))
    }
}
