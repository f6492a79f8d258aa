//! Inkan answers to all input from outside, and does not panic: 10,000 mutated certificates, files, handshakes,
//! documents, and answers.
//!
//! The mutations come from a fixed seed, so a failure can be repeated.

mod answers;
mod certificates;
mod documents;
mod files;
mod handshakes;
mod mutating_proxy;
mod mutation;
mod panics;
mod pc;
