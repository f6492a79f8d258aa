//! Describes a bank as data.
//!
//! A [`Profile`] describes how one corporate banking service works: its users, how they log in, the rules of their
//! passwords, the names of certificates, the menu. The reference bank runs on a profile and publishes it. The client
//! reads what the bank published. No other part of the project knows a bank by name.
//!
//! This crate is pure: it has no I/O and no clock. A profile is checked once, by [`Profile::from_toml`] or
//! [`Profile::check`].

mod certificate;
mod certificate_name;
mod change_pc;
mod contract;
mod day;
mod demo;
mod entrance;
mod format;
mod helper;
mod inconsistency;
mod locate;
mod menu;
mod moment;
mod opaque_string;
mod password;
mod role;
#[cfg(feature = "schema")]
mod schema;
mod text;
mod token;
mod token_wait;
mod user_field;
mod words;

pub use certificate::CertificateRules;
pub use certificate_name::{CertificateName, NameParts};
pub use change_pc::{Actor, ChangePc, Location, MigrationPlan, Step, StepKind};
pub use contract::{Branch, ContractNumber, TelephoneCentre};
pub use day::{Day, DayError};
pub use demo::{Demo, DemoCompany, DemoNotice, DemoTransaction, DemoUser};
pub use entrance::{Entrance, EntranceId, LoginMethod};
pub use format::{Profile, ProfileError};
pub use helper::Helper;
pub use inconsistency::Inconsistency;
pub use menu::{MenuEntry, MenuItem, MenuTarget};
pub use moment::{Moment, TOKYO};
pub use password::{PasswordCharacters, PasswordContext, PasswordFault, PasswordKind, PasswordRule, PasswordRules};
pub use role::{LastResort, Permission, Role, RoleClass, RoleId};
pub use text::LocalText;
pub use token::{TokenDigest, TokenRules, TokenState};
pub use token_wait::{TimeOfDay, TimeOfDayError, TokenWait};
pub use user_field::UserField;
pub use words::OwnWords;
