//! A bank like the reference bank, which answers with problems.

use std::sync::Arc;

use inkan_client::protocol::{Clock, Code, Language, SystemClock};
use inkan_client::{Home, Inkan, Location};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::{Scene, assert_explained, findings};

/// The clock of a PC, which is wrong by a fixed time.
#[derive(Debug)]
struct Off(Duration);

impl Clock for Off {
    fn now(&self) -> OffsetDateTime {
        SystemClock.now() + self.0
    }
}

#[test]
fn an_added_bank_is_trusted_as_it_was_added() {
    let scene = Scene::new();
    let login = scene.bank.certificate_login();
    assert_explained(&scene.probe_trusting(None, login, None), "certificate_not_sent");

    let id = scene.acquire("hanakodt", "ec-p256");
    let report = scene.probe_trusting(None, login, Some(&id));
    assert_eq!(findings(&report), [""; 0], "{report}");
    assert_eq!(report["answer"], json!({ "status": 404, "recognised": "inkan_problem" }));
    assert_eq!(report["client_certificate"]["fitting"], json!([id]));

    let report = scene.probe_trusting(None, scene.bank.portal(), Some(&id));
    assert_explained(&report, "certificate_not_asked");
    assert_eq!(report["presented"], json!(null));

    let hanako = json!({
        "login_password": scene.bank.secret("hanakodt", "login_password"),
        "confirmation_password": scene.bank.secret("hanakodt", "confirmation_password"),
    });
    let revoke = ["users", "--bank", "okmate", "--user", "hanakodt", "certificate", "hanakodt", "--revoke", "--yes"];
    scene.pc.inkan(&revoke, Some(hanako)).done();
    let report = scene.probe_trusting(None, login, Some(&id));
    assert_explained(&report, "certificate_revoked");
    assert_eq!(report["answer"], json!({ "status": 403, "recognised": "inkan_problem" }));
}

#[test]
fn its_accepted_authorities_and_its_clock_are_known() {
    let scene = Scene::new();
    scene.acquire("hanakodt", "ec-p256");
    let store = inkan_store::open(&Location::Nss(scene.pc.database())).unwrap();
    let certificate = store.certificates().unwrap().remove(0);
    let inkan = Inkan::with_store(Home::at(scene.pc.home()), store, Language::En);
    let accepted = inkan.accepted_authorities(scene.bank.certificate_login(), None).unwrap();
    assert_eq!(accepted, Some(vec![certificate.issuer_name]));
    assert_eq!(inkan.accepted_authorities(scene.bank.portal(), None).unwrap(), None, "the portal asks for none");

    // The certificate login refuses before it gives a time. The portal gives it.
    let codes = |minutes| {
        let inkan = inkan.clone().with_clock(Arc::new(Off(Duration::minutes(minutes))));
        let report = inkan.probe(scene.bank.certificate_login(), None, None).unwrap();
        report.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(4), [Code::CertificateNotSent]);
    assert_eq!(codes(6), [Code::ClockWrong, Code::CertificateNotSent]);
    assert_eq!(codes(-6), [Code::ClockWrong, Code::CertificateNotSent]);
}
