//! Asks the CAs of certificates whether they have revoked them (OCSP, RFC 6960), so that a certificate that is shown as
//! usable is usable. What a CA says is remembered, so that the next list shows it.

mod answer;
mod question;
mod responder;
mod revocation_status;

use std::time::Instant;

use inkan_protocol::Code;
use inkan_store::{CertificateId, StoredCertificate};
use serde::Serialize;

use self::question::Question;
pub use self::revocation_status::RevocationStatus;
use crate::data::certificate_history::CertificateHistory;
use crate::services::issuer::Issuer;
use crate::{CertificateRow, Error, Inkan, Reason};

/// The longest time for all questions together. The window shows its lists before the answers come.
const LONGEST: std::time::Duration = std::time::Duration::from_secs(30);

/// A certificate about which its CA was asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AskedCertificate {
    /// The ID of the certificate.
    pub id: CertificateId,
    /// The name of the certificate.
    pub name: String,
    /// What the CA says.
    pub status: RevocationStatus,
}

impl Inkan {
    /// Asks the CA of each certificate in the store that names an OCSP responder (RFC 5280 §4.2.2.1), if the
    /// certificate could otherwise be used and if the CA's certificate is known, which the answer is verified with. The
    /// usable certificates come first. A revocation is recorded, as if the bank had refused the certificate. A CA that
    /// does not answer changes nothing.
    ///
    /// The responder learns that this PC has the certificate. So ask only if the user has agreed.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Data`]; [`Error::Cancelled`] if the user stopped it ([`Self::with_cancel`]).
    pub fn ask_revocation(&self) -> Result<Vec<AskedCertificate>, Error> {
        let stored = self.store()?.certificates()?;
        let rows = self.judged(&stored, &stored, None, None)?;
        let authorities = self.authority_certificates()?;
        let mut open: Vec<(&CertificateRow, &StoredCertificate)> =
            rows.iter().zip(&stored).filter(|(row, _)| may_be_good(row)).collect();
        open.sort_by_key(|(row, _)| !row.usable);
        let ends = Instant::now() + LONGEST;
        let mut asked = Vec::new();
        for (row, certificate) in open {
            self.unless_cancelled()?;
            let Some(question) = Question::about(certificate, &authorities) else { continue };
            let left = ends.saturating_duration_since(Instant::now());
            let status = self.answer_to(&question, left);
            if status == RevocationStatus::Revoked {
                let bank = row.bank.as_deref();
                CertificateHistory::refused(&self.home, bank, &certificate.id, Code::CertificateRevoked)?;
            }
            asked.push(AskedCertificate { id: certificate.id.clone(), name: certificate.name.clone(), status });
        }
        Ok(asked)
    }

    fn answer_to(&self, question: &Question, left: std::time::Duration) -> RevocationStatus {
        let answer = question.to_der().and_then(|der| responder::ask(&self.network, question.responder(), der, left));
        let status = answer.and_then(|answer| answer::read(&answer, question, self.clock.now()));
        status.unwrap_or(RevocationStatus::NoAnswer)
    }

    /// Returns the certificates (DER) of the CAs of all added banks, and those of the CAs in the store.
    fn authority_certificates(&self) -> Result<Vec<Vec<u8>>, Error> {
        let mut known = self.store()?.authorities()?;
        for bank in self.banks()? {
            known.extend(bank.issuers.iter().filter_map(Issuer::certificate).map(<[u8]>::to_vec));
        }
        Ok(known)
    }
}

/// Returns whether nothing is known yet that no answer of the CA could change.
fn may_be_good(row: &CertificateRow) -> bool {
    use Reason as R;
    let settled =
        [R::Revoked, R::Expired, R::DatesContradict, R::KeyMissing, R::KeyUnsupported, R::NoClientAuthentication];
    !row.reasons.iter().any(|reason| settled.contains(reason))
}
