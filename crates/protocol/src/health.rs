use serde::{Deserialize, Serialize};

/// What a balancer asks an instance of the bank; where it is not so, the answer is a problem.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Always.
    pub up: bool,
}
