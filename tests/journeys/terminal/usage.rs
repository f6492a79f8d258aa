//! Usage errors in the person's language, for people and for programs; a name where an ID is needed.

use std::process::Stdio;

use inkan_journeys::{Authority, Pc, VALID};
use serde_json::Value;

use super::inkan;

#[test]
fn every_kind_of_usage_error_is_in_both_languages() {
    let pc = Pc::new();
    let errors: &[(&[&str], &str, &str)] = &[
        (&["certificates", "import", "a", "b"], "「b」という指定はありません", "no “b” here"),
        (&["certificates", "import"], "FILE", "FILE"),
        (&["certificates", "lst"], "「list」ではありませんか", "Did you mean “list”"),
        (&["nai"], "「nai」というコマンドはありません", "no command “nai”"),
        (&["bank"], "続けてコマンドを指定してください", "A command must follow"),
        (&["--nai"], "「--nai」という指定はありません", "no “--nai” here"),
        (&["acquire", "--bank", "b", "--user", "u", "--key", "dsa"], "ec-p256, rsa-2048", "ec-p256, rsa-2048"),
        (&["acquire", "--bank"], "値を指定してください", "needs a value"),
        (
            &["login", "--bank", "b", "--user", "u", "--certificate", "c"],
            "一緒に指定できません",
            "cannot be given together",
        ),
        (&["login", "--bank", "b", "--bank", "c"], "一度だけ", "only once"),
        (&["settings", "forget", "x"], "「x」は", "“x” cannot be given"),
        (&["users", "--bank", "b", "certificate", "x"], "--keep", "--keep"),
    ];
    for (arguments, ja, en) in errors {
        for (language, words) in [("ja", ja), ("en", en)] {
            let ended = inkan(&pc, language, arguments).stdin(Stdio::null()).output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains(words), "{arguments:?}: {words} in {said}");
            assert!(said.contains("--help"), "{arguments:?}: {said}");
            assert!(!said.contains("error:") && ended.stdout.is_empty(), "{arguments:?}: {said}");

            let mut program = inkan(&pc, language, arguments);
            let ended = program.arg("--json").stdin(Stdio::null()).output().unwrap();
            assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
            let value: Value =
                serde_json::from_slice(&ended.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {ended:?}"));
            assert_eq!(value["problem"]["code"], "usage_invalid", "{arguments:?}");
        }
    }
}

/// Without `--lang`, the system's language is used.
#[test]
fn a_usage_error_follows_the_systems_language() {
    let pc = Pc::new();
    let mut command = std::process::Command::new(inkan_journeys::program("inkan"));
    command.args(["certificates", "import", "a", "b"]).env("INKAN_HOME", pc.home()).env_remove("LC_ALL");
    command.env_remove("LC_MESSAGES").env("LANG", "ja_JP.UTF-8");
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains("コマンドの指定が正しくありません"), "{said}");
    let help = inkan(&pc, "ja", &["certificates", "--help"]).output().unwrap();
    let said = String::from_utf8(help.stdout).unwrap();
    for heading in ["使い方", "コマンド", "オプション"] {
        assert!(said.contains(heading), "{heading} in {said}");
    }
    for english in ["Usage", "Options", "Print", "possible values"] {
        assert!(!said.contains(english), "{english} in {said}");
    }
    let other_way = inkan(&pc, "ja", &["help", "certificates"]).output().unwrap();
    assert_eq!(String::from_utf8(other_way.stdout).unwrap(), said);
    let nothing = inkan(&pc, "ja", &[]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8(nothing.stderr).unwrap().contains("使い方"), "help, beside what is missing");
}

/// Several certificates may have one name, so a name is not an ID.
#[test]
fn a_name_in_the_place_of_an_id_asks_for_the_id() {
    let (pc, authority) = (Pc::new(), Authority::new("A stranger"));
    pc.inkan(&["certificates"], None).done();
    let one = pc.take_in(&authority.client("hanakodt", VALID));
    let delete = ["certificates", "delete", "hanakodt", "--yes"];
    let problem = pc.inkan(&delete, None).problem();
    assert_eq!(problem["code"], "certificate_id_needed");
    assert!(problem["detail"].as_str().unwrap().contains(&one[..16]), "{problem}");
    let two = pc.take_in(&Authority::new("Another").client("hanakodt", VALID));
    let problem = pc.inkan_in("en", &["certificates", "show", "HANAKODT"], None).problem();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&one[..16]) && detail.contains(&two[..16]), "{problem}");
    // The text is too short to identify a certificate. The answer is not that there is none.
    assert_eq!(pc.inkan(&["certificates", "show", &one[..4]], None).problem()["code"], "certificate_id_needed");
    assert_eq!(pc.inkan(&["certificates", "show", "nai"], None).problem()["code"], "certificate_not_found");
    assert_eq!(pc.certutil_keys(), 2, "nothing was deleted");
}
