//! Keys from passwords.

use der::AnyRef;
use pkcs8::AlgorithmIdentifierRef;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use ring::pbkdf2;
use sha1::Sha1;
use zeroize::Zeroizing;

use super::effort::iterations;
use super::structure::{Pbes1Parameters, Pbkdf2Parameters};
use super::{Password, Pkcs12Error, oid, unknown};

/// PBKDF2 (RFC 8018 §5.2), its parameters checked.
pub(super) struct Pbkdf2<'a> {
    algorithm: pbkdf2::Algorithm,
    salt: &'a [u8],
    iterations: u32,
    /// In bytes.
    pub(super) key_length: Option<u16>,
}

impl<'a> Pbkdf2<'a> {
    pub(super) fn read(derivation: &AlgorithmIdentifierRef<'a>) -> Result<Self, Pkcs12Error> {
        if derivation.oid != oid::PBKDF2 {
            return Err(unknown(derivation.oid));
        }
        let parameters: Pbkdf2Parameters<'_> = decode(derivation.parameters)?;
        let algorithm = match parameters.prf.map(|prf| prf.oid) {
            None | Some(oid::HMAC_SHA1) => pbkdf2::PBKDF2_HMAC_SHA1,
            Some(oid::HMAC_SHA256) => pbkdf2::PBKDF2_HMAC_SHA256,
            Some(oid::HMAC_SHA384) => pbkdf2::PBKDF2_HMAC_SHA384,
            Some(oid::HMAC_SHA512) => pbkdf2::PBKDF2_HMAC_SHA512,
            Some(other) => return Err(unknown(other)),
        };
        let iterations = iterations(parameters.iterations)?;
        Ok(Self { algorithm, salt: parameters.salt.as_bytes(), iterations, key_length: parameters.key_length })
    }

    /// What it costs in rounds of SHA-256; one of SHA-512 takes some 2.7 times as long.
    pub(super) fn effort(&self) -> u32 {
        let long = [pbkdf2::PBKDF2_HMAC_SHA384, pbkdf2::PBKDF2_HMAC_SHA512].contains(&self.algorithm);
        self.iterations.saturating_mul(if long { 3 } else { 1 })
    }

    pub(super) fn key(&self, password: &Password, length: usize) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(vec![0; length]);
        let rounds = std::num::NonZeroU32::new(self.iterations).unwrap_or(std::num::NonZeroU32::MIN);
        pbkdf2::derive(self.algorithm, rounds, self.salt, &password.utf8, &mut key);
        key
    }
}

/// The derivation of PKCS#12 (RFC 7292 §B.2) with SHA-1, its parameters checked.
pub(super) struct Pkcs12Derivation<'a> {
    salt: &'a [u8],
    pub(super) iterations: u32,
}

impl<'a> Pkcs12Derivation<'a> {
    pub(super) fn read(parameters: Option<AnyRef<'a>>) -> Result<Self, Pkcs12Error> {
        let parameters: Pbes1Parameters<'_> = decode(parameters)?;
        Ok(Self { salt: parameters.salt.as_bytes(), iterations: iterations(parameters.iterations)? })
    }

    pub(super) fn key(&self, password: &Password, length: usize) -> Zeroizing<Vec<u8>> {
        self.derive(password, Pkcs12KeyType::EncryptionKey, length)
    }

    pub(super) fn iv(&self, password: &Password) -> Zeroizing<Vec<u8>> {
        self.derive(password, Pkcs12KeyType::Iv, 8)
    }

    fn derive(&self, password: &Password, kind: Pkcs12KeyType, length: usize) -> Zeroizing<Vec<u8>> {
        let rounds = i32::try_from(self.iterations).unwrap_or(i32::MAX);
        Zeroizing::new(derive_key::<Sha1>(&password.utf16, self.salt, kind, rounds, length))
    }
}

/// An algorithm's parameters.
pub(super) fn decode<'a, T: der::Choice<'a> + der::DecodeValue<'a>>(
    parameters: Option<AnyRef<'a>>,
) -> Result<T, Pkcs12Error> {
    parameters.ok_or(Pkcs12Error::PasswordWrong)?.decode_as().map_err(|_| Pkcs12Error::PasswordWrong)
}
