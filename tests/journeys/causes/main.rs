//! One cause, one code: adding a bank, probing, logging in and the check-up report the same fault of a server in the
//! same way, in both languages, and end within twenty seconds.

mod address;
mod answers;
mod client_certificates;
mod clocks;
mod kinds;
mod published;
mod server_certificates;
mod silence;

use std::path::Path;

use inkan_journeys::{Authority, Bank, Pc, Relay};
use serde_json::{Value, json};

/// A PC on which a bank has been added over a relay that can lead elsewhere, and a new PC.
struct Scene {
    bank: Bank,
    way: Relay,
    pc: Pc,
    new: Pc,
    /// The bank's own CA, which also issues server certificates.
    servers: Authority,
}

/// The code that each command reports of a server; none if the command has nothing to report.
#[derive(Debug, Clone, Copy)]
struct Expected<'a> {
    add: &'a str,
    probe: Option<&'a str>,
    login: &'a str,
    doctor: &'a str,
}

impl<'a> Expected<'a> {
    /// Expects the same code of all commands.
    fn alike(code: &'a str) -> Self {
        Self { add: code, probe: Some(code), login: code, doctor: code }
    }
}

impl Scene {
    fn new() -> Self {
        let bank = Bank::start();
        let way = Relay::to(bank.portal());
        let pc = Pc::new();
        pc.inkan(&["bank", "add", &way.address(), "--ca", &bank.ca().display().to_string()], None).done();
        let servers = Authority::of(&bank);
        Self { bank, way, pc, new: Pc::new(), servers }
    }

    /// Makes a scene with a certificate at the bank, whose certificate login is reached over the same relay.
    fn with_certificate() -> Self {
        let scene = Self::new();
        scene.pc.acquire(&scene.bank, "hanakodt");
        let file = scene.pc.home().join("banks/okmate.json");
        let mut kept: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        kept["certificate_login"] = json!(scene.way.address());
        std::fs::write(&file, kept.to_string()).unwrap();
        scene
    }

    /// Asserts that a probe and a login with the certificate report the same code for the server at that address.
    /// Returns both reports in English.
    fn assert_told_with_certificate(&self, address: &str, code: &str) -> [Value; 2] {
        self.way.turn_to(address);
        let listed = self.pc.inkan(&["certificates"], None).done();
        let id = listed[0]["id"].as_str().unwrap();
        let report = self.pc.inkan_in("en", &["probe", &self.way.address(), "--certificate", id], None).done();
        assert_eq!(first_finding(&report), Some(code), "probe: {report}");
        let login = ["login", "--bank", "okmate", "--certificate", id];
        let refused = self.pc.inkan_in("en", &login, Some(self.bank.answers("hanakodt"))).problem();
        assert_eq!(refused["code"], code, "login: {refused}");
        whole(&refused);
        let finding = report["findings"][0].clone();
        assert_eq!((&finding["detail"], &finding["next"]), (&refused["detail"], &refused["next"]));
        [finding, refused]
    }

    /// Asserts the code that each command reports for the server at that address. Returns the report of adding it as a
    /// bank, in Japanese and in English.
    fn assert_reports(&self, address: &str, told: &Expected<'_>) -> [Value; 2] {
        let added = self.add(address, Some(&self.bank.ca()));
        assert_eq!(added[0]["code"], told.add, "bank add: {}", added[0]);
        let report = self.probe(address, Some(&self.bank.ca()), "ja");
        assert_eq!(first_finding(&report), told.probe, "probe: {report}");
        self.way.turn_to(address);
        let answers = || Some(self.bank.answers("hanakodt"));
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        let refused = self.pc.inkan(&login, answers()).problem();
        assert_eq!(refused["code"], told.login, "login: {refused}");
        whole(&refused);
        let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
        let refused = self.pc.inkan(&acquire, answers()).problem();
        assert_eq!(refused["code"], told.login, "acquire: {refused}");
        let unfit = self.pc.inkan(&["doctor", "--bank", "okmate"], None).value;
        let checks = unfit["checks"].as_array().unwrap().iter();
        let codes: Vec<&str> = checks.filter_map(|check| check["code"].as_str()).collect();
        assert_eq!(codes, [told.doctor], "doctor: {unfit}");
        assert_eq!(self.new.inkan(&["bank", "list"], None).done(), json!([]), "nothing is kept");
        added
    }

    fn add(&self, address: &str, ca: Option<&Path>) -> [Value; 2] {
        let ca = ca.map(|file| file.display().to_string());
        let mut arguments = vec!["bank", "add", address];
        arguments.extend(ca.iter().flat_map(|file| ["--ca", file]));
        let told = ["ja", "en"].map(|language| self.new.inkan_in(language, &arguments, None).problem());
        told.iter().for_each(whole);
        assert_eq!(told[0]["code"], told[1]["code"]);
        let [ja, en] = [&told[0], &told[1]].map(|problem| problem["detail"].as_str().unwrap());
        assert!(!ja.is_ascii() && en != ja, "{ja} {en}");
        told
    }

    fn probe(&self, address: &str, ca: Option<&Path>, language: &str) -> Value {
        let ca = ca.map(|file| file.display().to_string());
        let mut arguments = vec!["probe", address];
        arguments.extend(ca.iter().flat_map(|file| ["--ca", file]));
        self.new.inkan_in(language, &arguments, None).report()
    }
}

/// Asserts that every part of the problem is there, without gaps.
fn whole(problem: &Value) {
    for part in ["title", "detail", "next"] {
        let words = problem[part].as_str().unwrap_or_default();
        assert!(!words.is_empty() && !words.contains(['{', '}', '$']) && !words.contains(".detail"), "{problem}");
    }
}

fn first_finding(report: &Value) -> Option<&str> {
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() <= 1, "{report}");
    findings.first().map(|finding| {
        whole(finding);
        finding["code"].as_str().unwrap()
    })
}

fn detail(problem: &Value) -> &str {
    problem["detail"].as_str().unwrap()
}
