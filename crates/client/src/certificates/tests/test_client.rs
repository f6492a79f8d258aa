//! A client with certificates in memory, for the tests of what it chooses, deletes and clears away.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use inkan_profile::Profile;
use inkan_protocol::{Clock, Language};
use inkan_store::{
    CertificateFault, CertificateId, CertificateStore, Contents, DeletedKey, Deletion, Identity, KeyAlgorithm, KeyId,
    KeyName, PrivateKey, Protection, StoreError, StoredCertificate, UnreadableCertificate,
};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use serde_json::json;
use tempfile::TempDir;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::data::certificate_history::CertificateHistory;
use crate::{CertificateRow, Home, Inkan, Reason};

pub(crate) const OKMATE: &str = include_str!("../../../../../profiles/okmate.toml");
pub(crate) const KEIYAKU: &str = include_str!("../../../../../profiles/keiyaku.toml");

/// The time at which each test stands still.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 +9);

/// An address at which nothing listens.
const NOWHERE: &str = "https://localhost:1/";

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> OffsetDateTime {
        NOW
    }
}

/// A CA.
pub(crate) struct Ca {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) der: Vec<u8>,
}

impl Ca {
    /// Makes a CA that signs itself.
    pub(crate) fn root(name: &str) -> Self {
        let (parameters, key) = (Self::parameters(name), KeyPair::generate().unwrap());
        let der = parameters.self_signed(&key).unwrap().der().to_vec();
        Self { issuer: Issuer::new(parameters, key), der }
    }

    /// Makes a CA that this one has signed.
    pub(crate) fn intermediate(&self, name: &str) -> Self {
        let (parameters, key) = (Self::parameters(name), KeyPair::generate().unwrap());
        let der = parameters.signed_by(&key, &self.issuer).unwrap().der().to_vec();
        Self { issuer: Issuer::new(parameters, key), der }
    }

    fn parameters(name: &str) -> CertificateParams {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = named(name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.use_authority_key_identifier_extension = true;
        parameters
    }

    /// Issues a certificate for logging in, which begins so many days before [`NOW`] and ends so many after.
    pub(crate) fn issue(&self, name: &str, (from, until): (i64, i64)) -> StoredCertificate {
        self.issue_with_key(name, (from, until), &KeyPair::generate().unwrap())
    }

    /// Issues the certificate of that key.
    pub(crate) fn issue_with_key(&self, name: &str, (from, until): (i64, i64), key: &KeyPair) -> StoredCertificate {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = named(name);
        parameters.not_before = NOW - Duration::days(from);
        parameters.not_after = NOW + Duration::days(until);
        self.issue_from(parameters, key)
    }

    /// Issues a certificate for logging in, with the name, the dates and the serial number of `parameters`.
    pub(crate) fn issue_from(&self, mut parameters: CertificateParams, key: &KeyPair) -> StoredCertificate {
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        parameters.use_authority_key_identifier_extension = true;
        let der = parameters.signed_by(key, &self.issuer).unwrap().der().to_vec();
        StoredCertificate::parse(&der, Some(Protection::File)).unwrap()
    }

    /// Signs a certificate with `parameters` as they are, and returns it in DER.
    pub(crate) fn sign(&self, parameters: CertificateParams, key: &KeyPair) -> Vec<u8> {
        parameters.signed_by(key, &self.issuer).unwrap().der().to_vec()
    }

    /// Returns the CA's key.
    pub(crate) fn key(&self) -> &KeyPair {
        self.issuer.key()
    }

    /// Returns its name as a bank's or a site's file holds it.
    fn name(&self) -> String {
        BASE64.encode(StoredCertificate::parse(&self.der, None).unwrap().subject_name.der())
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, name);
    subject
}

/// A store in memory. It makes no key and signs nothing.
#[derive(Debug, Default)]
pub(crate) struct MemoryStore {
    held: Mutex<Contents>,
    authorities: Mutex<Vec<Vec<u8>>>,
    /// Certificates whose key shows in no list until a person types a PIN.
    hiding: Mutex<Vec<CertificateId>>,
    /// How the next deletion fails.
    failure: Mutex<Option<StoreError>>,
    /// The names of the imported certificates.
    labels: Mutex<Vec<String>>,
}

fn no_keys<T>() -> Result<T, StoreError> {
    Err(StoreError::Unsupported("keys in a store in memory".to_owned()))
}

impl CertificateStore for MemoryStore {
    fn description(&self) -> String {
        "memory".to_owned()
    }

    fn protection(&self) -> Protection {
        Protection::File
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        Ok(self.held.lock().unwrap().clone())
    }

    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(self.authorities.lock().unwrap().clone())
    }

    fn generate_named(&self, _: KeyAlgorithm, _: &KeyName, _: &str) -> Result<Arc<dyn PrivateKey>, StoreError> {
        no_keys()
    }

    fn abandon(&self, _: &KeyName) -> Result<(), StoreError> {
        Ok(())
    }

    fn key(&self, _: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        no_keys()
    }

    fn install(&self, _: &[u8], _: &str) -> Result<CertificateId, StoreError> {
        no_keys()
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        let certificate = StoredCertificate::parse(identity.certificate(), Some(Protection::File)).unwrap();
        self.labels.lock().unwrap().push(name.to_owned());
        self.held.lock().unwrap().certificates.push(certificate);
        Ok(identity.id())
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let hides = self.hiding.lock().unwrap().contains(id);
        Err(if hides { StoreError::Locked(None) } else { StoreError::KeyMissing(None) })
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        if let Some(failure) = self.failure.lock().unwrap().take() {
            return Err(failure);
        }
        let mut held = self.held.lock().unwrap();
        let before = held.certificates.len() + held.unreadable.len();
        held.certificates.retain(|one| one.id != *id);
        held.unreadable.retain(|one| one.id != *id);
        match before - held.certificates.len() - held.unreadable.len() {
            0 => Err(StoreError::CertificateNotFound),
            _ => Ok(Deletion { certificate: id.clone(), key: DeletedKey::Gone }),
        }
    }

