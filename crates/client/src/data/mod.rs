//! The client's own data on this PC.

pub(crate) mod certificate_history;
pub(crate) mod data_dir;
pub(crate) mod data_file_error;
pub(crate) mod lazy_store;
pub(crate) mod remembered;
pub(crate) mod settings;
pub(crate) mod store_choice;
