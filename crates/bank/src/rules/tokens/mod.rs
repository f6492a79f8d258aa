//! Hardware tokens: which one-time passwords are accepted, and who may activate which token (S1-12, S2, M4, Q2 … Q5).
//!
//! Each token accepts a one-time password only once, for any user and any action (Q5). Each one-time password is checked
//! and recorded inside one write transaction, and the bank runs one write transaction at a time.

pub(crate) mod counter;
pub(crate) mod verdict;

mod activation;
mod proof;

pub(crate) use proof::ProvenOtp;
