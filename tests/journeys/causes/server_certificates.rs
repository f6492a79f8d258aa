//! Faults of a server's certificate.

use std::fs;

use inkan_journeys::{Authority, Behaviour, EXPIRED, Issued, RawServer, SServer, VALID, Wanted, run};
use serde_json::{Value, json};

use crate::{Expected, Scene, detail, first_finding};

const LOCALHOST: &[&str] = &["subjectAltName=DNS:localhost"];

/// Starts a server with an ordinary answer: the fault of its certificate comes first.
fn serving(own: &Issued) -> RawServer {
    RawServer::over_tls(own, Behaviour::content("text/html", "<p>hello</p>"))
}

fn issued(authority: &Authority, name: &str, extensions: &[&str], validity: (&str, &str)) -> Issued {
    authority.issue(&Wanted { name, extensions, validity })
}

#[test]
fn one_for_the_wrong_host_or_time_is_told_alike() {
    let scene = Scene::new();
    let later = ("20900101000000Z", "20991231235959Z");
    let others = Authority::new("Others");
    let cases = [
        (
            issued(&scene.servers, "cn-only", &["keyUsage=digitalSignature"], VALID),
            "server_names_no_host",
            "CN=cn-only",
        ),
        (
            issued(&scene.servers, "elsewhere", &["subjectAltName=DNS:bank.example"], VALID),
            "server_name_mismatch",
            "bank.example",
        ),
        (issued(&scene.servers, "old", LOCALHOST, EXPIRED), "server_certificate_out_of_date", "1 Jan 2021"),
        (issued(&scene.servers, "early", LOCALHOST, later), "server_certificate_out_of_date", "1 Jan 2090"),
        (
            issued(&scene.servers, "client", &[LOCALHOST[0], "extendedKeyUsage=clientAuth"], VALID),
            "bank_certificate_invalid",
            "server",
        ),
        (issued(&others, "stranger", LOCALHOST, VALID), "bank_ca_unknown", "CA"),
    ];
    for (own, code, word) in cases {
        let server = serving(&own);
        let told = scene.assert_reports(&server.address(), &Expected::alike(code));
        assert!(detail(&told[1]).contains(word), "{}", told[1]);
    }
}

#[test]
fn expired_and_not_yet_valid_have_their_own_words_with_todays_date() {
    let scene = Scene::new();
    let later = ("20900101000000Z", "20991231235959Z");
    for (name, validity, ja, en) in
        [("old", EXPIRED, "期限切れ", "has expired"), ("early", later, "まだ有効になっていません", "is not valid yet")]
    {
        let server = serving(&issued(&scene.servers, name, LOCALHOST, validity));
        let told = scene.add(&server.address(), Some(&scene.bank.ca()));
        let titles = told.each_ref().map(|one| one["title"].as_str().unwrap());
        assert!(titles[0].contains(ja) && titles[1].contains(en), "{titles:?}");
        assert!(detail(&told[1]).contains("today is "), "{}", told[1]);
    }
}

