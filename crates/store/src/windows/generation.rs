use super::container::{Container, PLATFORM, SOFTWARE, container_name};
use super::handle::Handle;
use super::status::{Result, Status};
use super::{blob, capi, cng};
use crate::key_material::KeyMaterial;
use crate::{KeyAlgorithm, KeyName};

/// Returns the platform provider, if it has a TPM.
pub(super) fn platform() -> Option<cng::Provider> {
    cng::Provider::open(PLATFORM).ok().filter(cng::Provider::has_tpm)
}

/// Makes a key that cannot be exported: in the TPM if it can make such a key, otherwise in CNG's files, otherwise (RSA
/// only) in those of CryptoAPI. Leaves nothing if it fails.
pub(super) fn generate(algorithm: KeyAlgorithm, name: &KeyName, label: &str) -> Result<Container> {
    let name = container_name(label, name);
    if let Some(provider) = platform() {
        let container = Container::cng(name.clone(), PLATFORM);
        match provider.generate(algorithm, &name).and_then(|key| kept(key, &container)) {
            Ok(()) => return Ok(container),
            Err(status) => tracing::info!(status = status.number(), ?algorithm, "the TPM cannot make such a key"),
        }
    }
    let container = Container::cng(name.clone(), SOFTWARE);
    let made = cng::Provider::open(SOFTWARE)
        .and_then(|provider| provider.generate(algorithm, &name))
        .and_then(|key| kept(key, &container));
    match made {
        Ok(()) => Ok(container),
        Err(status) if status.is_unsupported() && algorithm == KeyAlgorithm::Rsa2048 => {
            fill(Container::capi(name), |context, key_spec| context.generate(key_spec))
        }
        Err(status) => Err(status),
    }
}

/// Imports the key in `pkcs8` so that it cannot be exported: into CNG's files, otherwise (RSA only) into those of
/// CryptoAPI. Leaves nothing if it fails.
pub(super) fn import(pkcs8: &[u8], label: &str) -> Result<Container> {
    // Ed25519 and the like sign for no TLS login here.
    KeyMaterial::of(pkcs8).map_err(|_| Status::NOT_SUPPORTED)?;
    let name = container_name(label, &KeyName::fresh().map_err(|_| Status::NOT_SUPPORTED)?);
    let container = Container::cng(name.clone(), SOFTWARE);
    let imported = cng::Provider::open(SOFTWARE)
        .and_then(|provider| provider.import(pkcs8, &name))
        .and_then(|key| kept(key, &container));
    match imported {
        Ok(()) => Ok(container),
        Err(status) if status.is_unsupported() => {
            let blob = blob::capi_private(pkcs8).ok_or(status)?;
            fill(Container::capi(name), |context, _| context.import(&blob))
        }
        Err(status) => Err(status),
    }
}

/// Deletes a key with its container.
pub(super) fn delete(container: &Container) -> Result<()> {
    if container.is_cng() {
        cng::Provider::open(&container.provider)?.key(&container.name, container.machine, false)?.delete()
    } else {
        capi::Context::delete(container)
    }
}

/// Closes a new key and checks that it can be opened again. A CNG that does not store keys, such as Wine's, reports no
/// error.
fn kept(key: cng::Key, container: &Container) -> Result<()> {
    drop(key);
    Handle::open(container, true).map(drop).map_err(|status| {
        tracing::info!(status = status.number(), provider = container.provider, "the provider does not store keys");
        Status::NOT_SUPPORTED
    })
}

/// Makes a new CryptoAPI container with a key and stores it.
fn fill(container: Container, key: impl FnOnce(&capi::Context, u32) -> Result<()>) -> Result<Container> {
    let made = capi::Context::create(&container).and_then(|context| key(&context, container.key_spec));
    made.and_then(|()| Handle::open(&container, true)?.public_key()).map(drop).inspect_err(|_| {
        if let Err(status) = delete(&container) {
            tracing::debug!(status = status.number(), "an incomplete key cannot be deleted");
        }
    })?;
    Ok(container)
}
