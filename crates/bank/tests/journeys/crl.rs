//! The CRL (RFC 5280 §5): every revocation is on the next CRL that is fetched, and the CRL number only increases.

use std::collections::BTreeMap;

use ::time::format_description::well_known::Rfc2822;
use ::time::{Duration, OffsetDateTime};
use inkan_protocol::path;
use reqwest::Method;
use x509_parser::prelude::*;

use crate::test_bank::{HANAKO, ICHIRO, Issued, JIRO, TestBank, TestClient};

/// The parts of a signed CRL that the tests check.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Crl {
    number: u64,
    serials: Vec<Vec<u8>>,
    this_update: OffsetDateTime,
    next_update: OffsetDateTime,
    der: Vec<u8>,
}

async fn fetch(client: &TestClient) -> Crl {
    let response = client.request(Method::GET, path::CRL).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/pkix-crl");
    let der = response.bytes().await.unwrap().to_vec();
    let ca = client.request(Method::GET, path::CA_CERTIFICATE).send().await.unwrap().bytes().await.unwrap();
    let (_, ca) = X509Certificate::from_der(&ca).unwrap();
    let (rest, crl) = CertificateRevocationList::from_der(&der).unwrap();
    assert!(rest.is_empty());
    crl.verify_signature(ca.public_key()).unwrap();
    Crl {
        number: crl.crl_number().unwrap().to_string().parse().unwrap(),
        serials: crl.iter_revoked_certificates().map(|entry| entry.raw_serial().to_vec()).collect(),
        this_update: crl.last_update().to_datetime(),
        next_update: crl.next_update().unwrap().to_datetime(),
        der: der.clone(),
    }
}

fn serial(issued: &Issued) -> Vec<u8> {
    X509Certificate::from_der(&issued.der).unwrap().1.raw_serial().to_vec()
}

#[tokio::test]
async fn what_is_revoked_is_on_the_very_next_list() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let before = fetch(&bank.plain()).await;
    assert_eq!((before.number, before.serials.as_slice()), (1, [].as_slice()));
    assert_eq!(fetch(&bank.portal()).await, before, "nothing changed: the same list on both listeners");

    bank.revoke("hanakodt").await.ok();
    let after = fetch(&bank.plain()).await;
    assert_eq!((after.number, after.serials.as_slice()), (2, [serial(&issued)].as_slice()));
    assert_eq!(fetch(&bank.portal()).await, after);
    assert!(after.this_update <= bank.now() && after.next_update > bank.now());
}

#[tokio::test]
async fn it_is_issued_anew_before_it_lapses_and_its_number_survives_a_restart() {
    let bank = TestBank::open().await;
    let first = fetch(&bank.plain()).await;
    bank.advance(Duration::hours(12) - Duration::seconds(1));
    assert_eq!(fetch(&bank.plain()).await, first);
    bank.advance(Duration::seconds(1));
    let second = fetch(&bank.plain()).await;
    assert_eq!(second.number, first.number + 1);
    assert_eq!(second.next_update - second.this_update, Duration::hours(24));
    assert!(first.next_update > bank.now(), "the one before it has not lapsed");

    let bank = bank.restart().await;
    assert_eq!(fetch(&bank.plain()).await, second, "kept in the database");
    bank.advance(Duration::days(3));
    assert_eq!(fetch(&bank.plain()).await.number, second.number + 1);
}

#[tokio::test]
async fn an_entry_stays_until_one_list_after_its_certificates_end() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.revoke("hanakodt").await.ok();
    assert_eq!(fetch(&bank.plain()).await.serials, [serial(&issued)]);
    bank.advance(Duration::days(364));
    assert_eq!(fetch(&bank.plain()).await.serials, [serial(&issued)]);
    bank.advance(Duration::days(2));
    assert_eq!(fetch(&bank.plain()).await.serials, [serial(&issued)], "the first list after the end (RFC 5280 §3.3)");
    bank.advance(Duration::days(1));
    assert_eq!(fetch(&bank.plain()).await.serials, [].as_slice() as &[Vec<u8>]);
}

#[tokio::test]
async fn a_clock_that_ran_ahead_leaves_no_list_of_the_future_and_drops_no_revocation() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.revoke("hanakodt").await.ok();
    let before = fetch(&bank.plain()).await;
    assert_eq!(before.serials, [serial(&issued)]);

    let ahead = Duration::days(800);
    bank.advance(ahead);
    for _ in 0..2 {
        fetch(&bank.plain()).await;
        bank.advance(Duration::days(1));
    }
    let future = fetch(&bank.plain()).await;
    assert_eq!(future.serials, [].as_slice() as &[Vec<u8>], "expired by that clock");
    bank.advance(-ahead - Duration::days(2));

    let after = fetch(&bank.plain()).await;
    assert_eq!(after.serials, [serial(&issued)], "still valid");
    assert!(after.number > future.number && future.number > before.number, "RFC 5280 §5.2.3");
    assert_eq!(
        (after.this_update.unix_timestamp(), after.next_update),
        (bank.now().unix_timestamp(), after.this_update + Duration::DAY)
    );
    assert_eq!(fetch(&bank.plain()).await, after);
    bank.advance(Duration::days(364));
    assert_eq!(fetch(&bank.plain()).await.serials, [serial(&issued)]);
}

