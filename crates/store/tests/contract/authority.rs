//! Provides a CA for the tests.

use inkan_store::{PrivateKey, certification_request};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SerialNumber,
};
use rustls::pki_types::CertificateDer;
use time::{Duration, OffsetDateTime};

pub(crate) struct Authority {
    pub(crate) certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut parameters = parameters(name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap().into();
        Self { certificate, issuer: Issuer::new(parameters, key) }
    }

    /// Issues a certificate for `key`, from a certification request.
    pub(crate) fn issue(&self, key: &dyn PrivateKey, name: &str) -> Vec<u8> {
        self.issue_with(key, name, |_| ())
    }

    pub(crate) fn issue_with(
        &self,
        key: &dyn PrivateKey,
        name: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> Vec<u8> {
        let request = certification_request(key, name).unwrap();
        let mut request = CertificateSigningRequestParams::from_der(&request.into()).unwrap();
        let asked = request.params.distinguished_name.clone();
        request.params = parameters(name);
        request.params.distinguished_name = asked;
        request.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        change(&mut request.params);
        request.signed_by(&self.issuer).unwrap().der().to_vec()
    }

    /// Issues a certificate for a key that no store has yet.
    pub(crate) fn issue_to(&self, key: &KeyPair, name: &str) -> Vec<u8> {
        let mut parameters = parameters(name);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        parameters.signed_by(key, &self.issuer).unwrap().der().to_vec()
    }

    /// Returns the certificate of a CA below this one. Its key is not kept.
    pub(crate) fn issue_authority(&self, name: &str) -> Vec<u8> {
        let mut parameters = parameters(name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.signed_by(&KeyPair::generate().unwrap(), &self.issuer).unwrap().der().to_vec()
    }

    /// Issues a certificate for a new key that no store has.
    pub(crate) fn issue_elsewhere(&self, name: &str, alternative: &str) -> (Vec<u8>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let mut parameters = parameters(name);
        parameters.subject_alt_names = vec![rcgen::SanType::DnsName(alternative.try_into().unwrap())];
        (parameters.signed_by(&key, &self.issuer).unwrap().der().to_vec(), key)
    }
}

fn parameters(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    let today = OffsetDateTime::now_utc();
    (parameters.not_before, parameters.not_after) = (today - Duration::DAY, today + Duration::DAY);
    let serial: [u8; 16] = ring::rand::generate(&ring::rand::SystemRandom::new()).unwrap().expose();
    parameters.serial_number = Some(SerialNumber::from_slice(&[&[0x7f], serial.as_slice()].concat()));
    parameters
}
