//! If the PC's clock is wrong, Inkan reports the clock, and not its effect on certificates.

use std::path::Path;

use inkan_journeys::{
    Authority, Bank, Behaviour, ClientCertificates, Nginx, Outcome, Pc, RawServer, VALID, clock_ahead,
};
use serde_json::{Value, json};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

use crate::detail;

const DAY: i64 = 86_400;

/// Runs `inkan` with this PC's clock `ahead` seconds ahead.
fn at(pc: &Pc, ahead: i64, arguments: &[&str], answers: Option<Value>) -> Outcome {
    let environment = clock_ahead(ahead);
    let environment: Vec<(&str, &Path)> =
        environment.iter().map(|(name, value)| (*name, Path::new(value.as_str()))).collect();
    pc.inkan_under(&environment, "en", arguments, answers)
}

/// Returns the time in `seconds` seconds from now, as `openssl ca` takes it.
fn in_seconds(seconds: i64) -> String {
    let format = format_description!("[year][month][day][hour][minute][second]Z");
    (OffsetDateTime::now_utc() + Duration::seconds(seconds)).format(format).unwrap()
}

/// Asserts that the problem is the clock, with both times.
fn assert_the_clock(problem: &Value, direction: &str) {
    assert_eq!(problem["code"], "clock_wrong", "{problem}");
    let words = detail(problem);
    assert!(words.contains(direction), "{words}");
    let times = words.matches(" says ").count();
    assert_eq!(times, 2, "{words}");
}

#[test]
fn a_clock_that_is_ahead_is_what_a_login_and_a_renewal_name() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let listed = at(&pc, 400 * DAY, &["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(listed[0]["reasons"], json!(["expired"]));
    let told = pc.inkan_says("en", &["certificates", "list"], &json!({})).1;
    assert!(!told.contains("Expired"), "{told}");
    for command in [&["login", "--bank", "okmate"][..], &["renew", "--bank", "okmate"]] {
        let refused = at(&pc, 400 * DAY, command, Some(bank.answers("hanakodt"))).problem();
        assert_the_clock(&refused, "ahead");
    }
    // The bank knows that the certificate is on this PC, and not on another one.
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    assert_the_clock(&at(&pc, 400 * DAY, &acquire, Some(bank.answers("hanakodt"))).problem(), "ahead");
    // If the bank does not answer, the cause stays open, and nothing is to be deleted because of it.
    drop(bank);
    for command in [&["login", "--bank", "okmate"][..], &["renew", "--bank", "okmate"]] {
        let refused = at(&pc, 400 * DAY, command, Some(json!({ "login_password": "Abcd1234" }))).problem();
        assert_eq!(refused["code"], "certificate_expired", "{refused}");
        assert!(detail(&refused).contains("By this PC’s clock"), "{refused}");
        assert!(refused["next"].as_str().unwrap().contains("delete nothing"), "{refused}");
    }
}

/// The server that demands a certificate does not send its time over a connection without a certificate.
#[test]
fn a_wrong_clock_is_what_a_login_with_a_named_certificate_names() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let id = row["id"].as_str().unwrap();
    for (days, direction) in [(400, "ahead"), (-2, "behind")] {
        let (login, users) = (["login", "--bank", "okmate"], ["users", "--bank", "okmate"]);
        let named = ["--certificate", id];
        for command in [[&login[..], &named].concat(), [&users[..], &named, &["list"]].concat()] {
            let refused = at(&pc, days * DAY, &command, Some(bank.answers("hanakodt"))).problem();
            assert_the_clock(&refused, direction);
        }
    }
}

#[test]
fn a_renewal_that_only_the_clock_finds_too_early_names_the_clock() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    // It is too early by the bank's clock as well.
    let renew = ["renew", "--bank", "okmate"];
    assert_eq!(pc.inkan_in("en", &renew, None).problem()["code"], "renewal_too_early");
    assert_the_clock(&at(&pc, -3600, &renew, None).problem(), "behind");
}

