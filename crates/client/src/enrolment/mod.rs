//! How a person gets a certificate: the acquisition, the renewal, and the journal by which both go on.

pub(crate) mod acquisition;
pub(crate) mod already_issued;
pub(crate) mod cancel;
pub(crate) mod journal;
pub(crate) mod renewal;
pub(crate) mod request;
pub(crate) mod step;
