//! The two TLS listeners, of which one requires the client's certificate, and the plain listener.

pub(crate) mod peer;
pub(crate) mod plain_listener;
pub(crate) mod tls_config;
pub(crate) mod tls_listener;

mod client_certificate;
mod connection;
