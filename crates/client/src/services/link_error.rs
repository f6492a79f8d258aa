use thiserror::Error;

/// The error for a text that looks like a link into the app, and is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the text is not a link that this program reads")]
pub struct LinkError;
