use std::num::NonZeroUsize;

use clap::Args;
use inkan_bank::ConnectionLimits;
use ipnet::IpNet;

/// The options of the connections of all listeners.
#[derive(Args)]
pub(crate) struct LimitOptions {
    /// The most open connections. If all places are taken, the connection that waited longest for a request is closed.
    #[arg(long, value_name = "N", default_value = "4096")]
    connections: NonZeroUsize,
    /// The most open connections of one address (IPv6: of one /64 network).
    #[arg(long, value_name = "N", default_value = "256")]
    connections_per_address: NonZeroUsize,
    /// The load balancers whose connections begin with a header of the PROXY protocol, such as 10.0.0.0/8. The header
    /// gives the client's address. May be given more than once.
    #[arg(long, value_name = "NETWORK")]
    balancer: Vec<IpNet>,
}

impl LimitOptions {
    /// Returns the limits of these options.
    pub(crate) fn limits(self) -> ConnectionLimits {
        ConnectionLimits {
            connections: self.connections.get(),
            per_address: self.connections_per_address.get(),
            balancers: self.balancer,
        }
    }
}
