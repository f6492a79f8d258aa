//! A real proxy that demands a login is between the PC and the bank (M8, J12).

use std::path::Path;

use inkan_journeys::{Bank, HttpProxy, Pc};
use serde_json::{Value, json};

fn login(password: &str) -> Value {
    json!({ "proxy_user": HttpProxy::USER, "proxy_password": password })
}

fn with(mut answers: Value, more: Value) -> Value {
    let more = more.as_object().unwrap().clone();
    answers.as_object_mut().unwrap().extend(more);
    answers
}

/// Sets the proxy without exceptions: the bank is on this PC, for which no proxy is usual.
fn set_by_hand(pc: &Pc, proxy: &HttpProxy) {
    pc.inkan(&["settings", "proxy", "--manual", &proxy.address(), "--except", ""], None).done();
}

#[test]
fn m8_a_proxy_that_demands_a_login_is_told_and_the_certificate_goes_through_it() {
    let (bank, proxy, pc) = (Bank::start(), HttpProxy::start(), Pc::new());
    set_by_hand(&pc, &proxy);
    let ca = bank.ca().display().to_string();
    let add = ["bank", "add", bank.portal(), "--ca", &ca];

    let unknown = pc.inkan(&add, Some(json!({}))).problem();
    assert_eq!(unknown["code"], "proxy_login_required", "{unknown}");
    assert!(unknown["detail"].as_str().unwrap().contains(&proxy.address()), "{unknown}");
    let wrong = pc.inkan(&add, Some(login("wrong"))).problem();
    assert_eq!(wrong["code"], "proxy_login_required", "{wrong}");
    assert_eq!(proxy.opened(), 0, "no connection passes without the password");

    pc.inkan(&add, Some(login(HttpProxy::PASSWORD))).done();
    assert!(proxy.asked_for(bank.portal()) > 0);
    let answers = with(bank.answers("hanakodt"), login(HttpProxy::PASSWORD));
    pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], Some(answers.clone())).done();
    let before = proxy.asked_for(bank.certificate_login());
    let top = pc.inkan(&["login", "--bank", "okmate"], Some(answers)).done();
    assert_eq!(top["top"]["method"], "certificate", "{top}");
    assert!(proxy.asked_for(bank.certificate_login()) > before, "the client certificate goes through the proxy");

    let report = pc.inkan(&["doctor", "--bank", "okmate"], Some(login(HttpProxy::PASSWORD))).done();
    assert_eq!(report["fit"], true, "{report}");
    let probe = pc.inkan(&["probe", bank.certificate_login()], Some(json!({}))).report();
    assert_eq!(probe["findings"][0]["code"], "proxy_login_required", "{probe}");
}

#[test]
fn m8_the_password_of_a_proxy_is_written_nowhere() {
    let (bank, proxy, pc) = (Bank::start(), HttpProxy::start(), Pc::new());
    set_by_hand(&pc, &proxy);
    let ca = bank.ca().display().to_string();
    pc.inkan(&["bank", "add", bank.portal(), "--ca", &ca], Some(login(HttpProxy::PASSWORD))).done();
    let mut files = vec![pc.home()];
    while let Some(path) = files.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => files.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => {
                let text = std::fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&text);
                assert!(!text.contains(HttpProxy::PASSWORD), "{}", path.display());
            }
        }
    }
}

#[test]
fn m8_the_systems_proxy_is_used_unless_none_is_wanted() {
    let (bank, proxy, pc) = (Bank::start(), HttpProxy::start(), Pc::new());
    let ca = bank.ca().display().to_string();
    let add = ["bank", "add", bank.portal(), "--ca", &ca];
    let with_login = format!("http://{}:{}@{}", HttpProxy::USER, HttpProxy::PASSWORD, proxy.address());
    let without_login = format!("http://{}", proxy.address());
    let under = |proxy: &str| {
        let [proxy, nothing] = [Path::new(proxy), Path::new("")];
        pc.inkan_under(&[("HTTPS_PROXY", proxy), ("NO_PROXY", nothing), ("no_proxy", nothing)], "ja", &add, None)
    };
    under(&with_login).done();
    assert!(proxy.opened() > 0);
    assert_eq!(under(&without_login).problem()["code"], "proxy_login_required");
    pc.inkan(&["settings", "proxy", "--none"], None).done();
    under(&without_login).done();
    pc.inkan(&["settings", "proxy", "--system"], None).done();
    assert_eq!(under(&without_login).problem()["code"], "proxy_login_required");
}

