//! Each login asks the bank again for its document.

use inkan_journeys::{Behaviour, RawServer, Relay};
use serde_json::{Value, json};

use crate::Scene;

/// Returns the document that the bank publishes now.
fn published(scene: &Scene) -> (Value, String) {
    let bank = scene.pc.home().join("banks/okmate.json");
    let kept: Value = serde_json::from_slice(&std::fs::read(bank).unwrap()).unwrap();
    (kept.clone(), kept["certificate_login"].as_str().unwrap().to_owned())
}

fn log_in(scene: &Scene) -> Value {
    scene.pc.inkan(&["login", "--bank", "okmate"], Some(scene.bank.answers("hanakodt"))).done()
}

#[test]
fn a_moved_port_is_taken_over_at_the_next_login() {
    let mut scene = Scene::new();
    scene.pc.acquire(&scene.bank, "hanakodt");
    let (before, login) = published(&scene);
    // Both listeners start on other ports. The relay leads on to the portal.
    scene.bank.restart();
    scene.way.turn_to(scene.bank.portal());
    assert_ne!(scene.bank.certificate_login(), login.trim_end_matches('/'));
    assert_eq!(log_in(&scene)["top"]["method"], "certificate");
    let (after, login) = published(&scene);
    assert_eq!(login.trim_end_matches('/'), scene.bank.certificate_login());
    assert_eq!((&after["name"], &after["address"], &after["ca"]), (&before["name"], &before["address"], &before["ca"]));
    // The check-up takes the change over too.
    scene.bank.restart();
    scene.way.turn_to(scene.bank.portal());
    let report = scene.pc.inkan(&["doctor", "--bank", "okmate"], None);
    assert_eq!(published(&scene).1.trim_end_matches('/'), scene.bank.certificate_login(), "{}", report.value);
}

#[test]
fn a_changed_telephone_number_is_taken_over() {
    let mut scene = Scene::new();
    scene.pc.acquire(&scene.bank, "hanakodt");
    let profile = scene.bank.data().join("profile.toml");
    let text = std::fs::read_to_string(&profile).unwrap();
    let number = text.lines().find_map(|line| line.trim().strip_prefix("telephone = ")).unwrap().trim_matches('"');
    std::fs::write(&profile, text.replace(number, "03-0000-7777")).unwrap();
    scene.bank.restart();
    scene.way.turn_to(scene.bank.portal());
    assert!(!published(&scene).0.to_string().contains("03-0000-7777"));
    log_in(&scene);
    assert!(published(&scene).0.to_string().contains("03-0000-7777"));
}

/// Starts a server with a certificate of the bank's own CA. It publishes what the bank does, changed by `change`.
fn publishing(scene: &Scene, change: impl FnOnce(&mut Value)) -> RawServer {
    let (kept, login) = published(scene);
    let mut document = json!({
        "profile": kept["profile"], "certificate_login": login, "now": "2026-01-01T00:00:00Z",
    });
    change(&mut document);
    RawServer::over_tls(&scene.servers.server(), Behaviour::content("application/json", &document.to_string()))
}

#[test]
fn what_cannot_be_used_is_not_taken_over_and_the_check_up_says_so() {
    let scene = Scene::new();
    scene.pc.acquire(&scene.bank, "hanakodt");
    let (before, _) = published(&scene);
    let broken = [
        (publishing(&scene, |document| *document = json!("nonsense")), "bank_answer_unknown"),
        (publishing(&scene, |document| document["certificate_login"] = json!("http://localhost/")), "profile_unusable"),
    ];
    for (server, code) in &broken {
        scene.way.turn_to(&server.address());
        assert_eq!(log_in(&scene)["top"]["method"], "certificate", "it goes on with what was known");
        assert_eq!(published(&scene).0, before);
        let report = scene.pc.inkan(&["doctor", "--bank", "okmate"], None).done();
        let told = report["checks"].as_array().unwrap().iter().find(|check| check["code"] == *code);
        assert_eq!(told.unwrap()["level"], "warning", "{report}");
    }
    // Another host for the login is not taken over without consent.
    let elsewhere = publishing(&scene, |document| document["certificate_login"] = json!("https://evil.example/"));
    scene.way.turn_to(&elsewhere.address());
    assert_eq!(log_in(&scene)["top"]["method"], "certificate");
    assert_eq!(published(&scene).0, before);
    let report = scene.pc.inkan_in("en", &["doctor", "--bank", "okmate"], None).done();
    assert!(report.to_string().contains("evil.example"), "{report}");
}

