use std::net::IpAddr;

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
