//! Renewal of a certificate: by `inkan`, by curl and openssl alone, and by strongSwan's `pki --est`.

use std::fs;

use inkan_journeys::{Bank, Pc, enrol_by_hand, enrolment_code, run};
use serde_json::{Value, json};

fn password(bank: &Bank, user: &str) -> Option<Value> {
    Some(json!({ "login_password": bank.secret(user, "login_password") }))
}

fn done(program: &str, arguments: &[&str]) -> String {
    let output = run(program, arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}

/// Inkan says that a newer certificate is here only if it is here.
#[test]
fn m3_a_newer_one_that_is_not_here_is_not_said_to_be() {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt");
    let unaware = Pc::copy_of(&pc);
    pc.inkan(&["renew", "--bank", "okmate"], None).done();
    let with_old = ["login", "--bank", "okmate", "--certificate", old["id"].as_str().unwrap()];
    let here = pc.inkan_in("en", &with_old, password(&bank, "hanakodt")).problem();
    assert!(here["next"].as_str().unwrap().starts_with("Choose the newer certificate"), "{here}");
    // One PC knows of the newer certificate from the renewal. The other learns of it at the login.
    let aware = Pc::copy_of(&unaware);
    done("cp", &["-a", &format!("{}/.", pc.home().display()), &aware.home().display().to_string()]);
    for pc in [&aware, &unaware] {
        let probe = ["probe", bank.certificate_login(), "--certificate", old["id"].as_str().unwrap()];
        let report = pc.inkan_in("en", &probe, None).done();
        assert_eq!(report["findings"][0]["code"], "certificate_superseded", "{report}");
        for login in [&with_old[..], &with_old[..3]] {
            let refused = pc.inkan_in("en", login, password(&bank, "hanakodt")).problem();
            assert_eq!(refused["code"], "certificate_superseded");
            assert!(refused["detail"].as_str().unwrap().contains("which is not on this PC"), "{refused}");
            assert!(refused["next"].as_str().unwrap().contains("have it revoked"), "{refused}");
        }
        assert_eq!(pc.inkan(&["certificates"], None).done()[0]["reasons"], json!(["superseded_elsewhere"]));
        for (language, words) in [("ja", "新しい電子証明書はこのパソコンにありません"), ("en", "not on this PC")]
        {
            let (_, said) = pc.inkan_says(language, &["certificates"], &json!({}));
            assert!(said.contains(words), "{said}");
        }
    }
    let refused = aware.inkan_in("en", &["renew", "--bank", "okmate"], None).problem();
    assert_eq!(refused["code"], "certificate_superseded");
}

/// M2: if the newer certificate was deleted here, Inkan says so before it makes anything.
#[test]
fn m2_a_newer_one_that_was_deleted_here_is_said_to_be() {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt");
    let new = pc.inkan(&["renew", "--bank", "okmate"], None).done()["certificate"]["id"].take();
    pc.inkan(&["certificates", "delete", new.as_str().unwrap(), "--yes"], None).done();
    let id = old["id"].as_str().unwrap();
    let keys = pc.certutil_keys();
    for command in ["login", "renew"] {
        for arguments in [&[command, "--bank", "okmate"][..], &[command, "--bank", "okmate", "--certificate", id][..]] {
            let refused = pc.inkan_in("en", arguments, password(&bank, "hanakodt")).problem();
            assert_eq!(refused["code"], "no_usable_certificate", "{refused}");
            assert!(refused["detail"].as_str().unwrap().contains("deleted"), "{refused}");
        }
    }
    assert_eq!(pc.certutil_keys(), keys);
}

#[test]
fn m3_m10_the_new_one_is_in_use_and_the_old_one_is_named_to_be_deleted() {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt");
    let renewed = pc.inkan(&["renew", "--bank", "okmate"], None).done();
    let new = &renewed["certificate"];
    assert_eq!(renewed["steps"], json!(["key_made", "request_sent", "installed", "bank_notified"]));
    assert_eq!((&renewed["resumed"], &renewed["deleted"]), (&json!(false), &Value::Null));
    assert_eq!((&new["usable"], &new["subject"]), (&json!(true), &old["subject"]));
    for fact in ["id", "serial", "not_after", "not_before"] {
        assert_eq!(renewed["old"][fact], old[fact], "M10");
    }
    assert_eq!((&renewed["old"]["usable"], &renewed["old"]["reasons"]), (&json!(false), &json!(["superseded"])));
    assert_eq!(fs::read_dir(pc.home().join("journal")).unwrap().count(), 0);

    let top = pc.inkan(&["login", "--bank", "okmate"], password(&bank, "hanakodt")).done();
    assert_eq!(top["top"]["certificate"]["issue_number"], 2, "{top}");
    let with_old = ["login", "--bank", "okmate", "--certificate", old["id"].as_str().unwrap()];
    assert_eq!(pc.inkan(&with_old, password(&bank, "hanakodt")).problem()["code"], "certificate_superseded");

    // A probe repeats what the bank says of the old certificate. Only the new one fits in its place.
    let probe = ["probe", bank.certificate_login(), "--certificate", old["id"].as_str().unwrap()];
    let report = pc.inkan(&probe, None).done();
    assert_eq!(
        (&report["answer"]["status"], &report["findings"][0]["code"]),
        (&json!(403), &json!("certificate_superseded"))
    );
    assert_eq!(report["client_certificate"]["fitting"], json!([new["id"]]));

    let again = pc.inkan(&["renew", "--bank", "okmate", "--delete-old"], None).done();
    assert_eq!(again["deleted"], json!({ "id": new["id"], "key": "gone" }));
    assert_eq!(pc.certutil_keys(), 2, "the first one and the last one");
    pc.inkan(&["certificates", "delete", old["id"].as_str().unwrap(), "--yes"], None).done();
    assert_eq!(pc.certutil_keys(), 1);
}

#[test]
fn m1_too_early_makes_no_key() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let problem = pc.inkan_in("en", &["renew", "--bank", "okmate"], None).problem();
    assert_eq!(problem["code"], "renewal_too_early");
    assert!(problem["detail"].as_str().unwrap().contains("renewed from "), "{problem}");
    assert_eq!(pc.certutil_keys(), 1);
}

