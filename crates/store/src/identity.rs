use std::fmt;

use zeroize::Zeroizing;

use crate::certificate::parse;
use crate::key_material::is_pair;
use crate::public_key::PublicKey;
use crate::unusual_dates::with_usual_dates;
use crate::{CertificateId, StoreError};

/// A certificate with its private key, to be imported into a store.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The private key in PKCS#8 (RFC 5958), as DER.
    key: Zeroizing<Vec<u8>>,
    /// The certificate in DER.
    certificate: Vec<u8>,
    /// The CA certificates of every chain in DER, the nearest first.
    chain: Vec<Vec<u8>>,
}

impl Identity {
    /// Makes an identity of a private key (PKCS#8 in DER), its certificate (DER), and the CA certificates of every
    /// chain (DER, the nearest first).
    ///
    /// # Errors
    /// [`StoreError::NotACertificate`]; [`StoreError::KeyMismatch`] if the certificate is for another key, or if `key`
    /// is not a key.
    pub fn new(key: Zeroizing<Vec<u8>>, certificate: Vec<u8>, chain: Vec<Vec<u8>>) -> Result<Self, StoreError> {
        let public_key = PublicKey::of(parse(&with_usual_dates(&certificate))?.public_key());
        if chain.iter().any(|der| parse(der).is_err()) {
            return Err(crate::NotACertificate.into());
        }
        if !is_pair(&key, &public_key) {
            return Err(StoreError::KeyMismatch);
        }
        Ok(Self { key, certificate, chain })
    }

    /// Returns the private key: PKCS#8 (RFC 5958) in DER.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Returns the certificate in DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Returns the CA certificates of every chain in DER, the nearest first.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// Returns the identity of the certificate.
    pub fn id(&self) -> CertificateId {
        CertificateId::of(&self.certificate)
    }
}

/// Writes everything except the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("certificate", &self.id()).field("chain", &self.chain.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(key: &rcgen::KeyPair) -> Vec<u8> {
        rcgen::CertificateParams::default().self_signed(key).unwrap().der().to_vec()
    }

    #[test]
    fn a_key_is_matched_with_its_own_certificate_only() {
        for algorithm in [&rcgen::PKCS_ECDSA_P256_SHA256, &rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519] {
            let [own, other] = [(); 2].map(|()| rcgen::KeyPair::generate_for(algorithm).unwrap());
            let key = Zeroizing::new(own.serialize_der());
            let identity = Identity::new(key.clone(), certificate(&own), vec![certificate(&other)]).unwrap();
            assert_eq!(identity.key(), own.serialize_der());
            assert!(matches!(Identity::new(key, certificate(&other), vec![]), Err(StoreError::KeyMismatch)));
        }
    }

    #[test]
    fn what_is_no_key_or_certificate_is_refused() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let key = || Zeroizing::new(pair.serialize_der());
        let own = certificate(&pair);
        assert!(matches!(Identity::new(b"key".to_vec().into(), own.clone(), vec![]), Err(StoreError::KeyMismatch)));
        assert!(matches!(Identity::new(key(), b"no".to_vec(), vec![]), Err(StoreError::NotACertificate(_))));
        assert!(matches!(Identity::new(key(), own, vec![b"no".to_vec()]), Err(StoreError::NotACertificate(_))));
    }

    #[test]
    fn the_key_is_not_shown() {
        let pair = rcgen::KeyPair::generate().unwrap();
        let identity = Identity::new(pair.serialize_der().into(), certificate(&pair), vec![]).unwrap();
        assert_eq!(format!("{identity:?}"), format!("Identity {{ certificate: {:?}, chain: 0 }}", identity.id()));
    }
}
