//! Tests keys that do not sign in every way that keys of their kind can.

use std::sync::Arc;

use inkan_client::protocol::{Language, Secret};
use inkan_client::{Credentials, Home, Inkan, Location};
use inkan_journeys::{Bank, Pc};
use inkan_store::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey,
    Protection, Refusal, SignatureScheme, StoreError,
};
use serde_json::json;

/// A real store whose RSA keys refuse PSS, as the keys of old cards and of many TPMs do.
#[derive(Debug)]
struct WithoutPss(Arc<dyn CertificateStore>);

#[derive(Debug)]
struct KeyWithoutPss {
    key: Arc<dyn PrivateKey>,
    schemes: Vec<SignatureScheme>,
}

fn is_pss(scheme: SignatureScheme) -> bool {
    use SignatureScheme as S;
    matches!(scheme, S::RSA_PSS_SHA256 | S::RSA_PSS_SHA384 | S::RSA_PSS_SHA512)
}

impl PrivateKey for KeyWithoutPss {
    fn id(&self) -> &KeyId {
        self.key.id()
    }

    fn public_key(&self) -> &[u8] {
        self.key.public_key()
    }

    fn schemes(&self) -> &[SignatureScheme] {
        &self.schemes
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        if is_pss(scheme) {
            return Err(StoreError::Refused { operation: "sign", source: Refusal::Scheme(scheme) });
        }
        self.key.sign(scheme, message)
    }
}

impl WithoutPss {
    fn limited(key: Arc<dyn PrivateKey>) -> Arc<dyn PrivateKey> {
        let schemes = key.schemes().iter().copied().filter(|scheme| !is_pss(*scheme)).collect();
        Arc::new(KeyWithoutPss { key, schemes })
    }
}

impl CertificateStore for WithoutPss {
    fn description(&self) -> String {
        self.0.description()
    }

    fn protection(&self) -> Protection {
        self.0.protection()
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        self.0.contents()
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.0.generate_named(algorithm, name, label).map(Self::limited)
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        self.0.abandon(name)
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.0.key(id).map(Self::limited)
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        self.0.install(certificate, name)
    }

    fn import(&self, identity: &Identity, name: &str) -> Result<CertificateId, StoreError> {
        self.0.import(identity, name)
    }

    fn certificate_key(&self, id: &CertificateId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        self.0.certificate_key(id).map(Self::limited)
    }

    fn delete(&self, id: &CertificateId) -> Result<Deletion, StoreError> {
        self.0.delete(id)
    }

    fn delete_key(&self, id: &KeyId) -> Result<(), StoreError> {
        self.0.delete_key(id)
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        self.0.orphan_keys()
    }
}

#[test]
fn a_key_without_pss_logs_in_over_tls_1_2() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let password = bank.secret("hanakodt", "login_password");
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt", "--key", "rsa-2048"];
    pc.inkan(&acquire, Some(json!({ "login_password": password }))).done();

    let whole = inkan_store::open(&Location::Nss(pc.database())).unwrap();
    let login = |store: Arc<dyn CertificateStore>| {
        let inkan = Inkan::with_store(Home::at(pc.home()), store, Language::Ja);
        let password = Secret::from(password.clone());
        let session = inkan.log_in("okmate", None, &Credentials::Certificate(None), &password).unwrap();
        session.logged_in().connection.clone()
    };
    let limited = login(Arc::new(WithoutPss(whole.clone())));
    assert_eq!((limited.protocol.as_str(), limited.certificate.as_deref()), ("TLSv1.2", Some("hanakodt")));
    // The key decides: the same key with all its schemes takes the newest version of TLS.
    assert_eq!(login(whole).protocol, "TLSv1.3");
}
