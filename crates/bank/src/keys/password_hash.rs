//! Argon2id (RFC 9106) for passwords: 19 MiB, two passes, one lane, as OWASP recommends.

use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::{Output, PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use inkan_protocol::Secret;
use thiserror::Error;

use super::hash_queue::{HashQueue, Place, Requester};

/// The longest output that a hash may have, in bytes.
const LONGEST_OUTPUT: usize = 64;

/// Hashes and verifies passwords. It runs at most one computation for each core at a time, since each needs a core and
/// its memory.
#[derive(Debug)]
pub(crate) struct Hashing {
    parameters: Params,
    queue: HashQueue,
    memory: Arc<Memory>,
    longest_wait: Duration,
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
    /// Too many computations wait.
    #[error("too many passwords wait to be hashed")]
    Busy,
}

impl From<argon2::password_hash::Error> for HashingError {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self::Argon2(error)
    }
}

impl From<argon2::Error> for HashingError {
    fn from(error: argon2::Error) -> Self {
        Self::Argon2(error.into())
    }
}

impl Hashing {
    /// Returns a hasher with the parameters above. A password that would wait longer than `longest_wait` is refused.
    pub(crate) fn new(longest_wait: Duration) -> Result<Self, HashingError> {
        Self::with(Params::DEFAULT, longest_wait)
    }

    /// Returns a hasher whose hashes are cheap, for tests of what is not the hash. No password is refused because of
    /// the wait: a machine that runs other tests computes slowly.
    #[cfg(test)]
    pub(crate) fn cheap() -> Self {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None).unwrap(), Duration::from_secs(60)).unwrap()
    }

    fn with(parameters: Params, longest_wait: Duration) -> Result<Self, HashingError> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let memory = Arc::new(Memory::default());
        let decoy = hash(&memory, &parameters, &crate::keys::random::session_token())?;
        Ok(Self { parameters, queue: HashQueue::new(cores, longest_wait), memory, longest_wait, decoy })
    }

    /// Returns how long a password waits at most.
    pub(crate) fn longest_wait(&self) -> Duration {
        self.longest_wait
    }

    /// Returns the hash of a password in PHC string format, with a new salt. The user `by`, who has proved who they are,
    /// sets the password.
    pub(crate) async fn hash(&self, by: &str, password: Secret) -> Result<String, HashingError> {
        let (place, parameters) = (self.place(Requester::Known(by.to_owned()))?, self.parameters.clone());
        self.work(place, move |memory| hash(memory, &parameters, &password)).await
    }

    /// Returns the place for one [`Hashing::verify`], which is not refused after that.
    ///
    /// # Errors
    /// [`HashingError::Busy`] if too many requests like this one wait.
    pub(crate) fn place(&self, requester: Requester) -> Result<Place, HashingError> {
        self.queue.place(requester).ok_or(HashingError::Busy)
    }

    /// Returns whether `password` matches the hash `stored`. Without a hash it returns false, after the same time.
    pub(crate) async fn verify(
        &self,
        place: Place,
        password: Secret,
        stored: Option<String>,
    ) -> Result<bool, HashingError> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.clone());
        let right = self.work(place, move |memory| matches(memory, &stored, &password)).await?;
        Ok(right && exists)
    }

    async fn work<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(&Memory) -> Result<T, HashingError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let permit = place.permit().await.ok_or(HashingError::BrokenOff)?;
        let memory = Arc::clone(&self.memory);
        tokio::task::spawn_blocking(move || {
            // Held here, not by the caller: a caller that goes away leaves the work running.
            let (_place, _permit) = (place, permit);
            work(&memory)
        })
        .await
        .map_err(|_| HashingError::BrokenOff)?
    }
}

