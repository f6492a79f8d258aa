//! The two TLS listeners, of which one requires the client's certificate, and the plain listener.

pub(crate) mod admission;
pub(crate) mod limits;
pub(crate) mod listener;
pub(crate) mod log_rate;
pub(crate) mod peer;
pub(crate) mod proxy_protocol;
pub(crate) mod stopping;
pub(crate) mod tls_config;

mod activity;
mod awaited_body;
mod client_certificate;
mod descriptors;
mod http_connection;
