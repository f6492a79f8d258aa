/// Raises the limit for open files to what the system allows this process. Returns the limit; `None` if it is unlimited.
#[cfg(unix)]
pub(super) fn raise_limit() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let current = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the limit for open files cannot be raised"
            );
            limit.current
        }
    };
    current.map(|current| usize::try_from(current).unwrap_or(usize::MAX))
}

/// Returns `None`: Windows has no such limit.
#[cfg(not(unix))]
pub(super) fn raise_limit() -> Option<usize> {
    None
}
