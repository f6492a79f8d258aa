//! The banks and sites that have been added, and the data that they publish.

pub(crate) mod add_bank;
pub(crate) mod bank;
pub(crate) mod browser_page;
pub(crate) mod ca_file;
pub(crate) mod clock_check;
pub(crate) mod deep_link;
pub(crate) mod holder;
pub(crate) mod issuer;
pub(crate) mod link_error;
pub(crate) mod login_host;
pub(crate) mod portal;
pub(crate) mod published;
pub(crate) mod site;
