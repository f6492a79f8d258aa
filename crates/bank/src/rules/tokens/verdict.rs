use inkan_protocol::Secret;

use super::counter::Counter;

/// The one-time passwords that a user read from a token.
#[derive(Debug)]
pub(crate) enum Shown {
    /// One one-time password.
    One(Secret),
    /// Two consecutive one-time passwords.
    Two(Secret, Secret),
}

impl Shown {
    /// Returns whether each one-time password has `digits` digits.
    pub(super) fn has_digits(&self, digits: u32) -> bool {
        let fits = |otp: &Secret| u32::try_from(otp.expose().len()) == Ok(digits);
        match self {
            Self::One(one) => fits(one),
            Self::Two(one, next) => fits(one) && fits(next),
        }
    }
}

/// The state of a token at the bank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// The step of the last one-time password that was accepted.
    pub(crate) last_step: i64,
    /// How many steps the token's clock is ahead.
    pub(crate) drift: i64,
}

/// The result of checking a one-time password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The one-time password is accepted, as that of the step.
    Accepted(i64),
    /// The one-time password, or a later one, was accepted before (Q5).
    Used,
    /// The one-time password is just outside the accepted window, so the token's clock has drifted (M4).
    OutOfStep,
    /// The one-time password does not belong to this token, or belongs to another time.
    Wrong,
}

/// Checks the one-time passwords of a token at the bank's time step `now`.
///
/// A single one-time password is accepted within `window` steps of the expected step, two consecutive ones within
/// `range` steps (RFC 6238 §5.2 and §6).
pub(crate) fn judge(
    counter: &Counter,
    standing: Standing,
    shown: &Shown,
    now: i64,
    window: u32,
    range: u32,
) -> Verdict {
    let expected = now + standing.drift;
    let steps = |reach: u32| expected - i64::from(reach)..=expected + i64::from(reach);
    let (one, next) = match shown {
        Shown::One(one) => (one.expose(), None),
        Shown::Two(one, next) => (one.expose(), Some(next.expose())),
    };
    let fits = |step: &i64| counter.shows(one, *step) && next.is_none_or(|next| counter.shows(next, step + 1));
    let accepted = if next.is_some() { range } else { window };
    // Two steps may show the same digits: the step that can still be accepted is meant.
    let fitting: Vec<i64> = steps(accepted).filter(fits).collect();
    if let Some(step) = fitting.iter().find(|step| **step > standing.last_step) {
        return Verdict::Accepted(step + i64::from(next.is_some()));
    }
    if !fitting.is_empty() {
        return Verdict::Used;
    }
    if next.is_some() {
        return Verdict::Wrong;
    }
    let around: Vec<i64> = steps(range).filter(fits).collect();
    match around.iter().any(|step| *step > standing.last_step) {
        true => Verdict::OutOfStep,
        false if !around.is_empty() => Verdict::Used,
        false => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use inkan_profile::TokenDigest;
    use totp_rs::{Algorithm, Builder};

    use super::*;

    const NOW: i64 = 29_000_000;

    fn otp(step: i64) -> Secret {
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(60);
        let totp = builder.with_secret(&[7u8; 20][..]).build().unwrap();
        Secret::from(totp.generate(u64::try_from(step * 60).unwrap()).to_string())
    }

    fn verdict(last_step: i64, drift: i64, shown: &Shown) -> Verdict {
        let counter = Counter::new(&[7; 20], 60, 6, TokenDigest::Sha1).unwrap();
        judge(&counter, Standing { last_step, drift }, shown, NOW, 1, 60)
    }

    fn one(last_step: i64, drift: i64, step: i64) -> Verdict {
        verdict(last_step, drift, &Shown::One(otp(step)))
    }

    #[test]
    fn one_counts_within_the_window_around_the_drift() {
        for step in NOW - 1..=NOW + 1 {
            assert_eq!(one(0, 0, step), Verdict::Accepted(step));
            assert_eq!(one(0, 10, step + 10), Verdict::Accepted(step + 10));
        }
        assert_eq!(one(0, 0, NOW + 61), Verdict::Wrong);
        assert_eq!(verdict(0, 0, &Shown::One(Secret::from(String::new()))), Verdict::Wrong);
    }

    #[test]
    fn m4_one_outside_the_window_tells_that_the_clock_has_drifted() {
        for step in [NOW - 60, NOW - 2, NOW + 2, NOW + 60] {
            assert_eq!(one(0, 0, step), Verdict::OutOfStep, "{step}");
        }
    }

    #[test]
    fn q5_what_counted_and_what_was_before_it_never_counts_again() {
        assert_eq!(one(NOW, 0, NOW), Verdict::Used);
        assert_eq!(one(NOW, 0, NOW - 1), Verdict::Used);
        assert_eq!(one(NOW, 0, NOW - 30), Verdict::Used);
        assert_eq!(one(NOW, 0, NOW + 1), Verdict::Accepted(NOW + 1));
        assert_eq!(verdict(NOW, 0, &Shown::Two(otp(NOW), otp(NOW + 1))), Verdict::Used, "nor in a pair");
    }

    #[test]
    fn m4_two_consecutive_ones_count_as_the_second_within_the_range() {
        let two = |first, second| verdict(0, 0, &Shown::Two(otp(first), otp(second)));
        for step in [NOW - 60, NOW, NOW + 60] {
            assert_eq!(two(step, step + 1), Verdict::Accepted(step + 1));
        }
        assert_eq!(two(NOW, NOW), Verdict::Wrong);
        assert_eq!(two(NOW, NOW + 2), Verdict::Wrong);
        assert_eq!(two(NOW + 1, NOW), Verdict::Wrong);
        assert_eq!(two(NOW + 61, NOW + 62), Verdict::Wrong);
    }
}
