//! Argon2id (RFC 9106) for passwords: 19 MiB, two passes, one lane, as OWASP recommends.

use std::num::NonZero;
use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use inkan_protocol::Secret;
use thiserror::Error;
use tokio::sync::Semaphore;

/// Hashes and verifies passwords. It runs at most one computation for each core at a time, since each needs a core and
/// its memory.
#[derive(Debug)]
pub(crate) struct Hashing {
    parameters: Params,
    permits: Arc<Semaphore>,
    /// The hash to verify against if there is no password, so that this takes the same time.
    decoy: String,
}

/// Why a password cannot be hashed or verified.
#[derive(Debug, Error)]
pub enum HashingError {
    /// Argon2 does not accept the hash or the parameters.
    #[error("Argon2: {0}")]
    Argon2(argon2::password_hash::Error),
    /// The work was cancelled.
    #[error("the hashing was cancelled")]
    BrokenOff,
}

impl From<argon2::password_hash::Error> for HashingError {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self::Argon2(error)
    }
}

impl Hashing {
    /// Returns a hasher with the parameters above.
    pub(crate) fn new() -> Result<Self, HashingError> {
        Self::with(Params::DEFAULT)
    }

    /// Returns a hasher whose hashes are cheap, for tests of what is not the hash.
    #[cfg(test)]
    pub(crate) fn cheap() -> Self {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None).unwrap()).unwrap()
    }

    fn with(parameters: Params) -> Result<Self, HashingError> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let decoy = hash(&parameters, &crate::keys::random::session_token())?;
        Ok(Self { parameters, permits: Arc::new(Semaphore::new(cores)), decoy })
    }

    /// Returns the hash of a password in PHC string format, with a new salt.
    pub(crate) async fn hash(&self, password: Secret) -> Result<String, HashingError> {
        let parameters = self.parameters.clone();
        self.work(move || hash(&parameters, &password)).await
    }

    /// Returns whether `password` matches the hash `stored`. Without a hash it returns false, after the same time.
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

fn hash(parameters: &Params, password: &Secret) -> Result<String, HashingError> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters.clone());
    Ok(argon2.hash_password(password.expose().as_bytes(), &salt)?.to_string())
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
