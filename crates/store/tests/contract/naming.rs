//! A key gets its name from the caller before it is made. So a process that is killed meanwhile loses no key.

use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use inkan_store::{DeletedKey, KeyName, StoreError};

use super::Subject;
use super::authority::Authority;

pub(crate) fn one_name_makes_one_key(subject: &Subject) {
    for algorithm in subject.algorithms.iter().copied() {
        let [name, other] = [(); 2].map(|()| KeyName::fresh().unwrap());
        let key = subject.store.generate_named(algorithm, &name, "named").unwrap();
        let again = subject.store.generate_named(algorithm, &name, "named").unwrap();
        assert_eq!((again.id(), again.public_key()), (key.id(), key.public_key()));
        again.sign(again.schemes()[0], b"the same").unwrap();
        let different = subject.store.generate_named(algorithm, &other, "named").unwrap();
        assert_ne!(different.id(), key.id());
        for id in [key.id(), different.id()] {
            assert!(subject.is_orphan(id));
            subject.store.delete_key(id).unwrap();
            assert!(!subject.is_orphan(id));
        }
        let fresh = subject.store.generate_named(algorithm, &name, "named").unwrap();
        assert_ne!(fresh.id(), key.id());
        subject.store.delete_key(fresh.id()).unwrap();
    }
}

pub(crate) fn an_abandoned_key_is_gone(subject: &Subject) {
    let name = KeyName::fresh().unwrap();
    let key = subject.store.generate_named(subject.algorithm(), &name, "abandoned").unwrap();
    let other = subject.store.generate(subject.algorithm(), "abandoned").unwrap();
    for _ in 0..2 {
        subject.store.abandon(&name).unwrap();
        assert!(matches!(subject.store.key(key.id()), Err(StoreError::KeyMissing(_))));
        assert!(!subject.is_orphan(key.id()));
    }
    assert!(subject.is_orphan(other.id()), "the one beside it stays");
    subject.store.delete_key(other.id()).unwrap();
}

pub(crate) fn a_key_with_a_certificate_is_not_abandoned(subject: &Subject) {
    let name = KeyName::fresh().unwrap();
    let key = subject.store.generate_named(subject.algorithm(), &name, "kept").unwrap();
    let id = subject.store.install(&Authority::new("Kept CA").issue(key.as_ref(), "kept"), "kept").unwrap();
    // A store may still know the name, or have put another in its place.
    if let Err(refused) = subject.store.abandon(&name) {
        assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    }
    subject.store.certificate_key(&id).unwrap().sign(key.schemes()[0], b"still here").unwrap();
    assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::Gone);
}

/// A token writes one half after the other, and may be interrupted between them.
pub(crate) fn half_a_key_is_replaced(subject: &Subject) {
    for algorithm in subject.algorithms.iter().copied() {
        for half in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
            let name = KeyName::fresh().unwrap();
            let label = format!("half {half} {algorithm:?}");
            let key = subject.store.generate_named(algorithm, &name, &label).unwrap();
            let session = subject.token().session();
            let found = |class| {
                let like = [Attribute::Class(class), Attribute::Label(label.clone().into_bytes())];
                session.find_objects(&like).unwrap()
            };
            session.destroy_object(found(half)[0]).unwrap();
            let whole = subject.store.generate_named(algorithm, &name, &label).unwrap();
            assert_ne!(whole.id(), key.id());
            for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
                assert_eq!(found(class).len(), 1, "nothing is left of the first one");
            }
            session.destroy_object(found(half)[0]).unwrap();
            subject.store.abandon(&name).unwrap();
            assert!(found(ObjectClass::PRIVATE_KEY).is_empty() && found(ObjectClass::PUBLIC_KEY).is_empty());
        }
    }
}

/// An installation gives both halves their last identity before it writes the certificate, the private half first.
pub(crate) fn a_half_installed_key_is_found(subject: &Subject) {
    let authority = Authority::new("Half CA");
    for algorithm in subject.algorithms.iter().copied() {
        let label = format!("half installed {algorithm:?}");
        let key = subject.store.generate(algorithm, &label).unwrap();
        let certificate = authority.issue(key.as_ref(), &label);
        let session = subject.token().session();
        let half = |class| {
            let like = [Attribute::Class(class), Attribute::Label(label.clone().into_bytes())];
            session.find_objects(&like).unwrap()[0]
        };
        let public = half(ObjectClass::PUBLIC_KEY);
        let waiting = session.get_attributes(public, &[AttributeType::Id]).unwrap();
        let id = subject.store.install(&certificate, &label).unwrap();
        subject.behind.erase(&certificate);
        session.update_attributes(public, &waiting).unwrap();

        assert_eq!(subject.store.key(key.id()).unwrap().id(), key.id());
        assert!(subject.is_orphan(key.id()));
        assert_eq!(subject.store.install(&certificate, &label).unwrap(), id);
        let joined = [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY, ObjectClass::CERTIFICATE]
            .map(|class| session.get_attributes(half(class), &[AttributeType::Id]).unwrap());
        assert!(joined.iter().all(|id| *id == joined[0]) && joined[0] != waiting, "{joined:?}");
        assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::Gone);
    }
}
