use serde::{Deserialize, Serialize};

/// The answer to a health check of one instance of the bank. If the check fails, the answer is a problem.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Always true.
    pub up: bool,
    /// The whole days until the bank's CA ends, in the answer to the check of readiness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_days_left: Option<i64>,
}
