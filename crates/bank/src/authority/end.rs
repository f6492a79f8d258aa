//! The end of the CA's own validity, after which no certificate of it is valid (RFC 5280 §6.1).

use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Authority, AuthorityError};

/// How long before it can issue nothing more the bank begins to warn, in days.
const WARNING: i64 = 180;

/// The last moment of a CA's own validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CaEnd(OffsetDateTime);

impl CaEnd {
    /// Returns the end of the CA with that certificate in DER; `None` if it cannot be read.
    pub(crate) fn of_certificate(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        Some(Self(certificate.validity().not_after.to_datetime()))
    }

    /// Returns the last moment of a certificate that is issued at `now` for so many days.
    ///
    /// # Errors
    /// [`AuthorityError::Ending`] if the CA ends before.
    pub(crate) fn last_moment(self, days: u32, now: OffsetDateTime) -> Result<OffsetDateTime, AuthorityError> {
        let last = now.saturating_add(Duration::days(i64::from(days)));
        if last > self.0 { Err(AuthorityError::Ending { days, ends: self.0 }) } else { Ok(last) }
    }
}

impl Authority {
    /// Returns the last moment of the CA's own validity.
    pub(crate) fn ends(&self) -> OffsetDateTime {
        self.validity.1
    }

    /// Returns the end of the CA, by which new certificates are judged.
    pub(crate) fn end(&self) -> CaEnd {
        CaEnd(self.ends())
    }

    /// Returns the whole days until the CA ends. They are negative afterwards.
    pub(crate) fn days_left(&self, now: OffsetDateTime) -> i64 {
        (self.ends() - now).whole_days()
    }

    /// Writes to the log that the CA ends, if it ends soon for certificates of so many days.
    pub(crate) fn report_end(&self, days: u32, now: OffsetDateTime) {
        let (left, ends, days) = (self.days_left(now), self.ends(), i64::from(days));
        if left < days {
            tracing::error!(days = left, %ends, "the CA ends before a new certificate would: no certificate is issued");
        } else if left < days + WARNING {
            let issues_for = left - days;
            tracing::warn!(days = left, %ends, issues_for, "the CA ends soon, and issues for so many days only");
        }
    }

    /// Returns a validity within that of the CA.
    pub(super) fn within(&self, first: OffsetDateTime, last: OffsetDateTime) -> (OffsetDateTime, OffsetDateTime) {
        let (begins, ends) = self.validity;
        (first.clamp(begins, ends), last.clamp(begins, ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_ends_with_its_ca_at_the_latest() {
        let directory = tempfile::tempdir().unwrap();
        let now = time::macros::datetime!(2026-11-21 12:00 UTC);
        let authority = Authority::open(directory.path(), "Bank", now).unwrap();
        let last_issue = authority.ends() - Duration::days(365);
        assert_eq!(authority.end().last_moment(365, last_issue).unwrap(), authority.ends());
        let error = authority.end().last_moment(365, last_issue + Duration::SECOND).unwrap_err();
        assert!(matches!(error, AuthorityError::Ending { .. }), "{error}");
        assert_eq!(CaEnd::of_certificate(authority.certificate()), Some(authority.end()));
        assert_eq!((authority.days_left(last_issue), authority.days_left(authority.ends() + Duration::DAY)), (365, -1));
        let identity = authority.server(None, last_issue + Duration::days(300)).unwrap();
        let (_, server) = x509_parser::parse_x509_certificate(&identity.chain[0]).unwrap();
        assert_eq!(server.validity().not_after.to_datetime(), authority.ends());
    }
}
