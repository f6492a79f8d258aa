use std::time::Duration;

/// Longer than anything takes on a slow machine: a test waits this long only if something is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
