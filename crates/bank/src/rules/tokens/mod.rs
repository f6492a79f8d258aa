//! Hardware tokens: which one-time passwords are accepted, and who may activate which token (S1-12, S2, M4, Q2 … Q5).
//!
//! A one-time password is accepted once in the life of its token, for any user and any act (Q5). Each is checked and
//! recorded inside one write transaction, and the bank runs one write transaction at a time.

pub(crate) mod counter;
pub(crate) mod verdict;

mod activation;
mod proof;
