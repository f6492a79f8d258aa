use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipher, BlockDecryptMut, InnerIvInit, KeyInit, KeyIvInit, StreamCipher};
use der::asn1::{ObjectIdentifier, OctetStringRef};
use pkcs8::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::derivation::{Pbkdf2, Pkcs12Derivation, decode};
use super::error::Pkcs12Error;
use super::oid;
use super::password::{Form, Password};
use super::structure::{Rc2Parameters, TwoAlgorithms};

type Decrypted = Option<Zeroizing<Vec<u8>>>;
type Cbc = fn(&[u8], &[u8], &[u8]) -> Decrypted;

/// How a part of the file is encrypted, with valid parameters.
pub(super) enum Encryption<'a> {
    /// The encryption of PKCS#12 (RFC 7292 appendix C).
    Pbes1 { cipher: ObjectIdentifier, derivation: Pkcs12Derivation<'a> },
    /// The encryption PBES2 of PKCS#5 (RFC 8018 §6.2).
    Pbes2 { decrypt: Cbc, key_length: usize, derivation: Pbkdf2<'a>, iv: &'a [u8] },
}

impl<'a> Encryption<'a> {
    pub(super) fn read(algorithm: &AlgorithmIdentifierRef<'a>) -> Result<Self, Pkcs12Error> {
        match algorithm.oid {
            oid::RC4_128 | oid::RC4_40 | oid::TRIPLE_DES_3 | oid::TRIPLE_DES_2 | oid::RC2_128 | oid::RC2_40 => {
                let derivation = Pkcs12Derivation::read(algorithm.parameters)?;
                Ok(Self::Pbes1 { cipher: algorithm.oid, derivation })
            }
            oid::PBES2 => pbes2(&decode(algorithm.parameters)?),
            other => Err(Pkcs12Error::unknown(other)),
        }
    }

    /// Returns the cost of deriving the key, in rounds of SHA-256.
    pub(super) fn effort(&self) -> u32 {
        match self {
            // At most three pieces: a key longer than a digest of SHA-1, and the initial vector by itself. A round hashes
            // one block where one of PBKDF2 hashes two.
            Self::Pbes1 { derivation, .. } => derivation.iterations.saturating_mul(2),
            Self::Pbes2 { derivation, key_length, .. } => derivation.effort(*key_length),
        }
    }

    /// Returns the form of the password from which the key is derived.
    pub(super) fn form(&self) -> Form {
        match self {
            Self::Pbes1 { .. } => Form::Utf16,
            Self::Pbes2 { .. } => Form::Bytes,
        }
    }

    /// Decrypts `encrypted`. Returns none if the padding is not valid, as with a wrong password.
    pub(super) fn decrypt(&self, password: &Password, encrypted: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Pbes1 { cipher, derivation } => {
                let key = |length| derivation.key(password, length);
                let iv = || derivation.iv(password);
                match *cipher {
                    oid::RC4_128 => rc4::<rc4::consts::U16>(&key(16), encrypted),
                    oid::RC4_40 => rc4::<rc4::consts::U5>(&key(5), encrypted),
                    oid::TRIPLE_DES_3 => cbc::<des::TdesEde3>(&key(24), &iv(), encrypted),
                    oid::TRIPLE_DES_2 => cbc::<des::TdesEde2>(&key(16), &iv(), encrypted),
                    oid::RC2_128 => rc2_cbc(&key(16), &iv(), encrypted),
                    _ => rc2_cbc(&key(5), &iv(), encrypted),
                }
            }
            Self::Pbes2 { decrypt, key_length, derivation, iv } => {
                decrypt(&derivation.key(password, *key_length), iv, encrypted)
            }
        }
    }
}

fn pbes2<'a>(parameters: &TwoAlgorithms<'a>) -> Result<Encryption<'a>, Pkcs12Error> {
    let derivation = Pbkdf2::read(&parameters.derivation)?;
    let cipher = parameters.use_of_key;
    let (decrypt, key_length): (Cbc, usize) = match cipher.oid {
        oid::AES128_CBC => (cbc::<aes::Aes128>, 16),
        oid::AES192_CBC => (cbc::<aes::Aes192>, 24),
        oid::AES256_CBC => (cbc::<aes::Aes256>, 32),
        oid::DES_CBC => (cbc::<des::Des>, 8),
        oid::TRIPLE_DES_CBC => (cbc::<des::TdesEde3>, 24),
        oid::CAMELLIA128_CBC => (cbc::<camellia::Camellia128>, 16),
        oid::CAMELLIA192_CBC => (cbc::<camellia::Camellia192>, 24),
        oid::CAMELLIA256_CBC => (cbc::<camellia::Camellia256>, 32),
        oid::ARIA128_CBC => (cbc::<aria::Aria128>, 16),
        oid::ARIA192_CBC => (cbc::<aria::Aria192>, 24),
        oid::ARIA256_CBC => (cbc::<aria::Aria256>, 32),
        oid::RC2_CBC => {
            let iv = decode::<Rc2Parameters<'_>>(cipher.parameters)?.iv.as_bytes();
            let length = derivation.key_length.filter(|length| (1..=128).contains(length)).unwrap_or(16);
            return Ok(Encryption::Pbes2 { decrypt: rc2_cbc, key_length: length.into(), derivation, iv });
        }
        other => return Err(Pkcs12Error::unknown(other)),
    };
    let iv = decode::<OctetStringRef<'_>>(cipher.parameters)?.as_bytes();
    Ok(Encryption::Pbes2 { decrypt, key_length, derivation, iv })
}

fn cbc<C: BlockCipher + BlockDecryptMut + KeyInit>(key: &[u8], iv: &[u8], encrypted: &[u8]) -> Decrypted {
    unpadded(::cbc::Decryptor::<C>::new_from_slices(key, iv).ok()?, encrypted)
}

/// Decrypts with RC2. The cipher has as many effective bits as the key.
fn rc2_cbc(key: &[u8], iv: &[u8], encrypted: &[u8]) -> Decrypted {
    let cipher = rc2::Rc2::new_with_eff_key_len(key, 8 * key.len());
    unpadded(::cbc::Decryptor::inner_iv_slice_init(cipher, iv).ok()?, encrypted)
}

fn unpadded(decryptor: impl BlockDecryptMut, encrypted: &[u8]) -> Decrypted {
    let mut buffer = Zeroizing::new(encrypted.to_vec());
    let length = decryptor.decrypt_padded_mut::<Pkcs7>(&mut buffer).ok()?.len();
    buffer.truncate(length);
    Some(buffer)
}

fn rc4<N: rc4::cipher::generic_array::ArrayLength<u8> + rc4::cipher::typenum::NonZero>(
    key: &[u8],
    encrypted: &[u8],
) -> Decrypted
where
    rc4::Rc4<N>: KeyInit + StreamCipher,
{
    let mut buffer = Zeroizing::new(encrypted.to_vec());
    <rc4::Rc4<N> as KeyInit>::new_from_slice(key).ok()?.apply_keystream(&mut buffer);
    Some(buffer)
}
