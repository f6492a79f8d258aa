//! Servers that are trusted and answer something else than a bank does.

use inkan_journeys::{Behaviour, RawServer};
use serde_json::Value;

use crate::{Scene, Told, detail};

fn told(scene: &Scene, behaviour: Behaviour, told: Told<'_>) -> [Value; 2] {
    let server = RawServer::over_tls(&scene.servers.server(), behaviour);
    scene.assert_told(&server.address(), &told)
}

#[test]
fn a_status_is_told_by_its_cause() {
    let scene = Scene::new();
    for status in [500, 502, 503, 504] {
        told(&scene, Behaviour::status(status), Told::alike("bank_unavailable"));
    }
    for status in [401, 407] {
        let [_, en] = told(&scene, Behaviour::status(status), Told::alike("server_login_required"));
        assert!(detail(&en).contains(&status.to_string()), "{en}");
    }
    told(&scene, Behaviour::status(403), Told::alike("access_forbidden"));
    let missing = Told { add: "no_profile", probe: None, login: "bank_answer_unknown", doctor: "bank_answer_unknown" };
    told(&scene, Behaviour::status(404), missing);
}

#[test]
fn a_redirection_is_named_by_its_host_without_what_is_secret_in_it() {
    let scene = Scene::new();
    let there = Behaviour::leading_to("https://login.bank.example:9443/enter?session=himitsu");
    let [ja, en] = told(&scene, there, Told::alike("bank_redirected"));
    for one in [&ja, &en] {
        assert!(detail(one).contains("login.bank.example:9443"), "{one}");
        assert!(!one.to_string().contains("himitsu"), "{one}");
    }
    // A browser follows one within the same server unseen.
    let within = Told { probe: None, doctor: "bank_redirected", ..Told::alike("bank_redirected") };
    told(&scene, Behaviour::leading_to("/login"), within);
    let [_, en] = told(&scene, Behaviour::status(302), Told::alike("bank_redirected"));
    assert!(detail(&en).contains("did not say which"), "{en}");
}

#[test]
fn a_page_is_not_a_profile_and_a_site_may_be_behind_it() {
    let scene = Scene::new();
    let page = Behaviour::content("text/html; charset=utf-8", "<html><title>Welcome</title></html>");
    let told_by = Told { add: "no_profile", probe: None, login: "page_answered", doctor: "page_answered" };
    let [ja, en] = told(&scene, page, told_by);
    assert!(detail(&ja).contains("ウェブページ") && detail(&en).contains("web page"), "{ja} {en}");
}

#[test]
fn a_profile_that_cannot_be_read_is_not_a_missing_one() {
    let scene = Scene::new();
    let inconsistent = r#"{"profile":{},"certificate_login":"https://localhost/","now":"2026-01-01T00:00:00Z"}"#;
    let long = format!("\"{}\"", "x".repeat(5 << 20));
    for (body, word) in [("{", "form"), (inconsistent, "form"), (long.as_str(), "large")] {
        let told_by =
            Told { add: "profile_unusable", probe: None, login: "bank_answer_unknown", doctor: "profile_unusable" };
        let [_, en] = told(&scene, Behaviour::content("application/json", body), told_by);
        assert!(detail(&en).contains(word), "{en}");
    }
}

#[test]
fn plain_http_is_told_however_the_server_waits() {
    let scene = Scene::new();
    for behaviour in [Behaviour::status(400), Behaviour::status(200)] {
        let server = RawServer::plain(behaviour);
        scene.assert_told(&server.address(), &Told::alike("plain_http_answered"));
    }
    let server = RawServer::plain(Behaviour::Answering("SSH-2.0-OpenSSH_9.2p1\r\n".into()));
    scene.assert_told(&server.address(), &Told::alike("tls_not_spoken"));
    let server = RawServer::plain(Behaviour::HangingUp);
    scene.assert_told(&server.address(), &Told::alike("bank_unreachable"));
}

#[test]
fn a_networks_login_page_is_told_from_the_bank() {
    let scene = Scene::new();
    let login = "http://wifi.hotel.example/login?back=https://localhost/";
    let plain = RawServer::plain(Behaviour::leading_to(login));
    let [ja, en] = scene.assert_told(&plain.address(), &Told::alike("captive_portal"));
    assert!([&ja, &en].iter().all(|one| detail(one).contains("wifi.hotel.example")), "{ja} {en}");

    // Over TLS it has a certificate of its own, which no CA here vouches for.
    let others = inkan_journeys::Authority::new("Hotel");
    let foreign = RawServer::over_tls(&others.server(), Behaviour::leading_to(login));
    scene.assert_told(&foreign.address(), &Told::alike("captive_portal"));
    let page = "<html><head><meta http-equiv=\"refresh\" content=\"0; url=http://wifi.hotel.example/\"></head></html>";
    let foreign = RawServer::over_tls(&others.server(), Behaviour::content("text/html", page));
    scene.assert_told(&foreign.address(), &Told::alike("captive_portal"));
}

#[test]
fn what_is_not_there_is_told_by_how_it_is_not_there() {
    let scene = Scene::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let cases = [
        (format!("https://localhost:{free}/"), "connection_refused"),
        ("https://nobody.invalid/".to_owned(), "host_unknown"),
    ];
    for (address, code) in cases {
        let [_, en] = scene.add(&address, None);
        assert_eq!(en["code"], code, "{en}");
        let report = scene.probe(&address, None, "en");
        assert_eq!((crate::first_finding(&report), &report["reached"]), (Some(code), &Value::Bool(false)));
    }
}
