//! The commands `audit verify` and, for the branch, `audit export`.

use std::io::{BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use inkan_bank::{AuditError, AuditHead, AuditTrail, SignedHeadFiles, Storage, WithoutHeads, verify_file};
use inkan_protocol::{json_text, open_named_file};

/// The commands on an audit log.
#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Verifies the log of a bank or an exported file. Prints its head, or the first record that is wrong.
    Verify(Verify),
}

#[derive(Args)]
pub(crate) struct Verify {
    /// The directory of the bank's data.
    #[arg(long, value_name = "DIR", required_unless_present = "file", conflicts_with = "file")]
    data: Option<PathBuf>,
    /// An exported log.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// A hash that was noted earlier and must be in the log. Without it, a log whose end was cut off is not detected.
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// A file of signed heads, to verify an exported log with: one JSON line each, as the bank writes and logs them.
    /// With `--data`, the bank's own file is used.
    #[arg(long, value_name = "FILE", requires_all = ["file", "ca"])]
    heads: Option<PathBuf>,
    /// Says that the bank has never signed a head. Otherwise a log without a signed head is not accepted.
    #[arg(long, conflicts_with = "file")]
    without_heads: bool,
    /// The file of the CA's certificate, which verifies the signed heads.
    #[arg(long, value_name = "FILE", requires = "heads")]
    ca: Option<PathBuf>,
}

/// The commands of the branch on the audit log.
#[derive(Subcommand)]
pub(crate) enum BranchAudit {
    /// Writes the log to standard output, one JSON record a line, and its head to standard error.
    Export {
        /// The number of the first record.
        #[arg(long, value_name = "SEQ", default_value_t = 1)]
        from: u64,
    },
    /// Verifies the log. Prints its head, or the first record that is wrong.
    Verify {
        /// A hash that was noted earlier and must be in the log.
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
        /// Says that the bank has never signed a head. Otherwise a log without a signed head is not accepted.
        #[arg(long)]
        without_heads: bool,
    },
}

pub(crate) async fn run(command: Audit) -> Result<(), AuditError> {
    let Audit::Verify(Verify { data, file, head, heads, without_heads, ca }) = command;
    let heads = heads.as_deref().zip(ca.as_deref()).map(|(heads, ca)| SignedHeadFiles { heads, ca });
    let head = head.as_deref();
    match (data, file) {
        (_, Some(file)) => {
            say(&verify_file(BufReader::new(open_named_file(&file).map_err(std::io::Error::other)?), head, heads)?)
        }
        (Some(data), None) => say(&AuditTrail::open(data).await?.verify(head, accepted(without_heads)).await?),
        (None, None) => Ok(()),
    }
}

pub(crate) async fn run_at_branch(storage: Storage, command: BranchAudit) -> Result<(), AuditError> {
    let trail = AuditTrail::open(storage).await?;
    match command {
        BranchAudit::Export { from } => {
            let head = trail.export(from, &mut BufWriter::new(std::io::stdout().lock())).await?;
            writeln!(std::io::stderr(), "{}", line(&head)?)?;
            Ok(())
        }
        BranchAudit::Verify { head, without_heads } => {
            say(&trail.verify(head.as_deref(), accepted(without_heads)).await?)
        }
    }
}

fn accepted(without_heads: bool) -> WithoutHeads {
    if without_heads { WithoutHeads::Accepted } else { WithoutHeads::Refused }
}

fn say(head: &AuditHead) -> Result<(), AuditError> {
    writeln!(std::io::stdout(), "{}", line(head)?)?;
    Ok(())
}

fn line(head: &AuditHead) -> Result<String, AuditError> {
    Ok(json_text(head)?)
}
