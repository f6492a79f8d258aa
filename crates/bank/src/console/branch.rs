//! The command `branch`: the work of the branch, beside a running bank on the same data. Each subcommand prints one
//! JSON value. If it fails, it prints the reason on standard error.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use inkan_bank::{AuditError, Branch as Console, BranchError, NewPerson, TokenStock, TokenStockError};
use inkan_profile::{PasswordKind, RoleId};
use inkan_protocol::{
    AnswersError, CertificateAction, Clock, FileFault, Secret, SystemClock, parse_answers, read_named_text, read_text,
    write_json,
};
use serde::Serialize;
use serde_json::json;
use thiserror::Error;

use super::audit::{self, BranchAudit};
use super::storage::StorageOptions;

/// The longest file of answers or of a shared key, in bytes.
const LONGEST_ANSWERS: usize = 64 * 1024;
/// The longest delivery of hardware tokens, in bytes.
const LONGEST_FILE: usize = 64 * 1024 * 1024;

#[derive(Args)]
pub(crate) struct Branch {
    #[command(flatten)]
    storage: StorageOptions,
    #[command(subcommand)]
    command: BranchCommand,
}

#[derive(Subcommand)]
enum BranchCommand {
    /// Lists, adds, freezes and unfreezes contracts.
    #[command(subcommand)]
    Contracts(Contracts),
    /// Lists, adds and unlocks users, and sets passwords.
    #[command(subcommand)]
    Users(Users),
    /// Revokes, reissues or keeps certificates, as ordered on paper or by telephone.
    #[command(subcommand)]
    Certificates(Certificates),
    /// Imports, hands out, revokes and unlocks hardware tokens.
    #[command(subcommand)]
    Tokens(Tokens),
    /// Makes a code by which any EST client gets the certificate of one user.
    EnrolmentCode(Whose),
    /// Exports and verifies the audit log.
    #[command(subcommand)]
    Audit(BranchAudit),
}

#[derive(Subcommand)]
enum Contracts {
    /// Lists all contracts.
    List,
    /// Adds a contract.
    Add {
        /// The number of the contract.
        number: String,
        /// The company that holds the contract.
        #[arg(long)]
        company: String,
    },
    /// Freezes a contract at once.
    Freeze {
        /// The number of the contract.
        number: String,
    },
    /// Unfreezes a contract.
    Unfreeze {
        /// The number of the contract.
        number: String,
    },
}

#[derive(Subcommand)]
enum Users {
    /// Lists the users of a contract.
    List {
        /// The number of the contract.
        #[arg(long)]
        contract: String,
    },
    /// Adds a user. The first login must change the password.
    Add {
        /// The number of the contract.
        #[arg(long)]
        contract: String,
        /// Login ID.
        #[arg(long)]
        id: String,
        /// The user's name.
        #[arg(long)]
        name: String,
        /// A role of the profile.
        #[arg(long)]
        role: String,
        #[command(flatten)]
        answers: Answers,
    },
    /// Unlocks passwords of a user.
    Unlock {
        #[command(flatten)]
        whose: Whose,
        /// The password to unlock. Without it, all passwords.
        #[arg(long)]
        password: Vec<Password>,
    },
    /// Sets a new login password of a user.
    SetPassword {
        #[command(flatten)]
        whose: Whose,
        #[command(flatten)]
        answers: Answers,
    },
}

#[derive(Subcommand)]
enum Certificates {
    /// Revokes the certificate of a user.
    Revoke(Whose),
    /// Reissues the certificate of a user. The user acquires the next one.
    Reissue(Whose),
    /// Keeps the certificate of a user.
    Keep(Whose),
}

#[derive(Subcommand)]
enum Tokens {
    /// Imports a delivery of tokens.
    Import {
        /// The file from the maker.
        file: PathBuf,
        /// The format of the file.
        #[arg(long)]
        format: Format,
        /// The file of the pre-shared key of an encrypted PSKC, in hex.
        #[arg(long, value_name = "FILE")]
        shared_key: Option<PathBuf>,
    },
    /// Hands a token out to one user, or to all users of a contract.
    HandOut {
        /// The serial number of the token.
        serial: String,
        /// The number of the contract.
        #[arg(long)]
        contract: String,
        /// Login ID.
        #[arg(long)]
        user: Option<String>,
    },
    /// Revokes the token of a user.
    Revoke(Whose),
    /// Unlocks the tokens of a user.
    Unlock(Whose),
}

#[derive(Args)]
struct Whose {
    /// Login ID.
    #[arg(long)]
    user: String,
    /// The contract number, at a bank with contract numbers.
    #[arg(long)]
    contract: Option<String>,
}

/// The file of secrets, which are never arguments.
#[derive(Args)]
struct Answers {
    /// The file of JSON with `login_password`. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
}

struct Given {
    login_password: Secret,
}

#[derive(Clone, Copy, ValueEnum)]
enum Password {
    Login,
    Confirmation,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Pskc,
}

