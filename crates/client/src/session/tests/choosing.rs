//! Tests of which certificate a login chooses.

use inkan_profile::EntranceId;
use inkan_protocol::Code;
use inkan_store::{CertificateId, StoreError, StoredCertificate};
use time::Duration;

use crate::certificates::tests::test_client::{Ca, KEIYAKU, NOW, OKMATE, TestClient};
use crate::data::certificate_history::CertificateHistory;
use crate::{Error, Reason};

fn chosen(client: &TestClient, bank: &str, entrance: Option<&str>) -> Result<CertificateId, Error> {
    let entrance = entrance.map(|id| EntranceId(id.to_owned()));
    client.certificate_for_login(bank, entrance.as_ref(), None)
}

fn unusable(client: &TestClient) -> (Reason, bool) {
    match chosen(client, "okmate", None) {
        Err(Error::CertificateUnusable { reason, ids, .. }) => (reason, ids),
        other => panic!("{other:?}"),
    }
}

#[test]
fn s1_1_the_only_users_certificate_is_chosen_and_of_two_users_none() {
    let ca = Ca::root("Bank CA");
    let (hanako, expired) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, -5)));
    let client = TestClient::with(&ca, &[&expired, &hanako]);
    assert_eq!(chosen(&client, "okmate", None).unwrap(), hanako.id);
    let jiro = ca.issue("jirodt", (10, 100));
    client.put(&[&jiro]);
    CertificateHistory::used(&client.home, "okmate", &jiro.id, None, NOW).unwrap();
    let Err(Error::SeveralCertificates(candidates)) = chosen(&client, "okmate", None) else {
        panic!("the last login decides between two users");
    };
    assert_eq!(candidates.len(), 2);
    assert_eq!(client.certificate_for_login("okmate", None, Some(&hanako.id)).unwrap(), hanako.id);
}

#[test]
fn of_two_certificates_of_one_user_the_last_login_decides() {
    let ca = Ca::root("Bank CA");
    // Neither supersedes the other: the later one ends earlier.
    let (one, other) = (ca.issue("hanakodt", (100, 100)), ca.issue("hanakodt", (10, 50)));
    let client = TestClient::with(&ca, &[&one, &other]);
    let several = chosen(&client, "okmate", None);
    assert!(matches!(several, Err(Error::SeveralCertificates(candidates)) if candidates.len() == 2));
    for used in [&one, &other] {
        CertificateHistory::used(&client.home, "okmate", &used.id, None, NOW).unwrap();
        assert_eq!(chosen(&client, "okmate", None).unwrap(), used.id);
    }
    client.forget_choice("okmate").unwrap();
    assert!(chosen(&client, "okmate", None).is_err());
}

#[test]
fn s3_16_a_certificate_of_another_entrance_says_which() {
    let ca = Ca::root("Bank CA");
    let user = ca.issue("00009876543 riyousya 1635", (100, 100));
    let client = TestClient::new();
    client.add_bank("keiyaku", KEIYAKU, &[&ca], &[]);
    client.put(&[&ca.issue("00009876543 1635", (100, -5)), &user]);
    assert_eq!(chosen(&client, "keiyaku", None).unwrap(), user.id);
    assert_eq!(chosen(&client, "keiyaku", Some("users")).unwrap(), user.id);
    let elsewhere = chosen(&client, "keiyaku", Some("administrators"));
    let Err(Error::OtherEntrance { certificate, fitting, .. }) = elsewhere else { panic!("{elsewhere:?}") };
    assert_eq!((certificate.as_str(), fitting.as_str()), ("00009876543 riyousya 1635", "User login (users)"));
    assert!(matches!(chosen(&client, "keiyaku", Some("another")), Err(Error::EntranceUnknown(_))));
}

