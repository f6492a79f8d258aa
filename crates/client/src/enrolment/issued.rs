//! Checks a certificate that a bank has issued. Only a certificate that passes reaches the store.

use inkan_store::StoredCertificate;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Name};

use super::issued_refusal::{IssuedFault, IssuedRefusal};
use crate::certificates::judge::begins_after;
use crate::net::http_client::Connection;
use crate::time_format::in_japan;
use crate::{Bank, Error, Inkan};

/// The holder whom a new certificate must name.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named<'a> {
    /// A user. The common name follows a pattern of the bank (S1-2, S3-15, S3-16).
    User { contract: Option<&'a str>, user: &'a str },
    /// The holder of the certificate that is renewed, which has this name (RFC 7030 §4.2.2).
    AsRenewed(&'a str),
}

/// A certificate that has passed every check. Only [`Inkan::checked`] makes one.
#[derive(Debug)]
pub(crate) struct CheckedCertificate(StoredCertificate);

impl CheckedCertificate {
    pub(crate) fn certificate(&self) -> &StoredCertificate {
        &self.0
    }
}

impl Named<'_> {
    fn names(self, bank: &Bank) -> Vec<String> {
        match self {
            Self::User { contract, user } => bank.possible_names(contract, user),
            Self::AsRenewed(name) => vec![name.to_owned()],
        }
    }
}

impl Inkan {
    /// Checks a certificate that `bank` has issued: its issuer and signature, name, purpose and dates. The dates are
    /// judged by the bank's clock, in the answer that has just come over `connection`. A CA or a name that this PC does
    /// not know yet may be new at the bank, so the bank is asked for its current ones before the certificate is
    /// refused.
    ///
    /// # Errors
    /// [`Error::IssuedCertificate`].
    pub(crate) fn checked(
        &self,
        certificate: StoredCertificate,
        bank: &Bank,
        named: Named<'_>,
        connection: Option<&Connection>,
    ) -> Result<CheckedCertificate, Error> {
        let now = self.time_at_bank(bank, connection);
        let (mut fault, mut expected) = (fault_of(&certificate, bank, named, now), named.names(bank));
        if matches!(fault, Some(IssuedFault::Issuer | IssuedFault::Signature | IssuedFault::Name)) {
            let current = self.bank_now(&bank.name)?;
            (fault, expected) = (fault_of(&certificate, &current, named, now), named.names(&current));
        }
        let Some(fault) = fault else { return Ok(CheckedCertificate(certificate)) };
        expected.dedup();
        Err(refusal(certificate, fault, expected, now))
    }
}

/// Returns the error for a certificate that has that fault at the time `now`, and should have one of the names
/// `expected`.
pub(crate) fn refusal(
    certificate: StoredCertificate,
    fault: IssuedFault,
    expected: Vec<String>,
    now: OffsetDateTime,
) -> Error {
    Error::IssuedCertificate(Box::new(IssuedRefusal {
        fault,
        name: certificate.name,
        expected,
        issuer: certificate.issuer,
        from: in_japan(certificate.not_before),
        until: in_japan(certificate.not_after),
        now: in_japan(now),
    }))
}

/// Returns the first check that the certificate fails. The signature comes before the contents that it protects.
pub(crate) fn fault_of(
    certificate: &StoredCertificate,
    bank: &Bank,
    named: Named<'_>,
    now: OffsetDateTime,
) -> Option<IssuedFault> {
    let mut issuers = bank.issuers.iter().filter(|issuer| issuer.is(&certificate.issuer_name)).peekable();
    let published = issuers.peek().is_some();
    let checks = [
        (!published, IssuedFault::Issuer),
        (!issuers.any(|issuer| issuer.has_signed(certificate)), IssuedFault::Signature),
        (!has_name_among(certificate, &named.names(bank)), IssuedFault::Name),
        (certificate.may_issue, IssuedFault::Authority),
        (!certificate.client_authentication, IssuedFault::Purpose),
        (certificate.dates_contradict(), IssuedFault::DatesContradict),
        (certificate.not_after < now, IssuedFault::Expired),
        (begins_after(certificate, now), IssuedFault::NotYetValid),
    ];
    checks.into_iter().find_map(|(fails, fault)| fails.then_some(fault))
}

/// Returns whether the certificate has one common name, and it is one of `names`. Of several common names, two programs
/// may read two.
fn has_name_among(certificate: &StoredCertificate, names: &[String]) -> bool {
    let single = X509Name::from_der(certificate.subject_name.der())
        .is_ok_and(|(_, subject)| subject.iter_common_name().count() == 1);
    single && names.contains(&certificate.name)
}
