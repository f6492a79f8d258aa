//! Tests the branch's console beside a running bank. The branch helps a user if no other user of the company can.

use std::io::Write;
use std::process::{Command, Stdio};

use inkan_bank::Branch;
use inkan_protocol::path;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::audit::log;
use crate::test_bank::{HANAKO, ICHIRO, KEIYAKU, OKMATE, SHINKIN, TestBank, request};
use crate::tokens_in_hand::stock;

/// Returns the answer of the console, or the reason why it failed.
fn branch(bank: &TestBank, arguments: &[&str], answers: Option<&Value>) -> Result<Value, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inkan-bank"));
    command.arg("branch").args(bank.storage_arguments()).args(arguments).env_remove("RUST_LOG");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    if let Some(answers) = answers {
        input.write_all(answers.to_string().as_bytes()).unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    match output.status.success() {
        true => Ok(serde_json::from_slice(&output.stdout).unwrap()),
        false => Err(String::from_utf8(output.stderr).unwrap()),
    }
}

#[tokio::test]
async fn s0_11_a_sole_masters_certificate_is_revoked_on_paper_and_the_master_acquires_anew() {
    let bank = TestBank::with_profile(OKMATE).await;
    let lost = bank.acquire(ICHIRO).await;
    bank.code(ICHIRO).await.refused("certificate_already_issued");
    let done = branch(&bank, &["certificates", "revoke", "--user", "ichirodt"], None).unwrap();
    assert_eq!(done["certificate"]["state"], "revoked");
    bank.certificate_login(&lost).log_in_here(ICHIRO.1).await.refused("certificate_revoked");
    let new = bank.acquire(ICHIRO).await;
    bank.log_in_with(&new, ICHIRO.1).await.get(path::TOP).await.ok();
    let recorded = log(&bank).await;
    let event = recorded.iter().map(|record| &record["event"]).find(|event| event["act"] == "certificate_revoked");
    assert_eq!(event.unwrap()["actor"], "branch");
    let refused = branch(&bank, &["certificates", "keep", "--user", "nobody"], None).unwrap_err();
    assert!(refused.contains("user_unknown"), "{refused}");
}

#[tokio::test]
async fn s3_4_s4_4_an_administrators_own_is_reissued_by_the_branch() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let asked = json!({"contract": "00009876543", "user": "kanrisya", "login_password": "Kanri2026"});
    let old = bank.acquire_by(&asked).await;
    let whose = ["--user", "kanrisya", "--contract", "00009876543"];
    let done = branch(&bank, &[&["certificates", "reissue"], &whose[..]].concat(), None).unwrap();
    assert_eq!(done["issue"]["issue_number"], 2);
    bank.certificate_login(&old).log_in_here("Kanri2026").await.refused("certificate_revoked");
    bank.acquire_by(&asked).await;
    let missing = branch(&bank, &["certificates", "reissue", "--user", "kanrisya"], None).unwrap_err();
    assert!(missing.contains("user_unknown"), "without the contract number: {missing}");

    let bank = TestBank::with_profile(SHINKIN).await;
    let master = ("keir001", "Keiri2026");
    bank.acquire(master).await;
    branch(&bank, &["certificates", "reissue", "--user", "keir001"], None).unwrap();
    let issued = bank.acquire(master).await;
    let top = bank.log_in_with(&issued, master.1).await.get(path::TOP).await.ok();
    assert!(top["notices"].as_array().unwrap().iter().all(|line| !line["title"]["ja"].as_str().unwrap().is_empty()));
}

#[tokio::test]
async fn m5_the_branch_unlocks_whom_no_other_administrator_can() {
    let bank = TestBank::with_profile(SHINKIN).await;
    for _ in 0..6 {
        bank.portal().log_in(("keir001", "Wrong2026")).await.refused("login_failed");
    }
    bank.portal().log_in(("keir001", "Keiri2026")).await.refused("login_password_locked");
    let done = branch(&bank, &["users", "unlock", "--user", "keir001"], None).unwrap();
    assert_eq!(done["locked"], json!([]));
    bank.log_in(("keir001", "Keiri2026")).await;
    let answers = json!({"login_password": "Atara2026"});
    branch(&bank, &["users", "set-password", "--user", "keir001", "--answers", "-"], Some(&answers)).unwrap();
    assert_eq!(bank.portal().log_in(("keir001", "Atara2026")).await.ok()["next"], "password_change");
}