#[tokio::test]
async fn a_revocation_by_a_clock_that_ran_ahead_is_not_of_the_future() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.advance(Duration::days(30));
    bank.revoke("hanakodt").await.ok();
    bank.advance(Duration::days(-30));
    let list = fetch(&bank.plain()).await;
    assert_eq!(list.serials, [serial(&issued)]);
    let (_, crl) = CertificateRevocationList::from_der(&list.der).unwrap();
    assert_eq!(crl.iter_revoked_certificates().next().unwrap().revocation_date.to_datetime(), list.this_update);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_never_give_one_number_to_two_lists() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let there = TestClient { address: other.announcement().plain.clone().unwrap(), ..bank.plain() };
    let mut lists: BTreeMap<u64, Crl> = BTreeMap::new();
    for who in [HANAKO, JIRO, ICHIRO] {
        let issued = bank.acquire(who).await;
        let revoker = if who == ICHIRO { bank.log_in(HANAKO).await } else { bank.log_in(ICHIRO).await };
        let password = if who == ICHIRO { "Kakunin01" } else { "Kakunin02" };
        let last = lists.keys().last().copied().unwrap_or(0);
        revoker.change_certificate(who.0, "revoke", password).await.ok();
        let fetches = (0..16).map(|turn| {
            let client = if turn % 2 == 0 { bank.plain() } else { there.clone() };
            tokio::spawn(async move { fetch(&client).await })
        });
        for fetched in fetches.collect::<Vec<_>>() {
            let list = fetched.await.unwrap();
            assert!(list.number > last && list.serials.contains(&serial(&issued)), "{list:?}");
            let known = lists.entry(list.number).or_insert_with(|| list.clone());
            assert_eq!(*known, list, "one number, one list");
        }
    }
    assert_eq!(lists.len(), 3, "and none was issued for nothing");
    other.stop().await;
}

#[tokio::test]
async fn a_cache_may_keep_a_list_for_minutes_and_asks_by_its_tag() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let plain = bank.plain();
    let response = plain.request(Method::GET, path::CRL).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("cache-control"), "max-age=300, public, no-transform, must-revalidate");
    let list = fetch(&plain).await;
    let date = |text: String| OffsetDateTime::parse(&text.replace("GMT", "+0000"), &Rfc2822).unwrap();
    assert_eq!(date(header("last-modified")), list.this_update);
    assert!(date(header("expires")) <= list.next_update);
    let tag = header("etag");
    let again = async || plain.request(Method::GET, path::CRL).header("if-none-match", &tag).send().await.unwrap();
    let known = again().await;
    assert_eq!((known.status().as_u16(), known.headers()["etag"].to_str().unwrap()), (304, tag.as_str()));
    assert_eq!(known.bytes().await.unwrap().len(), 0);
    bank.revoke("hanakodt").await.ok();
    let next = again().await;
    assert_eq!(next.status(), 200);
    assert_ne!(next.headers()["etag"].to_str().unwrap(), tag);
    let uncached = plain.request(Method::GET, path::HEALTH).send().await.unwrap();
    assert_eq!(uncached.headers()["cache-control"], "no-store");
}

#[tokio::test]
async fn a_certificate_says_where_its_status_is_published() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let base = bank.server.announcement().plain.clone().unwrap();
    let (_, certificate) = X509Certificate::from_der(&issued.der).unwrap();
    let mut found = Vec::new();
    for extension in certificate.iter_extensions() {
        match extension.parsed_extension() {
            ParsedExtension::CRLDistributionPoints(points) => {
                found.push(format!("{:?}", points.points));
            }
            ParsedExtension::AuthorityInfoAccess(information) => {
                for one in &information.accessdescs {
                    found.push(format!("{} {:?}", one.access_method, one.access_location));
                }
            }
            _ => {}
        }
    }
    let expected = [
        (String::new(), format!("{base}{}", path::CRL)),
        ("1.3.6.1.5.5.7.48.1 ".to_owned(), format!("{base}{}\"", path::OCSP)),
        ("1.3.6.1.5.5.7.48.2 ".to_owned(), format!("{base}{}", path::CA_CERTIFICATE)),
    ];
    for (method, url) in &expected {
        assert!(found.iter().any(|text| text.starts_with(method) && text.contains(url)), "{method}{url}: {found:?}");
    }
}

#[tokio::test]
async fn the_plain_listener_answers_nothing_else() {
    let bank = TestBank::open().await;
    for path in [path::BANK, path::SESSIONS, path::TOP, path::EST_CA_CERTIFICATES] {
        bank.plain().get(path).await.refused("not_found");
    }
}