/// The memory of computations that have ended, for the next ones. Memory that is freed and allocated for each
/// computation stays with the allocator, and grows with the number of threads.
#[derive(Debug, Default)]
struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    /// Fills `output` with the raw hash of `password`.
    fn compute(&self, argon2: &Argon2<'_>, password: &Secret, salt: &[u8], output: &mut [u8]) -> argon2::Result<()> {
        let mut blocks = self.blocks().pop().unwrap_or_default();
        // A stored hash may have other parameters than those of today.
        blocks.resize(argon2.params().block_count(), Block::default());
        let done = argon2.hash_password_into_with_memory(password.expose().as_bytes(), salt, output, &mut blocks);
        self.blocks().push(blocks);
        done
    }

    fn blocks(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash(memory: &Memory, parameters: &Params, password: &Secret) -> Result<String, HashingError> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters.clone());
    let mut raw = [0; Params::DEFAULT_OUTPUT_LEN];
    let mut salt_bytes = [0; 16];
    memory.compute(&argon2, password, salt.decode_b64(&mut salt_bytes)?, &mut raw)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: parameters.try_into()?,
        salt: Some(salt.as_salt()),
        hash: Some(Output::new(&raw)?),
    };
    Ok(hash.to_string())
}

/// Returns whether `password` has the hash `stored`, which is in PHC string format.
fn matches(memory: &Memory, stored: &str, password: &Secret) -> Result<bool, HashingError> {
    let stored = PasswordHash::new(stored)?;
    let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
        return Err(argon2::password_hash::Error::PhcStringField.into());
    };
    let algorithm = Algorithm::try_from(stored.algorithm)?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from)?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&stored)?);
    let mut salt_bytes = [0; argon2::password_hash::Salt::MAX_LENGTH];
    let mut raw = [0; LONGEST_OUTPUT];
    let raw = raw.get_mut(..expected.len()).ok_or(argon2::password_hash::Error::OutputSize {
        provided: std::cmp::Ordering::Greater,
        expected: LONGEST_OUTPUT,
    })?;
    memory.compute(&argon2, password, salt.decode_b64(&mut salt_bytes)?, raw)?;
    // `Output` compares in constant time.
    Ok(Output::new(raw)? == expected)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::PasswordHasher;

    use super::*;

    fn anyone(hashing: &Hashing) -> Place {
        hashing.place(Requester::Unknown(None)).unwrap()
    }

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let hashing = Hashing::new(Duration::from_secs(60)).unwrap();
        let stored = hashing.hash("hanakodt", secret("Hanako2026")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hashing.verify(anyone(&hashing), secret("Hanako2026"), Some(stored.clone())).await.unwrap());
        assert!(!hashing.verify(anyone(&hashing), secret("hanako2026"), Some(stored.clone())).await.unwrap());
        assert_ne!(stored, hashing.hash("hanakodt", secret("Hanako2026")).await.unwrap(), "salted");
        assert!(!hashing.verify(anyone(&hashing), secret("Hanako2026"), None).await.unwrap());
    }

    #[tokio::test]
    async fn the_hashes_are_those_of_argon2_itself_and_of_other_parameters_too() {
        let parameters = Params::new(64, 3, 1, Some(24)).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2i, Version::V0x10, parameters);
        let salt = SaltString::encode_b64(b"a salt of theirs").unwrap();
        let theirs = argon2.hash_password(b"Hanako2026", &salt).unwrap().to_string();
        let hashing = Hashing::cheap();
        assert!(hashing.verify(anyone(&hashing), secret("Hanako2026"), Some(theirs.clone())).await.unwrap());
        assert!(!hashing.verify(anyone(&hashing), secret("Hanako2025"), Some(theirs)).await.unwrap());
        let ours = hashing.hash("hanakodt", secret("Hanako2026")).await.unwrap();
        let parsed = PasswordHash::new(&ours).unwrap();
        argon2::PasswordVerifier::verify_password(&Argon2::default(), b"Hanako2026", &parsed).unwrap();
        let broken = hashing
            .verify(anyone(&hashing), secret("Hanako2026"), Some("$argon2id$v=19$m=64,t=1,p=1".to_owned()))
            .await;
        assert!(matches!(broken, Err(HashingError::Argon2(_))), "{broken:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_memory_is_that_of_the_cores_however_many_wait() {
        let hashing = Arc::new(Hashing::cheap());
        let stored = hashing.hash("hanakodt", secret("Hanako2026")).await.unwrap();
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (hashing, stored) = (Arc::clone(&hashing), stored.clone());
                tokio::spawn(async move { hashing.verify(anyone(&hashing), secret("Wrong2026"), Some(stored)).await })
            })
            .collect();
        for one in tries {
            assert!(!one.await.unwrap().unwrap());
        }
        let cores = std::thread::available_parallelism().unwrap().get();
        assert!(hashing.memory.blocks().len() <= cores);
    }
}
