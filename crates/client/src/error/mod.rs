mod code;
mod problem;
mod store_unavailable;

use std::io;
use std::path::PathBuf;

use inkan_profile::PasswordKind;
use inkan_protocol::{AnswersError, FileFault, Malformed, Problem};
use inkan_store::{FileKind, Pkcs12Error, StoreError};
use thiserror::Error;

use crate::certificates::deleted_here::DeletedHere;
use crate::certificates::importable_key::ImportableKey;
use crate::certificates::reason::Reason;
use crate::data::data_file_error::DataFile;
use crate::net::address::AddressFault;
use crate::net::clocks::Clocks;
use crate::net::proxy::ProxyFailure;
use crate::net::transport_error::Transport;
use crate::services::link_error::LinkError;

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
    /// What is set as the proxy is not an address that Inkan can use.
    #[error("{0:?} is not a proxy address")]
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
    /// No paper helps here: no change of PC that leads to the branch was begun.
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
    /// A bank, if a site was wanted.
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
    #[error("certificate {0:?} not found")]
    CertificateNotFound(String),
    /// The certificate cannot be read, and logs in nowhere.
    #[error("the certificate {0:?} cannot be read")]
    CertificateUnreadable(String),
    /// A certificate that was to be cleared away, and that may be needed by now.
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
        /// Whether the bank has just confirmed this PC's clock.
        clock_confirmed: bool,
        /// Whether the bank lets anybody in by ID and password instead.
        ids: bool,
    },
    /// No certificate here fits the bank.
    #[error("no usable certificate")]
    NoUsableCertificate {
        /// Whether the bank lets anybody in by ID and password instead.
        ids: bool,
    },
    /// A certificate that was deleted here, and that its bank may still count as the only one of its holder.
    #[error("the certificate of {:?} was deleted here", .0.user)]
    CertificateDeleted(Box<DeletedHere>),
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
    /// A login by ID and password at an entrance that has none.
    #[error("no login by ID and password there")]
    NoIdLogin {
        /// The bank's entrances that have it; empty if there are none.
        others: String,
    },
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
    /// A person is about to give up their certificate, and no other person of the company could help them (Q9).
    #[error("no other person can help")]
    NobodyElse,
    /// Another process gets a certificate for the same person.
    #[error("the acquisition of {0:?} is running")]
    AcquisitionRunning(String),
    /// The person stopped it; what was begun waits in the journal.
    #[error("stopped by the person")]
    Cancelled,
    /// Nothing of that person was interrupted here.
    #[error("no interrupted acquisition of {0:?}")]
    NoAcquisitionWaiting(String),
    /// The bank was asked for a session, and its answer did not come: a session may be open.
    #[error(transparent)]
    LoginUnanswered(Box<Error>),
    /// No session is open.
    #[error("no session")]
    NotLoggedIn,
    /// A menu address that the bank's profile does not hold, or that no browser opens.
    #[error("{0:?} cannot be opened")]
    CannotOpen(String),
    /// A text that is not a link into the app.
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
    #[error("this bank does not reissue certificates")]
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
    #[error("{0} was not given")]
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

impl From<DeletedHere> for Error {
    fn from(deleted: DeletedHere) -> Self {
        Self::CertificateDeleted(Box::new(deleted))
    }
}
