use std::sync::Arc;

use data_encoding::BASE64;
use inkan_protocol::{EnrolmentCode, Secret, certs_only, path};
use inkan_store::{CertificateId, PrivateKey, StoreError, StoredCertificate};

use crate::enrolment::step::{AcquisitionStep, certificate_label};
use crate::net::http_client::Connection;
use crate::services::issuer::base64_body;
use crate::{Bank, Error, Inkan, Transport};

/// A person whom the bank has checked, on the way from a key to an installed certificate.
pub(crate) struct Enrolment<'a> {
    pub(crate) inkan: &'a Inkan,
    pub(crate) bank: &'a Bank,
    pub(crate) portal: &'a Connection,
    /// What the certificate is asked to be called.
    pub(crate) name: &'a str,
    pub(crate) code: &'a EnrolmentCode,
}

impl Enrolment<'_> {
    /// Each step may have been done by an earlier run, and is then the same as done once.
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

    /// For Basic authentication (RFC 7617).
    fn credentials(&self) -> (&str, &Secret) {
        (&self.code.user, &self.code.code)
    }

    /// EST simpleenroll (RFC 7030 §4.2).
    fn enrol(&self, key: &Arc<dyn PrivateKey>) -> Result<StoredCertificate, Error> {
        let request = inkan_store::certification_request(key.as_ref(), self.name)?;
        let body = BASE64.encode(&request);
        let answer =
            self.portal.post_basic(path::EST_SIMPLE_ENROLL, self.credentials(), ("application/pkcs10", body))?;
        issued(self.portal, &answer, key)
    }
}

/// The certificate for `key` in an answer of EST.
pub(crate) fn issued(
    connection: &Connection,
    answer: &[u8],
    key: &Arc<dyn PrivateKey>,
) -> Result<StoredCertificate, Error> {
    let unreadable = || connection.error(Transport::AnswerUnknown);
    let message = base64_body(answer).map_err(|_| unreadable())?;
    let certificates = certs_only::decode(&message).map_err(|_| unreadable())?;
    let parsed: Result<Vec<StoredCertificate>, _> =
        certificates.iter().map(|der| StoredCertificate::parse(der, None)).collect();
    parsed
        .map_err(|_| unreadable())?
        .into_iter()
        .find(|certificate| certificate.key_id == *key.id())
        .ok_or(Error::KeyMismatch)
}

/// Puts it beside its key.
pub(crate) fn install(inkan: &Inkan, bank: &Bank, certificate: &StoredCertificate) -> Result<CertificateId, Error> {
    let label = certificate_label(bank, &certificate.name);
    match inkan.store()?.install(&certificate.der, &label) {
        // An earlier run came this far and was cut before the bank knew.
        Err(StoreError::AlreadyInstalled(_)) => Ok(certificate.id.clone()),
        other => Ok(other?),
    }
}
