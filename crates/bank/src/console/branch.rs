//! `branch`: what the branch does at its console, beside a bank that runs on the same data.

use clap::{Args, Subcommand};
use inkan_bank::AuditError;

use super::audit::{self, BranchAudit};
use super::storage::StorageOptions;

#[derive(Args)]
pub(crate) struct Branch {
    #[command(flatten)]
    storage: StorageOptions,
    #[command(subcommand)]
    command: BranchCommand,
}

#[derive(Subcommand)]
enum BranchCommand {
    /// The audit log.
    #[command(subcommand)]
    Audit(BranchAudit),
}

pub(crate) async fn run(branch: Branch, usage: impl FnOnce() -> clap::Command) -> Result<(), AuditError> {
    let storage = branch.storage.storage(usage);
    match branch.command {
        BranchCommand::Audit(command) => audit::run_at_branch(storage, command).await,
    }
}
