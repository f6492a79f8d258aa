use std::net::{IpAddr, Ipv6Addr};

tokio::task_local! {
    static ADDRESS: IpAddr;
}

/// Runs `request`, whose records have the address from which the request came.
pub(crate) async fn from_address<T>(address: Option<IpAddr>, request: impl Future<Output = T>) -> T {
    match address {
        Some(address) => ADDRESS.scope(address, request).await,
        None => request.await,
    }
}

/// Returns the address from which the present request came; `None` outside a request, such as at the branch.
pub(crate) fn source_address() -> Option<IpAddr> {
    ADDRESS.try_with(|address| *address).ok()
}

/// Returns the address that stands for one subscriber: an IPv4 address, or the first 64 bits of an IPv6 address.
/// Every limit of an address counts for a subscriber, who has all addresses below those 64 bits.
pub(crate) fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_64_bits_of_ipv6_are_one_subscriber() {
        let subscriber = |text: &str| subscriber(text.parse().unwrap()).to_string();
        assert_eq!(subscriber("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(subscriber("2001:db8:1:3::6"), "2001:db8:1:3::");
        assert_eq!(subscriber("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(subscriber("192.0.2.7"), "192.0.2.7");
    }
}
