//! Defines the interface between client and bank.
//!
//! This crate contains the types of the HTTP interface, the codes of all problems, and the texts for the problems in
//! Japanese and English. The paths are in [`path`]. The logic of client and bank is in other crates.

mod administration;
mod answers;
pub mod certs_only;
mod clock;
mod code;
mod core_file;
mod date_text;
#[cfg(feature = "openapi")]
mod endpoints;
mod enrolment;
mod health;
mod language;
mod malformed;
mod named_file;
mod named_text;
#[cfg(feature = "openapi")]
mod openapi;
mod password_text;
pub mod path;
mod printable;
mod problem;
mod secret;
mod session;
mod text_parameter;
mod token;
mod top;
mod typed;
mod typed_characters;
mod user;
mod words;

pub use administration::{CompanyRecord, Freeze, Unlock, UserEdit, UserSettings};
pub use answers::{Answers, AnswersError, AnswersFault, parse_answers};
pub use clock::{Clock, SystemClock};
pub use code::{Code, Who};
pub use core_file::keep_no_core_file;
pub use date_text::{day_text, minute_text};
#[cfg(feature = "openapi")]
pub use endpoints::{ENDPOINTS, Endpoint, Listener, Method};
pub use enrolment::{BankDocument, EnrolmentCode, EnrolmentCodeRequest};
pub use health::Health;
pub use language::Language;
pub use malformed::Malformed;
pub use named_file::{FileFault, open_named_file, read_beginning, read_named_file, write_named_file};
pub use named_text::{read_named_text, read_text};
#[cfg(feature = "openapi")]
pub use openapi::openapi;
pub use password_text::new_password;
pub use printable::{PrintableWriter, is_name, json_text, printable, printable_within, write_json};
pub use problem::{CALLED, MEDIA_TYPE, Problem, ProblemDocument, Reference, SystemCode};
pub use secret::Secret;
pub use session::{
    ChosenPasswords, Connection, LogIn, LogInWithCertificate, NextStep, PasswordChange, PasswordsChanged,
    SessionGranted, SessionLine,
};
pub use token::{
    OwnToken, TokenActivation, TokenLine, TokenResync, TokenRevocation, TokenStep, TokenUnlock, TokensRevoked,
};
pub use top::{Login, Notice, NoticeLine, Operation, OperationKind, Top, Transaction};
pub use typed::{Typed, digits, login_id, possible_login_id};
pub use user::{
    CertificateAction, CertificateChange, CertificateRecord, CertificateState, IssueRecord, Person, TokenRecord,
    UserRecord,
};
pub use words::{Catalogue, problem_words};
