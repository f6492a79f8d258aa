use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};

use inkan_client::protocol::{Code, Language, Secret};
use inkan_client::{Acquired, Applicant, Error, Home, Inkan, Location};
use inkan_journeys::Pc;
use inkan_store::{
    CertificateId, CertificateStore, Contents, Deletion, Identity, KeyAlgorithm, KeyId, KeyName, PrivateKey,
    Protection, SignatureScheme, StoreError,
};

use crate::acquiring::{Acquiring, Left, USER};

/// A real store at whose calls the client dies, before the call or right after it. As after a SIGKILL, nothing is done
/// later.
#[derive(Debug, Clone)]
struct Deadly {
    store: Arc<dyn CertificateStore>,
    fuse: Arc<AtomicIsize>,
}

#[derive(Debug)]
struct DeadlyKey {
    key: Arc<dyn PrivateKey>,
    of: Deadly,
}

/// The panic by which the client dies.
struct Dead;

impl Deadly {
    fn around<T>(&self, call: impl FnOnce() -> T) -> T {
        self.burn();
        let answer = call();
        self.burn();
        answer
    }

    fn burn(&self) {
        if self.fuse.fetch_sub(1, Ordering::Relaxed) == 0 {
            resume_unwind(Box::new(Dead));
        }
    }

    fn key_of(&self, key: Arc<dyn PrivateKey>) -> Arc<dyn PrivateKey> {
        Arc::new(DeadlyKey { key, of: self.clone() })
    }
}

impl PrivateKey for DeadlyKey {
    fn id(&self) -> &KeyId {
        self.key.id()
    }

    fn public_key(&self) -> &[u8] {
        self.key.public_key()
    }

    fn schemes(&self) -> &[SignatureScheme] {
        self.key.schemes()
    }

    fn sign(&self, scheme: SignatureScheme, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.of.around(|| self.key.sign(scheme, message))
    }
}

impl CertificateStore for Deadly {
    fn description(&self) -> String {
        self.store.description()
    }

    fn protection(&self) -> Protection {
        self.store.protection()
    }

    fn contents(&self) -> Result<Contents, StoreError> {
        self.around(|| self.store.contents())
    }

    fn generate_named(
        &self,
        algorithm: KeyAlgorithm,
        name: &KeyName,
        label: &str,
    ) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let made = self.around(|| self.store.generate_named(algorithm, name, label))?;
        Ok(self.key_of(made))
    }

    fn abandon(&self, name: &KeyName) -> Result<(), StoreError> {
        self.around(|| self.store.abandon(name))
    }

    fn key(&self, id: &KeyId) -> Result<Arc<dyn PrivateKey>, StoreError> {
        let found = self.around(|| self.store.key(id))?;
        Ok(self.key_of(found))
    }

    fn install(&self, certificate: &[u8], name: &str) -> Result<CertificateId, StoreError> {
        self.around(|| self.store.install(certificate, name))
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
        self.around(|| self.store.delete_key(id))
    }

    fn orphan_keys(&self) -> Result<Vec<KeyId>, StoreError> {
        self.store.orphan_keys()
    }
}

/// The only database that this process can open, and the client that acquires into it.
struct Here {
    acquiring: Acquiring,
    store: Deadly,
    applicant: Applicant,
}

impl Here {
    fn begin() -> Self {
        let acquiring = Acquiring::begin();
        let store = inkan_store::open(&Location::Nss(acquiring.pc.database())).unwrap();
        let login_password = Secret::from(acquiring.bank.secret(USER, "login_password"));
        let user = USER.to_owned();
        let applicant =
            Applicant { contract: None, user, login_password, otp: None, token_serial: None, chosen_passwords: None };
        Self { acquiring, store: Deadly { store, fuse: Arc::default() }, applicant }
    }

    /// Acquires. Returns none if the client died.
    fn acquire(&self, fuse: isize, algorithm: KeyAlgorithm) -> Option<Result<Acquired, Error>> {
        self.store.fuse.store(fuse, Ordering::Relaxed);
        let store = Arc::new(self.store.clone());
        let inkan = Inkan::with_store(Home::at(self.acquiring.pc.home()), store, Language::Ja);
        let run = || inkan.acquire("okmate", &self.applicant, algorithm, |_| ());
        catch_unwind(AssertUnwindSafe(run)).map_err(|cause| assert!(cause.is::<Dead>())).ok()
    }

    /// Dies a little later each time, until the PC is in that state.
    fn die_with(&self, left: Left) {
        for fuse in 0.. {
            assert!(self.acquire(fuse, KeyAlgorithm::EcP256).is_none());
            if self.acquiring.left() == left {
                return;
            }
        }
    }

    /// Returns the keys that wait for a certificate.
    fn orphans(&self) -> Vec<KeyId> {
        self.store.store.orphan_keys().unwrap()
    }

    /// Returns the key of the only certificate.
    fn key(&self) -> KeyId {
        self.store.store.certificates().unwrap()[0].key_id.clone()
    }

    fn live(&self, algorithm: KeyAlgorithm) -> Acquired {
        self.acquire(-1, algorithm).unwrap().unwrap()
    }
}

#[test]
fn dead_at_each_step_it_lives_on_with_the_same_key() {
    let mut here = Here::begin();
    for algorithm in [KeyAlgorithm::EcP256, KeyAlgorithm::Rsa2048] {
        let mut left = Vec::new();
        // The client dies once, and then completes.
        for fuse in 0.. {
            let completed = here.acquire(fuse, algorithm).is_some();
            left.push(here.acquiring.left());
            // Nothing calls the store once the journal's entry is gone, so that no death leaves the end.
            if completed {
                break;
            }
            let waiting = here.orphans();
            assert!(here.live(algorithm).resumed);
            assert!(waiting.iter().all(|key| *key == here.key()), "the key that was made is the one");
            here.acquiring.assert_whole();
            here.acquiring.begin_again();
        }
        here.acquiring.assert_whole();
        here.acquiring.begin_again();
        left.dedup();
        assert_eq!(left, [Left::Name, Left::NamedKey, Left::Key, Left::Certificate, Left::End], "each was one's last");
    }
    a_key_that_is_gone_is_made_anew(&mut here);
    what_is_refused_for_good_leaves_nothing(&mut here);
}

/// Another program deleted the key, which had no certificate yet.
fn a_key_that_is_gone_is_made_anew(here: &mut Here) {
    here.die_with(Left::Key);
    let lost = here.orphans().remove(0);
    here.store.store.delete_key(&lost).unwrap();
    assert!(here.live(KeyAlgorithm::EcP256).resumed);
    assert_ne!(here.key(), lost);
    here.acquiring.assert_whole();
    here.acquiring.begin_again();
}

/// Another PC acquired first. The key here is not needed any more, and is deleted, at whichever step its acquisition
/// was cut. It is deleted also if the deletion is cut.
fn what_is_refused_for_good_leaves_nothing(here: &mut Here) {
    for left in [Left::Name, Left::NamedKey, Left::Key] {
        here.die_with(left);
        let other = Pc::with(&here.acquiring.bank);
        other.acquire(&here.acquiring.bank, USER);
        let outcome = (0..).find_map(|fuse| here.acquire(fuse, KeyAlgorithm::EcP256)).unwrap();
        assert!(matches!(&outcome, Err(error) if error.code() == Code::CertificateAlreadyIssued), "{outcome:?}");
        here.acquiring.pc.assert_empty();
        here.acquiring.revoke();
    }
    here.live(KeyAlgorithm::EcP256);
    here.acquiring.assert_whole();
}
