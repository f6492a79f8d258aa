use thiserror::Error;

/// It looked like a link of ours, and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no link that this program knows")]
pub struct LinkError;
