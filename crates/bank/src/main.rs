//! `inkan-bank`: the reference bank as a program.

mod console;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, Subcommand};
use console::limits::LimitOptions;
use console::storage::StorageOptions;
use inkan_bank::{AuditError, Bank, Options, StartError};
use inkan_profile::{Profile, ProfileError};
use inkan_protocol::{FileFault, PrintableWriter, json_text, keep_no_core_file, printable, read_named_text};
use mimalloc::MiMalloc;
use thiserror::Error;
use tracing_subscriber::EnvFilter;
use url::Url;
use zeroizing_alloc::ZeroAlloc;

/// Overwrites memory with zeros when it is freed. Passwords and session tokens pass through buffers of libraries, such as
/// those of HTTP/2 and of the parser of JSON, which do not do that.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

/// The longest profile, in bytes.
const LONGEST_PROFILE: usize = 1024 * 1024;

/// The reference bank: CA, EST, users, sessions, revocation.
#[derive(Parser)]
#[command(name = "inkan-bank", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a profile until a signal stops the program. Prints the addresses in one JSON line.
    Serve(Serve),
    /// Verifies the audit log, without the branch's console.
    #[command(subcommand)]
    Audit(console::audit::Audit),
    /// Does the acts of the branch, beside a running bank.
    Branch(console::branch::Branch),
}

#[derive(Args)]
struct Serve {
    /// The file of the bank's profile.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    #[command(flatten)]
    storage: StorageOptions,
    /// The address of the portal; port 0 is any free port.
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    portal: SocketAddr,
    /// The address of the certificate login; port 0 is any free port.
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    certificate_login: SocketAddr,
    /// The address of the plain listener, for CRL, OCSP and metrics; port 0 is any free port.
    #[arg(long, value_name = "ADDR")]
    plain: Option<SocketAddr>,
    /// The URL of the plain listener that the certificates contain, by which clients reach it.
    #[arg(long, value_name = "URL")]
    plain_url: Option<Url>,
    #[command(flatten)]
    limits: LimitOptions,
    /// The most certificates that one person gets within an hour.
    #[arg(long, value_name = "N", default_value = "10")]
    certificates_per_hour: NonZeroUsize,
    /// How many milliseconds a password waits at most until it is hashed. One that would wait longer is refused at once.
    #[arg(long, value_name = "MS", default_value = "600")]
    longest_password_wait: NonZeroU32,
    /// Adds the sample users of the profile and prints their passwords.
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Error)]
enum Failure {
    #[error("{file}: {cause}", file = .file.display())]
    ProfileUnreadable { file: PathBuf, cause: FileFault },
    #[error("{file}: {cause}", file = .file.display())]
    ProfileInvalid { file: PathBuf, cause: ProfileError },
    #[error(transparent)]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Branch(#[from] console::branch::Failure),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("printing the addresses failed: {0}")]
    Announcement(std::io::Error),
    #[error("waiting for the stop signal failed: {0}")]
    Signal(std::io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    // Before any password is read.
    keep_no_core_file();
    let command_line = CommandLine::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,inkan_bank=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Text from requests commands no terminal.
        .with_writer(|| PrintableWriter(std::io::stderr()))
        .with_ansi(false)
        .log_internal_errors(false)
        .init();
    let done = match command_line.command {
        Command::Serve(serve) => run(serve).await,
        Command::Audit(command) => console::audit::run(command).await.map_err(Failure::from),
        Command::Branch(branch) => console::branch::run(branch, CommandLine::command).await.map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If that fails, nothing is left to report it to.
            let _ = writeln!(std::io::stderr(), "inkan-bank: {}", printable(&failure.to_string()));
            ExitCode::FAILURE
        }
    }
}

async fn run(serve: Serve) -> Result<(), Failure> {
    let options = Options {
        portal: serve.portal,
        certificate_login: serve.certificate_login,
        plain: serve.plain,
        plain_url: serve.plain_url,
        limits: serve.limits.limits(),
        certificates_per_hour: serve.certificates_per_hour.get(),
        longest_password_wait: Duration::from_millis(serve.longest_password_wait.get().into()),
        demo: serve.demo,
        ..Options::new(read_profile(&serve.profile)?, serve.storage.storage(CommandLine::command))
    };
    let _alone = options.storage.lock()?;
    // Before the announcement, since its reader may stop the bank at once.
    let stop = stop_signal().map_err(Failure::Signal)?;
    let bank = Bank::start(options).await?;
    announce(&bank).map_err(Failure::Announcement)?;
    stop.await;
    bank.stop().await;
    Ok(())
}

fn read_profile(file: &Path) -> Result<Profile, Failure> {
    let text = read_named_text(file, LONGEST_PROFILE)
        .map_err(|cause| Failure::ProfileUnreadable { file: file.to_owned(), cause })?;
    Profile::from_toml(&text).map_err(|cause| Failure::ProfileInvalid { file: file.to_owned(), cause })
}

fn announce(bank: &Bank) -> std::io::Result<()> {
    let line = json_text(bank.announcement())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Fails if no handler can be set; then only the end of the process stops the bank.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