/// Why a command of the branch failed.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Branch(#[from] BranchError),
    #[error(transparent)]
    Tokens(#[from] TokenStockError),
    #[error("{file}: {cause}", file = .file.display())]
    File { file: PathBuf, cause: FileFault },
    #[error("{file}: {cause}", file = .file.display())]
    Answers { file: PathBuf, cause: AnswersError },
    #[error("{}: no login_password is given", .0.display())]
    AnswerMissing(PathBuf),
    #[error("{}: the file does not contain a key in hex", .0.display())]
    SharedKey(PathBuf),
    #[error("printing the result failed: {0}")]
    Output(#[from] std::io::Error),
}

pub(crate) async fn run(branch: Branch, usage: impl FnOnce() -> clap::Command) -> Result<(), Failure> {
    let storage = branch.storage.storage(usage);
    let command = match branch.command {
        BranchCommand::Audit(command) => return Ok(audit::run_at_branch(storage, command).await?),
        command => command,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let console = Console::open(storage.clone(), Arc::clone(&clock)).await?;
    match command {
        BranchCommand::Contracts(command) => contracts(&console, command).await,
        BranchCommand::Users(command) => users(&console, command).await,
        BranchCommand::Certificates(command) => certificates(&console, command).await,
        BranchCommand::Tokens(command) => {
            let stock = TokenStock::open(console.profile().clone(), storage, clock).await?;
            tokens(&console, &stock, command).await
        }
        BranchCommand::EnrolmentCode(Whose { user, contract }) => {
            say(&console.enrolment_code(contract.as_deref(), &user).await?)
        }
        BranchCommand::Audit(_) => Ok(()),
    }
}

async fn contracts(console: &Console, command: Contracts) -> Result<(), Failure> {
    match command {
        Contracts::List => {}
        Contracts::Add { number, company } => console.add_contract(&number, &company).await?,
        Contracts::Freeze { number } => console.freeze(&number).await?,
        Contracts::Unfreeze { number } => {
            console.unfreeze(&number).await?;
        }
    }
    say(&console.contracts().await?)
}

async fn users(console: &Console, command: Users) -> Result<(), Failure> {
    match command {
        Users::List { contract } => say(&console.users(&contract).await?),
        Users::Add { contract, id, name, role, answers } => {
            let login_password = answers.read()?.login_password;
            say(&console.add_user(NewPerson { contract, id, name, role: RoleId(role), login_password }).await?)
        }
        Users::Unlock { whose, password } => {
            let passwords: Vec<PasswordKind> = password.into_iter().map(PasswordKind::from).collect();
            say(&console.unlock(whose.contract.as_deref(), &whose.user, &passwords).await?)
        }
        Users::SetPassword { whose, answers } => {
            let password = answers.read()?.login_password;
            say(&console.set_login_password(whose.contract.as_deref(), &whose.user, password).await?)
        }
    }
}

async fn certificates(console: &Console, command: Certificates) -> Result<(), Failure> {
    let (act, Whose { user, contract }) = match command {
        Certificates::Revoke(whose) => (CertificateAction::Revoke, whose),
        Certificates::Reissue(whose) => (CertificateAction::Reissue, whose),
        Certificates::Keep(whose) => (CertificateAction::Keep, whose),
    };
    say(&console.act_upon_certificate(contract.as_deref(), &user, act).await?)
}

async fn tokens(console: &Console, stock: &TokenStock, command: Tokens) -> Result<(), Failure> {
    match command {
        Tokens::Import { file, format, shared_key } => {
            let text = read_named_text(&file, LONGEST_FILE).map_err(|cause| Failure::File { file, cause })?;
            let count = match format {
                Format::Csv => stock.import_csv(&text).await?,
                Format::Pskc => {
                    let key = shared_key.map(|file| read_key(&file)).transpose()?;
                    stock.import_pskc(&text, key.as_deref().map(Vec::as_slice)).await?
                }
            };
            say(&json!({ "imported": count }))
        }
        Tokens::HandOut { serial, contract, user } => {
            stock.hand_out(&serial, &contract, user.as_deref()).await?;
            say(&json!({ "serial": serial, "contract": contract, "user": user }))
        }
        Tokens::Revoke(Whose { user, contract }) => say(&console.revoke_token(contract.as_deref(), &user).await?),
        Tokens::Unlock(Whose { user, contract }) => {
            let unlocked = console.unlock_tokens(contract.as_deref(), &user).await?;
            say(&json!({ "user": user, "unlocked": unlocked }))
        }
    }
}

impl Answers {
    fn read(&self) -> Result<Given, Failure> {
        let failed = |cause| Failure::File { file: self.answers.clone(), cause };
        let text = match self.answers.to_str() {
            Some("-") => read_text(std::io::stdin().lock(), LONGEST_ANSWERS),
            _ => read_named_text(&self.answers, LONGEST_ANSWERS),
        };
        let given = parse_answers(&text.map_err(failed)?, &["login_password"])
            .map_err(|cause| Failure::Answers { file: self.answers.clone(), cause })?;
        let login_password = given.into_iter().map(|(_, secret)| secret).next();
        Ok(Given { login_password: login_password.ok_or_else(|| Failure::AnswerMissing(self.answers.clone()))? })
    }
}

impl From<Password> for PasswordKind {
    fn from(password: Password) -> Self {
        match password {
            Password::Login => Self::Login,
            Password::Confirmation => Self::Confirmation,
        }
    }
}

fn read_key(file: &Path) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    let failed = |cause| Failure::File { file: file.to_owned(), cause };
    let text = read_named_text(file, LONGEST_ANSWERS).map_err(failed)?;
    let key = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes());
    Ok(zeroize::Zeroizing::new(key.map_err(|_| Failure::SharedKey(file.to_owned()))?))
}

fn say(what: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    write_json(&mut out, what)?;
    writeln!(out)?;
    Ok(out.flush()?)
}
