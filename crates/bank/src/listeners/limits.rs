use ipnet::IpNet;

/// The limits of the bank's connections, for all listeners together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// The most open connections. A lower limit of the system for open files (`RLIMIT_NOFILE`) lowers this one.
    pub connections: usize,
    /// The most open connections of one address. For IPv6, the first 64 bits are the address (RFC 6177 §2): one
    /// subscriber has all addresses below them.
    pub per_address: usize,
    /// The load balancers whose connections begin with a header of the PROXY protocol, which gives the client's address.
    /// A connection from another address has no such header.
    pub balancers: Vec<IpNet>,
}

impl Default for ConnectionLimits {
    /// Returns limits for an office of some hundred people behind one address.
    fn default() -> Self {
        Self { connections: 4096, per_address: 256, balancers: Vec::new() }
    }
}
