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

#[cfg(test)]
mod tests {
    use der::asn1::{Null, ObjectIdentifier};
    use der::{Decode, Encode};

    use super::*;
    use crate::pkcs12::password::{Candidates, Form};

    /// PBKDF2 with the salt "salt", 2 iterations and that function.
    fn pbkdf2(prf: Option<ObjectIdentifier>, key_length: Option<u16>) -> Vec<u8> {
        let parameters = Pbkdf2Parameters {
            salt: der::asn1::OctetStringRef::new(b"salt").unwrap(),
            iterations: der::asn1::UintRef::new(&[2]).unwrap(),
            key_length,
            prf: prf.map(|oid| AlgorithmIdentifierRef { oid, parameters: Some(Null.into()) }),
        };
        let parameters = parameters.to_der().unwrap();
        let parameters = Some(AnyRef::from_der(&parameters).unwrap());
        AlgorithmIdentifierRef { oid: oid::PBKDF2, parameters }.to_der().unwrap()
    }

    #[test]
    fn the_cost_of_a_key_is_in_rounds_of_sha_256() {
        let effort = |prf, length| {
            let der = pbkdf2(prf, None);
            Pbkdf2::read(&AlgorithmIdentifierRef::from_der(&der).unwrap()).unwrap().effort(length)
        };
        assert_eq!((effort(None, 20), effort(None, 21), effort(Some(oid::HMAC_SHA1), 41)), (4, 8, 12));
        assert_eq!((effort(Some(oid::HMAC_SHA256), 32), effort(Some(oid::HMAC_SHA256), 33)), (2, 4));
        assert_eq!((effort(Some(oid::HMAC_SHA384), 48), effort(Some(oid::HMAC_SHA512), 65)), (6, 12));
        let unknown = pbkdf2(Some(oid::MD5), None);
        let unknown = Pbkdf2::read(&AlgorithmIdentifierRef::from_der(&unknown).unwrap());
        assert_eq!(unknown.err(), Some(Pkcs12Error::unknown(oid::MD5)));
    }

    /// RFC 6070: the second vector.
    #[test]
    fn a_key_is_what_the_standard_says() {
        let der = pbkdf2(None, Some(20));
        let derivation = Pbkdf2::read(&AlgorithmIdentifierRef::from_der(&der).unwrap()).unwrap();
        assert_eq!(derivation.key_length, Some(20));
        let key = Candidates::of("password")
            .first_that(Form::Bytes, 1, &mut Default::default(), |password| Some(derivation.key(password, 20)));
        let expected = "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957";
        assert_eq!(key.unwrap().iter().map(|byte| format!("{byte:02x}")).collect::<String>(), expected);
        let other = AlgorithmIdentifierRef { oid: oid::SHA1, parameters: None };
        assert_eq!(Pbkdf2::read(&other).err(), Some(Pkcs12Error::unknown(oid::SHA1)));
        let missing = AlgorithmIdentifierRef { oid: oid::PBKDF2, parameters: None };
        assert_eq!(Pbkdf2::read(&missing).err(), Some(Pkcs12Error::PasswordWrong));
    }
}
