//! A real bank on free ports, walked through over TLS.

mod certificate_login;
mod enrolment;
mod handshake;
mod house;
mod login;
mod passwords;
mod problems;
mod program;
mod restart;
mod revocation;
mod top;
