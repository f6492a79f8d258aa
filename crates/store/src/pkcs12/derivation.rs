//! Derives keys from passwords.

use der::AnyRef;
use pbkdf2::pbkdf2_hmac;
use pkcs8::AlgorithmIdentifierRef;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::effort::iterations;
use super::error::Pkcs12Error;
use super::oid;
use super::password::Password;
use super::structure::{Pbes1Parameters, Pbkdf2Parameters};

/// Derives a key. Takes the password, the salt, the number of iterations, and the buffer for the key.
type Derive = fn(&[u8], &[u8], u32, &mut [u8]);

/// PBKDF2 (RFC 8018 §5.2), with valid parameters.
pub(super) struct Pbkdf2<'a> {
    derive: Derive,
    /// The length of the digest, in bytes.
    digest_length: usize,
    salt: &'a [u8],
    iterations: u32,
    /// The length of the key, in bytes; none if the file does not give it.
    pub(super) key_length: Option<u16>,
}

impl<'a> Pbkdf2<'a> {
    pub(super) fn read(derivation: &AlgorithmIdentifierRef<'a>) -> Result<Self, Pkcs12Error> {
        if derivation.oid != oid::PBKDF2 {
            return Err(Pkcs12Error::unknown(derivation.oid));
        }
        let parameters: Pbkdf2Parameters<'_> = decode(derivation.parameters)?;
        let (derive, digest_length): (Derive, usize) = match parameters.prf.map(|prf| prf.oid) {
            None | Some(oid::HMAC_SHA1) => (pbkdf2_hmac::<Sha1>, 20),
            Some(oid::HMAC_SHA256) => (pbkdf2_hmac::<Sha256>, 32),
            Some(oid::HMAC_SHA384) => (pbkdf2_hmac::<Sha384>, 48),
            Some(oid::HMAC_SHA512) => (pbkdf2_hmac::<Sha512>, 64),
            Some(other) => return Err(Pkcs12Error::unknown(other)),
        };
        let iterations = iterations(parameters.iterations)?;
        let (salt, key_length) = (parameters.salt.as_bytes(), parameters.key_length);
        Ok(Self { derive, digest_length, salt, iterations, key_length })
    }

    /// Returns the cost of deriving `length` bytes, in rounds of SHA-256. A round of SHA-512 takes about 2.7 times as
    /// long, a round of SHA-1 twice as long. A key that is longer than the digest is derived in several pieces.
    pub(super) fn effort(&self, length: usize) -> u32 {
        let pieces = u32::try_from(length.div_ceil(self.digest_length)).unwrap_or(u32::MAX);
        let weight = match self.digest_length {
            20 => 2,
            32 => 1,
            _ => 3,
        };
        self.iterations.saturating_mul(weight).saturating_mul(pieces)
    }

    pub(super) fn key(&self, password: &Password, length: usize) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(vec![0; length]);
        (self.derive)(&password.bytes, self.salt, self.iterations, &mut key);
        key
    }
}

/// The derivation of PKCS#12 (RFC 7292 §B.2) with SHA-1, with valid parameters.
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

/// Decodes the parameters of an algorithm.
pub(super) fn decode<'a, T: der::Choice<'a> + der::DecodeValue<'a>>(
    parameters: Option<AnyRef<'a>>,
) -> Result<T, Pkcs12Error> {
    parameters.ok_or(Pkcs12Error::PasswordWrong)?.decode_as().map_err(|_| Pkcs12Error::PasswordWrong)
}
