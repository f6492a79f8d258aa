//! Servers with faults, and things that are not servers.

use std::fs;
use std::io::Write;
use std::net::TcpListener;

use inkan_journeys::{Authority, EXPIRED, Issued, Nginx, SServer, VALID, Wanted};
use serde_json::{Value, json};

use crate::{Scene, assert_explained, findings};

const LOCALHOST: &[&str] = &["subjectAltName=DNS:localhost"];

fn asking(scene: &Scene, own: &Issued) -> SServer {
    let authorities = scene.bank.ca().display().to_string();
    SServer::start(own, ["-www", "-verify", "1", "-CAfile", &authorities])
}

/// Starts `s_server -HTTP`, which sends a file as the whole answer, so its clock can show any time.
fn claiming(own: &Issued, date: &str) -> (SServer, String) {
    let page = own.certificate.with_file_name("page");
    let answer = format!("HTTP/1.0 200 ok\r\nDate: {date}\r\nContent-Length: 2\r\n\r\nok");
    fs::write(&page, answer).unwrap();
    let server = SServer::start(own, ["-HTTP"]);
    let address = format!("{}page", server.address());
    (server, address)
}

fn assert_kept_back(report: &Value, reason: &str) {
    assert_eq!(report["server"]["reason"], reason, "{report}");
    assert_eq!((&report["server"]["trusted"], &report["presented"]), (&json!(false), &json!(null)), "{report}");
    assert_eq!(report["server"]["chain"][0]["fingerprint_sha256"].as_str().unwrap().len(), 64);
    // What the server asks for is shown all the same.
    assert_eq!(report["client_certificate"]["asked"], true);
    assert_eq!(report["client_certificate"]["fitting"].as_array().unwrap().len(), 1);
}

#[test]
fn of_an_unknown_ca() {
    let scene = Scene::new();
    let id = scene.acquire("hanakodt", "ec-p256");
    let server = asking(&scene, &scene.own);
    let report = scene.probe_trusting(None, &server.address(), Some(&id));
    assert_explained(&report, "bank_ca_unknown");
    assert_kept_back(&report, "unknown_ca");
    assert_eq!(report["server"]["chain"][0]["issuer"], "CN=Journey Servers");
}

#[test]
fn of_another_name() {
    let scene = Scene::new();
    let id = scene.acquire("hanakodt", "ec-p256");
    let extensions = ["subjectAltName=DNS:bank.example,IP:192.0.2.7"];
    let own = scene.servers.issue(&Wanted { name: "elsewhere", extensions: &extensions, validity: VALID });
    let report = scene.probe(&asking(&scene, &own).address(), Some(&id));
    assert_explained(&report, "server_name_mismatch");
    assert_eq!(report["findings"][0]["params"]["names"], "bank.example, 192.0.2.7");
    assert_kept_back(&report, "wrong_name");
}

#[test]
fn out_of_date() {
    let scene = Scene::new();
    let id = scene.acquire("hanakodt", "ec-p256");
    let later = ("20900101000000Z", "20991231235959Z");
    for (name, validity, from) in [("old", EXPIRED, "2020-01-01"), ("future", later, "2090-01-01")] {
        let own = scene.servers.issue(&Wanted { name, extensions: LOCALHOST, validity });
        let report = scene.probe(&asking(&scene, &own).address(), Some(&id));
        assert_explained(&report, "server_certificate_out_of_date");
        assert_eq!(report["findings"][0]["params"]["from"], from);
        assert_kept_back(&report, "out_of_date");
    }
}

#[test]
fn with_another_time() {
    let scene = Scene::new();
    let ahead = "Wed, 01 Jul 2020 00:00:00 GMT";
    let (_server, address) = claiming(&scene.own, ahead);
    let report = scene.probe(&address, None);
    assert_explained(&report, "clock_wrong");
    assert_eq!(report["findings"][0]["params"]["direction"], "ahead");
    assert_eq!(report["server"]["trusted"], true);

    let (_server, address) = claiming(&scene.own, "Tue, 01 Jul 2031 00:00:00 GMT");
    let report = scene.probe(&address, None);
    assert_explained(&report, "clock_wrong");
    assert_eq!(report["findings"][0]["params"]["direction"], "behind");

    // The certificate is valid by this PC's clock, so this clock is not wrong by decades.
    for absurd in ["Mon, 01 Jul 2080 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let (_server, address) = claiming(&scene.own, absurd);
        let report = scene.probe(&address, None);
        assert_eq!(findings(&report), [""; 0], "{report}");
    }
}

#[test]
fn out_of_date_only_by_this_pcs_clock() {
    let scene = Scene::new();
    let own = scene.servers.issue(&Wanted { name: "old", extensions: LOCALHOST, validity: EXPIRED });
    // The certificate was valid at that time: if the server is right about the time, this PC's clock is wrong.
    let (_server, address) = claiming(&own, "Wed, 01 Jul 2020 00:00:00 GMT");
    let report = scene.probe(&address, None);
    assert_eq!(report["server"]["reason"], "out_of_date");
    assert_explained(&report, "clock_wrong");
    // If the server claims a time at which its certificate was not valid either, its time does not count.
    let (_server, address) = claiming(&own, "Sat, 01 Jul 2023 00:00:00 GMT");
    assert_explained(&scene.probe(&address, None), "server_certificate_out_of_date");
}

#[test]
fn without_tls() {
    let scene = Scene::new();
    let plain = Nginx::plain();
    let report = scene.probe(&plain.address(), None);
    assert_explained(&report, "plain_http_answered");
    assert_eq!((&report["reached"], &report["tls"], &report["server"]), (&json!(true), &json!(null), &json!(null)));

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let banner = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        client.write_all(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n").unwrap();
        client
    });
    assert_explained(&scene.probe(&address, None), "tls_not_spoken");
    drop(banner.join().unwrap());

    let old = SServer::start(&scene.own, ["-www", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA"]);
    assert_explained(&scene.probe(&old.address(), None), "tls_not_agreed");
}

#[test]
fn not_there() {
    let scene = Scene::new();
    let cases = [("https://localhost:1/", "connection_refused"), ("https://nobody.invalid/", "host_unknown")];
    for (address, code) in cases {
        let report = scene.probe(address, None);
        assert_explained(&report, code);
        assert_eq!(report["reached"], false);
    }
}

#[test]
fn what_cannot_be_probed_is_a_problem() {
    let scene = Scene::new();
    let problem = |arguments: &[&str]| scene.pc.inkan(arguments, None).problem()["code"].take();
    assert_eq!(problem(&["probe", "http://localhost/"]), "bank_address_invalid");
    assert_eq!(problem(&["probe", "https://localhost:1/", "--certificate", "0123456789"]), "certificate_not_found");
    let key = scene.own.key.display().to_string();
    assert_eq!(problem(&["probe", "https://localhost:1/", "--ca", &key]), "ca_file_unsuitable");
}

#[test]
fn a_ca_of_the_same_name_with_another_key_vouches_for_nobody() {
    let scene = Scene::new();
    let impostor = Authority::new("Journey Servers");
    let server = asking(&scene, &impostor.server());
    assert_explained(&scene.probe(&server.address(), None), "bank_ca_unknown");
}
