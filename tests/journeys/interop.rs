//! Tests the bank with other programs: openssl and curl.

use std::io::Write;
use std::process::{Command, Stdio};

use inkan_journeys::{Bank, enrol_by_hand, run};
use serde_json::json;

/// Runs `openssl s_client` against the certificate login. Returns its output, and whether the server answered the
/// request.
fn s_client(bank: &Bank, arguments: &[&str]) -> (String, bool) {
    let mut process = Command::new("openssl")
        .args(["s_client", "-connect", bank.certificate_login_socket(), "-ign_eof", "-CAfile"])
        .arg(bank.ca())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let request = "GET /v1/top HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    // A server that refuses the handshake may have closed the pipe's other end already.
    let _ = process.stdin.take().unwrap().write_all(request.as_bytes());
    let output = process.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let answered = said.contains("HTTP/1.1 ");
    (said, answered)
}

#[test]
fn without_a_certificate_the_handshake_is_refused() {
    let bank = Bank::start();
    let (said, answered) = s_client(&bank, &["-tls1_3"]);
    assert!(!answered && said.contains("certificate required"), "{said}");
    let (said, answered) = s_client(&bank, &["-tls1_2"]);
    assert!(!answered && said.contains("alert"), "{said}");
}

#[test]
fn a_certificate_of_another_ca_is_refused_in_the_handshake() {
    let bank = Bank::start();
    let directory = tempfile::tempdir().unwrap();
    let [key, certificate] = ["key.pem", "c.pem"].map(|name| directory.path().join(name).display().to_string());
    let made = run(
        "openssl",
        [
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=hanakodt",
            "-addext",
            "extendedKeyUsage=clientAuth",
            "-keyout",
            &key,
            "-out",
            &certificate,
        ],
    );
    assert!(made.status.success());
    for version in ["-tls1_3", "-tls1_2"] {
        let (said, answered) = s_client(&bank, &[version, "-cert", &certificate, "-key", &key]);
        assert!(!answered && said.contains("alert") && said.to_lowercase().contains("ca"), "{version}: {said}");
    }
    // The same tools with a certificate of this bank are accepted, so the bank judged the certificate.
    let enrolled = enrol_by_hand(&bank, "hanakodt");
    let files = [enrolled.certificate().display().to_string(), enrolled.key().display().to_string()];
    for version in ["-tls1_3", "-tls1_2"] {
        let (said, answered) = s_client(&bank, &[version, "-cert", &files[0], "-key", &files[1]]);
        assert!(answered, "{version}: {said}");
        assert!(!said.contains("New Session Ticket arrived") && !said.contains("Reused,"), "{version}: {said}");
    }
}

#[test]
fn a_session_token_holds_only_with_the_certificate_that_began_it() {
    let bank = Bank::start();
    let hanako = enrol_by_hand(&bank, "hanakodt");
    let jiro = enrol_by_hand(&bank, "jirodt");
    let at = |path: &str| format!("{}{path}", bank.certificate_login().trim_end_matches('/'));
    let password = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let (status, granted) = hanako.curl(&at("/v1/sessions"), None, Some(password));
    assert_eq!(status, 200, "{granted}");
    let token = granted["token"].as_str().unwrap();
    assert_eq!(hanako.curl(&at("/v1/top"), Some(token), None).0, 200);

    // RFC 8705 §3: a stolen token does not work with another certificate, nor without one.
    let (status, problem) = jiro.curl(&at("/v1/top"), Some(token), None);
    assert_eq!((status, &problem["code"]), (401, &json!("session_not_bound")));
    let portal = format!("{}/v1/top", bank.portal().trim_end_matches('/'));
    let (status, problem) = hanako.curl_without(&portal, token);
    assert_eq!((status, &problem["code"]), (401, &json!("session_not_bound")));

    // S1-15: after the logout the token does not work with its own certificate either.
    assert_eq!(hanako.curl_delete(&at("/v1/sessions/current"), token), 204);
    let (status, problem) = hanako.curl(&at("/v1/top"), Some(token), None);
    assert_eq!((status, &problem["code"]), (401, &json!("session_ended")));
}

#[test]
fn the_published_profile_holds_no_secret_of_the_sample_people() {
    let bank = Bank::start();
    let portal = format!("{}/.well-known/inkan", bank.portal().trim_end_matches('/'));
    let ca = bank.ca().display().to_string();
    let published = String::from_utf8(run("curl", ["-sS", "--cacert", &ca, &portal]).stdout).unwrap();
    assert!(published.contains("OKメイト・WEB"));
    for secret in ["hanakodt", &bank.secret("hanakodt", "login_password")] {
        assert!(!published.contains(secret));
    }
}
