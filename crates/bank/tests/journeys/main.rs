//! A real bank on free ports, walked through over TLS.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod audit;
mod certificate_login;
mod cluster;
mod cooldown;
mod crl;
mod enrolment;
mod fourth_bank;
mod handshake;
mod house;
mod instances;
mod keep_alive;
mod keiyaku;
mod login;
mod ocsp;
mod openapi;
mod outage;
mod passwords;
mod permissions;
mod problems;
mod program;
mod reenrolment;
mod restart;
mod revocation;
mod shared_keys;
mod shinkin;
mod token_activation;
mod token_drift;
mod token_lock;
mod token_log;
mod token_replay;
mod token_revocation;
mod token_wait;
mod tokens_in_hand;
mod top;
mod watch;
