use thiserror::Error;

/// A text that looks like a link into the app, and is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a link that this program knows")]
pub struct LinkError;
