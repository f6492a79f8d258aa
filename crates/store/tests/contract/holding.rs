use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use inkan_store::{CertificateId, DeletedKey, KeyAlgorithm, PrivateKey, StoreError};
use sha1::{Digest, Sha1};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};
use x509_parser::public_key::PublicKey;

use super::Subject;
use super::authority::Authority;

const CLASSES: [ObjectClass; 3] = [ObjectClass::CERTIFICATE, ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY];

/// An object in the token, and not a copy that exists as long as a key is open.
const KEPT: Attribute = Attribute::Token(true);

pub(crate) fn a_key_is_not_handed_out(subject: &Subject) {
    for algorithm in subject.algorithms.iter().copied() {
        let label = format!("held {algorithm:?}");
        let key = subject.store.generate(algorithm, &label).unwrap();
        let session = subject.token().session();
        let found = session
            .find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Label(label.into_bytes())])
            .unwrap();
        let [private] = found.as_slice() else { panic!("{found:?}") };
        use AttributeType as A;
        let wanted = [A::Token, A::Private, A::Sensitive, A::Extractable, A::Sign, A::Value, A::PrivateExponent];
        let read = session.get_attributes(*private, &wanted).unwrap();
        let expected = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
        ];
        assert_eq!(read, expected, "flags as promised, and no secret value among them");
        subject.store.delete_key(key.id()).unwrap();
    }
}

/// NSS and Chromium join a certificate and its key by `CKA_ID`: SHA-1 of the modulus, or of the uncompressed point
/// without a wrapper.
pub(crate) fn certificate_and_key_carry_the_same_identity(subject: &Subject) {
    let authority = Authority::new("Identity CA");
    for algorithm in subject.algorithms.iter().copied() {
        let name = format!("identity {algorithm:?}");
        let key = subject.store.generate(algorithm, "before").unwrap();
        let id = subject.store.install(&authority.issue(key.as_ref(), &name), &name).unwrap();
        let (_, info) = SubjectPublicKeyInfo::from_der(key.public_key()).unwrap();
        let hashed = match info.parsed().unwrap() {
            PublicKey::EC(point) => point.data().to_vec(),
            PublicKey::RSA(key) => key.modulus[1..].to_vec(),
            other => panic!("{other:?}"),
        };
        assert_eq!(hashed.len(), if algorithm == KeyAlgorithm::EcP256 { 65 } else { 256 });
        let digest = Sha1::digest(&hashed);
        let session = subject.token().session();
        for class in [ObjectClass::CERTIFICATE, ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
            let found = session.find_objects(&[KEPT, Attribute::Class(class), Attribute::Id(digest.to_vec())]).unwrap();
            let [object] = found.as_slice() else { panic!("{class}: {found:?}") };
            let label = session.get_attributes(*object, &[AttributeType::Label]).unwrap();
            assert_eq!(label, [Attribute::Label(name.clone().into_bytes())], "{class}");
        }
        subject.store.delete(&id).unwrap();
    }
}

/// Cards number their keys 01, 02 and so on.
pub(crate) fn a_key_numbered_by_another_program_is_found(subject: &Subject) {
    for (algorithm, number) in subject.algorithms.iter().copied().zip([0x4501, 0x4502_u16]) {
        let name = format!("numbered {algorithm:?}");
        let (key, id) = installed(subject, algorithm, &name);
        let session = subject.token().session();
        for class in CLASSES {
            let found = session.find_objects(&[Attribute::Class(class), Attribute::Label(name.clone().into_bytes())]);
            for object in found.unwrap() {
                session.update_attributes(object, &[Attribute::Id(number.to_be_bytes().to_vec())]).unwrap();
            }
        }
        is_whole(subject, key.as_ref(), &id);
        let number = Attribute::Id(number.to_be_bytes().to_vec());
        assert_eq!(session.find_objects(&[KEPT, number]).unwrap(), []);
    }
}

/// Many cards store only the certificate and the private key.
pub(crate) fn a_key_without_its_public_object_is_found(subject: &Subject) {
    for (algorithm, number) in subject.algorithms.iter().copied().zip([0x4503, 0x4504_u16]) {
        let name = format!("halved {algorithm:?}");
        let (key, id) = installed(subject, algorithm, &name);
        let session = subject.token().session();
        for class in CLASSES {
            let found = session.find_objects(&[Attribute::Class(class), Attribute::Label(name.clone().into_bytes())]);
            for object in found.unwrap() {
                if class == ObjectClass::PUBLIC_KEY {
                    session.destroy_object(object).unwrap();
                } else {
                    session.update_attributes(object, &[Attribute::Id(number.to_be_bytes().to_vec())]).unwrap();
                }
            }
        }
        is_whole(subject, key.as_ref(), &id);
        let number = Attribute::Id(number.to_be_bytes().to_vec());
        assert_eq!(session.find_objects(&[KEPT, number]).unwrap(), []);
    }
}

fn installed(
    subject: &Subject,
    algorithm: KeyAlgorithm,
    name: &str,
) -> (std::sync::Arc<dyn PrivateKey>, CertificateId) {
    let key = subject.store.generate(algorithm, name).unwrap();
    let certificate = Authority::new("Holding CA").issue(key.as_ref(), name);
    let id = subject.store.install(&certificate, name).unwrap();
    (key, id)
}

fn is_whole(subject: &Subject, key: &dyn PrivateKey, id: &CertificateId) {
    assert_eq!(subject.listed(id).unwrap().protection, Some(subject.store.protection()));
    assert!(!subject.is_orphan(key.id()));
    assert_eq!(subject.store.key(key.id()).unwrap().public_key(), key.public_key());
    let again = subject.store.certificate_key(id).unwrap();
    again.sign(again.schemes()[0], b"found").unwrap();
    assert!(matches!(subject.store.delete_key(key.id()), Err(StoreError::Refused { .. })));
    assert_eq!(subject.store.delete(id).unwrap().key, DeletedKey::Gone);
    assert!(matches!(key.sign(key.schemes()[0], b"gone"), Err(StoreError::KeyMissing(_))));
}
