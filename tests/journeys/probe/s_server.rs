//! openssl refuses certificates with an alert, in the handshake or, from TLS 1.3 on, after it.

use std::path::Path;

use inkan_journeys::{Authority, EXPIRED, SServer, VALID, revoke_by_hand, run};
use serde_json::json;

use crate::{Scene, assert_explained, findings};

const VERSIONS: [(&str, &str); 2] = [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")];

fn demanding(scene: &Scene, authorities: &Path, more: &[&str]) -> SServer {
    let authorities = authorities.display().to_string();
    let mut arguments = vec!["-www", "-Verify", "1", "-verify_return_error", "-CAfile", &authorities];
    arguments.extend(more);
    SServer::start(&scene.own, arguments)
}

#[test]
fn both_kinds_of_key_get_in_over_both_versions() {
    let scene = Scene::new();
    let ids = [scene.acquire("hanakodt", "ec-p256"), scene.acquire("jirodt", "rsa-2048")];
    for (version, protocol) in VERSIONS {
        let server = demanding(&scene, &scene.bank.ca(), &[version]);
        for id in &ids {
            let report = scene.probe(&server.address(), Some(id));
            assert_eq!(findings(&report), [""; 0], "{report}");
            assert_eq!((&report["presented"], &report["answer"]["status"]), (&json!(id), &json!(200)));
            assert_eq!(report["tls"]["protocol"], protocol);
        }
    }
}

#[test]
fn none_sent() {
    let scene = Scene::new();
    for (version, protocol) in VERSIONS {
        let server = demanding(&scene, &scene.bank.ca(), &[version]);
        let report = scene.probe(&server.address(), None);
        assert_explained(&report, "certificate_not_sent");
        assert_eq!((&report["answer"], &report["presented"]), (&json!(null), &json!(null)));
        assert_eq!((&report["tls"]["protocol"], &report["server"]["trusted"]), (&json!(protocol), &json!(true)));
    }
}

#[test]
fn expired() {
    let scene = Scene::new();
    let clients = Authority::new("Clients");
    let id = scene.pc.take_in(&clients.client("late", EXPIRED));
    for (version, _) in VERSIONS {
        let server = demanding(&scene, clients.certificate(), &[version]);
        let report = scene.probe(&server.address(), Some(&id));
        assert_explained(&report, "certificate_expired");
        assert_eq!(report["presented"], id.as_str());
    }
}

#[test]
fn unknown_ca() {
    let scene = Scene::new();
    let others = Authority::new("Others");
    scene.pc.take_in_authority(others.certificate());
    let id = scene.pc.take_in(&others.client("foreign", VALID));
    for (version, _) in VERSIONS {
        let server = demanding(&scene, &scene.bank.ca(), &[version]);
        assert_explained(&scene.probe(&server.address(), Some(&id)), "certificate_ca_unknown");
    }
}

#[test]
fn revoked_on_the_crl() {
    let scene = Scene::new();
    let [hanako, jiro] = [scene.acquire("hanakodt", "ec-p256"), scene.acquire("jirodt", "rsa-2048")];
    revoke_by_hand(&scene.bank, "ichirodt", "hanakodt");
    let crl = scene.bank.crl().display().to_string();
    for (version, _) in VERSIONS {
        let server = demanding(&scene, &scene.bank.ca(), &[version, "-crl_check", "-CRL", &crl]);
        assert_explained(&scene.probe(&server.address(), Some(&hanako)), "certificate_revoked");
        assert_eq!(findings(&scene.probe(&server.address(), Some(&jiro))), [""; 0]);
    }
}

#[test]
fn without_its_key() {
    let scene = Scene::new();
    let authority = Authority::of(&scene.bank);
    let issued = authority.client("keyless", VALID);
    let database = format!("sql:{}", scene.pc.database().display());
    let file = issued.certificate.display().to_string();
    let put = run("certutil", ["-A", "-d", &database, "-n", "keyless", "-t", ",,", "-i", &file]);
    assert!(put.status.success());
    let listed = scene.pc.inkan(&["certificates"], None).done();
    let id = listed[0]["id"].as_str().unwrap();
    let server = demanding(&scene, &scene.bank.ca(), &[]);
    let report = scene.probe(&server.address(), Some(id));
    assert_explained(&report, "key_missing");
    assert_eq!((&report["presented"], &report["client_certificate"]["fitting"]), (&json!(null), &json!([])));
}

#[test]
fn no_common_scheme() {
    let scene = Scene::new();
    let id = scene.acquire("jirodt", "rsa-2048");
    let only_ecdsa = ["-client_sigalgs", "ECDSA+SHA256"];
    for versions in [&only_ecdsa[..], &["-client_sigalgs", "ECDSA+SHA256", "-tls1_3"]] {
        let server = demanding(&scene, &scene.bank.ca(), versions);
        let report = scene.probe(&server.address(), Some(&id));
        assert_explained(&report, "no_common_scheme");
        assert_eq!((&report["presented"], &report["client_certificate"]["fitting"]), (&json!(null), &json!([])));
    }
}

#[test]
fn tls_1_2_is_tried_where_nothing_can_be_signed_for_1_3() {
    let scene = Scene::new();
    let id = scene.acquire("jirodt", "rsa-2048");
    // RFC 8446 §4.2.3: the scheme that this server accepts of an RSA key is for TLS 1.2 only.
    let server = demanding(&scene, &scene.bank.ca(), &["-client_sigalgs", "ECDSA+SHA256:RSA+SHA256"]);
    let report = scene.probe(&server.address(), Some(&id));
    assert_eq!(findings(&report), [""; 0], "{report}");
    assert_eq!((&report["tls"]["protocol"], &report["tls"]["fallback"]), (&json!("TLSv1.2"), &json!(true)));
    assert_eq!((&report["presented"], &report["answer"]["status"]), (&json!(id), &json!(200)));
}
