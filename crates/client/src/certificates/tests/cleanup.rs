//! Tests of what may be cleared away.

use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use inkan_protocol::Code;
use inkan_store::StoredCertificate;
use time::Duration;

use crate::certificates::tests::test_client::{Ca, KEIYAKU, NOW, OKMATE, TestClient};
use crate::data::certificate_history::CertificateHistory;
use crate::{CleanUp, KeptBecause};

/// Why each certificate stays, by name; none if it is spent.
fn found(client: &TestClient) -> Vec<(String, Option<KeptBecause>)> {
    let CleanUp { spent, kept } = client.clean_up().unwrap();
    let kept = kept.into_iter().map(|kept| (kept.certificate.name, Some(kept.because)));
    spent.into_iter().map(|row| (row.name, None)).chain(kept).collect()
}

fn only(client: &TestClient) -> Option<Option<KeptBecause>> {
    let mut found = found(client);
    assert!(found.len() <= 1);
    found.pop().map(|(_, because)| because)
}

fn compare_clock(client: &TestClient) {
    CertificateHistory::clock_compared(&client.home, NOW, None).unwrap();
}

fn revoke(client: &TestClient, bank: &str, certificate: &StoredCertificate) {
    CertificateHistory::refused(&client.home, Some(bank), &certificate.id, Code::CertificateRevoked).unwrap();
}

#[test]
fn m10_an_expired_certificate_is_proposed_a_day_after_its_end_if_the_clock_was_compared() {
    let ca = Ca::root("Bank CA");
    for (until, compared, expected) in [
        (100, true, None),
        (-1, true, None),
        (-2, true, Some(None)),
        (-2, false, Some(Some(KeptBecause::ClockNotCompared))),
    ] {
        let client = TestClient::with(&ca, &[&ca.issue("hanakodt", (100, until))]);
        if compared {
            compare_clock(&client);
        }
        assert_eq!(only(&client), expected, "{until} {compared}");
    }
    let last = ca.issue("hanakodt", (100, -1));
    let hiding = StoredCertificate { protection: None, ..last.clone() };
    let client = TestClient::with(&ca, &[&hiding]);
    client.hide_key(&hiding.id);
    compare_clock(&client);
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "the day has not passed");
    let past = StoredCertificate { not_after: last.not_after - Duration::SECOND, ..last };
    let client = TestClient::with(&ca, &[&past]);
    compare_clock(&client);
    assert_eq!(only(&client), Some(None), "a second later");
}

#[test]
fn a_clock_that_is_ahead_makes_nothing_expire() {
    let ca = Ca::root("Bank CA");
    let client = TestClient::with(&ca, &[&ca.issue("hanakodt", (100, -2))]);
    CertificateHistory::clock_compared(&client.home, NOW, Some(3 * 86400)).unwrap();
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)));
    CertificateHistory::clock_compared(&client.home, NOW, Some(3600)).unwrap();
    assert_eq!(only(&client), Some(None));
}

#[test]
fn a_revoked_certificate_is_spent_at_the_bank_that_said_so() {
    let ca = Ca::root("Bank CA");
    let one = ca.issue("hanakodt", (100, 100));
    let client = TestClient::with(&ca, &[&one]);
    assert_eq!(only(&client), None);
    revoke(&client, "okmate", &one);
    assert_eq!(only(&client), Some(None));
    client.add_bank("second", KEIYAKU, &[&ca], &[]);
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "another bank of the same CA");
    client.remove_bank("second").unwrap();
    client.add_bank("second", KEIYAKU, &[&Ca::root("Other CA")], &[&ca]);
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "its server names the CA");
    client.remove_bank("second").unwrap();
    client.add_bank("second", KEIYAKU, &[&Ca::root("Other CA")], &[]);
    assert_eq!(only(&client), Some(None), "a server that names no CA proves nothing");
    let past = ca.issue("hanakodt", (100, -5));
    let client = TestClient::with(&ca, &[&past]);
    revoke(&client, "okmate", &past);
    assert_eq!(only(&client), Some(None), "no clock decides");
}

