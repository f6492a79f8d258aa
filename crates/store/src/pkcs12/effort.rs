use der::asn1::UintRef;

use super::Pkcs12Error;

/// Of one key derivation. NSS writes 600,000; a fuzzer has no time for so many.
pub(super) const MAX_ITERATIONS: u64 = if cfg!(fuzzing) { 16 } else { 1_000_000 };
/// Of all in a file together, in rounds of SHA-256: some 0.8 s of work, and room for four keys as NSS writes them.
const MAX_TOTAL: u64 = 4_000_000;

/// How much work a file asks for, added up before the work is done.
#[derive(Debug, Clone)]
pub(super) struct Effort {
    total: u64,
    times: u64,
}

impl Effort {
    /// None yet, of which each part is done so many times.
    pub(super) fn times(times: usize) -> Self {
        Self { total: 0, times: times.try_into().unwrap_or(u64::MAX) }
    }

    /// Adds one derivation, in rounds of SHA-256.
    pub(super) fn add(&mut self, rounds: u32) -> Result<(), Pkcs12Error> {
        self.total = self.total.saturating_add(u64::from(rounds).saturating_mul(self.times));
        if self.total > MAX_TOTAL {
            return Err(Pkcs12Error::TooManyIterations { iterations: self.total, limit: MAX_TOTAL });
        }
        Ok(())
    }
}

/// A count of iterations, where it is acceptable.
pub(super) fn iterations(count: UintRef<'_>) -> Result<u32, Pkcs12Error> {
    let bytes = count.as_bytes();
    let number = if bytes.len() > 8 { u64::MAX } else { bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)) };
    match u32::try_from(number) {
        Ok(accepted) if number <= MAX_ITERATIONS => Ok(accepted.max(1)),
        _ => Err(Pkcs12Error::TooManyIterations { iterations: number, limit: MAX_ITERATIONS }),
    }
}
