//! Tests a certificate store that does not open: each cause has its own text, some commands work without a store, and
//! the store can be used again afterwards.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use inkan_journeys::{Bank, Pc, TokenPc, output_of, program, softhsm};
use serde_json::{Value, json};

/// Runs `inkan --json` with data in `home` and `store` as `--store`. Returns the exit code and the JSON.
fn inkan(home: &Path, store: Option<&str>, language: &str, arguments: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(program("inkan"));
    command.args(["--json", "--lang", language]).env("INKAN_HOME", home).env_remove("INKAN_STORE");
    // A home of its own, so that nothing is made in that of the user who runs the tests.
    command.env("HOME", home).env_remove("XDG_DATA_HOME").stdin(Stdio::null());
    command.args(store.map(|store| format!("--store={store}"))).args(arguments);
    let output = command.output().unwrap();
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {output:?}"));
    (output.status.code(), value)
}

fn problem(home: &Path, store: &str, language: &str) -> Value {
    let (code, mut value) = inkan(home, Some(store), language, &["certificates", "list"]);
    assert_eq!(code, Some(1), "{store}: {value}");
    value["problem"].take()
}

#[test]
fn each_cause_has_its_own_code_and_words_that_name_the_place() {
    let directory = tempfile::tempdir().unwrap();
    let home = directory.path();
    let file = home.join("file");
    fs::write(&file, "neither folder nor library").unwrap();
    let damaged = home.join("damaged");
    fs::create_dir(&damaged).unwrap();
    for name in ["cert9.db", "key4.db"] {
        fs::write(damaged.join(name), "no database").unwrap();
    }
    let (file, damaged) = (file.display().to_string(), damaged.display().to_string());
    let nowhere = home.join("nowhere").display().to_string();
    let cases = [
        (format!("nss:{nowhere}"), "store_folder_missing", nowhere.as_str()),
        (format!("nss:{file}"), "store_not_a_folder", &file),
        (format!("nss:{}", home.display()), "store_folder_foreign", "cert9.db"),
        (format!("nss:{damaged}"), "store_damaged", &damaged),
        (format!("pkcs11:{nowhere}.so"), "store_module_missing", &nowhere),
        (format!("pkcs11:{file}"), "store_module_not_a_library", &file),
        ("pkcs11:libc.so.6".to_owned(), "store_module_not_pkcs11", "libc.so.6"),
    ];
    let mut sentences = Vec::new();
    for (store, code, named) in &cases {
        for language in ["ja", "en"] {
            let problem = problem(home, store, language);
            assert_eq!(problem["code"], *code, "{store}");
            let [detail, next] = ["detail", "next"].map(|part| problem[part].as_str().unwrap().to_owned());
            assert!(detail.contains(named), "{detail}");
            assert!(next.contains("inkan settings store native"), "{next}");
            sentences.push(problem["title"].to_string() + &detail);
        }
    }
    let all = sentences.len();
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), all, "no sentence serves two causes");
    assert!(!Path::new(&nowhere).exists(), "nothing is made where a path was mistyped");
}

#[test]
fn a_token_that_is_not_there_is_told_with_those_that_are() {
    let pc = TokenPc::new();
    let store = format!("pkcs11:{}?token=nai", softhsm().display());
    let with_token = pc.command(&softhsm());
    let environment = with_token.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let mut command = Command::new(program("inkan"));
    command.envs(environment).args(["--json", "--store", &store, "certificates", "list"]);
    let output = command.output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    assert_eq!(value["problem"]["code"], "store_token_unknown");
    let detail = value["problem"]["detail"].as_str().unwrap();
    assert!(detail.contains("nai") && detail.contains("Journey"), "{detail}");
}

#[test]
fn what_needs_no_store_opens_none() {
    let bank = Bank::start();
    let directory = tempfile::tempdir().unwrap();
    let home = directory.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("settings.json"), r#"{"store":"pkcs11:/nai.so"}"#).unwrap();
    let ca = bank.ca().display().to_string();
    let without_store: [&[&str]; 6] = [
        &["settings", "show"],
        &["bank", "list"],
        &["bank", "add", bank.portal(), "--ca", &ca],
        &["probe", bank.portal(), "--ca", &ca],
        &["settings", "proxy", "--none"],
        &["bank", "remove", "okmate"],
    ];
    for arguments in without_store {
        let (code, value) = inkan(&home, None, "en", arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {value}");
    }
    let (_, probed) = inkan(&home, None, "en", &["probe", bank.portal(), "--ca", &ca]);
    assert_eq!(probed["store_problem"], "store_module_missing");
    let (_, report) = inkan(&home, None, "en", &["doctor"]);
    let store = report["checks"].as_array().unwrap().iter().find(|check| check["check"] == "store").unwrap();
    assert_eq!((&store["level"], &store["code"]), (&json!("problem"), &json!("store_module_missing")));
    let (code, value) = inkan(&home, None, "en", &["certificates", "list"]);
    assert_eq!((code, &value["problem"]["code"]), (Some(1), &json!("store_module_missing")));

    let (code, _) = inkan(&home, None, "en", &["settings", "store", "native"]);
    assert_eq!(code, Some(0), "the way back needs no store");
    assert_eq!(inkan(&home, None, "en", &["certificates", "list"]), (Some(0), json!([])));
    assert!(home.join(".local/share/pki/nssdb/cert9.db").is_file(), "this system's own store is made at its first use");
}

#[test]
fn a_store_is_kept_only_if_it_opens() {
    let pc = Pc::new();
    let home = pc.home();
    let kept = || inkan(&home, None, "en", &["settings", "show"]).1["store"].take();
    for (store, code) in [
        ("pkcs11:/nai.so".to_owned(), "store_module_missing"),
        ("pkcs11:libc.so.6".to_owned(), "store_module_not_pkcs11"),
        (format!("nss:{}", home.join("nowhere").display()), "store_folder_missing"),
    ] {
        let (exit, value) = inkan(&home, None, "en", &["settings", "store", &store]);
        assert_eq!((exit, &value["problem"]["code"]), (Some(1), &json!(code)), "{store}");
        assert_eq!(kept(), Value::Null);
    }
    let good = format!("nss:{}", pc.database().display());
    let (exit, value) = inkan(&home, None, "en", &["settings", "store", &good]);
    assert_eq!(exit, Some(0), "{value}");
    assert_eq!(kept(), json!(good));
}

#[test]
fn a_module_without_any_token_names_none() {
    let pc = TokenPc::new();
    std::fs::remove_dir_all(pc.tokens()).unwrap();
    std::fs::create_dir(pc.tokens()).unwrap();
    let store = format!("pkcs11:{}?token=nai", softhsm().display());
    let with_token = pc.command(&softhsm());
    for (language, words) in [("ja", "ほかに接続されているものもありません"), ("en", "no other one is connected")]
    {
        let environment = with_token.get_envs().filter_map(|(name, value)| Some((name, value?)));
        let mut command = Command::new(program("inkan"));
        command.envs(environment).args(["--json", "--lang", language, "--store", &store, "certificates", "list"]);
        let output = command.output().unwrap();
        let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        let problem = &value["problem"];
        assert_eq!(problem["code"], "store_token_unknown", "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
}

/// A window and a command open a new store at the same moment, both for the first time.
#[test]
fn those_who_open_a_new_store_at_once_find_no_fault_with_it() {
    for _ in 0..8 {
        let pc = Pc::new();
        let list = || {
            let mut command = pc.command();
            command.args(["certificates", "list"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let all = [list(), list(), list(), list()];
        for output in all.map(output_of) {
            assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "[]", "{output:?}");
        }
    }
}