#[test]
fn a_probe_names_the_clock_and_not_the_certificate() {
    let (servers, clients, pc) = (Authority::new("Servers"), Authority::new("Clients"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let (tomorrow, yesterday) = (in_seconds(DAY), in_seconds(-DAY));
    let ends = pc.take_in(&clients.client("ends", ("20200101000000Z", &tomorrow)));
    let begins = pc.take_in(&clients.client("begins", (&yesterday, VALID.1)));
    // The server refuses each certificate, so that the refusal has to be explained.
    pc.take_in_authority(clients.certificate());
    let others = Authority::new("Others");
    let asked = ClientCertificates { authorities: others.certificate(), crl: None, protocols: "TLSv1.2 TLSv1.3" };
    let nginx = Nginx::demanding(&servers.server(), &asked);
    let ca = servers.certificate().display().to_string();
    for (id, days, direction) in [(&ends, 3, "ahead"), (&begins, -3, "behind")] {
        let probe = ["probe", &nginx.address(), "--ca", &ca, "--certificate", id];
        let report = at(&pc, days * DAY, &probe, None).done();
        assert_the_clock(&report["findings"][0], direction);
        let codes: Vec<_> = report["findings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert_eq!(codes, ["clock_wrong", "certificate_ca_unknown"], "{report}");
    }
}

#[test]
fn a_certificate_that_was_deleted_under_a_wrong_clock_is_known_to_have_been_deleted() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let delete = ["certificates", "delete", row["id"].as_str().unwrap(), "--yes"];
    at(&pc, 400 * DAY, &delete, None).done();
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let refused = pc.inkan_in("en", &acquire, Some(bank.answers("hanakodt"))).problem();
    assert_eq!(refused["code"], "certificate_already_issued");
    let words = detail(&refused);
    assert!(words.contains("was deleted here, while this PC’s clock was wrong"), "and not on another PC: {words}");
}

#[test]
fn a_certificate_is_cleared_away_no_sooner_than_a_day_after_its_end() {
    let (servers, clients, pc) = (Authority::new("Servers"), Authority::new("Clients"), Pc::new());
    let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.3" };
    let site = Nginx::demanding(&servers.server(), &asked);
    pc.inkan(&["certificates"], None).done();
    let ca = servers.certificate().display().to_string();
    pc.inkan(&["bank", "add", &site.address(), "--ca", &ca, "--site"], None).done();
    let [hour, two_days] = [3600, 2 * DAY].map(|ago| in_seconds(-ago));
    let [_, long_ago] = [("hour", &hour), ("days", &two_days)]
        .map(|(name, until)| pc.take_in(&clients.client(name, ("20200101000000Z", until))));
    let cleared = pc.inkan(&["certificates", "clean", "--yes"], None).done();
    let cleared: Vec<_> = cleared.as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(cleared, [json!(long_ago)]);
}

/// By a clock that is years ahead, a certificate that logs in looks expired, and nothing contradicts the clock.
#[test]
fn m10_nothing_that_looks_expired_is_cleared_away_while_no_service_says_the_time() {
    let (servers, clients, pc) = (Authority::new("Servers"), Authority::new("Clients"), Pc::new());
    let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.3" };
    let site = Nginx::demanding(&servers.server(), &asked);
    let ca = servers.certificate().display().to_string();
    let valid = pc.take_in(&clients.client("hanakodt", ("20200101000000Z", &in_seconds(400 * DAY))));
    pc.inkan(&["bank", "add", &site.address(), "--ca", &ca, "--site"], None).done();
    // The clock is right, and has been compared.
    pc.inkan(&["doctor"], None).done();
    drop(site);
    let cleared = at(&pc, 3 * 365 * DAY, &["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleared, json!([]));
    let left = pc.inkan(&["certificates"], None).done();
    assert_eq!(left[0]["id"], json!(valid));
}

#[test]
fn the_check_up_compares_the_clock_with_a_site_where_there_is_no_bank() {
    let servers = Authority::new("Servers");
    let clients = Authority::new("Clients");
    let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.3" };
    let site = Nginx::demanding(&servers.server(), &asked);
    let pc = Pc::new();
    let ca = servers.certificate().display().to_string();
    pc.inkan(&["bank", "add", &site.address(), "--ca", &ca, "--site"], None).done();
    let clock = |ahead: i64| {
        let report = at(&pc, ahead, &["doctor"], None).value;
        let checks = report["checks"].as_array().unwrap().iter();
        let clocks: Vec<&Value> = checks.filter(|check| check["check"] == "clock").collect();
        assert_eq!(clocks.len(), 1, "{report}");
        (clocks[0]["level"].clone(), clocks[0]["detail"].as_str().unwrap().to_owned())
    };
    let (right, words) = clock(0);
    assert!(right == "ok" && words.contains("localhost"), "{words}");
    assert_eq!(clock(180).0, "warning");
    let (wrong, words) = clock(3 * DAY);
    assert!(wrong == "problem" && words.contains("ahead"), "{words}");
    // The difference has the same unit, whichever clock is ahead.
    for (ahead, direction) in [(2 * DAY, "ahead"), (-2 * DAY, "behind")] {
        let words = clock(ahead).1;
        assert!(words.contains("about 2 days") && words.contains(direction), "{words}");
    }
    // A server that gives no time is not called a bank that was not added.
    let mute = RawServer::over_tls(&servers.server(), Behaviour::content("text/html", "<p>hello</p>"));
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &mute.address(), "--ca", &ca, "--site"], None).done();
    let report = at(&pc, 0, &["doctor"], None).done();
    let checks = report["checks"].as_array().unwrap();
    let clock = checks.iter().find(|check| check["check"] == "clock").unwrap();
    assert!(detail(clock).contains("No server that was added"), "{clock}");
}

/// RFC 9110 §6.6.1 allows a server without a clock to leave the date out. Some servers invent one.
#[test]
fn a_server_with_an_absurd_date_does_not_put_the_blame_on_this_pc() {
    let servers = Authority::new("Servers");
    let own = servers.server();
    let ca = servers.certificate().display().to_string();
    for (date, year) in [
        ("Fri, 31 Dec 9999 23:59:59 GMT", "9999"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970"),
        ("Mon, 01 Jul 2080 00:00:00 GMT", "2080"),
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n");
        let server = RawServer::over_tls(&own, Behaviour::Answering(answer));
        let pc = Pc::new();
        pc.inkan(&["bank", "add", &server.address(), "--ca", &ca, "--site"], None).done();
        let report = pc.inkan_in("en", &["doctor"], None).done();
        let checks = report["checks"].as_array().unwrap().iter();
        let clocks: Vec<&Value> = checks.filter(|check| check["check"] == "clock").collect();
        assert_eq!((clocks.len(), &clocks[0]["level"]), (1, &json!("warning")), "{report}");
        let title = clocks[0]["title"].as_str().unwrap();
        assert!(title.contains("The clock of localhost") && title.contains("cannot be right"), "{title}");
        assert!(detail(clocks[0]).contains(year), "{}", clocks[0]);
        // A time that is not believed is not kept either.
        pc.inkan(&["certificates", "clean", "--yes"], None).done();
        let memory = std::fs::read_to_string(pc.home().join("memory.json")).unwrap_or_else(|_| "{}".to_owned());
        let memory: Value = serde_json::from_str(&memory).unwrap();
        assert_eq!(memory["clock_ahead"], Value::Null, "{memory}");
    }
}
