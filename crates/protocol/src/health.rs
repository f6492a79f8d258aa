use serde::{Deserialize, Serialize};

/// The answer to a health check of one instance of the bank. If the check fails, the answer is a problem.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Always true.
    pub up: bool,
}
