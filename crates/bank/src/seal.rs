//! Token secrets at rest: AES-256-GCM under a key that is not in the database.

use std::io;
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::files::{self, Readers};

/// Seals and opens the secrets of tokens.
#[derive(Debug)]
pub(crate) struct Seal {
    key: LessSafeKey,
}

/// Why there is no seal, or it does not open something.
#[derive(Debug, Error)]
pub enum SealError {
    /// The key file cannot be read or written.
    #[error("{file}: {cause}", file = .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The key file is not of its length.
    #[error("{}: not a key of 32 bytes", .0.display())]
    Unreadable(PathBuf),
    /// Sealed for another token, with another key, or altered.
    #[error("a sealed token secret cannot be opened with this key")]
    Broken,
}

impl Seal {
    /// The seal in that directory, made where there is none: its key in `token.key`.
    pub(crate) fn open(directory: &Path) -> Result<Self, SealError> {
        Self::of_file(&directory.join("token.key"))
    }

    /// With the key in that file, made where there is none.
    pub(crate) fn of_file(file: &Path) -> Result<Self, SealError> {
        let file = file.to_owned();
        let failed = |cause| SealError::File { file: file.clone(), cause };
        let key = match files::read(&file).map_err(failed)? {
            Some(key) => Zeroizing::new(key),
            None => {
                let key = Zeroizing::new(rand::random::<[u8; 32]>().to_vec());
                files::write(&file, &key, Readers::Owner).map_err(failed)?;
                key
            }
        };
        let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| SealError::Unreadable(file))?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// With that key of 32 bytes.
    pub(crate) fn of_key(key: &[u8]) -> Result<Self, SealError> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| SealError::Broken)?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Seals a secret for the token of that serial: nonce, ciphertext, tag.
    pub(crate) fn seal(&self, serial: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        // Random nonces collide after some 2³² secrets under one key: no bank hands out so many tokens.
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = secret.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(serial), &mut sealed)
            .map_err(|_| SealError::Broken)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made for that serial.
    pub(crate) fn unseal(&self, serial: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Broken)?;
        let mut secret = Zeroizing::new(rest.to_vec());
        let length = self
            .key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(serial), &mut secret)
            .map_err(|_| SealError::Broken)?
            .len();
        secret.truncate(length);
        Ok(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_own_serial_under_its_own_key_only() {
        let directory = tempfile::tempdir().unwrap();
        let sealed = Seal::open(directory.path()).unwrap().seal("33456789", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        let again = Seal::open(directory.path()).unwrap();
        assert_eq!(again.unseal("33456789", &sealed).unwrap().as_slice(), b"secret");
        assert!(again.unseal("23456789", &sealed).is_err());
        assert!(again.unseal("33456789", &sealed[..5]).is_err());
        let other = tempfile::tempdir().unwrap();
        assert!(Seal::open(other.path()).unwrap().unseal("33456789", &sealed).is_err());
    }
}
