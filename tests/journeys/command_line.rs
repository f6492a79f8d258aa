//! The main journey by the command line alone: a new PC gets its certificate, logs in, has it revoked, and ends empty.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

#[test]
fn a_new_pc_gets_its_certificate_logs_in_and_is_left_clean() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let hanako = json!({ "login_password": bank.secret("hanakodt", "login_password") });

    let acquired = pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], Some(hanako.clone())).done();
    assert_eq!(acquired["steps"], json!(["checked_by_bank", "key_made", "request_sent", "installed", "bank_notified"]));
    let id = acquired["certificate"]["id"].as_str().unwrap();

    // S1-2: the name is the login ID.
    let listed = pc.inkan(&["certificates"], None).done();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["name"], "hanakodt");
    assert_eq!(listed[0]["id"], id);
    assert_eq!(listed[0]["bank"], "okmate");
    assert_eq!(listed[0]["usable"], true);
    assert_eq!(listed[0]["key"], json!({ "algorithm": "EC", "bits": 256, "protection": "file" }));

    // NSS's own tool lists the same certificate as the user's own, under a readable name.
    assert_eq!(pc.certutil_certificates(), [("hanakodt (OKメイト・WEB)".to_owned(), "u,u,u".to_owned())]);
    assert_eq!(pc.certutil_keys(), 1);

    // S1-3, S1-4: the certificate and the login password alone.
    let login = pc.inkan(&["login", "--bank", "okmate", "--certificate", id], Some(hanako.clone())).done();
    assert_eq!(login["person"], json!({ "id": "hanakodt", "name": "ゲータ 花子", "role": "administrator" }));
    assert_eq!(login["connection"]["protocol"], "TLSv1.3");
    assert_eq!(login["connection"]["certificate"], "hanakodt");
    assert_eq!(login["top"]["method"], "certificate");

    // S1-6, S0-3: the other way to log in, which this profile allows beside a certificate.
    let login = pc.inkan(&["login", "--bank", "okmate", "--user", "hanakodt"], Some(hanako.clone())).done();
    assert_eq!(login["connection"]["certificate"], json!(null));
    // S1-16: the last logins, this one first.
    let methods: Vec<_> = login["top"]["logins"].as_array().unwrap().iter().map(|l| l["method"].clone()).collect();
    assert_eq!(methods, ["id_password", "certificate"]);

    // S0-6, S0-13: the master revokes, with their own confirmation password.
    let ichiro = json!({
        "login_password": bank.secret("ichirodt", "login_password"),
        "confirmation_password": bank.secret("ichirodt", "confirmation_password"),
    });
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", "hanakodt", "--revoke", "--yes"];
    let record = pc.inkan(&revoke, Some(ichiro)).done();
    assert_eq!(record["certificate"]["state"], "revoked");
    assert_eq!(record["certificate"]["fingerprint_sha256"], id);

    let refused = pc.inkan(&["login", "--bank", "okmate", "--certificate", id], Some(hanako.clone())).problem();
    assert_eq!(refused["code"], "certificate_revoked");
    let listed = pc.inkan(&["certificates"], None).done();
    assert_eq!(listed[0]["reasons"], json!(["revoked"]), "what the bank said is remembered");
    assert_eq!(pc.inkan(&["login", "--bank", "okmate"], Some(hanako)).problem()["code"], "no_usable_certificate");

    let deleted = pc.inkan(&["certificates", "delete", id, "--yes"], None).done();
    assert_eq!(deleted, json!([{ "id": id, "key": "gone" }]));
    pc.assert_empty();
}

#[test]
fn s0_8_revoke_first_then_issue_anew() {
    let bank = Bank::start();
    let old = Pc::with(&bank);
    let new = Pc::with(&bank);
    let first = old.acquire(&bank, "ichirodt");
    let ichiro = json!({
        "login_password": bank.secret("ichirodt", "login_password"),
        "confirmation_password": bank.secret("ichirodt", "confirmation_password"),
    });

    // M2: an ID has one live certificate, so the new PC must wait. Nothing is left on it.
    let acquire = ["acquire", "--bank", "okmate", "--user", "ichirodt"];
    assert_eq!(new.inkan(&acquire, Some(ichiro.clone())).problem()["code"], "certificate_already_issued");
    new.assert_empty();

    // S0-9: the master revokes their own certificate on the old PC, logged in with it.
    let id = first["id"].as_str().unwrap();
    let revoke = ["users", "--bank", "okmate", "--certificate", id, "certificate", "ichirodt", "--revoke", "--yes"];
    let record = old.inkan(&revoke, Some(ichiro.clone())).done();
    assert_eq!(record["certificate"]["state"], "revoked");

    let second = new.inkan(&acquire, Some(ichiro.clone())).done();
    assert_ne!(second["certificate"]["id"], first["id"]);
    new.inkan(&["login", "--bank", "okmate"], Some(ichiro)).done();
}

