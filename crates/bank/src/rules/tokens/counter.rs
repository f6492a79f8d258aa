use inkan_profile::TokenDigest;
use time::OffsetDateTime;
use totp_rs::{Algorithm, Builder, Totp, TotpError};

/// Computes the one-time password of a token at each time step (RFC 6238 §4).
pub(crate) struct Counter {
    totp: Totp,
    step_seconds: u32,
}

impl Counter {
    /// Returns the counter of a token with that secret.
    ///
    /// # Errors
    /// The secret is shorter than 128 bits (RFC 4226 §4), or the digits are not 6 to 8.
    pub(crate) fn new(secret: &[u8], step_seconds: u32, digits: u32, digest: TokenDigest) -> Result<Self, TotpError> {
        let algorithm = match digest {
            TokenDigest::Sha1 => Algorithm::SHA1,
            TokenDigest::Sha256 => Algorithm::SHA256,
            TokenDigest::Sha512 => Algorithm::SHA512,
        };
        let totp = Builder::new()
            .with_algorithm(algorithm)
            .with_digits(u8::try_from(digits).unwrap_or(u8::MAX))
            .with_step_duration(u64::from(step_seconds))
            .with_skew(0)
            .with_secret(secret)
            .build()?;
        Ok(Self { totp, step_seconds })
    }

    /// Returns the time step at `now`, for a token whose clock is right.
    pub(crate) fn step_at(&self, now: OffsetDateTime) -> i64 {
        now.unix_timestamp().div_euclid(i64::from(self.step_seconds))
    }

    /// Returns whether `otp` is the one-time password at `step`. Compares in constant time.
    pub(crate) fn shows(&self, otp: &str, step: i64) -> bool {
        let time = step.checked_mul(i64::from(self.step_seconds)).and_then(|time| u64::try_from(time).ok());
        time.is_some_and(|time| self.totp.check(otp, time).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B.
    #[test]
    fn it_shows_what_the_standard_says() {
        let digits: Vec<u8> = b"1234567890".iter().copied().cycle().take(64).collect();
        let cases = [
            (TokenDigest::Sha1, 20, [(59, "94287082"), (1_111_111_109, "07081804"), (20_000_000_000, "65353130")]),
            (TokenDigest::Sha256, 32, [(59, "46119246"), (1_111_111_109, "68084774"), (20_000_000_000, "77737706")]),
            (TokenDigest::Sha512, 64, [(59, "90693936"), (1_111_111_109, "25091201"), (20_000_000_000, "47863826")]),
        ];
        for (digest, length, shown) in cases {
            let counter = Counter::new(&digits[..length], 30, 8, digest).unwrap();
            for (time, otp) in shown {
                let step = counter.step_at(OffsetDateTime::from_unix_timestamp(time).unwrap());
                assert!(counter.shows(otp, step), "{digest:?} at {time}");
                assert!(!counter.shows(otp, step + 1) && !counter.shows(&otp[1..], step), "{digest:?} at {time}");
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        assert!(Counter::new(&[1; 15], 60, 6, TokenDigest::Sha1).is_err());
        assert!(Counter::new(&[1; 20], 60, 5, TokenDigest::Sha1).is_err());
        assert!(Counter::new(&[1; 20], 0, 6, TokenDigest::Sha1).is_err());
        assert!(!Counter::new(&[1; 20], 60, 6, TokenDigest::Sha1).unwrap().shows("+12345", 1));
        assert!(!Counter::new(&[1; 20], 60, 6, TokenDigest::Sha1).unwrap().shows("123456", -1));
    }
}
