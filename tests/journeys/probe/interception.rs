//! A server between the PC and the bank that answers in the bank's place.

use inkan_journeys::{Authority, Bank, Pc, Relay, SServer};
use serde_json::json;

use crate::assert_explained;

#[test]
fn a_proxy_that_the_system_trusts_is_told_from_the_bank() {
    let bank = Bank::start();
    let way = Relay::to(bank.portal());
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &way.address(), "--ca", &bank.ca().display().to_string()], None).done();
    let probe = ["probe", &way.address()];
    let undisturbed = pc.inkan(&probe, None).done();
    assert_eq!(undisturbed["findings"], json!([]), "{undisturbed}");

    // An administrator has added the proxy's CA to those of the system. The bank was added with its own CA.
    let proxy = Authority::new("Corporate Security Gateway");
    let server = SServer::start(&proxy.server(), ["-www"]);
    way.turn_to(&server.address());
    let roots = [("SSL_CERT_FILE", proxy.certificate())];
    let report = pc.inkan_under(&roots, "ja", &probe, None).done();
    assert_explained(&report, "intercepted_by_proxy");
    assert_eq!(report["findings"][0]["params"]["issuer"], "CN=Corporate Security Gateway");
    assert_eq!((&report["server"]["trusted"], &report["findings"][0]["who"]), (&json!(false), &json!("administrator")));

    // If the system does not trust that CA either, it is unknown what the server is.
    assert_explained(&pc.inkan(&probe, None).done(), "bank_ca_unknown");
}

#[test]
fn a_known_product_is_named_whether_trusted_or_not() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let proxy = Authority::new("Zscaler Intermediate Root CA (zscalertwo.net)");
    let server = SServer::start(&proxy.server(), ["-www"]);
    let address = server.address();
    let report = pc.inkan_in("en", &["probe", &address], None).done();
    assert_explained(&report, "intercepted_by_proxy");
    let detail = report["findings"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("Zscaler"), "{detail}");
    let roots = [("SSL_CERT_FILE", proxy.certificate())];
    let report = pc.inkan_under(&roots, "en", &["probe", &address], None).done();
    assert_explained(&report, "intercepted_by_proxy");
    assert_eq!(report["server"]["trusted"], true);
}
