//! Whatever comes from outside, Inkan answers and does not panic: 10,000 mutated certificates, files, handshakes,
//! documents, and answers.
//!
//! Each mutation is drawn from a fixed seed, so that a failure comes again.

mod answers;
mod certificates;
mod documents;
mod files;
mod handshakes;
mod mutating_proxy;
mod mutation;
mod panics;
mod pc;
