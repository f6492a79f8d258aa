//! J11: an acquisition that a power cut or its person interrupts goes on with the same key (S3-13).

use std::path::{Path, PathBuf};

use inkan_journeys::{Bank, Direction, Gate, Hand, HttpProxy, Pc, Window, run};
use serde_json::{Value, json};

super::by_both_hands!(
    j11_killed_in_the_middle_it_goes_on_from_the_start_page,
    a_person_stops_an_acquisition_and_goes_on,
    a_person_stops_a_renewal_and_goes_on,
);

const USER: &str = "hanakodt";

/// Makes a PC whose connection to the bank can be shut.
fn behind_a_gate(bank: &Bank) -> (Gate, Pc) {
    let gate = Gate::to(bank.portal());
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
    (gate, pc)
}

/// Returns the key of the journal, if the journal has one.
fn journal_key(home: &Path) -> Option<String> {
    let files = std::fs::read_dir(home.join("journal")).ok()?;
    let entries = files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|e| e == "json"));
    let keys = entries.filter_map(|path: PathBuf| {
        let entry: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        entry["key"].as_str().map(str::to_owned)
    });
    keys.last()
}

/// Returns the SHA-256 of the public key in a certificate, by openssl.
fn key_of(certificate: &Path) -> String {
    let public = certificate.with_extension("public");
    let [certificate, public] = [certificate, &public].map(|path| path.display().to_string());
    let written = run("openssl", ["x509", "-in", &certificate, "-noout", "-pubkey", "-out", &public]);
    assert!(written.status.success());
    let der = format!("{public}.der");
    assert!(run("openssl", ["pkey", "-pubin", "-in", &public, "-outform", "DER", "-out", &der]).status.success());
    let digest = String::from_utf8(run("sha256sum", [&der]).stdout).unwrap();
    digest.split_whitespace().next().unwrap().to_owned()
}

/// Returns the bank's record of the certificate.
fn known(bank: &Bank) -> Value {
    let elsewhere = Pc::with(bank);
    let answers = json!({ "login_password": bank.secret("ichirodt", "login_password") });
    let show = ["users", "--bank", "okmate", "--user", "ichirodt", "show", USER];
    elsewhere.inkan(&show, Some(answers)).done()["certificate"].take()
}

async fn ask(window: &Window, bank: &Bank) {
    window.click("acquire-open").await;
    window.fill("acquire-user", USER).await;
    window.fill("acquire-password", &bank.secret(USER, "login_password")).await;
    window.click("acquire-submit").await;
}

/// J11: killed after the bank had issued the certificate and before the PC received it.
async fn j11_killed_in_the_middle_it_goes_on_from_the_start_page(hand: Hand) {
    let bank = Bank::start();
    let (gate, pc) = behind_a_gate(&bank);
    let home = pc.home();
    gate.shut_when(Direction::FromBank, move || journal_key(&home).is_some());
    let window = Window::on(&pc).by(hand).open().await;
    ask(&window, &bank).await;
    window.select("[data-test=\"acquire-step-key_made\"][data-done=\"true\"]").await;
    gate.holds();
    window.screenshot("j11-steps").await;
    let key = journal_key(&pc.home()).unwrap();
    let issued = known(&bank);
    assert_eq!((&issued["issue_number"], &issued["state"]), (&json!(1), &json!("issued")));
    window.kill().await;
    gate.open();

    let window = Window::on(&pc).by(hand).open().await;
    assert!(window.text("interrupted").await.contains(USER));
    window.screenshot("j11-start").await;
    window.click("acquire-resume").await;
    window.select("[data-test=\"acquire-user\"][readonly]").await;
    window.screenshot("j11-resume").await;
    window.fill("acquire-password", &bank.secret(USER, "login_password")).await;
    window.click("acquire-submit").await;
    window.find("acquired").await;
    window.screenshot("j11-done").await;
    window.click("log-out").await;
    window.find("login-certificate").await;
    assert_eq!(window.count("[data-test=\"interrupted\"]").await, 0);
    window.close().await;

    assert_eq!(key_of(&pc.certificate_file(USER)), key, "the same key");
    assert_eq!((pc.certutil_keys(), pc.certutil_certificates().len()), (1, 1));
    let acquired = known(&bank);
    assert_eq!((&acquired["issue_number"], &acquired["state"]), (&json!(1), &json!("valid")), "no second issue");
    assert_eq!(acquired["fingerprint_sha256"], issued["fingerprint_sha256"]);
}

/// Stopped while the bank was silent: the key is made, and the request has not reached the bank.
async fn a_person_stops_an_acquisition_and_goes_on(hand: Hand) {
    let bank = Bank::start();
    let (gate, pc) = behind_a_gate(&bank);
    let home = pc.home();
    gate.shut_when(Direction::ToBank, move || journal_key(&home).is_some());
    let window = Window::on(&pc).by(hand).open().await;
    ask(&window, &bank).await;
    gate.holds();
    window.click("acquire-stop").await;
    window.find("acquire-stopped").await;
    window.screenshot("acquire-stopped").await;
    let key = journal_key(&pc.home()).unwrap();
    gate.open();
    window.fill("acquire-password", &bank.secret(USER, "login_password")).await;
    window.click("acquire-submit").await;
    window.find("top").await;
    window.close().await;
    assert_eq!(key_of(&pc.certificate_file(USER)), key, "the same key");
    assert_eq!(known(&bank)["issue_number"], json!(1));
}

/// Stopped while the bank's answer was held back: the certificate is issued, and is not on the PC (M3).
async fn a_person_stops_a_renewal_and_goes_on(hand: Hand) {
    let (bank, proxy) = (Bank::renewing_at_once(), HttpProxy::start());
    let gate = Gate::to(&proxy.address());
    let pc = Pc::with(&bank);
    pc.acquire(&bank, USER);
    let home = pc.home();
    let way = format!("http://{}:{}@{}", HttpProxy::USER, HttpProxy::PASSWORD, gate.socket());
    let window = Window::on(&pc).by(hand).under("HTTPS_PROXY", way).under("NO_PROXY", "").under("no_proxy", "");
    let window = window.open().await;
    window.find("ending").await;
    gate.shut_when(Direction::FromBank, move || journal_key(&home).is_some());
    window.click("renew-open").await;
    window.click("renew-submit").await;
    gate.holds();
    window.click("renew-stop").await;
    window.find("renew-stopped").await;
    window.screenshot("renew-stopped").await;
    assert!(journal_key(&pc.home()).is_some());
    assert_eq!(pc.certutil_certificates().len(), 1);
    gate.open();
    window.click("renew-submit").await;
    window.find("renew-old").await;
    window.close().await;
    assert_eq!(journal_key(&pc.home()), None);
    assert_eq!((pc.certutil_keys(), pc.certutil_certificates().len()), (2, 2));
    assert_eq!(known(&bank)["issue_number"], json!(2), "one renewal, one issue");
}
