//! Hardware tokens: what they show, when that counts, and who may go on with which (S1-12, S2, M4, Q2 … Q5).
//!
//! A one-time password counts once in the life of its token, whoever submits it and for whatever (Q5): each is judged
//! and noted inside one write transaction, of which there is only one at a time in the whole bank.

pub(crate) mod counter;
pub(crate) mod verdict;

mod activation;
mod proof;
