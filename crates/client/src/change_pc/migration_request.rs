use inkan_profile::ChangePc;
use serde::{Deserialize, Serialize};

/// Which of the two PCs this PC is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ThisPc {
    /// The new PC.
    New,
    /// The old PC.
    Old,
}

/// The user's answers at the beginning of a change of PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MigrationRequest {
    /// The facts that the steps depend on.
    pub asked: ChangePc,
    /// The PC that the user sits at.
    pub this_pc: ThisPc,
    /// The user's login ID.
    pub user: Option<String>,
    /// The contract number, at a bank that has contract numbers.
    pub contract: Option<String>,
}
