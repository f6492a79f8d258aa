use std::io;
use std::path::PathBuf;

use inkan_profile::{Helper, PasswordKind};
use inkan_protocol::{AnswersError, AnswersFault, Code, FileFault, Malformed, Problem, Reference};
use inkan_store::{CertificateFault, FileKind, Pkcs12Error, SUPPORTED_KEY_KINDS, StoreError};
use thiserror::Error;

use crate::address::AddressFault;
use crate::clock::Clocks;
use crate::diagnostics::Safe;
use crate::{ImportableKey, LinkError, ProxyFailure, Reason, Transport, store_unavailable};

/// Why a journey did not reach its end, by cause.
#[derive(Debug, Error)]
pub enum Error {
    /// The bank said no, and why.
    #[error("the bank answered {}", .0.code.name())]
    Bank(Problem),
    /// The bank could not be asked.
    #[error("{address}: {cause}")]
    Transport {
        /// Host and port.
        address: String,
        /// What was in the way.
        #[source]
        cause: Transport,
    },
    /// The proxy on the way did not let it through.
    #[error("{proxy}: {cause}")]
    Proxy {
        /// Its host and port.
        proxy: String,
        /// What it said.
        #[source]
        cause: ProxyFailure,
    },
    /// What is set as the proxy is none that Inkan can use.
    #[error("{0:?} is no address of a proxy")]
    ProxyAddress(String),
    /// The certificate store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing came out of a PKCS#12 file.
    #[error(transparent)]
    Pkcs12(#[from] Pkcs12Error),
    /// The file has more than one key, and none was chosen.
    #[error("{} keys in the file", .0.len())]
    SeveralKeys(Vec<ImportableKey>),
    /// The file has no key of that number, or of that certificate.
    #[error("{given:?} is none of the {keys} keys in the file")]
    KeyNumberUnknown {
        /// What was given.
        given: String,
        /// How many keys the file has.
        keys: usize,
    },
    /// More files than one were given to import.
    #[error("{0} files at once")]
    SeveralFiles(usize),
    /// A file of the client's own data cannot be used.
    #[error(transparent)]
    Data(#[from] DataFile),
    /// A file that the person named cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, #[source] FileFault),
    /// What was to be imported is another kind of file than PKCS#12.
    #[error("{name:?} is of the kind {}", .kind.name())]
    OtherFile {
        /// The file's name, without the way to it.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// What was given as a CA's certificate is another kind of file, or damaged.
    #[error("{name:?} holds no CA certificate, it is of the kind {}", .kind.name())]
    CaFile {
        /// What the person calls the file.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// One of several certificates in a file of CAs is damaged.
    #[error("certificate {number} of {of} in {name:?} is damaged")]
    CaDamaged {
        /// What the person calls the file.
        name: String,
        /// Which one, from 1.
        number: usize,
        /// How many the file has.
        of: usize,
    },
    /// The file of answers to questions is not what it should be.
    #[error("{}, {}", .0.display(), .1)]
    Answers(PathBuf, #[source] AnswersError),
    /// A file that was to be written cannot be.
    #[error("{} cannot be written", .0.display())]
    FileUnwritable(PathBuf),
    /// No paper helps here: nobody has begun a change of PC that leads to the branch.
    #[error("no paper is needed")]
    NoPaper,
    /// What was given as the bank's CA holds no certificate.
    #[error("no CA certificate")]
    CaUnreadable,
    /// The store's key did not sign while the connection was made.
    #[error(transparent)]
    KeyInHandshake(rustls::Error),
    /// What was typed is not an https address. It is not repeated: it may be a password.
    #[error("not an https address: {0}")]
    Address(AddressFault),
    /// No bank of that name.
    #[error("no bank is called {0:?}")]
    BankNotAdded(String),
    /// A site, which has no people and no logins of its own here.
    #[error("{0:?} is a site without a profile")]
    NotABank(String),
    /// A bank, where a site was wanted.
    #[error("{0:?} is a bank")]
    NotASite(String),
    /// A server that was to be added as a bank is there and publishes no profile, so that it may be added as a site.
    #[error("{address} publishes no profile: {instead}")]
    NoProfile {
        /// Host and port.
        address: String,
        /// What it answered in the place of a profile.
        #[source]
        instead: Transport,
    },
    /// No certificate of that identity.
    #[error("no certificate {0:?}")]
    CertificateNotFound(String),
    /// The certificate cannot be read, and logs in nowhere.
    #[error("the certificate {0:?} cannot be read")]
    CertificateUnreadable(String),
    /// A certificate that was to be cleared away, and that somebody may need by now.
    #[error("{0:?} may still be needed")]
    NotSpent(String),
    /// This PC's clock differs from the bank's.
    #[error("{address}: {clocks}")]
    ClockWrong {
        /// The bank's host and port.
        address: String,
        /// Both clocks.
        #[source]
        clocks: Clocks,
    },
    /// The bank's certificate here cannot be used, and why.
    #[error("the certificate of {name:?} cannot be used: {reason:?}")]
    CertificateUnusable {
        /// What people call it.
        name: String,
        /// The weightiest reason.
        reason: Reason,
        /// First moment of validity, in Japan.
        from: String,
        /// Last day.
        until: String,
        /// Today, by this PC's clock.
        today: String,
        /// Whether the bank lets anybody in by ID and password instead.
        ids: bool,
    },
    /// No certificate here fits the bank.
    #[error("no usable certificate")]
    NoUsableCertificate {
        /// Whether the bank lets anybody in by ID and password instead.
        ids: bool,
    },
    /// More than one fits.
    #[error("{} certificates fit", .0.len())]
    SeveralCertificates(Vec<String>),
    /// The bank's certificate is not for the key that asked for it.
    #[error("the certificate belongs to another key")]
    KeyMismatch,
    /// Not a contract number of this bank (S3-10).
    #[error("not a contract number of {digits} digits")]
    ContractNumber {
        /// What the bank calls it.
        name: String,
        /// How many digits it has.
        digits: u32,
    },
    /// No entrance of that name; these there are.
    #[error("no such entrance: {0}")]
    EntranceUnknown(String),
    /// The certificate is for another entrance than the one that was asked for (S3-16).
    #[error("{certificate:?} is for {fitting}")]
    OtherEntrance {
        /// Its name.
        certificate: String,
        /// The one that was asked for.
        entrance: String,
        /// Those that admit it.
        fitting: String,
    },
    /// A person is about to give up their certificate, and nobody else of the company could help them (Q9).
    #[error("nobody else can help")]
    NobodyElse,
    /// Another process gets a certificate for the same person.
    #[error("the acquisition of {0:?} is running")]
    AcquisitionRunning(String),
    /// The person stopped it; what was begun waits in the journal.
    #[error("stopped by the person")]
    Cancelled,
    /// Nothing of that person was interrupted here.
    #[error("no acquisition of {0:?} waits")]
    NoAcquisitionWaiting(String),
    /// Nobody is logged in.
    #[error("no session")]
    NotLoggedIn,
    /// A menu address that the bank's profile does not hold, or that no browser opens.
    #[error("{0:?} cannot be opened")]
    CannotOpen(String),
    /// A link into the app that is none.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A fault in the client itself.
    #[error("a fault in the client")]
    Fault,
    /// The certificate cannot be renewed before that time (M1).
    #[error("not to be renewed before {0}")]
    RenewalTooEarly(String),
    /// Something typed that can never be right, and was not sent.
    #[error("not sent: {0:?}")]
    Malformed(Malformed),
    /// A new password that is the present one; nothing was sent.
    #[error("the new password is the present one: {0:?}")]
    PasswordUnchanged(PasswordKind),
    /// The bank demands new passwords (S1-7), and none were given.
    #[error("new passwords are demanded")]
    PasswordChangeRequired {
        /// Whether a new confirmation password is needed, too.
        confirmation: bool,
    },
    /// A reissue at a bank whose profile has none (S0-9); nothing was sent.
    #[error("this bank reissues nothing")]
    NotReissued,
    /// A field of a user that this bank's administrators do not set (S4-7); nothing was sent.
    #[error("{0:?} is not set by administrators")]
    UserFieldNotAllowed(String),
    /// An alarm that would come before its change period begins (S4-8), both in days; nothing was sent.
    #[error("an alarm of {alarm} days in a period of {change}")]
    AlarmPeriod {
        /// The alarm period.
        alarm: u32,
        /// The change period.
        change: u32,
    },
    /// The person did not answer yes when asked whether to go on.
    #[error("not confirmed")]
    NotConfirmed,
    /// A secret that was needed and not given.
    #[error("no {0} was given")]
    AnswerMissing(&'static str),
    /// A person at a terminal entered nothing for what it asked, in the words of the question.
    #[error("{0} was not entered")]
    NotEntered(String),
    /// Answers or options that the command does not use.
    #[error("not used here: {}", .0.join(", "))]
    AnswerUnused(Vec<String>),
    /// An edit that leaves everything as it is.
    #[error("nothing to change")]
    NothingToChange,
    /// A certificate was given by what several can share, and not by its identity.
    #[error("{given:?} is not the ID of one certificate")]
    CertificateIdNeeded {
        /// What was given.
        given: String,
        /// The certificates that it may mean.
        candidates: Vec<String>,
    },
    /// A command line that cannot be understood.
    #[error("{why}")]
    Usage {
        /// What is wrong, in words.
        why: String,
        /// The command that was meant.
        command: String,
    },
    /// The result could not be printed.
    #[error("the result cannot be written: {0}")]
    OutputUnwritable(io::Error),
}

impl From<Malformed> for Error {
    fn from(what: Malformed) -> Self {
        Self::Malformed(what)
    }
}

/// A file of the client's own data, and what is wrong with it.
#[derive(Debug, Error)]
#[error("{}: {source}", .path.display())]
pub struct DataFile {
    /// Which.
    pub path: PathBuf,
    /// What the system, or the parser, said.
    #[source]
    pub source: io::Error,
}

impl Error {
    /// The problem's code.
    pub fn code(&self) -> Code {
        match self {
            Self::Bank(problem) => problem.code,
            Self::Transport { cause, .. } => cause.code(),
            Self::Proxy { cause, .. } => cause.code(),
            Self::ProxyAddress(_) => Code::ProxyAddressInvalid,
            Self::Store(error) => store_code(error),
            Self::Pkcs12(error) => pkcs12_code(error),
            Self::SeveralKeys(_) => Code::SeveralKeys,
            Self::KeyNumberUnknown { .. } => Code::KeyNumberUnknown,
            Self::SeveralFiles(_) => Code::SeveralFiles,
            Self::Data(_) => Code::DataUnusable,
            Self::File(_, fault) => match fault {
                FileFault::Missing | FileFault::Denied | FileFault::Unreadable(_) => Code::FileUnreadable,
                FileFault::Directory | FileFault::NotRegular => Code::FileNotRegular,
                FileFault::TooLarge { .. } => Code::FileTooLarge,
                FileFault::NotUnicode { .. } => Code::FileNotUnicode,
            },
            Self::OtherFile { kind, .. } => other_file_code(*kind),
            Self::CaDamaged { .. } => Code::CaCertificateDamaged,
            Self::CaFile { .. } | Self::CaUnreadable => Code::CaFileUnsuitable,
            Self::Answers(_, error) => match error.fault {
                AnswersFault::NotJson { .. } => Code::AnswersNotJson,
                AnswersFault::KeyUnknown { .. } => Code::AnswersKeyUnknown,
                AnswersFault::KeyTwice { .. } => Code::AnswersKeyTwice,
                AnswersFault::NotText { .. } => Code::AnswersNotText,
            },
            Self::FileUnwritable(_) => Code::FileUnwritable,
            Self::NoPaper => Code::PaperNotNeeded,
            Self::KeyInHandshake(error) => inkan_store::signing_failure(error).map_or(Code::AppFault, store_code),
            Self::Address(_) => Code::BankAddressInvalid,
            Self::BankNotAdded(_) => Code::BankNotAdded,
            Self::NotABank(_) => Code::NotABank,
            Self::NotASite(_) => Code::NotASite,
            Self::NoProfile { instead, .. } => instead.code(),
            Self::CertificateNotFound(_) => Code::CertificateNotFound,
            Self::ClockWrong { .. } => Code::ClockWrong,
            Self::CertificateUnusable { reason, .. } => match reason {
                Reason::DatesContradict => Code::CertificateDatesContradict,
                Reason::Expired => Code::CertificateExpired,
                Reason::NotYetValid => Code::CertificateNotYetValid,
                Reason::Superseded => Code::CertificateSuperseded,
                Reason::KeyMissing => Code::KeyMissing,
                Reason::KeyUnsupported => Code::KeyKindUnsupported,
                Reason::Revoked
                | Reason::NotOfThisBank
                | Reason::NotOfThisEntrance
                | Reason::NotAcceptedByServer
                | Reason::IntermediateMissing
                | Reason::NoClientAuthentication => Code::NoUsableCertificate,
            },
            Self::CertificateUnreadable(_) => Code::CertificateUnreadable,
            Self::NotSpent(_) => Code::CertificateNotSpent,
            Self::NoUsableCertificate { .. } => Code::NoUsableCertificate,
            Self::SeveralCertificates(_) => Code::SeveralCertificates,
            Self::KeyMismatch => Code::KeyMismatch,
            Self::ContractNumber { .. } => Code::ContractNumberInvalid,
            Self::EntranceUnknown(_) => Code::EntranceUnknown,
            Self::OtherEntrance { .. } => Code::CertificateOfOtherEntrance,
            Self::NobodyElse => Code::NobodyElseCanHelp,
            Self::AcquisitionRunning(_) => Code::AcquisitionRunning,
            Self::Cancelled => Code::AcquisitionCancelled,
            Self::NoAcquisitionWaiting(_) => Code::NoAcquisitionWaiting,
            Self::NotLoggedIn => Code::SessionEnded,
            Self::Link(_) => Code::LinkUnusable,
            Self::CannotOpen(_) | Self::Fault => Code::AppFault,
            Self::RenewalTooEarly(_) => Code::RenewalTooEarly,
            Self::Malformed(what) => what.code(),
            Self::PasswordUnchanged(_) => Code::PasswordRuleBroken,
            Self::NotReissued => Code::NotPermitted,
            Self::PasswordChangeRequired { .. } => Code::PasswordChangeRequired,
            Self::UserFieldNotAllowed(_) => Code::UserFieldNotAllowed,
            Self::AlarmPeriod { .. } => Code::UserFieldInvalid,
            Self::NotConfirmed => Code::NotConfirmed,
            Self::AnswerMissing(_) | Self::NotEntered(_) => Code::AnswerMissing,
            Self::AnswerUnused(_) => Code::AnswerUnused,
            Self::NothingToChange => Code::NothingToChange,
            Self::CertificateIdNeeded { .. } => Code::CertificateIdNeeded,
            Self::Usage { .. } => Code::UsageInvalid,
            Self::OutputUnwritable(_) => Code::OutputUnwritable,
        }
    }

    /// Returns what the words for a failure of the store are filled with, also if the store failed during a handshake.
    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Store(error) => store_facts(error),
            Self::KeyInHandshake(error) => inkan_store::signing_failure(error).map(store_facts).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The problem as the screen shows it. What arose here gets a reference here, and is logged under it.
    pub fn into_problem(self) -> Problem {
        let code = self.code();
        let here = || {
            let problem = Problem::new(code, fresh_reference());
            tracing::warn!(
                code = code.name(),
                reference = problem.reference.0.as_str(),
                cause = Safe::cause(&self).value(),
                "problem"
            );
            problem
        };
        match &self {
            Self::Bank(problem) => {
                tracing::warn!(code = code.name(), reference = problem.reference.0.as_str(), "the bank refused");
                problem.clone()
            }
            Self::Transport { address, cause } => with(here().with("address", address), cause.facts()),
            Self::NoProfile { address, instead } => {
                with(here().with("address", address).with("adding", "yes"), instead.facts())
            }
            Self::Proxy { proxy, cause } => with(here(), cause.facts(proxy)),
            Self::ProxyAddress(proxy) => here().with("proxy", proxy),
            Self::Store(_) | Self::KeyInHandshake(_) => with(here(), self.params()),
            Self::Data(DataFile { path, .. }) | Self::FileUnwritable(path) => {
                here().with("file", path.display().to_string())
            }
            Self::File(path, fault) => {
                let problem = here().with("file", path.display().to_string());
                match fault {
                    FileFault::Missing => problem.with("reason", "missing"),
                    FileFault::Denied => problem.with("reason", "denied"),
                    FileFault::Unreadable(_) => problem.with("reason", "other"),
                    FileFault::Directory => problem.with("kind", "directory"),
                    FileFault::NotRegular => problem.with("kind", "device"),
                    FileFault::TooLarge { limit } => problem.with("limit", limit.to_string()),
                    FileFault::NotUnicode { line } => problem.with("line", line.to_string()),
                }
            }
            Self::OtherFile { name, kind } | Self::CaFile { name, kind } => {
                here().with("file", name).with("kind", kind.name())
            }
            Self::CaDamaged { name, number, of } => {
                here().with("file", name).with("number", number.to_string()).with("of", of.to_string())
            }
            Self::Answers(file, AnswersError { line, fault }) => {
                let problem = here().with("file", file.display().to_string()).with("line", line.to_string());
                match fault {
                    AnswersFault::NotJson { column } => problem.with("column", column.to_string()),
                    AnswersFault::KeyUnknown { key, known } => problem.with("key", key).with("keys", known.join(", ")),
                    AnswersFault::KeyTwice { key } | AnswersFault::NotText { key } => problem.with("key", key),
                }
            }
            Self::Address(fault) => here().with("fault", fault.name()),
            Self::BankNotAdded(bank) | Self::NotABank(bank) | Self::NotASite(bank) => here().with("bank", bank),
            Self::ContractNumber { name, digits } => here().with("name", name).with("digits", digits.to_string()),
            Self::EntranceUnknown(entrances) => here().with("entrances", entrances),
            Self::OtherEntrance { certificate, entrance, fitting } => {
                here().with("name", certificate).with("entrance", entrance).with("fitting", fitting)
            }
            Self::AcquisitionRunning(user) | Self::NoAcquisitionWaiting(user) => here().with("user", user),
            Self::RenewalTooEarly(from) => here().with("from", from),
            Self::ClockWrong { address, clocks } => with(here().with("address", address), clocks.facts()),
            Self::CertificateUnusable { name, reason, from, until, today, ids } => {
                let problem = here().with("name", name).with("from", from).with("until", until).with("today", today);
                let problem = problem.with("judged", "here").with("methods", methods(*ids));
                if *reason == Reason::Revoked { problem.with("reason", "revoked") } else { problem }
            }
            Self::NoUsableCertificate { ids } => here().with("methods", methods(*ids)),
            Self::NotSpent(name) | Self::CertificateUnreadable(name) => here().with("name", name),
            Self::Malformed(what) => {
                what.facts().into_iter().fold(here(), |problem, (name, value)| problem.with(name, value))
            }
            Self::PasswordUnchanged(kind) => {
                let which = if *kind == PasswordKind::Confirmation { "confirmation" } else { "login" };
                here().with("which", which).with("fault", "unchanged")
            }
            Self::UserFieldNotAllowed(field) => here().with("field", field),
            Self::AlarmPeriod { alarm, change } => {
                let problem = here().with("fault", "alarm_period").with("alarm", alarm.to_string());
                problem.with("change", change.to_string())
            }
            Self::NotReissued => here().helped_by(Helper::Revocation),
            Self::PasswordChangeRequired { confirmation } => {
                here().with("how", if *confirmation { "both_answers" } else { "login_answer" })
            }
            Self::AnswerMissing(field) => here().with("field", *field),
            Self::NotEntered(what) => here().with("field", what),
            Self::AnswerUnused(fields) => here().with("fields", fields.join(", ")),
            Self::CertificateIdNeeded { given, candidates } => {
                here().with("given", given).with("candidates", candidates.join(" / "))
            }
            Self::Usage { why, command } => here().with("why", why).with("command", command),
            Self::OutputUnwritable(error) => here().with("cause", error.to_string()),
            Self::SeveralCertificates(names) => here().with("names", names.join(", ")),
            Self::SeveralKeys(keys) => {
                let names: Vec<String> =
                    keys.iter().map(|key| format!("{}: {}", key.number, key.told_apart())).collect();
                here().with("names", names.join("; "))
            }
            Self::Pkcs12(Pkcs12Error::EncryptionUnknown { algorithm }) => here().with("algorithm", algorithm),
            Self::Pkcs12(Pkcs12Error::TooManyIterations { iterations, limit }) => {
                here().with("iterations", iterations.to_string()).with("limit", limit.to_string())
            }
            Self::Pkcs12(Pkcs12Error::NoCertificate { keys }) => here().with("count", keys.to_string()),
            Self::Pkcs12(Pkcs12Error::CertificateUnreadable { fault, dates }) => {
                // Without the text of the dates their sentence would have a gap.
                match dates.as_ref().filter(|_| *fault == CertificateFault::Date) {
                    Some([from, until]) => here().with("fault", "date").with("from", from).with("until", until),
                    None => here().with("fault", "other"),
                }
            }
            Self::KeyNumberUnknown { given, keys } => here().with("given", given).with("count", keys.to_string()),
            Self::SeveralFiles(count) => here().with("count", count.to_string()),
            Self::CaUnreadable => here().with("file", "CA").with("kind", FileKind::Unknown.name()),
            Self::Pkcs12(_)
            | Self::CertificateNotFound(_)
            | Self::NotConfirmed
            | Self::KeyMismatch
            | Self::NobodyElse
            | Self::NoPaper
            | Self::NothingToChange
            | Self::Cancelled
            | Self::NotLoggedIn
            | Self::CannotOpen(_)
            | Self::Link(_)
            | Self::Fault => here(),
        }
    }
}

/// The ways in that a bank has, by which the words for a problem choose what to do next.
fn methods(ids: bool) -> &'static str {
    if ids { "both" } else { "certificate" }
}

/// With those names and numbers.
fn with(problem: Problem, facts: Vec<(&'static str, String)>) -> Problem {
    facts.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

fn store_facts(error: &StoreError) -> Vec<(&'static str, String)> {
    match error {
        StoreError::Unavailable(cause) => store_unavailable::facts(cause),
        StoreError::KeyUnsupported { kind } => {
            vec![("kind", kind.clone()), ("supported", SUPPORTED_KEY_KINDS.to_owned())]
        }
        StoreError::SerialNumberTaken { by } => vec![("id", by.0.chars().take(16).collect())],
        StoreError::DeletionIncomplete { left } => vec![("left", left.clone())],
        StoreError::Refused { source, .. } | StoreError::ImportUnsupported(source) => {
            let known = if source.number().is_some() { "yes" } else { "no" };
            vec![("known", known.to_owned()), ("number", source.number().unwrap_or_default())]
        }
        _ => Vec::new(),
    }
}

fn store_code(error: &StoreError) -> Code {
    match error {
        StoreError::Unavailable(cause) => store_unavailable::code(cause),
        StoreError::Locked => Code::StoreLocked,
        StoreError::WrongPin => Code::StoreWrongPin,
        StoreError::PinLocked => Code::StorePinLocked,
        StoreError::TokenRemoved => Code::TokenRemoved,
        StoreError::WriteProtected => Code::TokenWriteProtected,
        StoreError::Denied => Code::KeyDenied,
        StoreError::Unsupported(_) => Code::StoreUnsupported,
        StoreError::Refused { .. } => Code::StoreRefused,
        StoreError::CertificateNotFound => Code::CertificateNotFound,
        StoreError::KeyMissing => Code::KeyMissing,
        StoreError::KeyUnsupported { .. } => Code::KeyKindUnsupported,
        StoreError::AlreadyInstalled => Code::AlreadyInstalled,
        StoreError::SerialNumberTaken { .. } => Code::SerialNumberTaken,
        StoreError::KeyMismatch => Code::Pkcs12KeyMismatch,
        StoreError::ImportUnsupported(_) => Code::ImportUnsupported,
        StoreError::NotACertificate(_) => Code::BankAnswerUnknown,
        StoreError::DeletionIncomplete { .. } => Code::DeletionIncomplete,
    }
}

fn pkcs12_code(error: &Pkcs12Error) -> Code {
    match error {
        Pkcs12Error::PasswordWrong => Code::Pkcs12PasswordWrong,
        Pkcs12Error::PasswordEncoding => Code::Pkcs12PasswordEncoding,
        Pkcs12Error::NotPkcs12 => Code::Pkcs12Unreadable,
        Pkcs12Error::Unprotected => Code::Pkcs12Unprotected,
        Pkcs12Error::EncryptionUnknown { .. } => Code::Pkcs12EncryptionUnknown,
        Pkcs12Error::TooManyIterations { .. } => Code::Pkcs12TooManyIterations,
        Pkcs12Error::TooLarge => Code::Pkcs12TooLarge,
        Pkcs12Error::NoKey => Code::Pkcs12WithoutKey,
        Pkcs12Error::NoCertificate { .. } => Code::Pkcs12WithoutCertificate,
        Pkcs12Error::CertificateUnreadable { .. } => Code::Pkcs12CertificateUnreadable,
        Pkcs12Error::KeyMismatch => Code::Pkcs12KeyMismatch,
    }
}

fn other_file_code(kind: FileKind) -> Code {
    match kind {
        FileKind::Empty => Code::FileEmpty,
        FileKind::Zeros => Code::FileZeros,
        FileKind::Certificate => Code::FileCertificateOnly,
        FileKind::CertificateCollection => Code::FileCertificateCollection,
        FileKind::PrivateKey => Code::FileKeyOnly,
        FileKind::KeyAndCertificate => Code::FileKeyAndCertificate,
        FileKind::PublicKey | FileKind::SshKey | FileKind::OpenPgp => Code::FileOtherKey,
        FileKind::CertificationRequest => Code::FileCertificationRequest,
        FileKind::RevocationList => Code::FileRevocationList,
        FileKind::JavaKeyStore => Code::FileJavaKeyStore,
        FileKind::KeyDatabase => Code::FileKeyDatabase,
        FileKind::Archive => Code::FileArchive,
        FileKind::WebPage => Code::FileWebPage,
        FileKind::Document => Code::FileDocument,
        FileKind::Mail => Code::FileMail,
        FileKind::Shortcut => Code::FileShortcut,
        FileKind::Pkcs12 | FileKind::Unknown => Code::Pkcs12Unreadable,
    }
}

fn fresh_reference() -> Reference {
    use ring::rand::{SecureRandom, SystemRandom};
    let mut bytes = [0; 5];
    // A reference only helps to find a log line: zeros are better than no problem shown at all.
    if SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("the system gives no random numbers");
    }
    Reference::from_bytes(bytes)
}