#[test]
fn what_belongs_to_no_service_here_or_serves_another_purpose_stays() {
    let ca = Ca::root("Bank CA");
    let expired = ca.issue("hanakodt", (100, -5));
    let client = TestClient::new();
    client.put(&[&expired]);
    compare_clock(&client);
    assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
    client.add_site("any", &[]);
    assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)), "a site without a list");
    CertificateHistory::picked(&client.home, "any", &expired.id).unwrap();
    assert_eq!(only(&client), Some(None), "it was picked for the site");
    client.remove_site("any").unwrap();
    client.add_site("other", &[&Ca::root("Other CA")]);
    assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
    client.add_site("site", &[&ca]);
    assert_eq!(only(&client), Some(None));
    let anything = rcgen::CertificateParams::default().self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
    let purpose = StoredCertificate::parse(anything.der(), None).unwrap().purpose;
    let other = StoredCertificate { purpose, ..expired };
    let client = TestClient::with(&ca, &[&other]);
    compare_clock(&client);
    assert_eq!(only(&client), Some(Some(KeptBecause::AnotherPurpose)));
}

#[test]
fn a_certificate_that_an_unknown_bank_replaced_may_log_in_at_another() {
    let ca = Ca::root("Bank CA");
    let one = ca.issue("hanakodt", (100, 100));
    let client = TestClient::with(&ca, &[&one]);
    CertificateHistory::refused(&client.home, None, &one.id, Code::CertificateSuperseded).unwrap();
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)));
}

#[test]
fn a_certificate_that_only_looks_expired_stays_even_if_no_service_here_accepts_it() {
    let ca = Ca::root("Bank CA");
    let client = TestClient::new();
    client.put(&[&ca.issue("hanakodt", (100, -5))]);
    client.add_site_at("site", "https://localhost:1/", false, &[&ca]);
    assert_eq!(only(&client), Some(Some(KeptBecause::ClockNotCompared)));
    compare_clock(&client);
    assert_eq!(only(&client), Some(None));
}

#[test]
fn a_site_that_asks_keeps_what_it_accepts() {
    let ca = Ca::root("Bank CA");
    let one = ca.issue("hanakodt", (100, 100));
    for (asks, listed, picked, expected) in [
        (true, true, false, Some(KeptBecause::MayLogIn)),
        (false, true, false, None),
        (true, false, false, None),
        (false, false, true, Some(KeptBecause::MayLogIn)),
    ] {
        let client = TestClient::with(&ca, &[&one]);
        revoke(&client, "okmate", &one);
        let other = Ca::root("Other CA");
        client.add_site_at("site", "https://localhost:1/", asks, &[if listed { &ca } else { &other }]);
        if picked {
            CertificateHistory::picked(&client.home, "site", &one.id).unwrap();
        }
        assert_eq!(only(&client), Some(expected), "{asks} {listed} {picked}");
    }
}

#[test]
fn an_intermediate_leads_to_the_ca_that_a_site_names() {
    let root = Ca::root("Root CA");
    let below = root.intermediate("Bank CA");
    let expired = below.issue("hanakodt", (100, -5));
    let client = TestClient::new();
    client.put(&[&expired]);
    client.add_site("site", &[&root]);
    compare_clock(&client);
    assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
    client.put_authority(&below);
    assert_eq!(only(&client), Some(None));
}

#[test]
fn a_certificate_whose_key_is_gone_is_spent_and_one_whose_key_hides_is_not() {
    let ca = Ca::root("Bank CA");
    let keyless = StoredCertificate { protection: None, ..ca.issue("hanakodt", (100, 100)) };
    let client = TestClient::with(&ca, &[&keyless]);
    assert_eq!(only(&client), Some(None));
    client.hide_key(&keyless.id);
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)));
    CertificateHistory::deletion_begins(&client.home, &keyless.id).unwrap();
    assert_eq!(only(&client), None, "its key is not gone");
    let client = TestClient::new();
    client.put(&[&keyless]);
    client.add_site_at("site", "https://localhost:1/", false, &[&ca]);
    assert_eq!(only(&client), Some(None));
    client.hide_key(&keyless.id);
    assert_eq!(only(&client), Some(Some(KeptBecause::MayLogIn)), "nothing says that it is over");
}

#[test]
fn a_deletion_that_was_cut_after_the_key_had_gone_is_proposed_whosever_the_certificate_is() {
    let foreign = StoredCertificate { protection: None, ..Ca::root("Foreign CA").issue("hanakodt", (100, 100)) };
    let with_key = StoredCertificate { protection: Some(inkan_store::Protection::File), ..foreign.clone() };
    let client = TestClient::new();
    client.put(&[&foreign]);
    assert_eq!(only(&client), Some(Some(KeptBecause::NotOfAServiceHere)));
    CertificateHistory::deletion_begins(&client.home, &foreign.id).unwrap();
    assert_eq!(only(&client), Some(None));
    let client = TestClient::new();
    client.put(&[&with_key]);
    CertificateHistory::deletion_begins(&client.home, &with_key.id).unwrap();
    assert_eq!(only(&client), None, "the key is here");
}

