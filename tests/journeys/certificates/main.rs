//! What certificates say of themselves, in all the ways that programs write it: names, chains, kinds of key, dates.

mod chains;
mod dates;
mod files;
mod key_kinds;
mod names;
mod namesakes;
mod unreadable;
