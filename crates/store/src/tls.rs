use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey, SingleCertAndKey};
use rustls::{Error, OtherError, SignatureAlgorithm, SignatureScheme};

use crate::{PrivateKey, StoreError};

/// Presents `chain` (DER, the end entity first, without the root) to every server that asks for a certificate, and has
/// `key` sign for it. What signing fails with can be had back from the handshake's error by [`signing_failure`].
///
/// Signing blocks the thread of the handshake, for minutes where a PIN is asked.
pub fn client_certificate(
    chain: impl IntoIterator<Item = Vec<u8>>,
    key: Arc<dyn PrivateKey>,
) -> Arc<dyn ResolvesClientCert> {
    let chain = chain.into_iter().map(CertificateDer::from).collect();
    Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain, Arc::new(StoreKey(key)))))
}

/// The store's own error inside a TLS error, if it is one.
pub fn signing_failure(error: &Error) -> Option<&StoreError> {
    match error {
        Error::Other(OtherError(inner)) => inner.downcast_ref(),
        _ => None,
    }
}

#[derive(Debug)]
struct StoreKey(Arc<dyn PrivateKey>);

impl SigningKey for StoreKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let scheme = *self.0.schemes().iter().find(|scheme| offered.contains(scheme))?;
        Some(Box::new(StoreSigner { key: self.0.clone(), scheme }))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(SubjectPublicKeyInfoDer::from(self.0.public_key()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.0.schemes().first() {
            Some(SignatureScheme::ECDSA_NISTP256_SHA256 | SignatureScheme::ECDSA_NISTP384_SHA384) => {
                SignatureAlgorithm::ECDSA
            }
            Some(_) => SignatureAlgorithm::RSA,
            None => SignatureAlgorithm::Anonymous,
        }
    }
}

#[derive(Debug)]
struct StoreSigner {
    key: Arc<dyn PrivateKey>,
    scheme: SignatureScheme,
}

impl Signer for StoreSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.key.sign(self.scheme, message).map_err(|error| Error::Other(OtherError(Arc::new(error))))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}