#[tokio::test]
async fn m7_only_the_branch_opens_a_stopped_contract() {
    let bank = TestBank::with_profile(OKMATE).await;
    let hanako = bank.log_in(HANAKO).await;
    hanako.post(path::FREEZE, &json!({"confirmation_password": "Kakunin01"})).await.ok();
    bank.portal().log_in(HANAKO).await.refused("contract_frozen");
    let refused = branch(&bank, &["enrolment-code", "--user", "hanakodt"], None).unwrap_err();
    assert!(refused.contains("contract_frozen"), "{refused}");
    let open = branch(&bank, &["contracts", "unfreeze", "demo"], None).unwrap();
    assert_eq!(open[0]["frozen"], Value::Null);
    bank.log_in(HANAKO).await;
    branch(&bank, &["contracts", "freeze", "demo"], None).unwrap();
    bank.portal().log_in(HANAKO).await.refused("contract_frozen");
}

#[tokio::test]
async fn a_code_of_the_branch_opens_est_to_any_client() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let whose = ["--user", "kanrisya", "--contract", "00009876543"];
    let code = branch(&bank, &[&["enrolment-code"], &whose[..]].concat(), None).unwrap();
    let basic = (code["user"].as_str().unwrap(), code["code"].as_str().unwrap());
    let key = rcgen::KeyPair::generate().unwrap();
    bank.portal().enroll(basic, &request(&key)).await.unwrap();
    let again = branch(&bank, &[&["enrolment-code"], &whose[..]].concat(), None).unwrap_err();
    assert!(again.contains("certificate_already_issued"), "{again}");
}

#[tokio::test]
async fn s3_10_two_contracts_may_use_the_same_login_id() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let other = "00001111111";
    let refused = branch(&bank, &["contracts", "add", "1", "--company", "別会社"], None).unwrap_err();
    assert!(refused.contains("not a contract number"), "{refused}");
    branch(&bank, &["contracts", "add", other, "--company", "別会社株式会社"], None).unwrap();
    let person = ["--contract", other, "--id", "kanrisya", "--name", "別 花子", "--role", "administrator"];
    let add = [&["users", "add"], &person[..], &["--answers", "-"]].concat();
    let weak = branch(&bank, &add, Some(&json!({"login_password": "short"}))).unwrap_err();
    assert!(weak.contains("password_rule_broken"), "{weak}");
    let answers = json!({"login_password": "Betsu2026"});
    branch(&bank, &add, Some(&answers)).unwrap();
    assert!(branch(&bank, &add, Some(&answers)).unwrap_err().contains("already"));
    branch(&bank, &["certificates", "reissue", "--user", "kanrisya", "--contract", other], None).unwrap();

    let mut theirs = json!({"contract": other, "user": "kanrisya", "login_password": "Betsu2026"});
    let refused = bank.portal().post(path::ENROLMENT_CODES, &theirs).await.refused("password_change_required");
    assert_eq!(refused["params"], json!({"by": "another", "passwords": "login confirmation"}));
    theirs["chosen_passwords"] = json!({"new_login_password": "Betsu2027", "new_confirmation_password": "Kakunin99"});
    let issued = bank.acquire_by(&theirs).await;
    let mut client = bank.certificate_login(&issued);
    let at = |pin: &str| json!({"entrance": "administrators", "login_password": pin});
    client.post(path::SESSIONS, &at("Betsu2026")).await.refused("login_failed");
    let granted = client.post(path::SESSIONS, &at("Betsu2027")).await.ok();
    assert_eq!((&granted["person"]["id"], &granted["next"]), (&json!("kanrisya"), &json!("top")));
    client.take(&granted);
    let top = client.get(path::TOP).await.ok();
    assert!(top["notices"][0]["title"]["ja"].as_str().unwrap().contains("パスワードが設定されました"), "{top}");
    let users = client.get(path::USERS).await.ok();
    assert_eq!(users.as_array().unwrap().len(), 1, "the other contract's people are not theirs: {users}");
    client.get("/v1/users/riyousya").await.refused("user_unknown");
    let ours = json!({"contract": "00009876543", "user": "kanrisya", "login_password": "Betsu2027"});
    bank.portal().post(path::ENROLMENT_CODES, &ours).await.refused("login_failed");
}