/// Makes a self-signed certificate. `openssl req -x509` makes it a CA certificate as well.
fn self_signed(directory: &std::path::Path, name: &str, extensions: &[&str]) -> Issued {
    let file = |kind: &str| directory.join(format!("{name}.{kind}"));
    let own = Issued { certificate: file("pem"), key: file("key") };
    let [certificate, key] = [&own.certificate, &own.key].map(|file| file.display().to_string());
    let mut arguments = vec!["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    arguments.extend(["-days", "30", "-subj", "/CN=own", "-keyout", &key, "-out", &certificate]);
    arguments.extend(extensions.iter().flat_map(|extension| ["-addext", extension]));
    let made = run("openssl", arguments);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    own
}

#[test]
fn a_self_signed_certificate_that_was_handed_over_is_trusted_and_no_other() {
    let scene = Scene::new();
    let directory = tempfile::tempdir().unwrap();
    let own = self_signed(directory.path(), "own", LOCALHOST);
    let server = serving(&own);
    let address = server.address();
    let [ja, en] = scene.add(&address, None);
    assert_eq!(en["code"], "bank_ca_unknown");
    assert!(detail(&ja).contains("自己署名") && detail(&en).contains("self-signed"), "{ja} {en}");
    // The certificate is accepted. What is left is that the server is not a bank.
    assert_eq!(scene.add(&address, Some(&own.certificate))[0]["code"], "page_answered");
    let report = scene.probe(&address, Some(&own.certificate), "ja");
    assert_eq!((&report["server"]["trusted"], first_finding(&report)), (&json!(true), None), "{report}");
    let ca = own.certificate.display().to_string();
    scene.new.inkan(&["bank", "add", &address, "--ca", &ca, "--site"], None).done();
    let checked = scene.new.inkan(&["doctor", "--bank", "localhost"], None).done();
    assert_eq!(checked["fit"], true, "{checked}");
    scene.new.inkan(&["bank", "remove", "localhost"], None).done();

    // Another certificate of the same name is not the one that was given.
    let other = self_signed(directory.path(), "other", LOCALHOST);
    let code = |handed: &Issued, shown: &Issued| {
        let server = serving(shown);
        let added = scene.add(&server.address(), Some(&handed.certificate));
        let report = scene.probe(&server.address(), Some(&handed.certificate), "en");
        assert_eq!(first_finding(&report).unwrap(), added[0]["code"], "{report}");
        added[0]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(&own, &other), "bank_ca_unknown");
    // Name and dates of the certificate are checked all the same.
    let elsewhere = self_signed(directory.path(), "elsewhere", &["subjectAltName=DNS:bank.example"]);
    assert_eq!(code(&elsewhere, &elsewhere), "server_name_mismatch");
    let nameless = self_signed(directory.path(), "nameless", &[]);
    assert_eq!(code(&nameless, &nameless), "server_names_no_host");
}

#[test]
fn algorithms_that_are_not_verified_are_named() {
    let scene = Scene::new();
    let ec = |curve: &'static str| ["ec", "-pkeyopt", curve];
    let p521 = Authority::with_key("P-521 CA", &ec("ec_paramgen_curve:P-521"), "sha512");
    let brainpool = Authority::with_key("Brainpool CA", &ec("ec_paramgen_curve:brainpoolP256r1"), "sha256");
    let sha1 = Authority::with_key("SHA-1 CA", &["rsa:2048"], "sha1");
    let short = Authority::with_key("Short CA", &["rsa:1024"], "sha256");
    let cases = [
        (&p521, "server_algorithm_unsupported", "P-521"),
        (&brainpool, "server_algorithm_unsupported", "brainpool"),
        (&sha1, "server_algorithm_weak", "SHA-1"),
        (&short, "server_algorithm_weak", "RSA 1024"),
    ];
    for (authority, code, algorithm) in cases {
        let server = serving(&authority.server());
        let told = scene.add(&server.address(), Some(authority.certificate()));
        assert_eq!(told[0]["code"], code, "{}", told[0]);
        assert!(told.iter().all(|one| detail(one).contains(algorithm)), "{}", told[0]);
        let report = scene.probe(&server.address(), Some(authority.certificate()), "en");
        assert_eq!(first_finding(&report), Some(code), "{report}");
        assert_eq!(report["server"]["trusted"], false);
        // If its CA is unknown, that is the cause which is reported.
        let told = scene.add(&server.address(), Some(&scene.bank.ca()));
        assert_ne!(told[0]["code"], Value::Null);
    }
}

#[test]
fn only_old_versions_of_tls_are_told() {
    let scene = Scene::new();
    let own = scene.servers.server();
    // Only openssl's security level keeps it from these versions.
    for version in ["-tls1_1", "-tls1"] {
        let server = SServer::start(&own, ["-www", version, "-cipher", "DEFAULT:@SECLEVEL=0"]);
        scene.assert_reports(&server.address(), &Expected::alike("tls_not_agreed"));
    }
}

#[test]
fn a_name_from_outside_commands_no_terminal() {
    let scene = Scene::new();
    let directory = tempfile::tempdir().unwrap();
    let long = format!("subjectAltName={}", (0..60).map(|n| format!("DNS:h{n}.example")).collect::<Vec<_>>().join(","));
    let own = self_signed(directory.path(), "many", &[&long]);
    let told = scene.add(&serving(&own).address(), Some(&own.certificate));
    assert!(detail(&told[1]).chars().count() < 500, "{}", told[1]);
    fs::remove_file(&own.key).unwrap();
}

/// openssl makes certificates of version 1 if no extension is asked for.
#[test]
fn one_of_version_1_names_no_host() {
    let scene = Scene::new();
    let server = SServer::start(&issued(&scene.servers, "version-1", &[], VALID), ["-www"]);
    scene.assert_reports(&server.address(), &Expected::alike("server_names_no_host"));
}
