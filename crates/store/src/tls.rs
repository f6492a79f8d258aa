use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey, SingleCertAndKey};
use rustls::version::TLS12;
use rustls::{Error, OtherError, SignatureAlgorithm, SignatureScheme, SupportedProtocolVersion};

use crate::{PrivateKey, StoreError};

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

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

/// The versions of TLS in which `key` can prove itself. TLS 1.3 takes no RSA signature without PSS (RFC 8446 §4.2.3),
/// which old cards and many TPMs cannot make: their keys log in over TLS 1.2, so 1.3 must not be offered with them.
pub fn protocol_versions(key: &dyn PrivateKey) -> &'static [&'static SupportedProtocolVersion] {
    if key.schemes().iter().copied().any(fits_tls13) { rustls::DEFAULT_VERSIONS } else { ONLY_TLS12 }
}

fn fits_tls13(scheme: SignatureScheme) -> bool {
    use SignatureScheme as S;
    !matches!(scheme, S::RSA_PKCS1_SHA256 | S::RSA_PKCS1_SHA384 | S::RSA_PKCS1_SHA512 | S::RSA_PKCS1_SHA1)
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
