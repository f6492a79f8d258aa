//! This PC's clock against a bank's.

use inkan_protocol::{BankDocument, Code, Problem, path};
use reqwest::header::{DATE, HeaderMap};
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::connection::{Connection, authority};
use crate::memory::Memory;
use crate::proxy::Network;
use crate::{Bank, Error, Finding, Inkan, Site};

/// How far the two clocks may be apart before a person hears of it: one-time passwords and certificates of this minute
/// forgive as much, and an answer takes some seconds.
const NOTICEABLE: Duration = Duration::minutes(2);

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
        let network = Network::of(&self.home);
        let portal = Connection::open(&bank.address, &bank.trust(), None, &network, self.language)?;
        match portal.get::<BankDocument>(path::BANK, None) {
            Ok(document) => Ok(self.wrong_by(&bank.address, document.now)),
            Err(error) if may_be_the_clock(error.code()) => match self.probed_clock(&bank.address)? {
                Some(there) => Ok(self.wrong_by(&bank.address, there)),
                None => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// Compares this PC's clock with that of a site's server, by a probe.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Data`]. A site that cannot be reached says nothing of the time.
    pub(crate) fn compare_with_site(&self, site: &Site) -> Result<(), Error> {
        let report = self.probe(site.address.as_str(), None, None)?;
        match self.clock_found(&report.findings) {
            Some(there) => drop(self.wrong_by(&site.address, there)),
            None if report.answer.is_some() => drop(self.wrong_by(&site.address, self.clock.now())),
            None => {}
        }
        Ok(())
    }

    /// A clock that is wrong by years finds the server's certificate out of date, and no answer is read any more. What a
    /// probe makes of that is as good.
    fn probed_clock(&self, address: &Url) -> Result<Option<OffsetDateTime>, Error> {
        Ok(self.clock_found(&self.probe(address.as_str(), None, None)?.findings))
    }

    /// The server's clock, if a probe found that this PC's is wrong.
    fn clock_found(&self, findings: &[Finding]) -> Option<OffsetDateTime> {
        let found = findings.iter().find(|finding| finding.code == Code::ClockWrong)?;
        let fact = |name: &str| found.params.get(name).map(String::as_str).unwrap_or_default();
        let apart = of_words(fact("amount").parse().unwrap_or_default(), fact("unit"));
        let now = self.clock.now();
        if fact("direction") == "ahead" { now.checked_sub(apart) } else { now.checked_add(apart) }
    }

    /// The same by the answer that has just come over that connection.
    pub(crate) fn wrong_clock_by(&self, bank: &Bank, connection: &Connection) -> Option<Error> {
        self.wrong_by(&bank.address, connection.server_clock()?)
    }

    fn wrong_by(&self, address: &Url, there: OffsetDateTime) -> Option<Error> {
        let ahead = self.clock.now() - there;
        let wrong = ahead.abs() > NOTICEABLE;
        if let Err(error) = Memory::clock_compared(&self.home, wrong.then_some(ahead.whole_seconds())) {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "what the clock is wrong by is not kept"
            );
        }
        wrong.then(|| Error::ClockWrong { address: authority(address), ahead })
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

/// The opposite of [`in_words`].
fn of_words(amount: i64, unit: &str) -> Duration {
    let unit = match unit {
        "minutes" => Duration::MINUTE,
        "hours" => Duration::HOUR,
        _ => Duration::DAY,
    };
    Duration::seconds(amount.saturating_mul(unit.whole_seconds()))
}

/// The length, rounded, in the largest unit of which there are at least two.
pub(crate) fn in_words(length: Duration) -> (i64, &'static str) {
    let rounded = |unit: Duration| length.saturating_add(unit / 2).whole_seconds() / unit.whole_seconds();
    match length {
        _ if length < Duration::hours(2) => (rounded(Duration::MINUTE), "minutes"),
        _ if length < Duration::days(2) => (rounded(Duration::HOUR), "hours"),
        _ => (rounded(Duration::DAY), "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_length_is_told_in_a_unit_that_people_use() {
        assert_eq!(in_words(Duration::seconds(179)), (3, "minutes"));
        assert_eq!(in_words(Duration::minutes(120)), (2, "hours"));
        assert_eq!(in_words(Duration::hours(48)), (2, "days"));
        assert_eq!(in_words(Duration::MAX).1, "days");
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
