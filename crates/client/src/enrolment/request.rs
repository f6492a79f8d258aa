use std::sync::Arc;

use data_encoding::BASE64;
use inkan_protocol::{EnrolmentCode, Secret, certs_only, path};
use inkan_store::{CertificateId, PrivateKey, StoreError, StoredCertificate};

use crate::enrolment::issued::{CheckedCertificate, Named};
use crate::enrolment::step::{AcquisitionStep, certificate_label};
use crate::net::http_client::Connection;
use crate::services::issuer::base64_body;
use crate::{Bank, Error, Inkan, Transport};

/// The longest answer of EST with a new certificate, in bytes of base64. A certificate has some kilobytes.
const LONGEST_ANSWER: usize = 64 << 10;

/// The enrolment of a user whom the bank has checked, from the key to the installed certificate.
pub(crate) struct Enrolment<'a> {
    pub(crate) inkan: &'a Inkan,
    pub(crate) bank: &'a Bank,
    pub(crate) portal: &'a Connection,
    /// The common name in the certification request.
    pub(crate) name: &'a str,
    /// The holder whom the certificate must name.
    pub(crate) named: Named<'a>,
    pub(crate) code: &'a EnrolmentCode,
}

impl Enrolment<'_> {
    /// Requests and installs the certificate, and notifies the bank. A step that an earlier run has done can be
    /// repeated without effect.
    pub(crate) fn finish(
        &self,
        key: &Arc<dyn PrivateKey>,
        done: &mut impl FnMut(AcquisitionStep),
    ) -> Result<CertificateId, Error> {
        let certificate = self.enrol(key)?;
        done(AcquisitionStep::RequestSent);
        let id = install(self.inkan, self.bank, &certificate)?;
        done(AcquisitionStep::Installed);
        let told = path::INSTALLED.replace("{fingerprint}", &id.0);
        self.portal.post_basic_for_nothing(&told, self.credentials())?;
        done(AcquisitionStep::BankNotified);
        Ok(id)
    }

    /// Returns the credentials for Basic authentication (RFC 7617).
    fn credentials(&self) -> (&str, &Secret) {
        (&self.code.user, &self.code.code)
    }

    /// Requests the certificate by EST simpleenroll (RFC 7030 §4.2).
    fn enrol(&self, key: &Arc<dyn PrivateKey>) -> Result<CheckedCertificate, Error> {
        let request = inkan_store::certification_request(key.as_ref(), self.name)?;
        let body = BASE64.encode(&request);
        let answer =
            self.portal.post_basic(path::EST_SIMPLE_ENROLL, self.credentials(), ("application/pkcs10", body))?;
        let certificate = certificate_of(self.portal, &answer, key)?;
        self.inkan.checked(certificate, self.bank, self.named, Some(self.portal))
    }
}

/// Returns the certificate for `key` from an answer of EST, which has just come over `connection`.
pub(crate) fn certificate_of(
    connection: &Connection,
    answer: &[u8],
    key: &Arc<dyn PrivateKey>,
) -> Result<StoredCertificate, Error> {
    let certificates = certificates_in(answer).map_err(|cause| connection.error(cause))?;
    certificates.into_iter().find(|certificate| certificate.key_id == *key.id()).ok_or(Error::KeyMismatch)
}

/// Returns the certificates in an answer of EST.
pub(crate) fn certificates_in(answer: &[u8]) -> Result<Vec<StoredCertificate>, Transport> {
    if answer.len() > LONGEST_ANSWER {
        return Err(Transport::AnswerTooLong);
    }
    let certificates = certs_only::decode(&base64_body(answer)?).map_err(|_| Transport::AnswerUnknown)?;
    let parsed: Result<_, _> = certificates.iter().map(|der| StoredCertificate::parse(der, None)).collect();
    parsed.map_err(|_| Transport::AnswerUnknown)
}

/// Installs a certificate that is checked beside its key.
pub(crate) fn install(inkan: &Inkan, bank: &Bank, checked: &CheckedCertificate) -> Result<CertificateId, Error> {
    let certificate = checked.certificate();
    let label = certificate_label(bank, &certificate.name);
    match inkan.store()?.install(&certificate.der, &label) {
        // An earlier run has installed it and was interrupted before the bank was notified.
        Err(StoreError::AlreadyInstalled(_)) => Ok(certificate.id.clone()),
        other => Ok(other?),
    }
}
