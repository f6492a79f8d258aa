//! A bank as data.
//!
//! A [`Profile`] says how one corporate banking service works: who its people are, how they log in, what their
//! passwords must look like, what a certificate is called, what the menu holds. The reference bank runs on a profile and
//! publishes it; the client reads what the bank published. Nothing else in the project knows a bank by name.
//!
//! Pure: no I/O, no clock. A profile is parsed once by [`Profile::from_toml`] and cannot be inconsistent afterwards.

mod certificate;
mod demo;
mod entrance;
mod format;
mod menu;
mod password;
mod role;
mod text;
mod token;

pub use certificate::CertificateRules;
pub use demo::{Demo, DemoNotice, DemoTransaction, DemoUser};
pub use entrance::{Entrance, EntranceId, LoginMethod};
pub use format::{Inconsistency, Profile, ProfileError};
pub use menu::{MenuItem, MenuTarget};
pub use password::{PasswordContext, PasswordFault, PasswordRule, PasswordRules};
pub use role::{Act, Role, RoleClass, RoleId};
pub use text::LocalText;
pub use token::{TokenDigest, TokenRules, TokenState};
