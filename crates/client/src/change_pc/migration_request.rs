use inkan_profile::ChangePc;
use serde::{Deserialize, Serialize};

/// Which of the two this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ThisPc {
    /// The one that comes.
    New,
    /// The one that goes.
    Old,
}

/// What the person said when they began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MigrationRequest {
    /// What the way depends on.
    pub asked: ChangePc,
    /// Where they are now.
    pub this_pc: ThisPc,
    /// Their login ID.
    pub user: Option<String>,
    /// Contract number, at a bank that has them.
    pub contract: Option<String>,
}
