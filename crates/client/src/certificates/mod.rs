//! The certificates on this PC: the list with the possible uses of each, details, import, clean-up and deletion.

pub(crate) mod cleanup;
pub(crate) mod deleted_here;
pub(crate) mod deletion;
pub(crate) mod details;
pub(crate) mod export;
pub(crate) mod given_up;
pub(crate) mod import;
pub(crate) mod import_file;
pub(crate) mod import_key;
pub(crate) mod importable_key;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod listing;
pub(crate) mod opened_file;
pub(crate) mod past_deletions;
pub(crate) mod reason;
pub(crate) mod reminders;
pub(crate) mod row;
pub(crate) mod status;
pub(crate) mod supersession;
pub(crate) mod typed_id;
pub(crate) mod unreadable;

#[cfg(test)]
pub(crate) mod tests {
    mod cleanup;
    pub(crate) mod test_client;
}
