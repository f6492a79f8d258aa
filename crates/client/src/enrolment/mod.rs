//! The issue of a certificate: the acquisition, the renewal, and the journal by which an interrupted one continues.

pub(crate) mod acquisition;
pub(crate) mod already_issued;
pub(crate) mod cancel;
pub(crate) mod issued;
pub(crate) mod issued_refusal;
pub(crate) mod journal;
pub(crate) mod renewal;
pub(crate) mod request;
pub(crate) mod step;
