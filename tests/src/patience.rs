use std::time::Duration;

/// How long to wait for anything. Everything takes less time on a slow machine, so a test waits this long only if
/// something is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
