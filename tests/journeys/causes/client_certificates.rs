//! Tests the reasons for which a server refuses a client certificate, and what this PC knows about the certificate.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use inkan_journeys::{Authority, Behaviour, ClientCertificates, EXPIRED, HaProxy, Issued, Nginx, RawServer, VALID};
use serde_json::Value;

use crate::{Expected, Scene, detail, first_finding};

fn probed(scene: &Scene, address: &str, id: &str, language: &str) -> Value {
    let ca = scene.bank.ca().display().to_string();
    scene.pc.inkan_in(language, &["probe", address, "--ca", &ca, "--certificate", id], None).done()
}

#[test]
fn a_stale_list_of_revocations_is_the_servers_fault() {
    let scene = Scene::new();
    let clients = Authority::new("Site Clients");
    let late = ("20900101000000Z", "20991231235959Z");
    let ids = [("valid", VALID), ("former", EXPIRED), ("future", late)]
        .map(|(name, validity)| scene.pc.take_in(&clients.client(name, validity)));
    let proxy = HaProxy::demanding(&scene.servers.server(), clients.certificate(), &clients.stale_crl());
    let codes = ["server_cannot_check_certificate", "certificate_expired", "certificate_not_yet_valid"];
    for (id, code) in ids.iter().zip(codes) {
        let report = probed(&scene, &proxy.address(), id, "en");
        assert_eq!(first_finding(&report), Some(code), "{report}");
    }
    for (language, word, day) in [("ja", "削除せず", "2100年1月1日"), ("en", "Do not delete", "1 Jan 2100")] {
        let report = probed(&scene, &proxy.address(), &ids[0], language);
        let finding = &report["findings"][0];
        assert!(finding["next"].as_str().unwrap().contains(word), "{finding}");
        assert!(detail(finding).contains(day), "the last day in Tokyo: {finding}");
        assert_eq!(finding["who"], "bank");
    }
    // A CRL that is still valid is right about the certificate.
    let revoked = scene.pc.take_in(&clients.client("revoked", VALID));
    let file = clients.certificate().with_file_name("revoked.pem");
    let proxy = HaProxy::demanding(&scene.servers.server(), clients.certificate(), &clients.crl(&[&file]));
    assert_eq!(first_finding(&probed(&scene, &proxy.address(), &ids[0], "en")), None);
    assert_eq!(first_finding(&probed(&scene, &proxy.address(), &revoked, "en")), Some("certificate_revoked"));
}

#[test]
fn a_page_that_is_forbidden_says_what_that_may_mean() {
    let scene = Scene::new();
    let clients = Authority::new("Site Clients");
    let id = scene.pc.take_in(&clients.client("hanako", VALID));
    let lines = format!(
        "ssl_verify_client optional; ssl_client_certificate {}; location / {{ return 403; }}",
        clients.certificate().display()
    );
    let nginx = Nginx::serving(&scene.servers.server(), &lines);
    for language in ["ja", "en"] {
        let report = probed(&scene, &nginx.address(), &id, language);
        assert_eq!(first_finding(&report), Some("access_forbidden"), "{report}");
        let words = detail(&report["findings"][0]);
        assert!(words.contains("403") && words.contains("hanako"), "{words}");
    }
    // Without a certificate, the server may refuse because none was sent.
    let told = scene.assert_reports(&nginx.address(), &Expected::alike("access_forbidden"));
    assert!(detail(&told[1]).contains("got none"), "{}", told[1]);
    let pc = &scene.new;
    let ca = scene.bank.ca().display().to_string();
    let site = pc.inkan(&["bank", "add", &nginx.address(), "--ca", &ca, "--site"], None).done();
    let checked = pc.inkan(&["doctor", "--bank", site["name"].as_str().unwrap()], None).done();
    assert_eq!(checked["fit"], true, "a site may do so: {checked}");
}

#[test]
fn a_refusal_without_a_reason_does_not_send_for_a_new_certificate() {
    let scene = Scene::new();
    let clients = Authority::new("Site Clients");
    let id = scene.pc.take_in(&clients.client("hanako", VALID));
    let crl = clients.stale_crl();
    let asked =
        ClientCertificates { authorities: clients.certificate(), crl: Some(&crl), protocols: "TLSv1.2 TLSv1.3" };
    let nginx = Nginx::demanding(&scene.servers.server(), &asked);
    let report = probed(&scene, &nginx.address(), &id, "en");
    assert_eq!(first_finding(&report), Some("certificate_refused"), "{report}");
    let words = detail(&report["findings"][0]);
    assert!(words.contains("1 Jan 2100") && words.contains("without a reason"), "{words}");
}

/// 496 and 495 are nginx's own numbers. Gateways before other servers answer with them too.
#[test]
fn a_server_that_answers_496_or_495_is_told_alike() {
    let scene = Scene::with_certificate();
    let own = scene.servers.server();
    let says = |told: &Value, words: &str| assert!(detail(told).contains(words), "{told}");
    for status in [496, 495] {
        let asking = RawServer::over_tls_asking(&own, &scene.bank.ca(), Behaviour::status(status));
        let told = scene.assert_reports(&asking.address(), &Expected::alike("certificate_not_sent"));
        says(&told[1], "asks for a certificate, and none was sent");
        let told = scene.assert_told_with_certificate(&asking.address(), "certificate_refused");
        says(&told[0], "“hanakodt” was sent");
        // If the handshake does not ask for a certificate, none can be sent.
        let silent = RawServer::over_tls(&own, Behaviour::status(status));
        let told = scene.assert_reports(&silent.address(), &Expected::alike("certificate_not_sent"));
        says(&told[1], "did not ask for one");
        assert!(!told[1]["next"].to_string().contains("add it as a site"), "{}", told[1]);
        let told = scene.assert_told_with_certificate(&silent.address(), "certificate_not_sent");
        says(&told[0], "did not ask for one");
    }
}

