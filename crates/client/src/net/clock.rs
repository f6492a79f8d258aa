//! This PC's clock against a bank's.

use std::fmt;

use inkan_protocol::{BankDocument, Code, Problem, path};
use reqwest::header::{DATE, HeaderMap};
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::data::certificate_history::Memory;
use crate::enrolment::renewal::in_japan;
use crate::net::http_client::{Connection, authority};
use crate::net::patience::ASIDE;
use crate::net::transport_error::{RefusalKind, ServerCertificateFault};
use crate::{Bank, Error, Inkan, Reason, Site, Transport};

/// Two clocks at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// This PC's.
    pub here: OffsetDateTime,
    /// A server's.
    pub there: OffsetDateTime,
}

impl Clocks {
    /// How far this PC's clock is ahead; negative if it is behind.
    pub fn ahead(&self) -> Duration {
        self.here - self.there
    }

    /// Returns whether the two clocks are at most [`CREDIBLE`] apart. The server's clock may then be the right one, even if
    /// the server's certificate is valid by this PC's clock. A PC that has lost its time falls back by decades, and the
    /// certificate is not valid yet by such a clock.
    pub(crate) fn are_credible(&self) -> bool {
        self.ahead().abs() <= CREDIBLE
    }

    /// The difference in words, and both times in Japan.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        let (amount, unit) = in_words(self.ahead().abs());
        let direction = if self.ahead().is_positive() { "ahead" } else { "behind" };
        vec![
            ("amount", amount.to_string()),
            ("unit", unit.to_owned()),
            ("direction", direction.to_owned()),
            ("here", in_japan(self.here)),
            ("there", in_japan(self.there)),
        ]
    }
}

impl fmt::Display for Clocks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} here, {} there", self.here, self.there)
    }
}

impl std::error::Error for Clocks {}

/// How far a server's clock may be from that of a PC by which the server's certificate is valid: ten years. Hardly any
/// certificate of a server lasts longer.
const CREDIBLE: Duration = Duration::days(3653);

/// How far the two clocks may be apart before a person hears of it: one-time passwords and certificates of this minute
/// forgive as much, and an answer takes some seconds.
pub(crate) const NOTICEABLE: Duration = Duration::minutes(2);

impl Inkan {
    /// Asks the bank what time it is. The problem says how far this PC's clock is wrong; none where it is right. Nobody
    /// is asked to log in at a proxy for it.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Transport`], [`Error::Proxy`].
    pub fn wrong_clock(&self, bank: &str) -> Result<Option<Problem>, Error> {
        Ok(self.ask_the_time(&self.bank(bank)?)?.map(Error::into_problem))
    }

    pub(crate) fn ask_the_time(&self, bank: &Bank) -> Result<Option<Error>, Error> {
        let unasked = Self { network: self.network.clone().without_person(), ..self.clone() };
        unasked.ask_over(&bank.portal(&unasked)?, bank)
    }

