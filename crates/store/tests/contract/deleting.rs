use inkan_store::{CertificateId, DeletedKey, KeyId, Refusal, StoreError};

use super::Subject;
use super::authority::Authority;

pub(crate) fn a_shared_key_stays(subject: &Subject) {
    let authority = Authority::new("Sharing CA");
    let key = subject.store.generate(subject.algorithm(), "sharing").unwrap();
    let [first, second] = ["sharing one", "sharing two"]
        .map(|name| subject.store.install(&authority.issue(key.as_ref(), name), name).unwrap());
    let deletion = subject.store.delete(&first).unwrap();
    assert_eq!(deletion.key, DeletedKey::SharedWith(vec![second.clone()]));
    assert_eq!(subject.listed(&first), None);
    assert!(subject.listed(&second).unwrap().protection.is_some());
    key.sign(key.schemes()[0], b"still here").unwrap();
    assert_eq!(subject.store.delete(&second).unwrap().key, DeletedKey::Gone);
    assert!(matches!(subject.store.key(key.id()), Err(StoreError::KeyMissing(_))));
}

pub(crate) fn a_key_in_use_is_not_deleted_alone(subject: &Subject) {
    let key = subject.store.generate(subject.algorithm(), "in use").unwrap();
    let id = subject.store.install(&Authority::new("In Use CA").issue(key.as_ref(), "in use"), "in use").unwrap();
    let refused = subject.store.delete_key(key.id());
    assert!(
        matches!(&refused, Err(StoreError::Refused { source: Refusal::UsedBy(user), .. }) if *user == id),
        "{refused:?}"
    );
    key.sign(key.schemes()[0], b"still here").unwrap();
    assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::Gone);
}

pub(crate) fn a_key_alone_is_deleted(subject: &Subject) {
    let key = subject.store.generate(subject.algorithm(), "alone").unwrap();
    subject.store.delete_key(key.id()).unwrap();
    assert!(!subject.is_orphan(key.id()));
    assert!(matches!(subject.store.key(key.id()), Err(StoreError::KeyMissing(_))));
    subject.store.delete_key(key.id()).unwrap();
}

pub(crate) fn what_is_not_there_is_not_found(subject: &Subject) {
    let id = CertificateId::of(b"nothing");
    assert!(matches!(subject.store.delete(&id), Err(StoreError::CertificateNotFound)));
    assert!(matches!(subject.store.certificate_key(&id), Err(StoreError::CertificateNotFound)));
    let key = KeyId("00".repeat(32));
    assert!(matches!(subject.store.key(&key), Err(StoreError::KeyMissing(_))));
    subject.store.delete_key(&key).unwrap();
}
