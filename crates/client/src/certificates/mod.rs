//! The certificates on this PC: the list with what each can be used for, details, import, clean-up and deletion.

pub(crate) mod cleanup;
pub(crate) mod deleted_here;
pub(crate) mod deletion;
pub(crate) mod details;
pub(crate) mod given_up;
pub(crate) mod import;
pub(crate) mod import_file;
pub(crate) mod list;
pub(crate) mod reminders;
pub(crate) mod supersession;
pub(crate) mod typed_id;
pub(crate) mod unreadable;
