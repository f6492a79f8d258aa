//! Connections to servers, through a proxy and with a client certificate, and the causes of their failures.

pub(crate) mod address;
pub(crate) mod cause;
pub(crate) mod client_identity;
pub(crate) mod clocks;
pub(crate) mod exchange;
pub(crate) mod http_client;
pub(crate) mod patience;
pub(crate) mod proxied_client;
pub(crate) mod proxy;
pub(crate) mod tls_error;
pub(crate) mod transport_error;
pub(crate) mod trust;

#[cfg(test)]
mod tests {
    mod slow_answers;
    mod slow_peer;
}
