//! More kinds of servers that people meet.

use std::path::Path;

use inkan_journeys::{Authority, Behaviour, EXPIRED, Issued, RawServer, SServer, VALID, Wanted, run};

use crate::{Expected, Scene, detail};

const LOCALHOST: &[&str] = &["subjectAltName=DNS:localhost"];

fn page(status: u16, more: &str) -> Behaviour {
    let body = "<html>hello</html>";
    let length = body.len();
    Behaviour::Answering(format!(
        "HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n{body}"
    ))
}

#[test]
fn a_server_with_too_much_to_do_and_a_networks_own_login_are_told_alike() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let cases = [
        (page(429, "Retry-After: 120\r\n"), "bank_unavailable"),
        (page(408, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n"), "bank_unavailable"),
        (page(511, ""), "captive_portal"),
        (page(421, ""), "no_profile"),
        (page(405, "Allow: HEAD\r\n"), "no_profile"),
    ];
    for (behaviour, code) in cases {
        let server = RawServer::over_tls(&own, behaviour);
        scene.assert_reports(&server.address(), &Expected::alike(code));
    }
}

/// RFC 9110 §10.2.3: seconds or a date. A date that is past or far away is not shown.
#[test]
fn a_server_that_is_out_of_order_is_named_with_its_status_and_the_time_to_ask_again() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let problem =
        r#"{"code":"bank_unavailable","title":"x","detail":"x","who":"bank","next":"x","reference":"ABCDEFGH"}"#;
    let of_bank = |more: &str| {
        let length = problem.len();
        let head = "HTTP/1.1 503 X\r\nContent-Type: application/problem+json\r\nConnection: close\r\n";
        Behaviour::Answering(format!("{head}Content-Length: {length}\r\n{more}\r\n{problem}"))
    };
    let tomorrow = time::OffsetDateTime::now_utc() + time::Duration::DAY;
    let tomorrow = tomorrow.format(&time::format_description::well_known::Rfc2822).unwrap();
    let date = format!("Retry-After: {}\r\n", tomorrow.replace("+0000", "GMT"));
    for (behaviour, status, waits) in [
        (page(503, "Retry-After: 86400\r\n"), "503", true),
        (page(429, &date), "429", true),
        (page(502, "Retry-After: soon\r\n"), "502", false),
        (page(500, "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n"), "500", false),
        (of_bank("Retry-After: 86400\r\n"), "503", true),
    ] {
        let server = RawServer::over_tls(&own, behaviour);
        for told in scene.add(&server.address(), Some(&scene.bank.ca())) {
            assert_eq!(told["code"], "bank_unavailable", "{told}");
            assert!(detail(&told).contains(status), "{told}");
            let next = told["next"].as_str().unwrap();
            assert_eq!(next.contains("日本時間") || next.contains("Japan time"), waits, "{told}");
        }
    }
}

/// The request did not ask for compression.
#[test]
fn a_compressed_profile_cannot_be_read() {
    let scene = Scene::new();
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n";
    let server = RawServer::over_tls(&scene.servers.server(), Behaviour::Answering(format!("{head}\x1f\x0b\x08\x00")));
    let told = Expected { probe: None, ..Expected::alike("bank_answer_unknown") };
    scene.assert_reports(&server.address(), &told);
}

#[test]
fn a_chain_that_does_not_lead_up_says_why() {
    let scene = Scene::new();
    let hello = || Behaviour::content("text/html", "<p>hello</p>");
    let valid = scene.servers.intermediate("Middle", &[], VALID);
    let expired = scene.servers.intermediate("Former Middle", &[], EXPIRED);
    let narrow = ["nameConstraints=critical,permitted;DNS:bank.example"];
    let narrow = scene.servers.intermediate("Narrow Middle", &narrow, VALID);
    let cases = [
        (valid.server(), "bank_ca_unknown", "CA"),
        (expired.server().with(&expired), "server_certificate_out_of_date", "1 Jan 2021"),
        (narrow.server().with(&narrow), "bank_certificate_invalid", "may not issue"),
    ];
    for (own, code, word) in cases {
        let server = RawServer::over_tls(&own, hello());
        let told = scene.assert_reports(&server.address(), &Expected::alike(code));
        assert!(detail(&told[1]).contains(word), "{}", told[1]);
    }
    // Only openssl's security level keeps it from such a key.
    let server = SServer::start(&own_short_key(&scene.servers), ["-www", "-cipher", "DEFAULT:@SECLEVEL=0"]);
    let told = scene.assert_reports(&server.address(), &Expected::alike("server_algorithm_weak"));
    assert!(detail(&told[1]).contains("RSA 1024"), "{}", told[1]);
    // A missing stapled answer is not a fault: a request for stapled answers binds the server alone (RFC 7633).
    let stapled = Wanted { name: "stapled", extensions: &[LOCALHOST[0], "tlsfeature=status_request"], validity: VALID };
    for own in [valid.server().with(&valid), scene.servers.issue(&stapled)] {
        let server = RawServer::over_tls(&own, hello());
        scene.assert_reports(&server.address(), &Expected { probe: None, ..Expected::alike("page_answered") });
    }
}

