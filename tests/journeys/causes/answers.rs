//! Tests servers that are trusted but do not answer as a bank does.

use inkan_journeys::{Behaviour, RawServer};
use serde_json::Value;

use crate::{Expected, Scene, detail};

fn reports(scene: &Scene, behaviour: Behaviour, told: Expected<'_>) -> [Value; 2] {
    let server = RawServer::over_tls(&scene.servers.server(), behaviour);
    scene.assert_reports(&server.address(), &told)
}

#[test]
fn a_status_is_told_by_its_cause() {
    let scene = Scene::new();
    for status in [500, 502, 503, 504] {
        reports(&scene, Behaviour::status(status), Expected::alike("bank_unavailable"));
    }
    for status in [401, 407] {
        let [_, en] = reports(&scene, Behaviour::status(status), Expected::alike("server_login_required"));
        assert!(detail(&en).contains(&status.to_string()), "{en}");
    }
    reports(&scene, Behaviour::status(403), Expected::alike("access_forbidden"));
    // These are not redirections, and not answers of a service that is out of order.
    for status in [101, 304, 999] {
        reports(&scene, Behaviour::status(status), Expected::alike("no_profile"));
    }
    for (status, meaning) in
        [(400, "bad request"), (404, "not found"), (418, "HTTP status 418."), (451, "legal reasons")]
    {
        let [ja, en] = reports(&scene, Behaviour::status(status), Expected::alike("no_profile"));
        assert!(detail(&en).contains(meaning) && detail(&en).contains(&status.to_string()), "{en}");
        assert!(detail(&ja).contains(&status.to_string()), "{ja}");
        assert!(en["next"].as_str().unwrap().contains("add it as a site"), "{en}");
    }
}

#[test]
fn who_asks_for_a_password_is_told_apart() {
    let scene = Scene::new();
    for (status, word) in [(401, "by HTTP"), (407, "of a proxy")] {
        let server = RawServer::over_tls(&scene.servers.server(), Behaviour::status(status));
        let [_, en] = scene.add(&server.address(), Some(&scene.bank.ca()));
        assert!(detail(&en).contains(word), "{en}");
    }
}

#[test]
fn an_answer_that_ends_with_the_connection_is_whole() {
    let scene = Scene::new();
    let status = |status: u16| Behaviour::Ending(format!("HTTP/1.1 {status} X\r\nContent-Type: text/plain\r\n\r\nno"));
    reports(&scene, status(403), Expected::alike("access_forbidden"));
    reports(&scene, status(404), Expected::alike("no_profile"));
    let page = Behaviour::Ending("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello</p>".into());
    reports(&scene, page, Expected { probe: None, ..Expected::alike("page_answered") });
}

#[test]
fn an_answer_that_is_cut_short_is_told_as_a_broken_connection() {
    let scene = Scene::new();
    let answers = [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>hel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nContent-Ty",
    ];
    for answer in answers {
        let [_, en] = reports(&scene, Behaviour::Ending(answer.into()), Expected::alike("bank_unreachable"));
        assert!(detail(&en).contains("before the answer was complete"), "{answer} {en}");
    }
    reports(&scene, Behaviour::Ending(String::new()), Expected::alike("bank_unreachable"));
}

#[test]
fn what_is_not_http_is_told_as_an_answer_that_cannot_be_read() {
    let scene = Scene::new();
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    let answers = [
        "garbage\r\n\r\n".to_owned(),
        "\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0d\0\x04\0\0\x7f\x7f".to_owned(),
        "HTTP/1.1 200 OK\r\nX: \x1b[2J\r\nContent-Length: 0\r\n\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\n{many}\r\n"),
        format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "y".repeat(600 << 10)),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n".to_owned(),
    ];
    for answer in answers {
        reports(&scene, Behaviour::Answering(answer), Expected::alike("bank_answer_unknown"));
    }
    reports(&scene, Behaviour::Greeting("220 mail.example ESMTP\r\n".into()), Expected::alike("bank_answer_unknown"));
    // A very long head is read all the same.
    let long = format!("HTTP/1.1 404 X\r\nX: {}\r\nContent-Length: 0\r\n\r\n", "y".repeat(100 << 10));
    reports(&scene, Behaviour::Answering(long), Expected::alike("no_profile"));
}

#[test]
fn a_redirection_is_named_by_its_host_without_what_is_secret_in_it() {
    let scene = Scene::new();
    let there = Behaviour::leading_to("https://login.bank.example:9443/enter?session=himitsu");
    let [ja, en] = reports(&scene, there, Expected::alike("bank_redirected"));
    for one in [&ja, &en] {
        assert!(detail(one).contains("login.bank.example:9443"), "{one}");
        assert!(!one.to_string().contains("himitsu"), "{one}");
    }
    // A browser follows a redirection within the same server without showing it.
    let within = Expected { probe: None, ..Expected::alike("bank_redirected") };
    let [_, en] = reports(&scene, Behaviour::leading_to("/login"), within);
    assert!(detail(&en).contains("another of its own pages"), "{en}");
    assert!(!en["next"].as_str().unwrap().contains("localhost"), "it is not a circle: {en}");
    // The message does not suggest an address that the app refuses.
    let plain = Behaviour::leading_to("http://bank.example/");
    let [_, en] = reports(&scene, plain, Expected::alike("bank_redirected"));
    assert!(detail(&en).contains("http://bank.example") && !en["next"].to_string().contains("enter"), "{en}");
    let [_, en] = reports(&scene, Behaviour::status(302), Expected::alike("bank_redirected"));
    assert!(detail(&en).contains("did not say which"), "{en}");
}