#[tokio::test]
async fn s2_8_a_lost_token_is_revoked_by_the_branch_and_the_next_handed_out() {
    let bank = TestBank::with_profile(OKMATE).await;
    let delivery = bank.data.path().join("delivery.csv");
    let line = "53456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2031-03-05T00:00:00Z,60,6,sha1";
    std::fs::write(&delivery, format!("serial,secret,expires,step,digits,digest\n{line}\n")).unwrap();
    let done = branch(&bank, &["tokens", "revoke", "--user", "hanakodt"], None).unwrap();
    assert_eq!((&done["token"]["state"], &done["token"]["serial"]), (&json!("revoked"), &Value::Null), "S2-14");
    let import = ["tokens", "import", delivery.to_str().unwrap(), "--format", "csv"];
    assert_eq!(branch(&bank, &import, None).unwrap()["imported"], 1);
    let twice = branch(&bank, &import, None).unwrap_err();
    assert!(twice.contains("53456789"), "{twice}");
    branch(&bank, &["tokens", "hand-out", "53456789", "--contract", "demo", "--user", "hanakodt"], None).unwrap();
    let unlocked = branch(&bank, &["tokens", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocked["unlocked"], false);
}

/// Names of people and companies become parts of the subjects of certificates.
#[tokio::test]
async fn texts_that_cannot_be_printed_as_they_are_are_refused() {
    let bank = TestBank::with_profile(OKMATE).await;
    branch(&bank, &["contracts", "add", "c-1", "--company", "丸の内商事"], None).unwrap();
    let password = json!({"login_password": "Hajime2026"});
    for character in ["\u{1b}[31m", "\u{202e}", "\u{2066}", "\u{9b}", "\n"] {
        let company = format!("丸の内{character}商事");
        let refused = branch(&bank, &["contracts", "add", "c-2", "--company", &company], None).unwrap_err();
        assert!(
            refused.contains("is not a valid name of a company") && !refused.trim_end().contains(character),
            "{refused:?}"
        );
        let number = format!("c{character}2");
        branch(&bank, &["contracts", "add", &number, "--company", "丸の内商事"], None).unwrap_err();
        let name = format!("初{character}目");
        let add = ["users", "add", "--contract", "c-1", "--id", "hajime", "--name", &name, "--role", "general"];
        let add = [&add[..], &["--answers", "-"]].concat();
        let refused = branch(&bank, &add, Some(&password)).unwrap_err();
        assert!(refused.contains("user_field_invalid") && !refused.trim_end().contains(character), "{refused:?}");
    }
    let contracts = branch(&bank, &["contracts", "list"], None).unwrap();
    assert_eq!(contracts.as_array().unwrap().len(), 2, "{contracts}");
    assert_eq!(branch(&bank, &["users", "list", "--contract", "c-1"], None).unwrap(), json!([]));
}

#[tokio::test]
async fn m5_an_unlock_that_opens_nothing_is_not_recorded() {
    let bank = TestBank::with_profile(OKMATE).await;
    let unlocks = async || log(&bank).await.iter().filter(|record| record["event"]["act"] == "user_unlocked").count();
    branch(&bank, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocks().await, 0);
    for _ in 0..6 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    branch(&bank, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocks().await, 1);
}

/// The bank refuses the code of a user whose login password is locked, so the branch does not make one.
#[tokio::test]
async fn m5_the_branch_makes_no_code_for_a_locked_user() {
    let bank = TestBank::with_profile(OKMATE).await;
    for _ in 0..6 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    let refused = branch(&bank, &["enrolment-code", "--user", "hanakodt"], None).unwrap_err();
    assert!(refused.contains("login_password_locked: user hanakodt"), "{refused}");
    branch(&bank, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    branch(&bank, &["enrolment-code", "--user", "hanakodt"], None).unwrap();
}

#[tokio::test]
async fn the_branch_goes_by_the_clock_that_it_is_given() {
    let bank = TestBank::open().await;
    bank.advance(Duration::days(-400));
    let console = Branch::open(bank.storage(), bank.clock()).await.unwrap();
    console.freeze("demo").await.unwrap();
    let frozen = console.contracts().await.unwrap()[0].frozen.unwrap();
    assert_eq!(frozen, bank.now().replace_nanosecond(0).unwrap());
    let code = console.unfreeze("demo").await.map(|_| console.enrolment_code(None, "hanakodt"));
    let expires = code.unwrap().await.unwrap().expires;
    assert!(expires > frozen && expires < frozen + Duration::days(1), "{expires}");
    stock(&bank).await.hand_out("43456789", "demo", Some("shirodt")).await.unwrap();
    let at = log(&bank).await.pop().unwrap()["at"].as_str().unwrap().to_owned();
    assert_eq!(OffsetDateTime::parse(&at, &Rfc3339).unwrap(), frozen);
}