#[test]
fn a_key_of_the_other_kind_logs_in_too() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let jiro = json!({ "login_password": bank.secret("jirodt", "login_password") });
    let acquire = ["acquire", "--bank", "okmate", "--user", "jirodt", "--key", "rsa-2048"];
    let row = pc.inkan(&acquire, Some(jiro.clone())).done()["certificate"].take();
    assert_eq!((&row["key"]["algorithm"], &row["key"]["bits"]), (&json!("RSA"), &json!(2048)));
    let login = pc.inkan(&["login", "--bank", "okmate"], Some(jiro)).done();
    assert_eq!(login["connection"]["certificate"], "jirodt");
}

#[test]
fn s1_7_the_first_login_changes_the_passwords() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let login = ["login", "--bank", "okmate", "--user", "shirodt"];
    let old = bank.secret("shirodt", "login_password");
    let answers = |new: &str, confirmation: &str| json!({ "login_password": old, "new_login_password": new, "new_confirmation_password": confirmation });
    assert_eq!(pc.inkan(&login, Some(json!({ "login_password": old }))).problem()["code"], "password_change_required");
    // S1-9 and S1-10.
    for (new, confirmation) in [("short1", "short1"), ("lettersonly", "Kakunin99"), ("Shiro2027", "shirodt")] {
        assert_eq!(pc.inkan(&login, Some(answers(new, confirmation))).problem()["code"], "password_rule_broken");
    }
    let done = pc.inkan(&login, Some(answers("Shiro2027", "Kakunin99"))).done();
    // S1-13: the activation of the token is skipped, and offered again.
    assert_eq!((&done["next"], &done["token"]["offered"]), (&json!("top"), &json!(true)));
    assert_eq!(pc.inkan(&login, Some(json!({ "login_password": old }))).problem()["code"], "login_failed");
    pc.inkan(&login, Some(json!({ "login_password": "Shiro2027" }))).done();
}

/// A missing answer is named in words, and by the key or the option that gives it.
#[test]
fn what_is_missing_is_named_in_words() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let login = ["login", "--bank", "okmate", "--user", "ichirodt"];
    let freeze = ["users", "--bank", "okmate", "--user", "ichirodt", "freeze"];
    let password = json!({ "login_password": bank.secret("ichirodt", "login_password") });
    let cases: [(&[&str], Value, [&str; 2]); 2] = [
        (&login, json!({}), ["ログインパスワード（login_password）", "the login password (login_password)"]),
        (&freeze, password, ["オプション --yes", "the option --yes"]),
    ];
    for (arguments, answers, words) in &cases {
        for (language, words) in ["ja", "en"].into_iter().zip(words) {
            let refused = pc.inkan_in(language, arguments, Some(answers.clone())).problem();
            assert_eq!(refused["code"], "answer_missing");
            assert!(refused["detail"].as_str().unwrap().contains(words), "{refused}");
        }
    }
    let role = ["change-pc", "--bank", "okmate", "--method", "certificate", "--role", "king"];
    for (language, name) in [("ja", "master (マスターユーザ)"), ("en", "master (Master user)")] {
        let refused = pc.inkan_in(language, &role, Some(json!({})));
        assert!(refused.value.to_string().contains(name), "{}", refused.value);
    }
}

/// The error names the kind of the answers' file.
#[test]
fn answers_of_another_kind_are_called_so() {
    let pc = Pc::new();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("answers.json");
    for (text, ja, en) in [
        ("", "空です", "is empty"),
        ("\n \n", "空です", "is empty"),
        ("[1]", "オブジェクトではありません", "not an object"),
        ("\"s3cret\"", "オブジェクトではありません", "not an object"),
        ("{1}", "JSONの書き方と合いません", "not JSON"),
    ] {
        std::fs::write(&file, text).unwrap();
        for (language, words) in [("ja", ja), ("en", en)] {
            let list = ["--answers", file.to_str().unwrap(), "certificates", "list"];
            let refused = pc.inkan_in(language, &list, None).problem();
            assert_eq!(refused["code"], "answers_not_json", "{text:?}");
            assert!(refused["detail"].as_str().unwrap().contains(words), "{text:?}: {refused}");
        }
    }
}