#[test]
fn a_page_is_not_a_profile_and_a_site_may_be_behind_it() {
    let scene = Scene::new();
    let page = Behaviour::content("text/html; charset=utf-8", "<html><title>Welcome</title></html>");
    let [ja, en] = reports(&scene, page, Expected { probe: None, ..Expected::alike("page_answered") });
    assert!(detail(&ja).contains("Webページ") && detail(&en).contains("web page"), "{ja} {en}");
    assert!(en["next"].as_str().unwrap().contains("add it as a site"), "{en}");
}

#[test]
fn the_command_that_adds_a_site_is_told_whole_and_quoted() {
    let scene = Scene::new();
    let page = Behaviour::content("text/html", "<html>hello</html>");
    let server = RawServer::over_tls(&scene.servers.server(), page);
    let ca = scene.new.directory().join("it's a CA.pem");
    std::fs::copy(scene.bank.ca(), &ca).unwrap();
    let inkan = inkan_journeys::program("inkan");
    let store = format!("nss:{}", scene.new.database().display());
    let mut command = std::process::Command::new(&inkan);
    command.args(["--lang", "en", "--store", &store, "bank", "add", &server.address(), "--ca"]).arg(&ca);
    command.env("INKAN_HOME", scene.new.home());
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    let told =
        said.lines().find_map(|line| line.strip_prefix("It can be added as a site for the browser: inkan ")).unwrap();
    assert!(told.contains(r"it'\''s a CA.pem'") && told.ends_with(" --site"), "{told}");
    // A shell that runs the printed command adds the site.
    let line = format!("'{}' {told}", inkan.display());
    let mut shell = std::process::Command::new("sh");
    let added = shell.args(["-c", &line]).env("INKAN_HOME", scene.new.home()).output().unwrap();
    assert!(added.status.success(), "{line} {}", String::from_utf8_lossy(&added.stderr));
    assert_eq!(scene.new.inkan(&["bank", "list"], None).done()[0]["kind"], "site");
}

#[test]
fn a_profile_that_cannot_be_read_is_not_a_missing_one() {
    let scene = Scene::new();
    let inconsistent = r#"{"profile":{},"certificate_login":"https://localhost/","now":"2026-01-01T00:00:00Z"}"#;
    let long = format!("\"{}\"", "x".repeat(5 << 20));
    for (body, word) in [("{", "not a service"), (inconsistent, "not a service"), (long.as_str(), "too large")] {
        let told_by = Expected { probe: None, ..Expected::alike("bank_answer_unknown") };
        let [_, en] = reports(&scene, Behaviour::content("application/json", body), told_by);
        assert!(detail(&en).contains(word), "{en}");
    }
}

#[test]
fn plain_http_is_told_however_the_server_waits() {
    let scene = Scene::new();
    for behaviour in [Behaviour::status(400), Behaviour::status(200)] {
        let server = RawServer::plain(behaviour);
        scene.assert_reports(&server.address(), &Expected::alike("plain_http_answered"));
    }
    let server = RawServer::plain(Behaviour::Answering("SSH-2.0-OpenSSH_9.2p1\r\n".into()));
    scene.assert_reports(&server.address(), &Expected::alike("tls_not_spoken"));
    let server = RawServer::plain(Behaviour::HangingUp);
    scene.assert_reports(&server.address(), &Expected::alike("bank_unreachable"));
}

#[test]
fn a_networks_login_page_is_told_from_the_bank() {
    let scene = Scene::new();
    let login = "http://wifi.hotel.example/login?back=https://localhost/";
    let plain = RawServer::plain(Behaviour::leading_to(login));
    let [ja, en] = scene.assert_reports(&plain.address(), &Expected::alike("captive_portal"));
    assert!([&ja, &en].iter().all(|one| detail(one).contains("wifi.hotel.example")), "{ja} {en}");

    // Over TLS, that server has a certificate of a CA that is not trusted here.
    let others = inkan_journeys::Authority::new("Hotel");
    let foreign = RawServer::over_tls(&others.server(), Behaviour::leading_to(login));
    scene.assert_reports(&foreign.address(), &Expected::alike("captive_portal"));
    let page = "<html><head><meta http-equiv=\"refresh\" content=\"0; url=http://wifi.hotel.example/\"></head></html>";
    let foreign = RawServer::over_tls(&others.server(), Behaviour::content("text/html", page));
    scene.assert_reports(&foreign.address(), &Expected::alike("captive_portal"));
}

#[test]
fn what_is_not_there_is_told_by_how_it_is_not_there() {
    let scene = Scene::new();
    let cases = [
        // Port 1 is assigned to a service that nothing runs any more (RFC 1078).
        ("https://localhost:1/".to_owned(), "connection_refused"),
        ("https://nobody.invalid/".to_owned(), "host_unknown"),
    ];
    for (address, code) in cases {
        let [_, en] = scene.add(&address, None);
        assert_eq!(en["code"], code, "{en}");
        let report = scene.probe(&address, None, "en");
        assert_eq!((crate::first_finding(&report), &report["reached"]), (Some(code), &Value::Bool(false)));
    }
}
