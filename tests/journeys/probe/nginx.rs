//! nginx refuses certificates with a page, after the handshake.

use std::path::Path;
use std::time::{Duration, Instant};

use inkan_journeys::{Authority, ClientCertificates, EXPIRED, Nginx, VALID};
use serde_json::json;

use crate::{Scene, assert_explained, findings};

const VERSIONS: [(&str, &str); 2] = [("TLSv1.2", "TLSv1.2"), ("TLSv1.3", "TLSv1.3")];

fn demanding(scene: &Scene, authorities: &Path, crl: Option<&Path>, protocols: &str) -> Nginx {
    Nginx::demanding(&scene.own, &ClientCertificates { authorities, crl, protocols })
}

#[test]
fn both_kinds_of_key_get_in_over_both_versions() {
    let scene = Scene::new();
    let ids = [scene.acquire("hanakodt", "ec-p256"), scene.acquire("jirodt", "rsa-2048")];
    for (protocols, protocol) in VERSIONS {
        let nginx = demanding(&scene, &scene.bank.ca(), None, protocols);
        for id in &ids {
            let report = scene.probe(&nginx.address(), Some(id));
            assert_eq!(findings(&report), [""; 0], "{report} {}", nginx.log());
            assert_eq!(report["address"], nginx.address().as_str());
            assert_eq!((&report["reached"], &report["presented"]), (&json!(true), &json!(id)));
            assert_eq!(report["answer"], json!({ "status": 200, "recognised": null }));
            assert_eq!(report["tls"]["protocol"], protocol);
            assert_eq!((&report["tls"]["alpn"], &report["tls"]["fallback"]), (&json!("http/1.1"), &json!(false)));
            let cipher = report["tls"]["cipher"].as_str().unwrap();
            assert!(cipher.starts_with("TLS_") && cipher.contains("_GCM_"), "{cipher}");
            assert_eq!((&report["server"]["trusted"], &report["server"]["reason"]), (&json!(true), &json!(null)));
            assert_eq!(report["server"]["chain"][0]["subject"], "CN=server");
            assert_eq!(report["server"]["chain"][0]["issuer"], "CN=Journey Servers");
        }
    }
}