#[test]
fn m8_a_variable_that_names_no_proxy_is_told_by_each_command() {
    let (bank, pc) = (Bank::start(), Pc::new());
    let ca = bank.ca().display().to_string();
    let add = ["bank", "add", bank.portal(), "--ca", &ca];
    pc.inkan(&add, None).done();
    let under = |proxy: &str, exceptions: &str, arguments: &[&str], answers: Option<Value>| {
        let [proxy, exceptions] = [Path::new(proxy), Path::new(exceptions)];
        let environment = [("HTTPS_PROXY", proxy), ("NO_PROXY", exceptions), ("no_proxy", exceptions)];
        pc.inkan_under(&environment, "en", arguments, answers)
    };
    for wrong in ["not a proxy", "http://taro:himitsu@:port", "socks5://proxy.example:1080"] {
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        for (command, answers) in [(&add[..], None), (&login, Some(bank.answers("hanakodt")))] {
            let refused = under(wrong, "", command, answers).problem();
            assert_eq!(refused["code"], "proxy_address_invalid", "{wrong}: {refused}");
            assert!(!refused.to_string().contains("himitsu"), "{refused}");
        }
        let report = under(wrong, "", &["probe", bank.portal(), "--ca", &ca], None).report();
        assert_eq!(report["findings"][0]["code"], "proxy_address_invalid", "{report}");
        let checked = under(wrong, "", &["doctor", "--bank", "okmate"], None).value;
        assert!(checked["checks"].as_array().unwrap().iter().any(|check| check["code"] == "proxy_address_invalid"));
        // Then the connection to the bank needs no proxy.
        under(wrong, "localhost", &add, None).done();
    }
}

#[test]
fn m8_a_proxy_that_is_not_there_is_not_called_a_bank_that_is_not_there() {
    let (bank, pc) = (Bank::start(), Pc::new());
    // Port 1 is assigned to a service that nothing runs any more (RFC 1078).
    pc.inkan(&["settings", "proxy", "--manual", "127.0.0.1:1", "--except", ""], None).done();
    let ca = bank.ca().display().to_string();
    let refused = pc.inkan(&["bank", "add", bank.portal(), "--ca", &ca], None).problem();
    assert_eq!(refused["code"], "proxy_unreachable", "{refused}");

    // If the proxy runs and the bank does not, the bank is the cause.
    let proxy = HttpProxy::start();
    set_by_hand(&pc, &proxy);
    let portal = bank.portal().to_owned();
    drop(bank);
    let refused = pc.inkan(&["bank", "add", &portal], Some(login(HttpProxy::PASSWORD))).problem();
    assert_eq!(refused["code"], "bank_unreachable", "{refused}");
    let wrong = pc.inkan(&["settings", "proxy", "--manual", "http://taro:himitsu@proxy:8080"], None).problem();
    assert_eq!(wrong["code"], "proxy_address_invalid");
    assert!(!wrong.to_string().contains("himitsu"), "{wrong}");
}

#[test]
fn what_earlier_logins_taught_is_shown_and_can_be_forgotten() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    pc.inkan(&["login", "--bank", "okmate"], Some(bank.answers("hanakodt"))).done();
    let shown = pc.inkan(&["settings", "show"], None).done();
    assert_eq!(shown["remembered"][0]["what"], json!({ "used": "okmate" }), "{shown}");
    assert_eq!(shown["remembered"][0]["certificate"], row["id"]);
    pc.inkan(&["settings", "forget", "1"], None).done();
    assert_eq!(pc.inkan(&["settings", "show"], None).done()["remembered"], json!([]));
    let nothing = pc.inkan(&["settings", "forget", "1"], None);
    assert_eq!((nothing.code, &nothing.value["problem"]["code"]), (2, &json!("usage_invalid")));
}
