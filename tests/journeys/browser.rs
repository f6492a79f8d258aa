//! Chromium on the same database: it uses a certificate that Inkan installed, and cannot use one that Inkan deleted.

use inkan_journeys::{Authority, Bank, ClientCertificates, Nginx, Pc, chromium_shows, enrol_by_hand, run};
use serde_json::json;

fn nginx(bank: &Bank, own: &Authority) -> Nginx {
    let clients = ClientCertificates { authorities: &bank.ca(), crl: None, protocols: "TLSv1.2 TLSv1.3" };
    Nginx::demanding(&own.server(), &clients)
}

#[test]
fn chromium_logs_in_with_what_was_acquired_and_not_after_its_deletion() {
    let bank = Bank::start();
    let own = Authority::new("nginx");
    let nginx = nginx(&bank, &own);
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let shown = chromium_shows(&pc, &nginx.address());
    assert!(shown.contains("welcome") && shown.contains("CN=hanakodt"), "{shown}\n{}", nginx.log());

    pc.inkan(&["certificates", "delete", row["id"].as_str().unwrap(), "--yes"], None).done();
    let shown = chromium_shows(&pc, &nginx.address());
    assert!(shown.contains("No required SSL certificate was sent"), "{shown}\n{}", nginx.log());
}

#[test]
fn chromium_logs_in_with_what_was_imported_and_not_after_its_deletion() {
    let bank = Bank::start();
    let own = Authority::new("nginx");
    let nginx = nginx(&bank, &own);
    let pc = Pc::with(&bank);
    let enrolled = enrol_by_hand(&bank, "jirodt");
    let file = enrolled.certificate().with_extension("p12");
    let made = run(
        "openssl",
        [
            "pkcs12",
            "-export",
            "-in",
            enrolled.certificate().to_str().unwrap(),
            "-inkey",
            enrolled.key().to_str().unwrap(),
            "-passout",
            "pass:Torikomi1",
            "-out",
            file.to_str().unwrap(),
        ],
    );
    assert!(made.status.success());
    let import = ["certificates", "import", file.to_str().unwrap()];
    pc.inkan(&import, Some(json!({ "pkcs12_password": "Torikomi1" }))).done();
    let listed = pc.inkan(&["certificates"], None).done();
    assert_eq!((&listed[0]["name"], &listed[0]["usable"]), (&json!("jirodt"), &json!(true)));
    let shown = chromium_shows(&pc, &nginx.address());
    assert!(shown.contains("welcome") && shown.contains("CN=jirodt"), "{shown}\n{}", nginx.log());

    pc.inkan(&["certificates", "delete", listed[0]["id"].as_str().unwrap(), "--yes"], None).done();
    let shown = chromium_shows(&pc, &nginx.address());
    assert!(shown.contains("No required SSL certificate was sent"), "{shown}\n{}", nginx.log());
}
