use inkan_store::{CertificateId, DeletedKey, KeyAlgorithm, StoreError};
use rcgen::DnType;
use time::macros::datetime;

use super::Subject;
use super::authority::Authority;

pub(crate) fn everything_a_certificate_says_is_listed(subject: &Subject) {
    let key = subject.store.generate(subject.algorithm(), "says").unwrap();
    let certificate = Authority::new("銀行 CA").issue_with(key.as_ref(), "saysdt", |parameters| {
        parameters.distinguished_name.push(DnType::OrganizationName, "株式会社オーケー商事");
        parameters.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 41]), "データ花子");
        parameters.serial_number = Some(rcgen::SerialNumber::from_slice(&[0x00, 0x9a, 0xbc]));
        parameters.not_before = datetime!(2026-01-02 3:04:05 UTC);
        parameters.not_after = datetime!(2027-01-02 3:04:05 UTC);
    });
    let id = subject.store.install(&certificate, "データ花子 の証明書").unwrap();
    let listed = subject.listed(&id).unwrap();
    assert_eq!(listed.id, CertificateId::of(&certificate));
    assert_eq!(listed.name, "saysdt", "S1-2");
    assert_eq!(listed.person.as_deref(), Some("データ花子"));
    assert_eq!(listed.organisation.as_deref(), Some("株式会社オーケー商事"));
    assert_eq!(listed.subject, "name=データ花子,O=株式会社オーケー商事,CN=saysdt");
    assert_eq!(listed.issuer, "CN=銀行 CA");
    assert_eq!(listed.serial, "9abc");
    assert_eq!(listed.not_before, datetime!(2026-01-02 3:04:05 UTC));
    assert_eq!(listed.not_after, datetime!(2027-01-02 3:04:05 UTC));
    assert!(listed.client_authentication);
    let kind = match subject.algorithm() {
        KeyAlgorithm::EcP256 => ("EC", 256),
        KeyAlgorithm::Rsa2048 => ("RSA", 2048),
    };
    assert_eq!((listed.key_kind.algorithm(), listed.key_kind.bits()), kind);
    assert_eq!(listed.key_id, *key.id());
    assert_eq!(listed.protection, Some(subject.store.protection()));
    subject.store.delete(&id).unwrap();
}

pub(crate) fn an_authority_without_a_key_is_not_listed(subject: &Subject) {
    let authority = Authority::new("Bare CA");
    subject.behind.write(&authority.certificate, "Bare CA");
    assert_eq!(subject.listed(&CertificateId::of(&authority.certificate)), None);
    subject.behind.erase(&authority.certificate);
}

/// A server that knows only the root needs the intermediate certificate.
pub(crate) fn an_intermediate_authority_is_given_to_servers(subject: &Subject) {
    let (above, person) =
        (Authority::new("Upper CA"), Authority::new("Nobody’s CA").issue_elsewhere("no CA", "no.example").0);
    let intermediate = above.issue_authority("Lower CA");
    let given = || subject.store.authorities().unwrap();
    assert!(!given().contains(&intermediate));
    subject.behind.write_authority(&intermediate, "Lower CA");
    subject.behind.write_authority(&person, "no CA");
    let there = given();
    subject.behind.erase_authority(&intermediate);
    subject.behind.erase_authority(&person);
    assert!(there.contains(&intermediate));
    assert!(!there.contains(&person), "it is of no authority");
    assert!(!given().contains(&intermediate));
}

pub(crate) fn a_certificate_without_its_key_is_told_as_such(subject: &Subject) {
    let (certificate, _) = Authority::new("Lost CA").issue_elsewhere("lost", "lost.example");
    subject.behind.write(&certificate, "lost");
    let id = CertificateId::of(&certificate);
    assert_eq!(subject.listed(&id).unwrap().protection, None);
    assert!(matches!(subject.store.certificate_key(&id), Err(StoreError::KeyMissing(_))));
    assert!(matches!(subject.store.install(&certificate, "lost"), Err(StoreError::AlreadyInstalled(_))));
    assert_eq!(subject.store.delete(&id).unwrap().key, DeletedKey::WasMissing);
    assert_eq!(subject.listed(&id), None);
}

pub(crate) fn opened_again_it_is_the_same_store(subject: &Subject) {
    let again = inkan_store::open_with(&subject.location, subject.pin.clone()).unwrap();
    assert_eq!(again.description(), subject.store.description());
    let key = again.generate(subject.algorithm(), "again").unwrap();
    assert!(subject.is_orphan(key.id()));
    subject.store.delete_key(key.id()).unwrap();
    assert!(matches!(again.key(key.id()), Err(StoreError::KeyMissing(_))));
}