/// Renews with `openssl req` for the old certificate's subject, and simplereenroll by curl with the old certificate
/// (RFC 7030 §4.2.2).
#[test]
fn curl_and_openssl_renew() {
    let bank = Bank::renewing_at_once();
    let old = enrol_by_hand(&bank, "hanakodt");
    let [certificate, key] = old.files();
    let file = |name: &str| old.directory().join(name).display().to_string();
    let [new_key, csr, body, answer, p7, new] =
        ["new.key", "new.der", "new.b64", "new.answer", "new.p7", "new.pem"].map(file);
    let ca = bank.ca().display().to_string();
    done("openssl", &["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", &new_key]);
    done("openssl", &["x509", "-x509toreq", "-in", &certificate, "-signkey", &key, "-out", &file("again.csr")]);
    // x509toreq copies the subject and also the old key, which the bank does not certify a second time.
    done("openssl", &["req", "-in", &file("again.csr"), "-outform", "DER", "-out", &csr]);
    let send = |csr: &str| {
        done("openssl", &["base64", "-in", csr, "-out", &body]);
        let data = format!("@{body}");
        let url = format!("{}/.well-known/est/simplereenroll", bank.certificate_login());
        let tls = ["-sS", "--cacert", &ca, "--cert", &certificate, "--key", &key];
        let request = ["-H", "Content-Type: application/pkcs10", "--data-binary", &data, "-o", &answer, &url];
        done("curl", &[&tls[..], &["-w", "%{http_code}"], &request].concat())
    };
    assert_eq!(send(&csr), "400");
    let said = fs::read_to_string(&answer).unwrap();
    assert!(said.contains("certification_request_invalid"), "{said}");

    let subject =
        done("openssl", &["x509", "-in", &certificate, "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb"]);
    let subject = subject.trim().trim_start_matches("subject=").trim();
    // openssl prints a subject by RFC 2253, last part first, and reads it first part first.
    let parts: Vec<&str> = subject.split(',').rev().collect();
    let subject = format!("/{}", parts.join("/"));
    done("openssl", &["req", "-new", "-utf8", "-key", &new_key, "-subj", &subject, "-outform", "DER", "-out", &csr]);
    assert_eq!(send(&csr), "200", "{}", fs::read_to_string(&answer).unwrap_or_default());
    done("openssl", &["base64", "-d", "-A", "-in", &answer, "-out", &p7]);
    done("openssl", &["pkcs7", "-inform", "DER", "-in", &p7, "-print_certs", "-out", &new]);
    done("openssl", &["verify", "-CAfile", &ca, "-purpose", "sslclient", &new]);
}

/// strongSwan enrols with Basic authentication, and renews with the certificate that it got.
#[test]
fn strongswan_enrols_and_renews() {
    let bank = Bank::renewing_at_once();
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str| directory.path().join(name).display().to_string();
    let [first_key, first_csr, first, second_key, second_csr, second] =
        ["1.key", "1.csr", "1.pem", "2.key", "2.csr", "2.pem"].map(file);
    let ca = bank.ca().display().to_string();
    let keep = |arguments: &[&str], to: &str| {
        let output = run("pki", arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !output.stdout.is_empty(), "pki {arguments:?}: {said}");
        fs::write(to, output.stdout).unwrap();
    };
    let user = format!("hanakodt:{}", enrolment_code(&bank, "hanakodt"));
    keep(&["--gen", "--type", "ecdsa", "--size", "256", "--outform", "pem"], &first_key);
    let dn = "CN=hanakodt";
    keep(&["--req", "--type", "ecdsa", "--in", &first_key, "--dn", dn, "--outform", "pem"], &first_csr);
    let url = bank.portal();
    keep(
        &["--est", "--url", url, "--in", &first_csr, "--cacert", &ca, "--userpass", &user, "--outform", "pem"],
        &first,
    );
    keep(&["--gen", "--type", "ecdsa", "--size", "256", "--outform", "pem"], &second_key);
    let subject = done("pki", &["--dn", "--in", &first, "--format", "config"]);
    let subject =
        subject.lines().rev().find(|line| line.contains("asn1dn:")).expect("a subject").trim_matches(['"', ' ']);
    keep(&["--req", "--type", "ecdsa", "--in", &second_key, "--dn", subject, "--outform", "pem"], &second_csr);
    let url = bank.certificate_login();
    let renew = ["--cacert", &ca, "--cert", &first, "--key", &first_key, "--outform", "pem"];
    keep(&[&["--est", "--url", url, "--in", &second_csr][..], &renew].concat(), &second);
    done("openssl", &["verify", "-CAfile", &ca, "-purpose", "sslclient", &second]);
    assert_ne!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
}
