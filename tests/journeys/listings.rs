//! Counts how often a journey reads the whole store, which may have thousands of certificates on a slow card.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use inkan_client::protocol::{Code, Language, Secret};
use inkan_client::{Applicant, Credentials, Home, Inkan, Location};
use inkan_journeys::{Bank, Pc};
use inkan_store::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey,
    Protection, StoreError, StoredCertificate,
};

/// A real store that counts how often all of its certificates are read.
#[derive(Debug)]
struct Counting {
    store: Arc<dyn CertificateStore>,
    /// Whether a certificate has been installed.
    installed: AtomicUsize,
    /// How often the store was listed before a certificate was installed, and after.
    listed: [AtomicUsize; 2],
}

impl Counting {
    fn new(store: Arc<dyn CertificateStore>) -> Self {
        Self { store, installed: AtomicUsize::default(), listed: Default::default() }
    }

    /// Returns the counts, and sets them to zero.
    fn counts(&self) -> [usize; 2] {
        self.installed.store(0, Ordering::SeqCst);
        self.listed.each_ref().map(|count| count.swap(0, Ordering::SeqCst))
    }
}

impl CertificateStore for Counting {
    fn description(&self) -> String {
        self.store.description()
    }

    fn protection(&self) -> Protection {
        self.store.protection()
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        self.listed[self.installed.load(Ordering::SeqCst)].fetch_add(1, Ordering::SeqCst);
        self.store.contents()
    }

    fn certificate(&self, id: &CertificateId) -> Result<StoredCertificate, StoreError> {
        self.store.certificate(id)
    }

    fn authorities(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.store.authorities()
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.store.generate_named(algorithm, name, label)
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        self.store.abandon(name)
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.store.key(id)
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        let id = self.store.install(certificate, name)?;
        self.installed.store(1, Ordering::SeqCst);
        Ok(id)
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        self.store.import(identity, name)
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.store.certificate_key(id)
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        self.store.delete(id)
    }

    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError> {
        self.store.delete_key(id)
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        self.store.orphan_keys()
    }
}

#[test]
fn an_acquisition_lists_the_store_once_after_it_and_a_login_once() {
    // NSS opens one database in a process, so one test walks all of it.
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let store = Arc::new(Counting::new(inkan_store::open(&Location::Nss(pc.database())).unwrap()));
    let inkan = Inkan::with_store(Home::at(pc.home()), Arc::clone(&store) as Arc<_>, Language::En);
    let password = Secret::from(bank.secret("hanakodt", "login_password"));
    let applicant = Applicant {
        contract: None,
        user: "hanakodt".to_owned(),
        login_password: password.clone(),
        otp: None,
        token_serial: None,
        chosen_passwords: None,
    };
    let acquired = inkan.acquire("okmate", &applicant, KeyAlgorithm::EcP256, |_| {}).unwrap();
    assert!(acquired.certificate.usable, "{:?}", acquired.certificate.reasons);
    let [before, after] = store.counts();
    assert!(before <= 1 && after <= 1, "listed {before} times before it and {after} times after it");

    // The certificate is chosen from a list.
    inkan.log_in("okmate", None, &Credentials::Certificate(None), &password).unwrap().log_out().unwrap();
    assert_eq!(store.counts(), [1, 0]);
    // The window and the command line name the certificate that a person has chosen.
    let id = inkan.certificate_for_login("okmate", None, None).unwrap();
    let chosen = Credentials::Certificate(Some(id));
    inkan.log_in("okmate", None, &chosen, &password).unwrap().log_out().unwrap();
    assert_eq!(store.counts(), [1, 0]);

    // The bank has issued a certificate already, and what is here of it is named.
    inkan.acquire("okmate", &applicant, KeyAlgorithm::EcP256, |_| {}).unwrap_err();
    let [before, after] = store.counts();
    assert!(before <= 1 && after == 0, "listed {before} times");

    // M2: the refusal says whether the newer certificate is in the store, by the list that the login has read.
    let elsewhere = Pc::copy_of(&pc);
    elsewhere.inkan(&["renew", "--bank", "okmate"], None).done();
    let id = inkan.certificate_for_login("okmate", None, None).unwrap();
    store.counts();
    for named in [None, Some(id)] {
        let refused = inkan.log_in("okmate", None, &Credentials::Certificate(named.clone()), &password).unwrap_err();
        let problem = refused.into_problem();
        assert_eq!(problem.code, Code::CertificateSuperseded, "{problem:?}");
        assert_eq!(store.counts(), [1, 0], "{named:?}");
    }
}