#[test]
fn the_request_is_shown_with_what_fits_it() {
    let scene = Scene::new();
    let ids = [scene.acquire("hanakodt", "ec-p256"), scene.acquire("jirodt", "rsa-2048")];
    let others = Authority::new("Others");
    let foreign = scene.pc.take_in(&others.client("foreign", VALID));
    for (protocols, protocol) in VERSIONS {
        let nginx = demanding(&scene, &scene.bank.ca(), None, protocols);
        let report = scene.probe(&nginx.address(), None);
        let asked = &report["client_certificate"];
        assert_eq!(asked["asked"], true);
        let authorities = asked["authorities"].as_array().unwrap();
        assert_eq!(authorities.len(), 1);
        assert!(authorities[0].as_str().unwrap().contains("Client CA"), "{report}");
        let fitting: Vec<_> = asked["fitting"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(fitting.len(), 2, "{report}");
        assert!(ids.iter().all(|id| fitting.contains(&id.as_str())) && !fitting.contains(&foreign.as_str()));
        let schemes: Vec<_> = asked["schemes"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
        assert!(schemes.contains(&"ecdsa_secp256r1_sha256") && schemes.contains(&"rsa_pss_rsae_sha256"));
        // RFC 8446 §4.2.3: TLS 1.3 has only PSS.
        assert_eq!(schemes.contains(&"rsa_pkcs1_sha256"), protocol == "TLSv1.2", "{schemes:?}");
    }
}

#[test]
fn none_sent() {
    let scene = Scene::new();
    for (protocols, protocol) in VERSIONS {
        let nginx = demanding(&scene, &scene.bank.ca(), None, protocols);
        let report = scene.probe(&nginx.address(), None);
        assert_explained(&report, "certificate_not_sent");
        assert_eq!(report["answer"], json!({ "status": 400, "recognised": "nginx_no_certificate" }));
        assert_eq!((&report["presented"], &report["tls"]["protocol"]), (&json!(null), &json!(protocol)));
        assert_eq!(report["client_certificate"]["fitting"], json!([]));
    }
}

#[test]
fn expired() {
    let scene = Scene::new();
    let clients = Authority::new("Clients");
    let id = scene.pc.take_in(&clients.client("late", EXPIRED));
    for (protocols, _) in VERSIONS {
        let nginx = demanding(&scene, clients.certificate(), None, protocols);
        let report = scene.probe(&nginx.address(), Some(&id));
        assert_explained(&report, "certificate_expired");
        assert_eq!(report["findings"][0]["params"]["name"], "late");
        assert_eq!(report["answer"], json!({ "status": 400, "recognised": "nginx_certificate_error" }));
        assert_eq!((&report["presented"], &report["client_certificate"]["fitting"]), (&json!(id), &json!([])));
    }
}

#[test]
fn unknown_ca() {
    let scene = Scene::new();
    let others = Authority::new("Others");
    scene.pc.take_in_authority(others.certificate());
    let id = scene.pc.take_in(&others.client("foreign", VALID));
    for (protocols, _) in VERSIONS {
        let nginx = demanding(&scene, &scene.bank.ca(), None, protocols);
        let report = scene.probe(&nginx.address(), Some(&id));
        assert_explained(&report, "certificate_ca_unknown");
        assert_eq!(report["findings"][0]["params"]["issuer"], "CN=Others");
        assert_eq!(report["presented"], id.as_str());
    }
}

#[test]
fn revoked_on_the_crl_and_at_its_bank() {
    let scene = Scene::new();
    let [hanako, jiro] = [scene.acquire("hanakodt", "ec-p256"), scene.acquire("jirodt", "rsa-2048")];
    let ichiro = json!({
        "login_password": scene.bank.secret("ichirodt", "login_password"),
        "confirmation_password": scene.bank.secret("ichirodt", "confirmation_password"),
    });
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", "hanakodt", "--revoke", "--yes"];
    scene.pc.inkan(&revoke, Some(ichiro)).done();
    let crl = scene.bank.crl();
    for (protocols, _) in VERSIONS {
        let nginx = demanding(&scene, &scene.bank.ca(), Some(&crl), protocols);
        // nginx says no more than “The SSL certificate error”. The bank that issued the certificate knows more. The
        // probe asks the bank at the same time, and waits for it for a limited time.
        let deadline = Instant::now() + Duration::from_secs(60);
        let report = loop {
            let report = scene.probe(&nginx.address(), Some(&hanako));
            if findings(&report) == ["certificate_revoked"] || Instant::now() > deadline {
                break report;
            }
        };
        assert_explained(&report, "certificate_revoked");
        assert_eq!(report["answer"], json!({ "status": 400, "recognised": "nginx_certificate_error" }));
        let report = scene.probe(&nginx.address(), Some(&jiro));
        assert_eq!(findings(&report), [""; 0], "{report} {}", nginx.log());
    }
    // If the bank itself accepts the certificate, the report claims nothing about the bank.
    let authority = Authority::of(&scene.bank);
    let crl = authority.crl(&[&scene.pc.certificate_file("jirodt")]);
    let nginx = demanding(&scene, &scene.bank.ca(), Some(&crl), "TLSv1.3");
    assert_explained(&scene.probe(&nginx.address(), Some(&jiro)), "certificate_refused");
}

/// nginx sends its own status numbers if they are returned as they are.
#[test]
fn a_page_of_496_is_recognised_with_and_without_a_request_in_the_handshake() {
    let scene = Scene::new();
    let id = scene.acquire("hanakodt", "ec-p256");
    let asking = format!(
        "ssl_verify_client optional; ssl_client_certificate {}; \
         location / {{ if ($ssl_client_verify != SUCCESS) {{ return 496 x; }} return 200; }}",
        scene.bank.ca().display()
    );
    let nginx = Nginx::serving(&scene.own, &asking);
    let report = scene.probe(&nginx.address(), None);
    assert_explained(&report, "certificate_not_sent");
    assert_eq!(report["answer"], json!({ "status": 496, "recognised": "nginx_no_certificate" }));
    assert_eq!(findings(&scene.probe(&nginx.address(), Some(&id))), [""; 0]);
    let nginx = Nginx::serving(&scene.own, "location / { return 496 x; }");
    for certificate in [None, Some(id.as_str())] {
        let report = scene.probe(&nginx.address(), certificate);
        assert_explained(&report, "certificate_not_sent");
        assert_eq!(report["findings"][0]["params"]["asked"], "no");
    }
}

/// The list and the probe report the same of a certificate that a newer one replaces.
#[test]
fn a_superseded_certificate_is_not_said_to_fit() {
    let scene = Scene::new();
    let clients = Authority::new("Clients");
    let old = scene.pc.take_in(&clients.client("hanako", ("20200101000000Z", VALID.1)));
    let nginx = demanding(&scene, clients.certificate(), None, "TLSv1.3");
    let ca = scene.servers.certificate().display().to_string();
    scene.pc.inkan(&["bank", "add", &nginx.address(), "--site", "--ca", &ca], None).done();
    assert_eq!(scene.probe(&nginx.address(), None)["client_certificate"]["fitting"], json!([old]));
    let new = scene.pc.take_in(&clients.client("hanako", ("20210101000000Z", VALID.1)));
    let rows = scene.pc.inkan(&["certificates"], None).done();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == json!(old)).unwrap();
    assert_eq!(row["reasons"], json!(["superseded"]), "{rows}");
    let asked = scene.probe(&nginx.address(), None)["client_certificate"].take();
    assert_eq!((&asked["fitting"], &asked["superseded"]), (&json!([new]), &json!([old])), "{asked}");
}