#[test]
fn a_server_of_another_ca_changes_nothing() {
    let scene = Scene::new();
    scene.pc.acquire(&scene.bank, "hanakodt");
    let (before, _) = published(&scene);
    let stranger = inkan_journeys::Authority::new("Strangers");
    let body = json!({ "profile": before["profile"], "certificate_login": "https://localhost:1/", "now": "2026-01-01T00:00:00Z" });
    let server = RawServer::over_tls(&stranger.server(), Behaviour::content("application/json", &body.to_string()));
    scene.way.turn_to(&server.address());
    assert_eq!(log_in(&scene)["top"]["method"], "certificate");
    assert_eq!(published(&scene).0, before);
}

#[test]
fn a_site_is_asked_again_when_it_is_visited() {
    use inkan_journeys::{Authority, Browser, ClientCertificates, Nginx, VALID};
    let scene = Scene::new();
    let [first, second] = ["First Clients", "Second Clients"].map(Authority::new);
    let own = scene.servers.server();
    let demanding = |authority: &Authority| {
        let protocols = "TLSv1.2 TLSv1.3";
        Nginx::demanding(&own, &ClientCertificates { authorities: authority.certificate(), crl: None, protocols })
    };
    let [before, after] = [demanding(&first), demanding(&second)];
    let way = Relay::to(&before.address());
    let ca = scene.bank.ca().display().to_string();
    let pc = &scene.new;
    pc.inkan(&["certificates"], None).done();
    let site = pc.inkan(&["bank", "add", &way.address(), "--ca", &ca, "--site"], None).done();
    assert_eq!(site["authorities"], json!(["CN=First Clients"]));
    let id = pc.take_in(&second.client("hanako", VALID));
    way.turn_to(&after.address());
    let browser = Browser::picking(pc, "hanako");
    let environment = browser.environment();
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_path())).collect();
    let visit = pc.inkan_under(&environment, "ja", &["bank", "open", site["name"].as_str().unwrap()], None).done();
    assert_eq!(visit["certificate"]["id"], id.as_str(), "{visit}");
    assert_eq!(pc.inkan(&["bank", "list"], None).done()[0]["authorities"], json!(["CN=Second Clients"]));
}

/// Inkan removes no bank by itself: they may be two environments of one bank.
#[test]
fn a_bank_that_is_added_at_another_address_names_the_one_that_is_here() {
    let scene = Scene::new();
    let ca = scene.bank.ca().display().to_string();
    let before = scene.way.address();
    let added = scene.pc.inkan(&["bank", "add", scene.bank.portal(), "--ca", &ca], None).done();
    assert_eq!(added["name"], "okmate-2");
    let named = added["same_bank"].as_array().unwrap();
    assert_eq!((named.len(), &named[0]["name"]), (1, &json!("okmate")));
    assert!(before.starts_with(named[0]["address"].as_str().unwrap().trim_end_matches('/')), "{added}");
    for language in ["ja", "en"] {
        let (_, said) = scene.pc.inkan_says(language, &["bank", "add", scene.bank.portal(), "--ca", &ca], &json!({}));
        assert!(said.contains("inkan bank remove okmate") && said.contains("okmate-2"), "{said}");
    }
    assert_eq!(scene.pc.inkan(&["bank", "list"], None).done().as_array().unwrap().len(), 2);
    scene.pc.inkan(&["bank", "remove", "okmate"], None).done();
    let again = scene.pc.inkan(&["bank", "add", scene.bank.portal(), "--ca", &ca], None).done();
    assert_eq!(again["same_bank"], json!([]));
}
