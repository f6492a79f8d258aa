use time::OffsetDateTime;

/// The source of time for the rules, so that a test can choose the time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Returns the present time in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
