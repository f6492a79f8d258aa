use inkan_store::{DeletedKey, Deletion, StoreError};
use rcgen::{CertificateParams, SerialNumber};

use super::Subject;
use super::authority::Authority;

/// Tests a whole life: a key is made, its certificate is requested, installed, listed and deleted, and both are gone
/// (S1-2; S0-15: with its key).
pub(crate) fn a_key_waits_for_its_certificate(subject: &Subject) {
    let authority = Authority::new("Waiting CA");
    for algorithm in subject.algorithms.iter().copied() {
        let name = format!("waiting {algorithm:?}");
        let key = subject.store.generate(algorithm, &name).unwrap();
        assert!(subject.is_orphan(key.id()));
        let again = subject.store.key(key.id()).unwrap();
        assert_eq!((again.id(), again.public_key()), (key.id(), key.public_key()));

        let certificate = authority.issue(again.as_ref(), &name);
        let id = subject.store.install(&certificate, &name).unwrap();
        assert!(!subject.is_orphan(key.id()));
        let listed = subject.listed(&id).unwrap();
        assert_eq!((listed.name, listed.der, &listed.key_id), (name, certificate, key.id()));
        assert_eq!(subject.store.certificate_key(&id).unwrap().id(), key.id());

        let deletion = subject.store.delete(&id).unwrap();
        assert_eq!(deletion, Deletion { certificate: id.clone(), key: DeletedKey::Gone });
        assert_eq!(subject.listed(&id), None);
        assert!(!subject.is_orphan(key.id()));
        assert!(matches!(subject.store.key(key.id()), Err(StoreError::KeyMissing(_))));
    }
}

pub(crate) fn the_same_certificate_is_not_installed_twice(subject: &Subject) {
    let key = subject.store.generate(subject.algorithm(), "twice").unwrap();
    let certificate = Authority::new("Twice CA").issue(key.as_ref(), "twice");
    let id = subject.store.install(&certificate, "twice").unwrap();
    assert!(matches!(subject.store.install(&certificate, "twice again"), Err(StoreError::AlreadyInstalled(_))));
    let all = subject.store.certificates().unwrap();
    assert_eq!(all.iter().filter(|listed| listed.id == id).count(), 1);
    subject.store.delete(&id).unwrap();
}

/// NSS answers the second certificate only with a general error, even if the import is tried again.
pub(crate) fn another_of_the_same_serial_number_is_refused(subject: &Subject) {
    let authority = Authority::new("Serial CA");
    let [first, second] = ["serial one", "serial two"].map(|name| {
        let key = subject.store.generate(subject.algorithm(), name).unwrap();
        let same = |parameters: &mut CertificateParams| parameters.serial_number = Some(SerialNumber::from(0x1234_u64));
        (authority.issue_with(key.as_ref(), name, same), key, name)
    });
    let id = subject.store.install(&first.0, first.2).unwrap();
    let refused = subject.store.install(&second.0, second.2);
    assert!(matches!(&refused, Err(StoreError::SerialNumberTaken { by }) if *by == id), "{refused:?}");
    assert!(subject.is_orphan(second.1.id()), "its key waits as before");
    subject.store.delete(&id).unwrap();
    let id = subject.store.install(&second.0, second.2).unwrap();
    subject.store.delete(&id).unwrap();
}

pub(crate) fn a_certificate_without_a_key_is_refused(subject: &Subject) {
    let (certificate, _) = Authority::new("Keyless CA").issue_elsewhere("keyless", "keyless.example");
    assert!(matches!(subject.store.install(&certificate, "keyless"), Err(StoreError::KeyMissing(_))));
    assert!(!subject.store.certificates().unwrap().iter().any(|listed| listed.name == "keyless"));
}

pub(crate) fn what_is_no_certificate_is_refused(subject: &Subject) {
    for wrong in [&b""[..], b"-----BEGIN CERTIFICATE-----", &[0x30, 0x03, 0x02, 0x01, 0x00]] {
        assert!(matches!(subject.store.install(wrong, "wrong"), Err(StoreError::NotACertificate(_))));
    }
}

/// NSS itself would refuse the second certificate.
pub(crate) fn two_subjects_may_have_one_name(subject: &Subject) {
    let authority = Authority::new("Namesake CA");
    let installed = ["namesake one", "namesake two", "namesake three"].map(|common_name| {
        let key = subject.store.generate(subject.algorithm(), common_name).unwrap();
        subject.store.install(&authority.issue(key.as_ref(), common_name), "namesake").unwrap()
    });
    for (id, common_name) in installed.iter().zip(["namesake one", "namesake two", "namesake three"]) {
        assert_eq!(subject.listed(id).unwrap().name, common_name);
        assert_eq!(subject.store.delete(id).unwrap().key, DeletedKey::Gone);
    }
}

pub(crate) fn a_renewed_certificate_stands_beside_the_old_one(subject: &Subject) {
    let authority = Authority::new("Renewal CA");
    let [old, new] = ["renewal (old)", "renewal (new)"].map(|name| {
        let key = subject.store.generate(subject.algorithm(), name).unwrap();
        subject.store.install(&authority.issue(key.as_ref(), "renewal"), name).unwrap()
    });
    assert_eq!(subject.store.delete(&old).unwrap().key, DeletedKey::Gone);
    assert!(subject.listed(&new).unwrap().protection.is_some());
    let key = subject.store.certificate_key(&new).unwrap();
    key.sign(key.schemes()[0], b"still here").unwrap();
    assert_eq!(subject.store.delete(&new).unwrap().key, DeletedKey::Gone);
}
