use std::time::Duration;

/// Longer than anything takes on a slow machine: only what is broken lets a test wait this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
