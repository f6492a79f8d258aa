//! Argon2id (RFC 9106) for passwords: 19 MiB, two passes, one lane, as OWASP recommends.

use std::num::NonZero;
use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use inkan_protocol::Secret;
use thiserror::Error;
use tokio::sync::Semaphore;

/// Hashes and verifies passwords, no more at a time than there are cores: each takes its memory and a whole core.
#[derive(Debug)]
pub(crate) struct Hashing {
    permits: Arc<Semaphore>,
    /// Verified against where there is no password, so that this takes the same time.
    decoy: String,
}

/// Why a password could not be hashed or a hash not be read.
#[derive(Debug, Error)]
pub enum HashingError {
    /// The hash or the parameters are not what Argon2 takes.
    #[error("Argon2: {0}")]
    Argon2(argon2::password_hash::Error),
    /// The work was broken off.
    #[error("the hashing was broken off")]
    BrokenOff,
}

impl From<argon2::password_hash::Error> for HashingError {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self::Argon2(error)
    }
}

impl Hashing {
    /// Ready to work.
    pub(crate) fn new() -> Result<Self, HashingError> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Ok(Self { permits: Arc::new(Semaphore::new(cores)), decoy: hash(&crate::keys::random::session_token())? })
    }

    /// The hash of that password in PHC string format, with a new salt.
    pub(crate) async fn hash(&self, password: Secret) -> Result<String, HashingError> {
        self.work(move || hash(&password)).await
    }

    /// Whether `password` is the one of `stored`; never where there is none, and no faster.
    pub(crate) async fn verify(&self, password: Secret, stored: Option<String>) -> Result<bool, HashingError> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.clone());
        let right = self
            .work(move || {
                let stored = PasswordHash::new(&stored)?;
                match Argon2::default().verify_password(password.expose().as_bytes(), &stored) {
                    Ok(()) => Ok(true),
                    Err(argon2::password_hash::Error::Password) => Ok(false),
                    Err(error) => Err(error.into()),
                }
            })
            .await?;
        Ok(right && exists)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashingError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| HashingError::BrokenOff)?;
        tokio::task::spawn_blocking(move || {
            // Held here, not by the caller: a caller that goes away leaves the work running.
            let _permit = permit;
            work()
        })
        .await
        .map_err(|_| HashingError::BrokenOff)?
    }
}

fn hash(password: &Secret) -> Result<String, HashingError> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())?;
    Ok(Argon2::default().hash_password(password.expose().as_bytes(), &salt)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let hashing = Hashing::new().unwrap();
        let stored = hashing.hash(secret("Hanako2026")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hashing.verify(secret("Hanako2026"), Some(stored.clone())).await.unwrap());
        assert!(!hashing.verify(secret("hanako2026"), Some(stored.clone())).await.unwrap());
        assert_ne!(stored, hashing.hash(secret("Hanako2026")).await.unwrap(), "salted");
        assert!(!hashing.verify(secret("Hanako2026"), None).await.unwrap());
    }
}
