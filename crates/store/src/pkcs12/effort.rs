use der::asn1::UintRef;

use super::Pkcs12Error;

/// The greatest number of iterations of one key derivation. NSS writes 600,000 iterations. A fuzzer has no time for so
/// many.
pub(super) const MAX_ITERATIONS: u64 = if cfg!(fuzzing) { 16 } else { 1_000_000 };
/// The limit for all derivations of a file, in rounds of SHA-256: about 6 s of work. It allows 25 keys as NSS writes
/// them, each with its certificate encrypted separately.
const MAX_TOTAL: u64 = 32_000_000;
/// The limit for attempts with other spellings and encodings of the password, in rounds of SHA-256.
const MAX_GUESSES: u64 = 8_000_000;
/// The cost of one such attempt besides its iterations, in rounds of SHA-256. A file can have thousands of parts with
/// one iteration each.
const GUESS_OVERHEAD: u64 = 1000;

/// Counts the work that a file demands.
#[derive(Debug, Default)]
pub(super) struct Effort {
    needed: u64,
    guessed: u64,
}

impl Effort {
    /// Adds the cost of one necessary derivation, in rounds of SHA-256, before it is done.
    pub(super) fn need(&mut self, rounds: u32) -> Result<(), Pkcs12Error> {
        self.needed = self.needed.saturating_add(rounds.into());
        if self.needed > MAX_TOTAL {
            return Err(Pkcs12Error::TooManyIterations { iterations: self.needed, limit: MAX_TOTAL });
        }
        Ok(())
    }

    /// Adds the cost of one attempt with another variant of the password. Returns false if the limit would be exceeded.
    pub(super) fn guess(&mut self, rounds: u32) -> bool {
        let guessed = self.guessed.saturating_add(GUESS_OVERHEAD).saturating_add(rounds.into());
        if guessed > MAX_GUESSES {
            return false;
        }
        self.guessed = guessed;
        true
    }
}

/// Returns the number of iterations, if it is acceptable.
pub(super) fn iterations(count: UintRef<'_>) -> Result<u32, Pkcs12Error> {
    let bytes = count.as_bytes();
    let number = if bytes.len() > 8 { u64::MAX } else { bytes.iter().fold(0, |n, byte| (n << 8) + u64::from(*byte)) };
    match u32::try_from(number) {
        Ok(accepted) if number <= MAX_ITERATIONS => Ok(accepted.max(1)),
        _ => Err(Pkcs12Error::TooManyIterations { iterations: number, limit: MAX_ITERATIONS }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NSS derives a key for each private key, each certificate and the MAC.
    #[test]
    fn ten_keys_of_an_nss_backup_are_within_the_limit_and_a_thousand_are_not() {
        let backup = |keys: u32| {
            let mut effort = Effort::default();
            (0..=2 * keys).try_for_each(|_| effort.need(600_000))
        };
        assert_eq!(backup(10), Ok(()));
        assert!(matches!(backup(1000), Err(Pkcs12Error::TooManyIterations { limit: MAX_TOTAL, .. })));
    }

    #[test]
    fn work_up_to_the_limit_is_done() {
        let mut effort = Effort::default();
        assert_eq!(effort.need(u32::try_from(MAX_TOTAL).unwrap()), Ok(()));
        let over = Err(Pkcs12Error::TooManyIterations { iterations: MAX_TOTAL + 1, limit: MAX_TOTAL });
        assert_eq!(effort.need(1), over);
        let all = u32::try_from(MAX_GUESSES - GUESS_OVERHEAD).unwrap();
        assert!(Effort::default().guess(all) && !Effort::default().guess(all + 1));
    }

    #[test]
    fn a_number_of_iterations_is_read_up_to_the_limit() {
        let read = |bytes: &[u8]| iterations(UintRef::new(bytes).unwrap());
        let refused = |iterations| Err(Pkcs12Error::TooManyIterations { iterations, limit: MAX_ITERATIONS });
        assert_eq!((read(&[0]), read(&[1]), read(&[1, 2])), (Ok(1), Ok(1), Ok(258)));
        assert_eq!(read(&[0x0f, 0x42, 0x40]), Ok(1_000_000));
        assert_eq!(read(&[0x0f, 0x42, 0x41]), refused(1_000_001));
        assert_eq!(read(&[1, 0, 0, 0, 0, 0, 0, 0]), refused(1 << 56));
        assert_eq!(read(&[1, 0, 0, 0, 0, 0, 0, 0, 0]), refused(u64::MAX));
    }

    #[test]
    fn guesses_end() {
        let mut effort = Effort::default();
        assert_eq!((0..100).filter(|_| effort.guess(1_000_000)).count(), 7);
        let mut effort = Effort::default();
        assert!((0..100_000).filter(|_| effort.guess(1)).count() < 8_000);
    }
}
