//! `branch`: what the branch does at its console, beside a bank that runs on the same data.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use inkan_bank::AuditError;

use super::audit::{self, BranchAudit};

#[derive(Args)]
pub(crate) struct Branch {
    /// The bank's data.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(subcommand)]
    command: BranchCommand,
}

#[derive(Subcommand)]
enum BranchCommand {
    /// The audit log.
    #[command(subcommand)]
    Audit(BranchAudit),
}

pub(crate) async fn run(branch: Branch) -> Result<(), AuditError> {
    match branch.command {
        BranchCommand::Audit(command) => audit::run_at_branch(&branch.data, command).await,
    }
}