/// Issues a server certificate on an RSA key of 1024 bits, which openssl alone still serves.
fn own_short_key(authority: &Authority) -> Issued {
    let own = authority.issue(&Wanted { name: "short", extensions: LOCALHOST, validity: VALID });
    let directory = own.key.parent().unwrap();
    let file = |name: &str| directory.join(name).display().to_string();
    let (key, request, certificate) = (file("short-rsa.key"), file("short-rsa.csr"), file("short-rsa.pem"));
    let configuration = file("openssl.cnf");
    openssl(&[
        "req",
        "-new",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-subj",
        "/CN=short",
        "-addext",
        LOCALHOST[0],
        "-keyout",
        &key,
        "-out",
        &request,
    ]);
    let dates = ["-startdate", VALID.0, "-enddate", VALID.1];
    let files = ["-in", request.as_str(), "-out", &certificate];
    openssl(&[&["ca", "-config", &configuration, "-batch", "-notext"], &dates[..], &files[..]].concat());
    Issued { certificate: Path::new(&certificate).to_owned(), key: Path::new(&key).to_owned() }
}

fn openssl(arguments: &[&str]) {
    let done = run("openssl", arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_server_that_speaks_something_else_over_tls_is_told_alike() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let http2_only = SServer::start(&own, ["-www", "-alpn", "h2"]);
    scene.assert_reports(&http2_only.address(), &Expected::alike("bank_answer_unknown"));
    let named = [own.certificate.to_str().unwrap(), own.key.to_str().unwrap()];
    let other_name = SServer::start(
        &own,
        ["-www", "-servername", "bank.example", "-servername_fatal", "-cert2", named[0], "-key2", named[1]],
    );
    scene.assert_reports(&other_name.address(), &Expected::alike("host_unknown"));
}

#[test]
fn what_does_not_speak_tls_is_told_alike() {
    let scene = Scene::new();
    let greetings = ["220 mail.example ESMTP Postfix\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n", "+OK POP3 ready\r\n", "\x05"];
    for greeting in greetings {
        let server = RawServer::plain(Behaviour::Greeting(greeting.into()));
        scene.assert_reports(&server.address(), &Expected::alike("tls_not_spoken"));
    }
}

#[test]
fn an_address_is_reached_however_its_host_is_written() {
    let scene = Scene::new();
    let both = ["subjectAltName=DNS:localhost,IP:127.0.0.1"];
    let own = scene.servers.issue(&Wanted { name: "both", extensions: &both, validity: VALID });
    let server = RawServer::over_tls(&own, Behaviour::content("text/html", "<p>hello</p>"));
    let address = server.address();
    let ca = Some(scene.bank.ca());
    for host in ["127.0.0.1", "localhost.", "LOCALHOST", "ｌｏｃａｌｈｏｓｔ", "127.1", "0x7f.0.0.1"] {
        let address = address.replace("localhost", host);
        let [_, en] = scene.add(&address, ca.as_deref());
        assert_eq!(en["code"], "page_answered", "{host}: {en}");
        let report = scene.probe(&address, ca.as_deref(), "en");
        assert_eq!(crate::first_finding(&report), None, "{host}: {report}");
    }
    // An IPv6 address is read as one, whether a server listens there or not.
    for (host, codes) in [
        ("[::1]", &["connection_refused", "network_unreachable", "bank_unreachable"][..]),
        ("銀行.invalid", &["host_unknown"]),
    ] {
        let address = address.replace("localhost", host);
        let [_, en] = scene.add(&address, ca.as_deref());
        let code = en["code"].as_str().unwrap();
        assert!(codes.contains(&code), "{host}: {en}");
        let report = scene.probe(&address, ca.as_deref(), "en");
        assert_eq!(crate::first_finding(&report), Some(code), "{host}: {report}");
    }
}
