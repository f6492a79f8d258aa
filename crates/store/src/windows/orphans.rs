use super::container::{Container, PLATFORM, SOFTWARE, is_ours};
use super::generation::platform;
use super::handle::Handle;
use super::status::Result;
use super::{capi, cng};
use crate::public_key::PublicKey;

/// Every key that we made or imported, whether a certificate uses it or not, told by the name of its container. Keys
/// that cannot be opened are left out.
pub(super) fn our_keys() -> Result<Vec<(Container, PublicKey)>> {
    let mut containers = Vec::new();
    let providers = [(PLATFORM, platform()), (SOFTWARE, cng::Provider::open(SOFTWARE).ok())];
    for (provider, open) in providers.iter().filter_map(|(name, open)| Some((name, open.as_ref()?))) {
        match open.names() {
            Ok(names) => containers.extend(names.into_iter().map(|name| Container::cng(name, provider))),
            Err(status) if status.is_unsupported() => {}
            Err(status) => return Err(status),
        }
    }
    containers.extend(capi::names()?.into_iter().map(Container::capi));
    containers.retain(|container| is_ours(&container.name));
    let keys = containers.into_iter().filter_map(|container| {
        let read = Handle::open(&container, true).and_then(|handle| handle.public_key());
        match read {
            Ok(public_key) => Some((container, public_key)),
            Err(status) => {
                tracing::warn!(%status, container = container.name, "a key of ours cannot be read");
                None
            }
        }
    });
    Ok(keys.collect())
}