#[test]
fn the_reason_is_that_of_the_banks_own_certificate() {
    let (ca, foreign) = (Ca::root("Bank CA"), Ca::root("Foreign CA"));
    let client = TestClient::with(&ca, &[&foreign.issue("shirodt", (100, 100))]);
    let none = chosen(&client, "okmate", None);
    assert!(matches!(none, Err(Error::NoUsableCertificate { ids: true })), "S1-6");
    let keyless = StoredCertificate { protection: None, ..ca.issue("hanakodt", (100, 100)) };
    client.put(&[&keyless]);
    assert_eq!(unusable(&client), (Reason::KeyMissing, true));
    let client = TestClient::with(&ca, &[&ca.issue("hanakodt", (100, -5))]);
    assert_eq!(unusable(&client).0, Reason::Expired);
    let key_kind = inkan_store::KeyKind::Fixed { name: "Ed25519", bits: 256 };
    let client = TestClient::with(&ca, &[&StoredCertificate { key_kind, ..ca.issue("hanakodt", (100, 100)) }]);
    let unsupported = chosen(&client, "okmate", None);
    assert!(matches!(unsupported, Err(Error::Store(StoreError::KeyUnsupported { kind })) if kind == "Ed25519"));
    let client = TestClient::new();
    client.add_bank("keiyaku", KEIYAKU, &[&ca], &[]);
    let none = chosen(&client, "keiyaku", None);
    assert!(matches!(none, Err(Error::NoUsableCertificate { ids: false })), "S3-14: certificates alone");
}

#[test]
fn m2_a_certificate_that_is_over_is_the_reason_only_if_no_later_one_was_deleted_here() {
    let ca = Ca::root("Bank CA");
    let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
    let revoked = |user: &str| ca.issue(user, (400, 30));
    for (here, over) in [
        (ca.issue("hanakodt", (300, -5)), true),
        (revoked("hanakodt"), true),
        (old, true),
        (revoked("jirodt"), false),
        (StoredCertificate { protection: None, ..ca.issue("hanakodt", (400, 300)) }, false),
    ] {
        let client = TestClient::with(&ca, &[&here]);
        if here.not_after == NOW + Duration::days(30) {
            let code = Code::CertificateRevoked;
            CertificateHistory::refused(&client.home, Some("okmate"), &here.id, code).unwrap();
        } else if here.not_after == NOW + Duration::days(60) {
            CertificateHistory::renewed(&client.home, "okmate", &here.id, &new.id).unwrap();
        }
        client.put(&[&new]);
        client.delete(&new.id).unwrap();
        match chosen(&client, "okmate", None) {
            Err(Error::CertificateDeleted(deleted)) if over => assert_eq!(deleted.user, "hanakodt"),
            Err(Error::CertificateUnusable { .. }) if !over => {}
            other => panic!("{}: {other:?}", here.not_after),
        }
    }
}

#[test]
fn a_named_certificate_is_found_missing_unreadable_or_deleted() {
    let ca = Ca::root("Bank CA");
    let (one, foreign) = (ca.issue("hanakodt", (100, 100)), Ca::root("Foreign CA").issue("hanakodt", (100, 100)));
    let client = TestClient::with(&ca, &[&one, &foreign]);
    let broken = client.put_unreadable("broken");
    let named = |id: &CertificateId| client.certificate_for_login("okmate", None, Some(id));
    assert_eq!(named(&foreign.id).unwrap(), foreign.id, "the bank decides whether it accepts it");
    assert_eq!(client.find_for_login("okmate", &one.id.0).unwrap(), one.id);
    assert!(matches!(named(&broken), Err(Error::CertificateUnreadable(name)) if name == "broken"));
    let missing = CertificateId("0123456789".to_owned());
    assert!(matches!(named(&missing), Err(Error::CertificateNotFound(id)) if id == missing.0));
    let typed = client.find_for_login("okmate", "0123456789");
    assert!(matches!(typed, Err(Error::CertificateNotFound(id)) if id == "0123456789"));
    assert!(matches!(client.find_for_login("okmate", "hanakodt"), Err(Error::CertificateIdNeeded { .. })));
    client.add_bank("second", OKMATE, &[&Ca::root("Second CA")], &[]);
    client.delete(&one.id).unwrap();
    assert!(matches!(named(&one.id), Err(Error::CertificateDeleted(deleted)) if deleted.user == "hanakodt"));
    let elsewhere = client.certificate_for_login("second", None, Some(&one.id));
    assert!(matches!(elsewhere, Err(Error::CertificateNotFound(_))), "another bank");
}
