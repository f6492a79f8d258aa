use rustls::SignatureScheme;
use schannel::cert_context::CertContext;

use super::container::Container;
use super::handle::Handle;
use super::status::{Result, refused};
use crate::public_key::PublicKey;
use crate::{KeyId, PrivateKey, StoreError};

/// How to find a key. It is opened for each signature, so that a deleted key does not sign.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    Certificate(CertContext),
    Container(Container),
}

impl Origin {
    pub(super) fn open(&self, silent: bool) -> Result<Handle> {
        match self {
            Self::Certificate(certificate) => Handle::of_certificate(certificate, silent),
            Self::Container(container) => Handle::open(container, silent),
        }
    }
}

/// A private key of the Windows store.
#[derive(Debug)]
pub(super) struct WindowsKey {
    origin: Origin,
    public_key: PublicKey,
    id: KeyId,
    schemes: Vec<SignatureScheme>,
}

impl WindowsKey {
    /// Returns the key at `origin`. `public_key` is its public half, from its certificate if it has one.
    pub(super) fn new(origin: Origin, public_key: PublicKey) -> std::result::Result<Self, StoreError> {
        let schemes = origin.open(true).map_err(refused("open a key"))?.schemes(&public_key);
        Ok(Self { origin, id: public_key.id(), public_key, schemes })
    }
}

impl PrivateKey for WindowsKey {
    fn id(&self) -> &KeyId {
        &self.id
    }

    fn public_key(&self) -> &[u8] {
        &self.public_key.der
    }

    fn schemes(&self) -> &[SignatureScheme] {
        &self.schemes
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> std::result::Result<Vec<u8>, StoreError> {
        let signed = self.origin.open(false).and_then(|handle| handle.sign(scheme, &self.public_key.kind, message));
        signed.map_err(refused("sign"))
    }
}
