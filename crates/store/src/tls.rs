use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::version::TLS12;
use rustls::{Error, OtherError, SignatureAlgorithm, SignatureScheme, SupportedProtocolVersion};
use time::OffsetDateTime;

use crate::{Chains, DistinguishedName, PrivateKey, StoreError};

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];

/// Returns a resolver that presents the certificate of `chains` to every server that asks for one, and signs with
/// `key`. It sends the chain that is valid at `now` and leads to a CA that the server names. If signing fails,
/// [`signing_failure`] finds the store's error in the error of the handshake.
///
/// Signing blocks the thread of the handshake, for minutes if the user is asked for a PIN.
pub fn client_certificate(
    chains: Chains,
    key: Arc<dyn PrivateKey>,
    now: OffsetDateTime,
) -> Arc<dyn ResolvesClientCert> {
    Arc::new(StoreCertificate { chains, key: Arc::new(StoreKey(key)), now })
}

#[derive(Debug)]
struct StoreCertificate {
    chains: Chains,
    key: Arc<StoreKey>,
    now: OffsetDateTime,
}

impl ResolvesClientCert for StoreCertificate {
    fn resolve(&self, authorities: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let accepted: Vec<DistinguishedName> = authorities.iter().map(|der| DistinguishedName::of(der)).collect();
        let chain = self.chains.to_send(&accepted, self.now).into_iter().map(CertificateDer::from).collect();
        Some(Arc::new(CertifiedKey::new(chain, self.key.clone())))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// Returns the versions of TLS in which `key` can sign. TLS 1.3 accepts no RSA signature without PSS (RFC 8446 §4.2.3),
/// which old cards and many TPMs cannot make. Their keys can log in over TLS 1.2, so TLS 1.3 must not be offered with
/// them.
pub fn protocol_versions(key: &dyn PrivateKey) -> &'static [&'static SupportedProtocolVersion] {
    if key.schemes().iter().copied().any(fits_tls13) { rustls::DEFAULT_VERSIONS } else { ONLY_TLS12 }
}

fn fits_tls13(scheme: SignatureScheme) -> bool {
    use SignatureScheme as S;
    !matches!(scheme, S::RSA_PKCS1_SHA256 | S::RSA_PKCS1_SHA384 | S::RSA_PKCS1_SHA512 | S::RSA_PKCS1_SHA1)
}

/// Returns the store's own error in a TLS error, if the signing failed.
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