#[test]
fn s0_15_the_spent_certificates_of_the_same_holder_or_that_were_replaced_go_with_the_new_one() {
    let ca = Ca::root("Bank CA");
    let (old, new) = (ca.issue("hanakodt", (300, 60)), ca.issue("hanakodt", (5, 360)));
    let (other, renamed) = (ca.issue("jirodt", (300, 60)), ca.issue("oldname", (300, 60)));
    let client = TestClient::with(&ca, &[&old, &new, &other, &renamed]);
    CertificateHistory::renewed(&client.home, "okmate", &renamed.id, &new.id).unwrap();
    revoke(&client, "okmate", &other);
    let names = |certificate: &StoredCertificate| -> Vec<String> {
        let rows = client.replaced_by(&client.row(certificate, None)).unwrap();
        rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names(&new), ["oldname"], "that it looks like a successor proves nothing");
    revoke(&client, "okmate", &old);
    let mut replaced = names(&new);
    replaced.sort_unstable();
    assert_eq!(replaced, ["hanakodt", "oldname"]);
    assert_eq!(names(&old), [] as [&str; 0], "never itself");
    let mut spent: Vec<_> = client.spent_certificates().unwrap().into_iter().map(|row| row.name).collect();
    spent.sort_unstable();
    assert_eq!(spent, ["hanakodt", "jirodt", "oldname"]);
}

#[test]
fn the_first_to_end_comes_first() {
    let (ca, foreign) = (Ca::root("Bank CA"), Ca::root("Foreign CA"));
    let mut certificates = Vec::new();
    for (name, until) in [("last", -5), ("first", -50), ("second", -20)] {
        certificates.push(ca.issue(name, (100, until)));
        certificates.push(foreign.issue(&format!("foreign {name}"), (100, until)));
    }
    let client = TestClient::with(&ca, &certificates.iter().collect::<Vec<_>>());
    compare_clock(&client);
    let names: Vec<String> = found(&client).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["first", "second", "last", "foreign first", "foreign second", "foreign last"]);
}

/// Listens until the client has looked, and returns whether the client connected, and what it found.
fn asked(prepare: impl FnOnce(&TestClient, &str)) -> (bool, CleanUp) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (connected, connections) = mpsc::channel();
    thread::spawn(move || {
        // Each connection is closed at once: a server that says nothing of the time.
        while listener.accept().is_ok() && connected.send(()).is_ok() {}
    });
    let client = TestClient::new();
    prepare(&client, &format!("https://127.0.0.1:{port}/"));
    let found = client.clean_up_by_the_services_clocks().unwrap();
    (connections.try_recv().is_ok(), found)
}

#[test]
fn the_services_of_expired_certificates_are_asked_for_the_time_and_no_others() {
    let ca = Ca::root("Bank CA");
    let (live, expired) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, -5)));
    let bank = |client: &TestClient, address: &str| client.add_bank_at("okmate", address, OKMATE, &[&ca], &[]);
    let (connected, found) = asked(|client, address| {
        bank(client, address);
        client.put(&[&live, &expired]);
    });
    assert!(connected, "its clock was not compared");
    assert_eq!((found.spent.len(), found.kept[0].because), (0, KeptBecause::ClockNotCompared));
    let (connected, found) = asked(|client, address| {
        bank(client, address);
        client.put(&[&live, &expired]);
        compare_clock(client);
    });
    assert!(connected, "a deletion cannot be undone");
    assert_eq!((found.spent.len(), found.kept.len()), (1, 0));
    let revoked = |client: &TestClient, address: &str| {
        bank(client, address);
        client.put(&[&live]);
        revoke(client, "okmate", &live);
    };
    let (connected, found) = asked(revoked);
    assert_eq!((connected, found.spent.len()), (false, 1), "no clock decides");
    let (connected, _) = asked(|client, address| {
        revoked(client, address);
        CertificateHistory::clock_compared(&client.home, NOW, Some(1)).unwrap();
    });
    assert!(connected, "a clock that was ahead may have been set right since");
    let (connected, found) = asked(|client, address| {
        client.add_site_at("site", address, true, &[&ca]);
        client.put(&[&expired]);
    });
    assert_eq!((connected, found.kept[0].because), (true, KeptBecause::ClockNotCompared), "a site");
    let (connected, _) = asked(|client, address| {
        bank(client, address);
        client.put(&[&Ca::root("Foreign CA").issue("shirodt", (100, -5)), &live]);
    });
    assert!(!connected, "an expired certificate of no service here");
}