    fn delete_key(&self, _: &KeyId) -> Result<(), StoreError> {
        Ok(())
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        Ok(Vec::new())
    }
}

/// A client with its own data and a store in memory.
pub(crate) struct TestClient {
    inkan: Inkan,
    store: Arc<MemoryStore>,
    _home: TempDir,
}

impl Deref for TestClient {
    type Target = Inkan;

    fn deref(&self) -> &Inkan {
        &self.inkan
    }
}

impl TestClient {
    /// Returns a client without banks and without certificates.
    pub(crate) fn new() -> Self {
        let (home, store) = (tempfile::tempdir().unwrap(), Arc::new(MemoryStore::default()));
        let inkan = Inkan::with_store(Home::at(home.path()), store.clone(), Language::En);
        Self { inkan: inkan.with_clock(Arc::new(Stopped)), store, _home: home }
    }

    /// Returns a client of the bank okmate, whose certificates that CA issues, which has these certificates.
    pub(crate) fn with(ca: &Ca, certificates: &[&StoredCertificate]) -> Self {
        let client = Self::new();
        client.add_bank("okmate", OKMATE, &[ca], &[]);
        client.put(certificates);
        client
    }

    /// Adds a bank that these CAs issue for, and whose server names those CAs.
    pub(crate) fn add_bank(&self, name: &str, profile: &str, issuers: &[&Ca], accepted: &[&Ca]) {
        self.add_bank_at(name, NOWHERE, profile, issuers, accepted);
    }

    /// Adds a bank at that address.
    pub(crate) fn add_bank_at(&self, name: &str, address: &str, profile: &str, issuers: &[&Ca], accepted: &[&Ca]) {
        let names = |cas: &[&Ca]| cas.iter().map(|ca| ca.name()).collect::<Vec<_>>();
        let profile = Profile::from_toml(profile).unwrap().published();
        let bank = json!({
            "name": name, "address": address, "certificate_login": address, "profile": profile, "ca": null,
            "issuers": names(issuers), "accepted": names(accepted),
        });
        self.home.write(&format!("banks/{name}.json"), &bank).unwrap();
    }

    /// Adds a site whose server names these CAs.
    pub(crate) fn add_site(&self, name: &str, accepted: &[&Ca]) {
        self.add_site_at(name, NOWHERE, true, accepted);
    }

    /// Adds a site at that address, whose server asks for a certificate or does not.
    pub(crate) fn add_site_at(&self, name: &str, address: &str, asks: bool, accepted: &[&Ca]) {
        let accepted: Vec<String> = accepted.iter().map(|ca| ca.name()).collect();
        let site = json!({
            "name": name, "address": address, "ca": null, "asks": asks, "accepted": accepted,
            "asked_at": "2026-11-01T00:00:00Z",
        });
        self.home.write(&format!("sites/{name}.json"), &site).unwrap();
    }

    /// Puts certificates into the store.
    pub(crate) fn put(&self, certificates: &[&StoredCertificate]) {
        let mut held = self.store.held.lock().unwrap();
        held.certificates.extend(certificates.iter().map(|certificate| (*certificate).clone()));
    }

    /// Puts a certificate that cannot be read into the store, under that label.
    pub(crate) fn put_unreadable(&self, label: &str) -> CertificateId {
        let der = label.as_bytes().to_vec();
        let unreadable = UnreadableCertificate {
            id: CertificateId::of(&der),
            der,
            label: Some(label.to_owned()),
            common_name: None,
            subject: None,
            issuer: None,
            serial: None,
            fault: CertificateFault::Structure,
            dates: None,
            protection: None,
        };
        let id = unreadable.id.clone();
        self.store.held.lock().unwrap().unreadable.push(unreadable);
        id
    }

    /// Puts the certificate of a CA into the store.
    pub(crate) fn put_authority(&self, ca: &Ca) {
        self.store.authorities.lock().unwrap().push(ca.der.clone());
    }

    /// Hides the key of a certificate from the list of keys.
    pub(crate) fn hide_key(&self, id: &CertificateId) {
        self.store.hiding.lock().unwrap().push(id.clone());
    }

    /// Lets the next deletion fail.
    pub(crate) fn fail_deletion(&self, failure: StoreError) {
        *self.store.failure.lock().unwrap() = Some(failure);
    }

    /// Returns the names under which certificates were imported.
    pub(crate) fn labels(&self) -> Vec<String> {
        self.store.labels.lock().unwrap().clone()
    }

    /// Returns the certificate of that ID, judged for a service.
    pub(crate) fn row(&self, certificate: &StoredCertificate, wanted: Option<&str>) -> CertificateRow {
        self.certificate(&certificate.id, wanted).unwrap()
    }

    /// Returns why a certificate cannot be used at a service, or anywhere if none is named.
    pub(crate) fn reasons(&self, certificate: &StoredCertificate, wanted: Option<&str>) -> Vec<Reason> {
        let rows = self.certificates(wanted).unwrap();
        rows.into_iter().find(|row| row.id == certificate.id).unwrap().reasons
    }

    /// Returns what this PC knows of certificates.
    pub(crate) fn history(&self) -> CertificateHistory {
        CertificateHistory::read(&self.home).unwrap()
    }
}
