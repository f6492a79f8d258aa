//! The contents of certificates, in all the forms that programs write: names, chains, kinds of key, dates.

mod chains;
mod dates;
mod files;
mod key_kinds;
mod names;
mod namesakes;
mod revocation;
mod unreadable;
