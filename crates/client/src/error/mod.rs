mod code;
mod problem;
mod store_unavailable;

use std::io;
use std::path::PathBuf;

use inkan_profile::{Helper, PasswordKind};
use inkan_protocol::{AnswersError, FileFault, Malformed, Problem};
use inkan_store::{FileKind, Pkcs12Error, StoreError};
use thiserror::Error;

use crate::certificates::deleted_here::DeletedHere;
use crate::certificates::importable_key::ImportableKey;
use crate::certificates::reason::Reason;
use crate::data::data_file_error::DataFile;
use crate::enrolment::issued_refusal::IssuedRefusal;
use crate::net::address::AddressFault;
use crate::net::clocks::Clocks;
use crate::net::proxy::ProxyFailure;
use crate::net::transport_error::Transport;
use crate::services::link_error::LinkError;

/// The causes for which a journey fails.
#[derive(Debug, Error)]
pub enum Error {
    /// The bank refused the request.
    #[error("the bank answered {}", .0.code.name())]
    Bank(Problem),
    /// The bank's server was not reached, or gave no answer of a bank.
    #[error("{address}: {cause}")]
    Transport {
        /// The host and port of the server.
        address: String,
        /// The cause of the failure.
        #[source]
        cause: Transport,
    },
    /// The proxy did not open a tunnel to the server.
    #[error("{proxy}: {cause}")]
    Proxy {
        /// The proxy's host and port.
        proxy: String,
        /// The cause of the failure.
        #[source]
        cause: ProxyFailure,
    },
    /// The proxy that is set is not an address that Inkan can use.
    #[error("{0:?} is not a proxy address")]
    ProxyAddress(String),
    /// The certificate store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A PKCS#12 file cannot be imported.
    #[error(transparent)]
    Pkcs12(#[from] Pkcs12Error),
    /// The file has more than one key, and none was chosen.
    #[error("the file has {} keys, and none was chosen", .0.len())]
    SeveralKeys(Vec<ImportableKey>),
    /// The file has no key with that number, or for that certificate.
    #[error("{given:?} names none of the {keys} keys in the file")]
    KeyNumberUnknown {
        /// The number or the certificate that was given.
        given: String,
        /// The number of keys in the file.
        keys: usize,
    },
    /// More files were given to import than can wait at once.
    #[error("{0} files were given, and at most {max} can be imported at once", max = crate::MOST_IMPORT_FILES)]
    SeveralFiles(usize),
    /// A file of the client's own data cannot be used.
    #[error(transparent)]
    Data(#[from] DataFile),
    /// A file that the user named cannot be read.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, #[source] FileFault),
    /// The file to import is not a PKCS#12 file.
    #[error("{name:?} is not PKCS#12, but of the kind {}", .kind.name())]
    OtherFile {
        /// The file's name, without its directory.
        name: String,
        /// The kind of the file.
        kind: FileKind,
    },
    /// The file that was given as a CA's certificate is of another kind, or is damaged.
    #[error("{name:?} holds no CA certificate, but is of the kind {}", .kind.name())]
    CaFile {
        /// The user's name for the file.
        name: String,
        /// The kind of the file.
        kind: FileKind,
    },
    /// One of several certificates in a file of CAs is damaged.
    #[error("certificate {number} of {of} in {name:?} is damaged")]
    CaDamaged {
        /// The user's name for the file.
        name: String,
        /// The number of the damaged certificate, from 1.
        number: usize,
        /// The number of certificates in the file.
        of: usize,
    },
    /// The file of answers to questions is not valid.
    #[error("{}, {}", .0.display(), .1)]
    Answers(PathBuf, #[source] AnswersError),
    /// A file cannot be written.
    #[error("{} cannot be written", .0.display())]
    FileUnwritable(PathBuf),
    /// No paper form is needed, since no change of PC that leads to the branch was begun.
    #[error("no paper form is needed")]
    NoPaper,
    /// The text that was given as the bank's CA holds no certificate.
    #[error("the text holds no CA certificate")]
    CaUnreadable,
    /// The key in the store did not sign during the handshake.
    #[error(transparent)]
    KeyInHandshake(rustls::Error),
    /// The typed text is not an https address. The text is not repeated, since it may be a password.
    #[error("not an https address: {0}")]
    Address(AddressFault),
    /// No bank has that name.
    #[error("no bank is called {0:?}")]
    BankNotAdded(String),
    /// The name is that of a site, which has no users and no logins on this PC.
    #[error("{0:?} is a site without a profile")]
    NotABank(String),
    /// The name is that of a bank, and a site is needed.
    #[error("{0:?} is a bank")]
    NotASite(String),
    /// A server that was to be added as a bank answers, and publishes no profile. It may be added as a site.
    #[error("{address} publishes no profile: {instead}")]
    NoProfile {
        /// The host and port of the server.
        address: String,
        /// The server's answer in place of a profile.
        #[source]
        instead: Transport,
    },
    /// A bank's document names another host than the bank's for the certificate login, to which no user has agreed.
    #[error("{address} leads a login to {host}")]
    LoginElsewhere {
        /// The bank's host and port.
        address: String,
        /// The other host.
        host: String,
    },
    /// No certificate has that ID.
    #[error("certificate {0:?} not found")]
    CertificateNotFound(String),
    /// The certificate cannot be read, so it cannot be used for any login.
    #[error("the certificate {0:?} cannot be read")]
    CertificateUnreadable(String),
    /// A certificate that was to be deleted by a clean-up may still be needed.
    #[error("the certificate {0:?} may still be needed")]
    NotSpent(String),
    /// This PC's clock differs from the bank's.
    #[error("{address}: {clocks}")]
    ClockWrong {
        /// The bank's host and port.
        address: String,
        /// The times by both clocks.
        #[source]
        clocks: Clocks,
    },
    /// The bank's certificate in the store cannot be used.
    #[error("the certificate of {name:?} cannot be used: {reason:?}")]
    CertificateUnusable {
        /// The certificate's name.
        name: String,
        /// The most important reason.
        reason: Reason,
        /// The first moment of validity, in Japan.
        from: String,
        /// The last day of validity, in Japan.
        until: String,
        /// Today, by this PC's clock.
        today: String,
        /// Whether the bank has just confirmed this PC's clock.
        clock_confirmed: bool,
        /// Whether the bank also offers a login by ID and password.
        ids: bool,
        /// Who has the next certificate issued, if the holder cannot acquire it alone (S3-1).
        reissued_by: Option<Helper>,
    },
    /// No certificate in the store fits the bank.
    #[error("no usable certificate")]
    NoUsableCertificate {
        /// Whether the bank also offers a login by ID and password.
        ids: bool,
    },
    /// A certificate was deleted on this PC, and the bank may still count it as the holder's only certificate.
    #[error("the certificate of {:?} was deleted on this PC", .0.user)]
    CertificateDeleted(Box<DeletedHere>),
    /// More than one certificate fits.
    #[error("{} certificates fit", .0.len())]
    SeveralCertificates(Vec<String>),
    /// The bank's certificate is not for the key of the request.
    #[error("the certificate belongs to another key")]
    KeyMismatch,
    /// The certificate that the bank issued is refused, and is not in the store.
    #[error("the issued certificate of {:?} is refused: {:?}", .0.name, .0.fault)]
    IssuedCertificate(Box<IssuedRefusal>),
    /// The text is not a contract number of this bank (S3-10).
    #[error("not a contract number of {digits} digits")]
    ContractNumber {
        /// The bank's name for the contract number.
        name: String,
        /// The number of digits.
        digits: u32,
    },
    /// No entrance has that name. The text lists the bank's entrances.
    #[error("no such entrance, the bank has: {0}")]
    EntranceUnknown(String),
    /// The entrance or the bank does not offer a login by ID and password.
    #[error("no login by ID and password is offered")]
    NoIdLogin {
        /// The bank's entrances that offer such a login; empty if there are none.
        others: String,
    },
    /// The certificate is for another entrance than the requested one (S3-16).
    #[error("{certificate:?} is for {fitting}")]
    OtherEntrance {
        /// The certificate's name.
        certificate: String,
        /// The requested entrance.
        entrance: String,
        /// The entrances that admit the certificate.
        fitting: String,
    },
    /// The user is about to give up their certificate, and no other user of the company could then help them (Q9).
    #[error("no other user can help")]
    NobodyElse,
    /// The steps to a new PC are for another role than that of the user who is logged in (S0-4).
    #[error("the steps are not for the role of {0:?}")]
    GuideOfOtherRole(String),
    /// Another process acquires a certificate for the same user.
    #[error("the acquisition of {0:?} is running")]
    AcquisitionRunning(String),
    /// The user stopped the journey. Its interrupted acquisition stays in the journal.
    #[error("stopped by the user")]
    Cancelled,
    /// No acquisition of that user was interrupted on this PC.
    #[error("no interrupted acquisition of {0:?}")]
    NoAcquisitionWaiting(String),
    /// The bank was asked for a session and did not answer, so a session may be open.
    #[error(transparent)]
    LoginUnanswered(Box<Error>),
    /// No session is open.
    #[error("no session")]
    NotLoggedIn,
    /// The address is not a page in a bank's profile, or no browser opens it.
    #[error("{0:?} cannot be opened")]
    CannotOpen(String),
    /// The text is not a link into the app.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The client itself has a fault.
    #[error("a fault in the client")]
    Fault,
    /// The certificate cannot be renewed before that time (M1).
    #[error("the certificate cannot be renewed before {0}")]
    RenewalTooEarly(String),
    /// A typed value can never be right. Nothing was sent.
    #[error("not sent, since the value can never be right: {0:?}")]
    Malformed(Malformed),
    /// A new password equals the present one. Nothing was sent.
    #[error("the new password is the present one: {0:?}")]
    PasswordUnchanged(PasswordKind),
    /// The bank demands new passwords (S1-7), and none was given.
    #[error("new passwords are demanded")]
    PasswordChangeRequired {
        /// Whether a new confirmation password is needed, too.
        confirmation: bool,
    },
    /// The bank's profile has no reissue (S0-9). Nothing was sent.
    #[error("this bank does not reissue certificates")]
    NotReissued,
    /// The bank's administrators do not set that field of a user (S4-7). Nothing was sent.
    #[error("{0:?} is not set by administrators")]
    UserFieldNotAllowed(String),
    /// The alarm would come before its change period begins (S4-8). Both periods are in days. Nothing was sent.
    #[error("the alarm period of {alarm} days is longer than the change period of {change} days")]
    AlarmPeriod {
        /// The alarm period, in days.
        alarm: u32,
        /// The change period, in days.
        change: u32,
    },
    /// The user did not answer yes when asked whether to continue.
    #[error("not confirmed")]
    NotConfirmed,
    /// A secret is needed, and was not given.
    #[error("{0} was not given")]
    AnswerMissing(&'static str),
    /// The user entered nothing at the terminal. The text is that of the question.
    #[error("{0} was not entered")]
    NotEntered(String),
    /// The command does not use these answers or options.
    #[error("not used by this command: {}", .0.join(", "))]
    AnswerUnused(Vec<String>),
    /// The edit changes nothing.
    #[error("nothing to change")]
    NothingToChange,
    /// The given text is not the ID of a certificate, and several certificates may match it.
    #[error("{given:?} is not the ID of one certificate")]
    CertificateIdNeeded {
        /// The given text.
        given: String,
        /// The certificates that may match.
        candidates: Vec<String>,
    },
    /// The command line cannot be understood.
    #[error("{why}")]
    Usage {
        /// The fault of the command line, in words.
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
