//! The checks of an RSA key that its holder cannot have meant: a key whose private half anybody can compute proves
//! nothing about its holder. They are those of the CA/Browser Forum's Baseline Requirements (§6.1.1.3, §6.1.6) and of
//! the CA software boulder (`goodkey`).

use num_bigint::BigUint;
use num_integer::Integer;
use thiserror::Error;

/// The exponent that is accepted, the only one in common use. Small exponents make mistakes in padding fatal.
const EXPONENT: u32 = 65537;
/// The sizes that are accepted, in bits. A smaller modulus can be factored, and a larger one makes the checks slow.
const BITS: std::ops::RangeInclusive<u64> = 2048..=4096;
/// The bound of the factors that are looked for by division (Baseline Requirements §6.1.6).
const SMALL: u32 = 752;
/// The rounds of Fermat's factorisation (Baseline Requirements §6.1.1.3).
const FERMAT_ROUNDS: u32 = 100;
/// The bound of the primes by which a modulus of ROCA is recognised.
const ROCA_PRIMES: u32 = 168;

/// Why an RSA key is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum RsaFault {
    /// The modulus has too few or too many bits, or not whole bytes.
    #[error("an RSA modulus of another size than 2048 to 4096 bits in whole bytes")]
    Size,
    /// The public exponent is not 65537.
    #[error("an RSA exponent other than 65537")]
    Exponent,
    /// The modulus has a factor below 752.
    #[error("an RSA modulus with a small factor")]
    SmallFactor,
    /// The modulus was made by a generator with a known fault (ROCA, CVE-2017-15361).
    #[error("an RSA modulus of the generator of CVE-2017-15361")]
    Roca,
    /// The two factors of the modulus are close to each other.
    #[error("an RSA modulus of close primes")]
    ClosePrimes,
    /// The modulus is a prime, the power of a prime, or a number that passes for a prime.
    #[error("an RSA modulus that is not the product of two primes")]
    NotTwoPrimes,
}

/// The modulus of an RSA key.
#[derive(Debug)]
pub(super) struct RsaModulus(BigUint);

impl RsaModulus {
    /// Returns the modulus of a key, both numbers big-endian, if it passes the checks that are quick.
    pub(super) fn of_key(modulus: &[u8], exponent: &[u8]) -> Result<Self, RsaFault> {
        let modulus = BigUint::from_bytes_be(modulus);
        if !BITS.contains(&modulus.bits()) || !modulus.bits().is_multiple_of(8) {
            return Err(RsaFault::Size);
        }
        if BigUint::from_bytes_be(exponent) != EXPONENT.into() {
            return Err(RsaFault::Exponent);
        }
        // A factor that is not a prime has a smaller one, so that all numbers stand for the primes among them.
        if (2..SMALL).any(|factor| remainder(&modulus, factor) == 0) {
            return Err(RsaFault::SmallFactor);
        }
        if is_of_roca(&modulus) {
            return Err(RsaFault::Roca);
        }
        if has_close_factors(&modulus) {
            return Err(RsaFault::ClosePrimes);
        }
        Ok(Self(modulus))
    }

    /// Checks that the modulus is neither a prime nor the power of a prime. This takes as long as some hundred
    /// signatures are verified.
    ///
    /// Every prime factor p of such a modulus n divides 2ⁿ⁻¹ − 1 (Fermat's little theorem). For a product of two random
    /// primes no factor does, except with a probability that is negligible.
    pub(super) fn check_factors(&self) -> Result<(), RsaFault> {
        let power = BigUint::from(2_u32).modpow(&(&self.0 - 1_u32), &self.0);
        // The power is at least 1, since the modulus is odd.
        let common = (power - 1_u32).gcd(&self.0);
        if common == 1_u32.into() { Ok(()) } else { Err(RsaFault::NotTwoPrimes) }
    }
}

fn remainder(modulus: &BigUint, divisor: u32) -> u32 {
    // A remainder is smaller than its divisor, so that it always fits.
    u32::try_from(modulus % divisor).unwrap_or(0)
}

/// Returns whether the modulus has the pattern of ROCA: modulo each small prime, it is a power of 65537.
fn is_of_roca(modulus: &BigUint) -> bool {
    let mut odd_primes = (3..ROCA_PRIMES).filter(|number| (2..*number).all(|factor| number % factor != 0));
    odd_primes.all(|prime| {
        let wanted = remainder(modulus, prime);
        let mut power = 1;
        (0..prime).any(|_| {
            let found = power == wanted;
            power = power * (EXPONENT % prime) % prime;
            found
        })
    })
}

/// Returns whether Fermat's method finds two factors in a few rounds: n = a² − b² = (a + b)(a − b), with a from √n.
fn has_close_factors(modulus: &BigUint) -> bool {
    let root = modulus.sqrt();
    let first = if &root * &root == *modulus { root } else { root + 1_u32 };
    (0..FERMAT_ROUNDS).any(|round| {
        let mean = &first + round;
        let square = &mean * &mean - modulus;
        let half_distance = square.sqrt();
        &half_distance * &half_distance == square
    })
}
