//! What a server says against a client certificate, and what is known here.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use inkan_journeys::{Authority, ClientCertificates, EXPIRED, HaProxy, Nginx, VALID};
use serde_json::Value;

use crate::{Scene, detail, first_finding};

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
    for (language, word) in [("ja", "削除せず"), ("en", "Do not delete")] {
        let report = probed(&scene, &proxy.address(), &ids[0], language);
        let finding = &report["findings"][0];
        assert!(finding["next"].as_str().unwrap().contains(word), "{finding}");
        assert!(detail(finding).contains("2100-01-01"), "the last day in Tokyo: {finding}");
        assert_eq!(finding["who"], "bank");
    }
    // A list that has not run out says what is true.
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
    // Without one, it is for want of one.
    let report = scene.probe(&nginx.address(), Some(&scene.bank.ca()), "en");
    assert_eq!(first_finding(&report), Some("certificate_not_sent"), "{report}");
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
    assert!(words.contains("2100-01-01") && words.contains("without a reason"), "{words}");
}

/// S_server asks for a new handshake when it is told to, once the first is over.
#[test]
fn a_certificate_that_is_asked_for_by_renegotiation_is_told() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let mut server = Command::new("openssl")
        .args(["s_server", "-accept", "127.0.0.1:0", "-tls1_2", "-CAfile"])
        .arg(scene.bank.ca())
        .arg("-cert")
        .arg(&own.certificate)
        .arg("-key")
        .arg(&own.key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
    let accepting = lines.find(|line| line.starts_with("ACCEPT ")).unwrap();
    let port = accepting.trim().rsplit(':').next().unwrap().to_owned();
    let asking = std::thread::spawn(move || {
        // The request has come: then the certificate is asked for.
        let asked = lines.find(|line| line.starts_with("GET ")).is_some();
        let _ = input.write_all(b"R\n").and_then(|()| input.flush());
        let rest = lines.count();
        (asked, rest, input)
    });
    let report = scene.probe(&format!("https://localhost:{port}/"), Some(&scene.bank.ca()), "en");
    let _ = server.kill();
    let _ = server.wait();
    assert!(asking.join().unwrap().0);
    assert_eq!(first_finding(&report), Some("certificate_asked_later"), "{report}");
}
