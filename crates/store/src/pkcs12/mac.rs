use der::asn1::UintRef;
use hmac::digest::core_api::BlockSizeUser;
use hmac::digest::{Digest, FixedOutputReset};
use hmac::{Mac as _, SimpleHmac};
use md5::Md5;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use zeroize::Zeroizing;

use super::derivation::{Pbkdf2, decode};
use super::effort::iterations;
use super::error::Pkcs12Error;
use super::oid;
use super::password::{Form, Password};
use super::structure::{MacData, TwoAlgorithms};

type Check = fn(&[u8], &[u8], i32, &[u8], &[u8]) -> bool;
type Verify = fn(&[u8], &[u8], &[u8]) -> bool;

/// The integrity check of a file (RFC 7292 §4), with valid parameters.
pub(super) struct Mac<'a> {
    kind: Kind<'a>,
    expected: &'a [u8],
}

enum Kind<'a> {
    Pkcs12 {
        check: Check,
        salt: &'a [u8],
        iterations: u32,
    },
    /// The integrity check PBMAC1 (RFC 9579).
    Pbmac1 {
        derivation: Pbkdf2<'a>,
        length: usize,
        verify: Verify,
    },
}

impl<'a> Mac<'a> {
    pub(super) fn read(data: &MacData<'a>) -> Result<Self, Pkcs12Error> {
        let algorithm = data.mac.algorithm;
        let check: Option<Check> = match algorithm.oid {
            oid::MD5 => Some(holds::<Md5>),
            oid::SHA1 => Some(holds::<Sha1>),
            oid::SHA224 => Some(holds::<Sha224>),
            oid::SHA256 => Some(holds::<Sha256>),
            oid::SHA384 => Some(holds::<Sha384>),
            oid::SHA512 => Some(holds::<Sha512>),
            oid::SHA512_224 => Some(holds::<Sha512_224>),
            oid::SHA512_256 => Some(holds::<Sha512_256>),
            oid::PBMAC1 => None,
            other => return Err(Pkcs12Error::unknown(other)),
        };
        let kind = match check {
            Some(check) => Kind::Pkcs12 {
                check,
                salt: data.salt.as_bytes(),
                iterations: data.iterations.map_or(Ok(1), |count: UintRef<'_>| iterations(count))?,
            },
            None => pbmac1(&decode(algorithm.parameters)?)?,
        };
        Ok(Self { kind, expected: data.mac.digest.as_bytes() })
    }

    /// Returns the cost of the check, in rounds of SHA-256.
    pub(super) fn effort(&self) -> u32 {
        match &self.kind {
            Kind::Pkcs12 { iterations, .. } => *iterations,
            Kind::Pbmac1 { derivation, length, .. } => derivation.effort(*length),
        }
    }

    /// Returns the form of the password from which the key is derived.
    pub(super) fn form(&self) -> Form {
        match self.kind {
            Kind::Pkcs12 { .. } => Form::Utf16,
            Kind::Pbmac1 { .. } => Form::Bytes,
        }
    }

    /// Returns whether `password` is right and `content` is unchanged. Always returns true for a fuzzer, which cannot
    /// know the password.
    pub(super) fn holds(&self, password: &Password, content: &[u8]) -> bool {
        if cfg!(fuzzing) {
            return true;
        }
        match &self.kind {
            Kind::Pkcs12 { check, salt, iterations } => {
                let rounds = i32::try_from(*iterations).unwrap_or(i32::MAX);
                check(&password.utf16, salt, rounds, content, self.expected)
            }
            Kind::Pbmac1 { derivation, length, verify } => {
                verify(&derivation.key(password, *length), content, self.expected)
            }
        }
    }
}

fn holds<D: Digest + FixedOutputReset + BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    rounds: i32,
    content: &[u8],
    expected: &[u8],
) -> bool {
    let length = <D as Digest>::output_size();
    let key = Zeroizing::new(derive_key::<D>(password, salt, Pkcs12KeyType::Mac, rounds, length));
    verifies::<D>(&key, content, expected)
}

fn verifies<D: Digest + BlockSizeUser>(key: &[u8], content: &[u8], expected: &[u8]) -> bool {
    <SimpleHmac<D> as hmac::Mac>::new_from_slice(key)
        .is_ok_and(|hmac| hmac.chain_update(content).verify_slice(expected).is_ok())
}

fn pbmac1<'a>(parameters: &TwoAlgorithms<'a>) -> Result<Kind<'a>, Pkcs12Error> {
    let verify: Verify = match parameters.use_of_key.oid {
        oid::HMAC_SHA1 => verifies::<Sha1>,
        oid::HMAC_SHA256 => verifies::<Sha256>,
        oid::HMAC_SHA384 => verifies::<Sha384>,
        oid::HMAC_SHA512 => verifies::<Sha512>,
        other => return Err(Pkcs12Error::unknown(other)),
    };
    let derivation = Pbkdf2::read(&parameters.derivation)?;
    // RFC 9579 §4: it must be there. A long one is so many derivations.
    let length = derivation.key_length.filter(|length| (1..=64).contains(length)).ok_or(Pkcs12Error::PasswordWrong)?;
    Ok(Kind::Pbmac1 { derivation, length: length.into(), verify })
}
