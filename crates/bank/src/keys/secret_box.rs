//! Token secrets at rest: AES-256-GCM under a key that is not in the database.

use std::io;
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::keys::files::{self, Readers};

/// The file of the key in the bank's directory.
const KEY_FILE: &str = "token.key";

/// Seals and opens the secrets of hardware tokens with AES-256-GCM.
#[derive(Debug)]
pub(crate) struct SecretBox {
    key: LessSafeKey,
}

/// Why a secret box cannot be made, or does not open a secret.
#[derive(Debug, Error)]
pub enum SecretBoxError {
    /// The key file cannot be read or written.
    #[error("{file}: {cause}", file = .file.display())]
    File {
        /// The key file.
        file: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// The database holds secrets of tokens, but the key that opens them is missing.
    #[error("{}: missing; the secrets of the tokens in the database are sealed with it: restore it from a backup", .0.display())]
    KeyMissing(PathBuf),
    /// The database holds secrets of tokens, and this key does not open them.
    #[error("{}: not the key that opens the token secrets in this database: restore the right one", .0.display())]
    OtherKey(PathBuf),
    /// The key file does not have 32 bytes.
    #[error("{}: not a key of 32 bytes", .0.display())]
    Unreadable(PathBuf),
    /// The secret was sealed for another token or with another key, or it was altered.
    #[error("a sealed token secret cannot be opened with this key")]
    Broken,
}

impl SecretBox {
    /// Returns the secret box of `directory` for a database that holds `sealed`, a serial number and the secret sealed
    /// for it. Makes the key only if nothing has been sealed yet.
    pub(crate) fn open_for(directory: &Path, sealed: Option<&(String, Vec<u8>)>) -> Result<Self, SecretBoxError> {
        let file = directory.join(KEY_FILE);
        let Some((serial, sealed)) = sealed else { return Self::of_file(&file) };
        if !file.exists() {
            return Err(SecretBoxError::KeyMissing(file));
        }
        let secret_box = Self::of_file(&file)?;
        secret_box.unseal(serial, sealed).map_err(|_| SecretBoxError::OtherKey(file))?;
        Ok(secret_box)
    }

    /// Returns a secret box with the key in `file`, which is made if it is missing.
    pub(crate) fn of_file(file: &Path) -> Result<Self, SecretBoxError> {
        let file = file.to_owned();
        let failed = |cause| SecretBoxError::File { file: file.clone(), cause };
        let key = match files::read(&file).map_err(failed)? {
            Some(key) => Zeroizing::new(key),
            None => {
                let key = Zeroizing::new(rand::random::<[u8; 32]>().to_vec());
                files::write(&file, &key, Readers::Owner).map_err(failed)?;
                key
            }
        };
        let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| SecretBoxError::Unreadable(file))?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Returns a secret box with a key of 32 bytes.
    pub(crate) fn of_key(key: &[u8]) -> Result<Self, SecretBoxError> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| SecretBoxError::Broken)?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Seals a secret for the token of that serial: nonce, ciphertext, tag.
    pub(crate) fn seal(&self, serial: &str, secret: &[u8]) -> Result<Vec<u8>, SecretBoxError> {
        // Random nonces collide after some 2³² secrets under one key: no bank hands out so many tokens.
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = secret.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(serial), &mut sealed)
            .map_err(|_| SecretBoxError::Broken)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made for that serial.
    pub(crate) fn unseal(&self, serial: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SecretBoxError> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SecretBoxError::Broken)?;
        let mut secret = Zeroizing::new(rest.to_vec());
        let length = self
            .key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(serial), &mut secret)
            .map_err(|_| SecretBoxError::Broken)?
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
        let open = |directory: &Path| SecretBox::open_for(directory, None).unwrap();
        let sealed = open(directory.path()).seal("33456789", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        let again = open(directory.path());
        assert_eq!(again.unseal("33456789", &sealed).unwrap().as_slice(), b"secret");
        assert!(again.unseal("23456789", &sealed).is_err());
        assert!(again.unseal("33456789", &sealed[..5]).is_err());
        let other = tempfile::tempdir().unwrap();
        assert!(open(other.path()).unseal("33456789", &sealed).is_err());
    }

    #[test]
    fn a_key_that_secrets_were_sealed_with_is_never_made_anew() {
        let directory = tempfile::tempdir().unwrap();
        let secret = SecretBox::open_for(directory.path(), None).unwrap().seal("33456789", b"secret").unwrap();
        let kept = Some(("33456789".to_owned(), secret));
        SecretBox::open_for(directory.path(), kept.as_ref()).unwrap();
        let file = directory.path().join(KEY_FILE);
        std::fs::write(&file, [7; 32]).unwrap();
        let other = SecretBox::open_for(directory.path(), kept.as_ref());
        assert!(matches!(other, Err(SecretBoxError::OtherKey(_))), "{other:?}");
        std::fs::remove_file(&file).unwrap();
        let missing = SecretBox::open_for(directory.path(), kept.as_ref());
        assert!(matches!(missing, Err(SecretBoxError::KeyMissing(_))), "{missing:?}");
        assert!(!file.exists());
    }
}
