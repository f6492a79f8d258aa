use serde::{Deserialize, Serialize};

/// What a balancer asks an instance of the bank; where it is not so, the answer is a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Always.
    pub up: bool,
}