/// openssl answers by renegotiation on request, after the first handshake.
#[test]
fn a_certificate_that_is_asked_for_by_renegotiation_is_told_alike() {
    let scene = Scene::new();
    let server = Renegotiating::start(&scene.servers.server(), &scene.bank.ca());
    scene.assert_reports(&server.address, &Expected::alike("certificate_asked_later"));
}

/// `openssl s_server` that begins a new handshake after each request. It is killed when the value is dropped.
struct Renegotiating {
    process: Child,
    address: String,
}

impl Renegotiating {
    fn start(own: &Issued, authorities: &Path) -> Self {
        let mut process = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-tls1_2", "-CAfile"])
            .arg(authorities)
            .arg("-cert")
            .arg(&own.certificate)
            .arg("-key")
            .arg(&own.key)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = process.stdin.take().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let accepting = lines.find(|line| line.starts_with("ACCEPT ")).unwrap();
        let address = format!("https://localhost:{}/", accepting.trim().rsplit(':').next().unwrap());
        std::thread::spawn(move || {
            let requests = lines.filter(|line| line.starts_with("GET ") || line.starts_with("POST "));
            for _request in requests {
                // The process may have been killed.
                let _ = input.write_all(b"R\n").and_then(|()| input.flush());
            }
        });
        Self { process, address }
    }
}

impl Drop for Renegotiating {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_connection_that_breaks_after_a_certificate_was_asked_for_is_told_alike() {
    let scene = Scene::with_certificate();
    let breaking = Behaviour::Ending(String::new());
    let server = RawServer::over_tls_asking(&scene.servers.server(), &scene.bank.ca(), breaking);
    let told = scene.assert_reports(&server.address(), &Expected::alike("bank_unreachable"));
    assert!(detail(&told[1]).contains("asked for a certificate"), "{}", told[1]);
    let told = scene.assert_told_with_certificate(&server.address(), "bank_unreachable");
    for one in &told {
        assert!(detail(one).contains("“hanakodt” was sent"), "{one}");
    }
}

#[test]
fn what_a_server_answers_to_a_certificate_is_told_alike() {
    let scene = Scene::with_certificate();
    let page = |status: u16, words: &str| {
        let length = words.len();
        Behaviour::Answering(format!(
            "HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n{words}"
        ))
    };
    let cases = [
        (Behaviour::status(403), "access_forbidden"),
        (Behaviour::status(404), "no_profile"),
        (Behaviour::status(503), "bank_unavailable"),
        (page(400, "The SSL certificate error"), "certificate_refused"),
        (page(403, "HTTP Error 403.13 - Forbidden"), "certificate_revoked"),
        (page(403, "HTTP Error 403.17 - Forbidden"), "server_cannot_check_certificate"),
        (Behaviour::Ending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx".into()), "bank_unreachable"),
    ];
    for (behaviour, code) in cases {
        let server = RawServer::over_tls_asking(&scene.servers.server(), &scene.bank.ca(), behaviour);
        scene.assert_told_with_certificate(&server.address(), code);
    }
}

/// A server that never asked for a certificate does not refuse one, whatever its alert says.
#[test]
fn an_alert_about_certificates_from_a_server_that_asked_for_none_is_not_about_one() {
    let scene = Scene::with_certificate();
    let server = Alerting::start(0x31);
    let told = scene.assert_reports(&server, &Expected::alike("bank_unreachable"));
    assert!(detail(&told[1]).contains("AccessDenied"), "{}", told[1]);
    let unknown_name = Alerting::start(0x70);
    let told = scene.assert_reports(&unknown_name, &Expected::alike("host_unknown"));
    assert!(detail(&told[1]).contains("A server answers there"), "{}", told[1]);
    let internal = Alerting::start(0x50);
    scene.assert_reports(&internal, &Expected::alike("bank_unreachable"));
    let versions = Alerting::start(0x46);
    scene.assert_reports(&versions, &Expected::alike("tls_not_agreed"));
    let protocol = Alerting::start(0x78);
    scene.assert_reports(&protocol, &Expected::alike("bank_answer_unknown"));
}

/// A server that answers each handshake with a fatal alert (RFC 8446 §6).
struct Alerting;

impl Alerting {
    fn start(alert: u8) -> String {
        let record = String::from_utf8(vec![0x15, 3, 3, 0, 2, 2, alert]).unwrap();
        RawServer::plain(Behaviour::Answering(record)).address()
    }
}

/// A site that needs a certificate, and asks for none, gets none from a browser either.
#[test]
fn the_check_up_says_that_a_site_needs_a_certificate_and_asks_for_none() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let ca = scene.bank.ca().display().to_string();
    let asking = RawServer::over_tls_asking(&own, &scene.bank.ca(), Behaviour::status(496));
    let silent = RawServer::over_tls(&own, Behaviour::status(496));
    for (server, fit) in [(&asking, true), (&silent, false)] {
        let site = scene.new.inkan(&["bank", "add", &server.address(), "--ca", &ca, "--site"], None).done();
        let report = scene.new.inkan(&["doctor", "--bank", site["name"].as_str().unwrap()], None).value;
        assert_eq!(report["fit"], fit, "{report}");
        assert_eq!(report.to_string().contains("certificate_not_sent"), !fit, "{report}");
    }
}