    fn ask_over(&self, portal: &Connection, bank: &Bank) -> Result<Option<Error>, Error> {
        match portal.get::<BankDocument>(path::BANK, None) {
            Ok(document) => Ok(self.wrong_by_trusted(&bank.address, document.now)),
            // A clock that is wrong by years finds the server's certificate out of date, and no answer is read any more.
            // What a probe makes of that is as good.
            Err(error) if may_be_the_clock(error.code()) => {
                match self.probed(bank.address.as_str(), None, None)?.clocks {
                    Some(clocks) => Ok(self.wrong_by(&bank.address, clocks.there)),
                    None => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the error itself, or that this PC's clock is wrong if that makes a certificate look expired or not yet
    /// valid and the bank says so. A bank that does not answer leaves that open.
    pub(crate) fn or_the_clock(&self, bank: &Bank, error: Error) -> Error {
        if !judges_by_the_clock(&error) {
            return error;
        }
        let unasked = Self { network: self.network.clone().without_person(), ..self.clone() };
        let asked = bank.portal(&unasked).and_then(|portal| unasked.ask_over(&portal.within(ASIDE), bank));
        match (asked, error) {
            (Ok(Some(wrong)), _) => wrong,
            (Ok(None), Error::CertificateUnusable { name, reason, from, until, today, ids, .. }) => {
                Error::CertificateUnusable { name, reason, from, until, today, clock_confirmed: true, ids }
            }
            (_, error) => error,
        }
    }

    /// Compares this PC's clock with that of a site's server, by a probe.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Data`]. A site that cannot be reached says nothing of the time.
    pub(crate) fn compare_with_site(&self, site: &Site) -> Result<(), Error> {
        let probed = self.probed(site.address.as_str(), None, None)?;
        if let Some(there) = probed.clocks.map(|clocks| clocks.there).or(probed.there.and_then(Result::ok)) {
            let _wrong = self.wrong_by(&site.address, there);
        }
        Ok(())
    }

    /// The same by the answer that has just come over that connection.
    pub(crate) fn wrong_clock_by(&self, bank: &Bank, connection: &Connection) -> Option<Error> {
        self.wrong_by_trusted(&bank.address, connection.server_clock()?)
    }

    /// As [`Self::wrong_by`], by a server whose certificate is valid by this PC's clock.
    fn wrong_by_trusted(&self, address: &Url, there: OffsetDateTime) -> Option<Error> {
        let credible = Clocks { here: self.clock.now(), there }.are_credible();
        if credible { self.wrong_by(address, there) } else { None }
    }

    fn wrong_by(&self, address: &Url, there: OffsetDateTime) -> Option<Error> {
        let clocks = Clocks { here: self.clock.now(), there };
        let wrong = clocks.ahead().abs() > NOTICEABLE;
        let ahead = wrong.then_some(clocks.ahead().whole_seconds());
        if let Err(error) = Memory::clock_compared(&self.home, clocks.here, ahead) {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "what the clock is wrong by is not kept"
            );
        }
        wrong.then(|| Error::ClockWrong { address: authority(address), clocks })
    }
}

/// Returns whether nothing but this PC's clock says that a certificate has expired or is not valid yet, or that its renewal
/// is too early.
fn judges_by_the_clock(error: &Error) -> bool {
    match error {
        Error::CertificateUnusable { reason, .. } => matches!(reason, Reason::Expired | Reason::NotYetValid),
        Error::Transport { cause: Transport::CertificateRefused(refusal), .. } => {
            matches!(refusal.kind, RefusalKind::Expired | RefusalKind::NotYetValid)
        }
        // A server that demands a client certificate answers nothing to a connection without one, and says no time.
        Error::Transport { cause: Transport::ServerCertificate(fault), .. } => {
            matches!(**fault, ServerCertificateFault::OutOfDate { .. })
        }
        Error::RenewalTooEarly(_) => true,
        _ => false,
    }
}

/// The server's clock in the header of its answer.
pub(crate) fn of_answer(headers: &HeaderMap) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(headers.get(DATE)?.to_str().ok()?, &Rfc2822).ok()
}

/// Whether a server that fails so may only look it by a wrong clock.
fn may_be_the_clock(code: Code) -> bool {
    matches!(code, Code::BankCertificateInvalid | Code::ServerCertificateOutOfDate | Code::ClockWrong)
}

/// The length, rounded, in the largest unit of which there are at least two after rounding: a second more or less changes
/// no unit where it changes no number.
pub(crate) fn in_words(length: Duration) -> (i64, &'static str) {
    let rounded = |unit: Duration| length.saturating_add(unit / 2).whole_seconds() / unit.whole_seconds();
    let units = [(Duration::DAY, "days"), (Duration::HOUR, "hours"), (Duration::MINUTE, "minutes")];
    // Of a smaller unit there are two of the larger one already if it rounds up to them.
    let smaller = [(Duration::HOUR, 48), (Duration::MINUTE, 120), (Duration::SECOND, 120)];
    let fitting = units.into_iter().zip(smaller).find(|(_, (unit, enough))| rounded(*unit) >= *enough);
    match fitting {
        Some(((unit, name), _)) => (rounded(unit), name),
        None => (rounded(Duration::SECOND), "seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_length_is_told_in_a_unit_that_people_use() {
        assert_eq!(in_words(Duration::seconds(179)), (3, "minutes"));
        assert_eq!(in_words(Duration::seconds(119)), (119, "seconds"));
        assert_eq!(in_words(Duration::seconds(121)), (2, "minutes"));
        let second = Duration::SECOND;
        for length in [Duration::minutes(120), Duration::minutes(120) - second, Duration::minutes(120) + second] {
            assert_eq!(in_words(length), (2, "hours"));
        }
        for length in [Duration::hours(48), Duration::hours(48) - second, Duration::hours(48) + second] {
            assert_eq!(in_words(length), (2, "days"));
        }
        assert_eq!(in_words(Duration::hours(47)), (47, "hours"));
        assert_eq!(in_words(Duration::MAX).1, "days");
    }

    #[test]
    fn a_clock_that_is_decades_off_is_not_believed() {
        let here = datetime!(2026-11-21 04:05:06 UTC);
        let credible = |there| Clocks { here, there }.are_credible();
        assert!(credible(datetime!(2017-01-01 0:00 UTC)) && credible(datetime!(2036-01-01 0:00 UTC)));
        for there in [datetime!(1970-01-01 0:00 UTC), datetime!(2000-01-01 0:00 UTC), datetime!(9999-12-31 0:00 UTC)] {
            assert!(!credible(there), "{there}");
        }
    }

    #[test]
    fn the_servers_clock_is_read_from_its_answer() {
        let headers = |text: &str| HeaderMap::from_iter([(DATE, text.parse().unwrap())]);
        let there = of_answer(&headers("Sat, 21 Nov 2026 04:05:06 GMT"));
        assert_eq!(there, Some(datetime!(2026-11-21 04:05:06 UTC)));
        assert_eq!(of_answer(&headers("yesterday")), None);
        assert_eq!(of_answer(&HeaderMap::new()), None);
    }
}
