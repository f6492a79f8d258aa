//! Compares this PC's clock with the clock of a bank or a site.

use inkan_protocol::{BankDocument, Code, Problem, path};
use time::OffsetDateTime;
use url::Url;

use crate::data::certificate_history::CertificateHistory;
use crate::net::address::authority;
use crate::net::clocks::{Clocks, NOTICEABLE};
use crate::net::http_client::Connection;
use crate::net::patience::ASIDE;
use crate::net::transport_error::{RefusalKind, ServerCertificateFault};
use crate::{Bank, Error, Inkan, Reason, Site, Transport};

impl Inkan {
    /// Asks the bank for the time. Returns a problem that states the difference if this PC's clock is wrong; none if
    /// the clock is right. The user is not asked to log in at a proxy.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Transport`], [`Error::Proxy`].
    pub fn wrong_clock(&self, bank: &str) -> Result<Option<Problem>, Error> {
        Ok(self.ask_the_time(&self.bank(bank)?)?.map(Error::into_problem))
    }

    pub(crate) fn ask_the_time(&self, bank: &Bank) -> Result<Option<Error>, Error> {
        let unasked = self.without_proxy_login();
        unasked.ask_over(&bank.portal(&unasked)?, bank)
    }

    fn ask_over(&self, portal: &Connection, bank: &Bank) -> Result<Option<Error>, Error> {
        match portal.get::<BankDocument>(path::BANK, None) {
            Ok(document) => Ok(self.wrong_by_trusted(&bank.address, document.now)),
            // If this PC's clock is wrong by years, the server's certificate seems out of date, and no answer is read.
            // A probe then shows the server's clock.
            Err(error) if may_be_the_clock(error.code()) => {
                match self.probed(bank.address.as_str(), None, None)?.clocks {
                    Some(clocks) => Ok(self.wrong_by(&bank.address, clocks.there)),
                    None => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Asks the bank for the time if `error` may come from a wrong clock. Returns that this PC's clock is wrong if the
    /// bank says so, and otherwise `error`. If the clock is right, an unusable certificate records that the clock is
    /// confirmed.
    pub(crate) fn or_the_clock(&self, bank: &Bank, error: Error) -> Error {
        if !judges_by_the_clock(&error) {
            return error;
        }
        let unasked = self.without_proxy_login();
        let asked = bank.portal(&unasked).and_then(|portal| unasked.ask_over(&portal.within(ASIDE), bank));
        match (asked, error) {
            (Ok(Some(wrong)), _) => wrong,
            (Ok(None), Error::CertificateUnusable { name, reason, from, until, today, ids, reissued_by, .. }) => {
                Error::CertificateUnusable { name, reason, from, until, today, clock_confirmed: true, ids, reissued_by }
            }
            (_, error) => error,
        }
    }

    /// Compares this PC's clock with the clock of a site's server, by a probe.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Data`]. A site that cannot be reached is not an error.
    pub(crate) fn compare_with_site(&self, site: &Site) -> Result<(), Error> {
        let probed = self.probed(site.address.as_str(), None, None)?;
        if let Some(there) = probed.clocks.map(|clocks| clocks.there).or(probed.there.and_then(Result::ok)) {
            let _wrong = self.wrong_by(&site.address, there);
        }
        Ok(())
    }

    /// Does the same as [`Self::wrong_clock`] with the answer that has just come over `connection`.
    pub(crate) fn wrong_clock_by(&self, bank: &Bank, connection: &Connection) -> Option<Error> {
        self.wrong_by_trusted(&bank.address, connection.server_clock()?)
    }

    /// Returns the time by the bank's clock: the time of the answer that has just come over `connection`, or else the
    /// time in the bank's document, which is asked for. If the bank tells no time, or a time that is not credible,
    /// returns the time by this PC's clock.
    pub(crate) fn time_at_bank(&self, bank: &Bank, connection: Option<&Connection>) -> OffsetDateTime {
        let told = connection.and_then(Connection::server_clock).or_else(|| {
            let unasked = self.without_proxy_login();
            let portal = bank.portal(&unasked).ok()?.within(ASIDE);
            portal.get::<BankDocument>(path::BANK, None).ok().map(|document| document.now)
        });
        let here = self.clock.now();
        told.filter(|there| Clocks { here, there: *there }.are_credible()).unwrap_or(here)
    }

    /// Does the same as [`Self::wrong_by`] for a server whose certificate is valid by this PC's clock.
    fn wrong_by_trusted(&self, address: &Url, there: OffsetDateTime) -> Option<Error> {
        let credible = Clocks { here: self.clock.now(), there }.are_credible();
        if credible { self.wrong_by(address, there) } else { None }
    }

    fn wrong_by(&self, address: &Url, there: OffsetDateTime) -> Option<Error> {
        let clocks = Clocks { here: self.clock.now(), there };
        let wrong = clocks.ahead().abs() > NOTICEABLE;
        let ahead = wrong.then_some(clocks.ahead().whole_seconds());
        if let Err(error) = CertificateHistory::clock_compared(&self.home, clocks.here, ahead) {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                "the difference between the clocks cannot be stored"
            );
        }
        wrong.then(|| Error::ClockWrong { address: authority(address), clocks })
    }
}

/// Returns whether the error rests on this PC's clock alone: a certificate has expired, is not valid yet, or is too
/// early to renew.
fn judges_by_the_clock(error: &Error) -> bool {
    match error {
        Error::CertificateUnusable { reason, .. } => matches!(reason, Reason::Expired | Reason::NotYetValid),
        Error::Transport { cause: Transport::CertificateRefused(refusal), .. } => {
            matches!(refusal.kind, RefusalKind::Expired | RefusalKind::NotYetValid)
        }
        // A server that demands a client certificate does not answer a connection without one, so it gives no time.
        Error::Transport { cause: Transport::ServerCertificate(fault), .. } => {
            matches!(**fault, ServerCertificateFault::OutOfDate { .. })
        }
        Error::RenewalTooEarly(_) => true,
        _ => false,
    }
}

/// Returns whether a wrong clock of this PC may be the cause of a server's error.
fn may_be_the_clock(code: Code) -> bool {
    matches!(code, Code::BankCertificateInvalid | Code::ServerCertificateOutOfDate | Code::ClockWrong)
}
