//! Whether a PC is ready for the bank (S0-2), and what the check-up reports if it is not.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use inkan_client::protocol::{Clock, Language};
use inkan_client::{CheckKind, Home, Inkan, Level};
use inkan_journeys::{Bank, Pc, ProxyModule, TokenPc, Twist, output_of, program, softhsm};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// Returns level and code of the checks of that kind.
fn of<'a>(report: &'a Value, kind: &str) -> Vec<(&'a str, &'a Value)> {
    let checks = report["checks"].as_array().unwrap().iter().filter(|check| check["check"] == kind);
    checks.map(|check| (check["level"].as_str().unwrap(), &check["code"])).collect()
}

fn first<'a>(report: &'a Value, kind: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["check"] == kind).unwrap()
}

#[test]
fn s0_2_a_fit_pc_says_so_with_every_check() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let report = pc.inkan(&["doctor", "--bank", "okmate"], None).done();
    assert_eq!(report["fit"], true);
    for kind in ["version", "store", "key", "bank", "clock"] {
        assert_eq!(of(&report, kind), [("ok", &Value::Null)], "{kind}: {report}");
    }
    for kind in ["proxy", "roots"] {
        assert!(!of(&report, kind).is_empty(), "{kind}: {report}");
    }
    let (code, said) = pc.inkan_says("en", &["doctor"], &json!({}));
    assert_eq!(code, 0);
    assert!(said.contains("This PC is ready") && said.contains("New keys are stored in a file on this PC"), "{said}");
    assert_eq!(pc.inkan(&["doctor", "--bank", "nowhere"], None).problem()["code"], "bank_not_added");
}

#[test]
fn a_bank_that_does_not_answer_is_a_problem_where_it_is_asked_for() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    drop(bank);
    let asked = pc.inkan(&["doctor", "--bank", "okmate"], None);
    assert_eq!((asked.code, &asked.value["fit"]), (1, &json!(false)));
    assert_eq!(of(&asked.value, "bank"), [("problem", &json!("connection_refused"))]);
    let beside = pc.inkan(&["doctor"], None).done();
    assert_eq!(of(&beside, "bank"), [("warning", &json!("connection_refused"))]);
}

/// A user profile that was restored from a backup: the certificates come back, the keys do not.
#[test]
fn m9_a_key_that_is_gone_leads_to_the_reissue() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let keyless = Pc::new();
    keyless.inkan(&["certificates"], None).done();
    fs::copy(keyless.database().join("key4.db"), pc.database().join("key4.db")).unwrap();
    let report = pc.inkan(&["doctor"], None);
    assert_eq!(report.code, 1);
    assert_eq!(of(&report.value, "key"), [("problem", &json!("key_missing"))]);
    let check = first(&report.value, "key");
    assert_eq!(check["certificate"], row["id"]);
    assert!(check["detail"].as_str().unwrap().contains("管理者がパスワードを初期化した"), "{check}");
    assert_eq!(check["remedy"], json!({ "act": "change_pc", "bank": "okmate" }));
    let (_, said) = pc.inkan_says("ja", &["doctor"], &json!({}));
    assert!(said.contains("inkan change-pc --bank okmate --old-pc gone"), "{said}");
    let login = ["login", "--bank", "okmate", "--certificate", row["id"].as_str().unwrap()];
    let refused = pc.inkan(&login, Some(bank.answers("hanakodt"))).problem();
    assert_eq!(refused["code"], "key_missing");
    assert!(refused["detail"].as_str().unwrap().contains("もう開けません"), "{refused}");
}

#[test]
fn m9_a_key_that_refuses_to_sign_is_told_and_one_without_its_pin_is_not_called_lost() {
    const FUNCTION_REJECTED: u32 = 0x200;
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password"), "store_pin": TokenPc::PIN });
    pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], &answers).unwrap();
    let pin = json!({ "store_pin": TokenPc::PIN });
    let report = |module: &Path, answers: &Value| {
        let mut command = pc.command(module);
        command.args(["--answers", "-", "doctor"]).stdin(Stdio::piped());
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut process.stdin.take().unwrap(), answers.to_string().as_bytes()).unwrap();
        let output = output_of(process);
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (code, fit) = report(&softhsm(), &pin);
    assert_eq!((code, of(&fit, "key")), (Some(0), vec![("ok", &Value::Null)]));
    let (code, locked) = report(&softhsm(), &json!({}));
    assert_eq!((code, of(&locked, "key")), (Some(0), vec![("warning", &json!("store_locked"))]));
    let proxy = ProxyModule::before(&softhsm(), Twist::SigningGives(FUNCTION_REJECTED));
    let (code, denied) = report(&proxy.directory().join("libsofthsm2.so"), &pin);
    assert_eq!((code, of(&denied, "key")), (Some(1), vec![("problem", &json!("key_denied"))]));
}

#[test]
fn a_store_that_does_not_open_is_one_of_the_checks() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let mut command = Command::new(program("inkan"));
    command.args(["--json", "--store", "pkcs11:/nowhere/module.so", "doctor", "--bank", "okmate"]);
    let output = command.env("INKAN_HOME", pc.home()).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(of(&report, "store"), [("problem", &json!("store_module_missing"))]);
    assert_eq!(of(&report, "bank"), [("ok", &Value::Null)], "the rest is checked all the same");
}

#[test]
fn proxy_settings_are_told_without_their_passwords() {
    let pc = Pc::new();
    let proxy = [("HTTPS_PROXY", Path::new("http://taro:himitsu@proxy.example:3128"))];
    let report = pc.inkan_under(&proxy, "ja", &["doctor"], None).done();
    assert!(first(&report, "proxy")["detail"].as_str().unwrap().contains("proxy.example:3128"), "{report}");
    assert!(!report.to_string().contains("himitsu"));
    assert_eq!(of(&report, "clock"), [("warning", &Value::Null)], "no bank to compare with");
}

#[derive(Debug)]
struct Off(Duration);

impl Clock for Off {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + self.0
    }
}

#[test]
fn a_wrong_clock_is_found_by_the_banks() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let location = format!("nss:{}", pc.database().display()).parse().unwrap();
    let inkan = Inkan::new(Home::at(pc.home()), &location, Language::En);
    let clock = |off: Duration| {
        let report = inkan.clone().with_clock(Arc::new(Off(off))).check_up(Some("okmate")).unwrap();
        let check = report.checks.into_iter().find(|check| check.check == CheckKind::Clock).unwrap();
        (report.fit, check.level, check.code.map(|code| code.name()))
    };
    assert_eq!(clock(Duration::seconds(20)), (true, Level::Ok, None));
    assert_eq!(clock(Duration::minutes(-3)), (true, Level::Warning, None));
    assert_eq!(clock(Duration::minutes(30)), (false, Level::Problem, Some("clock_wrong")));
}
