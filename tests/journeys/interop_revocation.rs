//! Tests CRL, OCSP and renewal with other programs: openssl, nginx, curl, strongSwan.

use std::path::Path;
use std::process::Output;

use inkan_journeys::{
    Authority, Bank, ClientCertificates, EnrolledByHand, Nginx, VALID, enrol_by_hand, revoke_by_hand, run,
};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn done(program: &str, arguments: &[&str]) -> String {
    let output = run(program, arguments);
    assert!(output.status.success(), "{program} {arguments:?}: {}", said(&output));
    said(&output)
}

/// Returns the status of a certificate by `openssl ocsp`, which has verified the signature of the answer.
fn ocsp(bank: &Bank, certificate: &Path, options: &[&str]) -> String {
    let (ca, certificate) = (text(&bank.ca()), text(certificate));
    let url = format!("{}/ocsp", bank.plain());
    let mut arguments = vec!["ocsp", "-CAfile", &ca, "-issuer", &ca];
    arguments.extend(options);
    arguments.extend(["-cert", &certificate, "-url", &url]);
    let said = done("openssl", &arguments);
    assert!(said.contains("Response verify OK"), "{said}");
    said.lines().find_map(|line| line.strip_prefix(&format!("{certificate}: "))).expect("a status").to_owned()
}

/// Runs `openssl verify -crl_check` with the bank's present CRL.
fn verify(bank: &Bank, certificate: &Path) -> (bool, String) {
    let (ca, crl, certificate) = (text(&bank.ca()), text(&bank.crl()), text(certificate));
    let output =
        run("openssl", ["verify", "-x509_strict", "-crl_check", "-CAfile", &ca, "-CRLfile", &crl, &certificate]);
    (output.status.success(), said(&output))
}

fn crl_number(bank: &Bank) -> u64 {
    let said = done("openssl", &["crl", "-in", &text(&bank.crl()), "-noout", "-crlnumber"]);
    let hex = said.trim().trim_start_matches("crlNumber=").trim_start_matches("0x");
    u64::from_str_radix(hex, 16).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// Returns whether nginx, started with the bank's present CRL, accepts the certificate.
fn nginx_admits(bank: &Bank, card: &EnrolledByHand) -> bool {
    let servers = Authority::new("Journey Servers");
    let crl = bank.crl();
    let clients = ClientCertificates { authorities: &bank.ca(), crl: Some(&crl), protocols: "TLSv1.2 TLSv1.3" };
    let nginx = Nginx::demanding(&servers.server(), &clients);
    let [certificate, key] = card.files();
    let ca = text(servers.certificate());
    let arguments = ["-sS", "--cacert", &ca, "--cert", &certificate, "--key", &key, &nginx.address()];
    let page = done("curl", &arguments);
    assert!(page.contains("welcome") || page.contains("400"), "{page} {}", nginx.log());
    page.contains("welcome")
}

#[test]
fn openssl_ocsp_agrees_with_the_database() {
    let bank = Bank::start();
    let [live, revoked] = ["jirodt", "hanakodt"].map(|user| enrol_by_hand(&bank, user));
    for options in [&["-sha1"][..], &["-sha256"], &["-no_nonce"]] {
        assert_eq!(ocsp(&bank, &revoked.certificate(), options), "good");
    }
    revoke_by_hand(&bank, "ichirodt", "hanakodt");
    for options in [&["-sha1"][..], &["-sha256"], &["-no_nonce"]] {
        assert_eq!(ocsp(&bank, &revoked.certificate(), options), "revoked");
        assert_eq!(ocsp(&bank, &live.certificate(), options), "good");
    }
    let authority = Authority::of(&bank);
    let stranger = authority.client("stranger", VALID);
    assert_eq!(ocsp(&bank, &stranger.certificate, &[]), "unknown", "of the CA, but not of the bank's books");
}

#[test]
fn openssl_verify_and_nginx_refuse_what_the_crl_revokes_and_nothing_else() {
    let bank = Bank::start();
    let [live, revoked] = ["jirodt", "hanakodt"].map(|user| enrol_by_hand(&bank, user));
    let before = crl_number(&bank);
    assert_eq!(crl_number(&bank), before, "nothing was revoked");
    assert!(verify(&bank, &revoked.certificate()).0);
    assert!(nginx_admits(&bank, &revoked));

    revoke_by_hand(&bank, "ichirodt", "hanakodt");
    let (valid, said) = verify(&bank, &revoked.certificate());
    assert!(!valid && said.contains("certificate revoked"), "{said}");
    let (valid, said) = verify(&bank, &live.certificate());
    assert!(valid, "{said}");
    assert!(!nginx_admits(&bank, &revoked));
    assert!(nginx_admits(&bank, &live));
    assert!(crl_number(&bank) > before);
}

#[test]
fn a_certificate_names_where_openssl_finds_its_status() {
    let bank = Bank::start();
    let card = enrol_by_hand(&bank, "hanakodt");
    let certificate = text(&card.certificate());
    let uri = done("openssl", &["x509", "-in", &certificate, "-noout", "-ocsp_uri"]);
    assert_eq!(uri.trim(), format!("{}/ocsp", bank.plain()));
    let shown = done("openssl", &["x509", "-in", &certificate, "-noout", "-text"]);
    assert!(shown.contains(&format!("URI:{}/crl", bank.plain())), "{shown}");
    let issuer = format!("{}/ca.cer", bank.plain());
    assert!(shown.contains(&format!("CA Issuers - URI:{issuer}")), "{shown}");
    let file = text(&bank.data().join("fetched.cer"));
    done("curl", &["-sSf", "-o", &file, &issuer]);
    let fingerprint = |arguments: &[&str]| done("openssl", &[&["x509", "-noout", "-fingerprint"], arguments].concat());
    let ca = text(&bank.ca());
    assert_eq!(fingerprint(&["-inform", "DER", "-in", &file]), fingerprint(&["-in", &ca]));
}
