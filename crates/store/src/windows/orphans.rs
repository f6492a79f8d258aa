use super::container::{Container, PLATFORM, SOFTWARE, holds, is_ours};
use super::generation::platform;
use super::handle::Handle;
use super::status::Result;
use super::{capi, cng};
use crate::KeyName;
use crate::public_key::PublicKey;

/// Returns every key that this program made or imported, whether a certificate uses it or not. Such a key is recognised
/// by the name of its container. Keys that cannot be opened are left out.
pub(super) fn our_keys() -> Result<Vec<(Container, PublicKey)>> {
    Ok(our_containers()?.into_iter().filter_map(with_key).collect())
}

/// Returns the containers of the key of that name, with or without a key in them.
pub(super) fn named_containers(name: &KeyName) -> Result<Vec<Container>> {
    let mut named = our_containers()?;
    named.retain(|container| holds(&container.name, name));
    Ok(named)
}

/// Returns the container with its key, if the key can be opened.
pub(super) fn with_key(container: Container) -> Option<(Container, PublicKey)> {
    match Handle::open(&container, true).and_then(|handle| handle.public_key()) {
        Ok(public_key) => Some((container, public_key)),
        Err(status) => {
            tracing::warn!(
                status = status.number(),
                container = container.name,
                "a key of this program cannot be read"
            );
            None
        }
    }
}

fn our_containers() -> Result<Vec<Container>> {
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
    Ok(containers)
}
