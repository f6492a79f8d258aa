//! A site that publishes no profile: Inkan finds its right certificate, and opens the site in the system browser
//! (design decision 7).

use std::path::Path;

use inkan_journeys::{Bank, Browser, Pc, PlainSite};
use serde_json::{Value, json};

fn added(site: &PlainSite) -> Value {
    let addition = site.addition();
    let arguments: Vec<&str> = addition.iter().map(String::as_str).chain(["--site"]).collect();
    site.pc.inkan(&arguments, None).done()
}

fn row<'a>(rows: &'a Value, id: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()
}

#[test]
fn j13_the_right_certificate_is_found_among_five_and_opens_the_site() {
    let site = PlainSite::start();
    let addition = site.addition();
    let arguments: Vec<&str> = addition.iter().map(String::as_str).collect();
    let refused = site.pc.inkan(&arguments, None).problem();
    assert_eq!(refused["code"], "certificate_not_sent");
    assert_eq!(site.pc.inkan(&["bank", "list"], None).done(), json!([]), "nothing is kept");

    let kept = added(&site);
    assert_eq!((&kept["kind"], &kept["name"], &kept["asks"]), (&json!("site"), &json!("localhost"), &json!(true)));
    assert_eq!(kept["authorities"], json!(["CN=Site Clients"]));
    assert_eq!(added(&site)["name"], "localhost", "added again, it is the same");
    assert_eq!(site.pc.inkan(&["bank", "list"], None).done(), json!([kept]));

    // Each of the other certificates says why it cannot be used.
    let rows = site.pc.inkan(&["certificates", "list", "--bank", "localhost"], None).done();
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert_eq!(rows[0]["id"], site.id(PlainSite::RIGHT), "the right one is on top: {rows}");
    let reasons = |name: &str| &row(&rows, site.id(name))["reasons"];
    assert_eq!(*reasons(PlainSite::RIGHT), json!([]));
    assert_eq!(*reasons("stranger"), json!(["not_accepted_by_server"]));
    assert_eq!(*reasons("former"), json!(["expired"]));
    assert_eq!(*reasons("server-only"), json!(["no_client_authentication"]));
    assert_eq!(*reasons("keyless"), json!(["key_missing"]));

    // The certificates are judged for the site also if it is not named: reminders and clean-up need that.
    let all = site.pc.inkan(&["certificates"], None).done();
    let right = row(&all, site.id(PlainSite::RIGHT));
    assert_eq!((&right["usable"], &right["site"], &right["bank"]), (&json!(true), &json!("localhost"), &Value::Null));
    assert_eq!(row(&all, site.id("stranger"))["reasons"], json!(["not_of_this_bank"]));

    // The server agrees with the list.
    let address = site.nginx.address();
    let probe = |name: &str| site.pc.inkan(&["probe", &address, "--certificate", site.id(name)], None).done();
    let taken = probe(PlainSite::RIGHT);
    assert_eq!((&taken["findings"], &taken["answer"]["status"]), (&json!([]), &json!(200)), "{taken}");
    assert_eq!(probe("stranger")["findings"][0]["code"], "certificate_ca_unknown");

    // The system browser opens the site, and uses that certificate.
    let browser = Browser::picking(&site.pc, PlainSite::RIGHT);
    let environment = browser.environment();
    let environment: Vec<(&str, &Path)> = environment.iter().map(|(name, value)| (*name, value.as_path())).collect();
    let open = ["bank", "open", "localhost"];
    let visit = site.pc.inkan_under(&environment, "ja", &open, None).done();
    assert_eq!((&visit["address"], &visit["certificate"]["id"]), (&json!(address), &json!(site.id(PlainSite::RIGHT))));
    let (opened, shown) = browser.shown();
    assert_eq!(opened, address);
    assert!(shown.contains("welcome") && shown.contains("CN=tanaka"), "{shown}\n{}", site.nginx.log());
    let all = site.pc.inkan(&["certificates"], None).done();
    assert_eq!(row(&all, site.id(PlainSite::RIGHT))["last_used"], true, "the choice is remembered");

    // The clean-up deletes the unusable ones. Then the check-up finds no fault, and the site is removed.
    let cleaned = site.pc.inkan(&["certificates", "clean", "--yes"], None).done();
    let gone: Vec<&str> = cleaned.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(gone.len(), 2, "{cleaned}");
    assert!(["former", "keyless"].iter().all(|name| gone.contains(&site.id(name))), "{cleaned}");
    let report = site.pc.inkan(&["doctor", "--bank", "localhost"], None).done();
    let checks = report["checks"].as_array().unwrap();
    let of = |kind: &str| checks.iter().find(|check| check["check"] == kind).unwrap();
    assert_eq!((&of("bank")["level"], &of("key")["level"]), (&json!("ok"), &json!("ok")), "{report}");
    site.pc.inkan(&["bank", "remove", "localhost"], None).done();
    assert_eq!(site.pc.inkan(&["bank", "list"], None).done(), json!([]));
    let all = site.pc.inkan(&["certificates"], None).done();
    let right = row(&all, site.id(PlainSite::RIGHT));
    assert_eq!((&right["usable"], &right["last_used"]), (&json!(false), &json!(false)));
}

#[test]
fn a_site_is_no_bank_and_a_bank_no_site() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let ca = bank.ca().display().to_string();
    // The bank's certificate login has no profile of its own, and asks for a certificate.
    let login = bank.certificate_login();
    let site = pc.inkan(&["bank", "add", login, "--ca", &ca, "--site"], None).done();
    assert_eq!((&site["name"], &site["asks"]), (&json!("localhost"), &json!(true)));
    let answers = Some(bank.answers("hanakodt"));
    let refused = pc.inkan(&["login", "--bank", "localhost", "--user", "hanakodt"], answers).problem();
    assert_eq!(refused["code"], "not_a_bank");
    assert_eq!(pc.inkan(&["bank", "open", "okmate"], None).problem()["code"], "not_a_site");
    assert_eq!(pc.inkan(&["bank", "open", "nobank"], None).problem()["code"], "bank_not_added");
    let kinds: Vec<Value> = pc.inkan(&["bank", "list"], None).done().as_array().unwrap().to_vec();
    assert_eq!(kinds.iter().map(|one| &one["kind"]).collect::<Vec<_>>(), [&json!("bank"), &json!("site")]);
}

#[test]
fn several_that_fit_are_not_chosen_from_by_guessing() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let hanako = pc.acquire(&bank, "hanakodt");
    pc.acquire(&bank, "jirodt");
    let ca = bank.ca().display().to_string();
    pc.inkan(&["bank", "add", bank.certificate_login(), "--ca", &ca, "--site"], None).done();
    assert_eq!(pc.inkan(&["bank", "open", "localhost"], None).problem()["code"], "several_certificates");
    let browser = Browser::picking(&pc, "hanakodt");
    let environment = browser.environment();
    let environment: Vec<(&str, &Path)> = environment.iter().map(|(name, value)| (*name, value.as_path())).collect();
    let open = ["bank", "open", "localhost", "--certificate", hanako["id"].as_str().unwrap()];
    let visit = pc.inkan_under(&environment, "ja", &open, None).done();
    assert_eq!(visit["certificate"]["id"], hanako["id"]);
    assert_eq!(browser.shown().0, visit["address"]);
    pc.inkan(&["certificates", "forget", "--bank", "localhost"], None).done();
    assert_eq!(pc.inkan(&["bank", "open", "localhost"], None).problem()["code"], "several_certificates");
}
