//! Opens keys of CNG and CryptoAPI, and signs with them.

use rustls::SignatureScheme;
use schannel::cert_context::CertContext;
use sha2::{Digest, Sha256, Sha384, Sha512};
use windows_sys::Win32::Security::Cryptography as crypt;

use super::cng::Padding;
use super::container::Container;
use super::context::{Acquired, acquire, container};
use super::status::{Result, Status};
use super::{blob, capi, cng};
use crate::ecdsa_signature::from_two_numbers;
use crate::public_key::{Kind, PublicKey};

#[derive(Debug)]
pub(super) enum Handle {
    Cng(cng::Key),
    Capi { context: capi::Context, key_spec: u32 },
}

/// A digest, its name for CNG and its number for CryptoAPI.
type Digested = (Vec<u8>, windows_sys::core::PCWSTR, u32);

impl Handle {
    /// Opens the key in `container`. May ask the user unless `silent`.
    pub(super) fn open(container: &Container, silent: bool) -> Result<Self> {
        if container.is_cng() {
            let provider = cng::Provider::open(&container.provider)?;
            return Ok(Self::Cng(provider.key(&container.name, container.machine, silent)?));
        }
        let key_spec = container.key_spec;
        // The old providers cannot SHA-256 (TLS 1.2 wants no less), and the enhanced one opens their containers.
        if matches!(container.provider_type, crypt::PROV_RSA_FULL | crypt::PROV_RSA_SCHANNEL) {
            let enhanced =
                Container { machine: container.machine, key_spec, ..Container::capi(container.name.clone()) };
            if let Ok(context) = capi::Context::open(&enhanced, silent) {
                return Ok(Self::Capi { context, key_spec });
            }
        }
        Ok(Self::Capi { context: capi::Context::open(container, silent)?, key_spec })
    }

    /// Opens the key of a certificate, by CNG if possible. May ask the user unless `silent`.
    pub(super) fn of_certificate(certificate: &CertContext, silent: bool) -> Result<Self> {
        match acquire(certificate, silent)? {
            Acquired::Cng(key) => Ok(Self::Cng(key)),
            Acquired::Capi => Self::open(&container(certificate).ok_or(Status::NOT_SUPPORTED)?, silent),
        }
    }

    pub(super) fn public_key(&self) -> Result<PublicKey> {
        let read = match self {
            Self::Cng(key) => match key.public_blob(crypt::BCRYPT_RSAPUBLIC_BLOB) {
                Ok(rsa) => blob::cng_rsa(&rsa),
                Err(_) => blob::cng_ec(&key.public_blob(crypt::BCRYPT_ECCPUBLIC_BLOB)?),
            },
            Self::Capi { context, key_spec } => blob::capi_rsa(&context.public_blob(*key_spec)?),
        };
        read.ok_or(Status::BAD_DATA)
    }

    /// Returns whether the key can be exported.
    pub(super) fn is_exportable(&self) -> Result<bool> {
        match self {
            Self::Cng(key) => {
                const EXPORT: u32 = crypt::NCRYPT_ALLOW_EXPORT_FLAG | crypt::NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG;
                Ok(key.number(crypt::NCRYPT_EXPORT_POLICY_PROPERTY)? & EXPORT != 0)
            }
            Self::Capi { context, key_spec } => context.is_exportable(*key_spec),
        }
    }

    /// Returns the signature schemes of the key. CryptoAPI has no PSS. A TPM whose salt does not have the length of the
    /// digest makes signatures that TLS 1.3 refuses (RFC 8446 §4.2.3).
    pub(super) fn schemes(&self, public_key: &PublicKey) -> Vec<SignatureScheme> {
        const HASH_SIZE: u32 = 2;
        let pss = match self {
            // Only a TPM's key has the property.
            Self::Cng(key) => {
                key.number(crypt::NCRYPT_PCP_PSS_SALT_SIZE_PROPERTY).map_or(true, |salt| salt == HASH_SIZE)
            }
            Self::Capi { .. } => false,
        };
        public_key.schemes(pss)
    }

    /// Signs for TLS. May ask the user.
    pub(super) fn sign(&self, scheme: SignatureScheme, kind: &Kind, message: &[u8]) -> Result<Vec<u8>> {
        use SignatureScheme as S;
        let (digest, name, number) = digest(scheme, message).ok_or(Status::NOT_SUPPORTED)?;
        match (self, scheme) {
            (Self::Cng(key), S::ECDSA_NISTP256_SHA256 | S::ECDSA_NISTP384_SHA384) if matches!(kind, Kind::Ec(_)) => {
                key.ask_in_the_window();
                from_two_numbers(&key.sign(&digest, Padding::None)?).ok_or(Status::BAD_DATA)
            }
            (Self::Cng(key), S::RSA_PKCS1_SHA256 | S::RSA_PKCS1_SHA384 | S::RSA_PKCS1_SHA512) => {
                key.ask_in_the_window();
                key.sign(&digest, Padding::Pkcs1(name))
            }
            (Self::Cng(key), S::RSA_PSS_SHA256 | S::RSA_PSS_SHA384 | S::RSA_PSS_SHA512) => {
                key.ask_in_the_window();
                key.sign(&digest, Padding::Pss(name))
            }
            (Self::Capi { context, key_spec }, S::RSA_PKCS1_SHA256 | S::RSA_PKCS1_SHA384 | S::RSA_PKCS1_SHA512) => {
                let mut signature = context.sign(*key_spec, number, &digest)?;
                signature.reverse();
                Ok(signature)
            }
            _ => Err(Status::NOT_SUPPORTED),
        }
    }
}

fn digest(scheme: SignatureScheme, message: &[u8]) -> Option<Digested> {
    use SignatureScheme as S;
    Some(match scheme {
        S::ECDSA_NISTP256_SHA256 | S::RSA_PKCS1_SHA256 | S::RSA_PSS_SHA256 => {
            (Sha256::digest(message).to_vec(), crypt::BCRYPT_SHA256_ALGORITHM, crypt::CALG_SHA_256)
        }
        S::ECDSA_NISTP384_SHA384 | S::RSA_PKCS1_SHA384 | S::RSA_PSS_SHA384 => {
            (Sha384::digest(message).to_vec(), crypt::BCRYPT_SHA384_ALGORITHM, crypt::CALG_SHA_384)
        }
        S::RSA_PKCS1_SHA512 | S::RSA_PSS_SHA512 => {
            (Sha512::digest(message).to_vec(), crypt::BCRYPT_SHA512_ALGORITHM, crypt::CALG_SHA_512)
        }
        _ => return None,
    })
}
