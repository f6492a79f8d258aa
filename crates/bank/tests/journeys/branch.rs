//! The branch's console beside a running bank: every way on which nobody in the company can help ends here.

use std::io::Write;
use std::process::{Command, Stdio};

use inkan_bank::Branch;
use inkan_protocol::path;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::audit::log;
use crate::house::{HANAKO, House, ICHIRO, KEIYAKU, OKMATE, SHINKIN, request};
use crate::tokens_in_hand::stock;

/// What the console answers, or why it did not do it.
fn branch(house: &House, arguments: &[&str], answers: Option<&Value>) -> Result<Value, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inkan-bank"));
    command.arg("branch").args(house.storage_arguments()).args(arguments).env_remove("RUST_LOG");
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
    let house = House::with_profile(OKMATE).await;
    let lost = house.acquire(ICHIRO).await;
    house.code(ICHIRO).await.refused("certificate_already_issued");
    let done = branch(&house, &["certificates", "revoke", "--user", "ichirodt"], None).unwrap();
    assert_eq!(done["certificate"]["state"], "revoked");
    house.certificate_login(&lost).log_in_here(ICHIRO.1).await.refused("certificate_revoked");
    let new = house.acquire(ICHIRO).await;
    house.log_in_with(&new, ICHIRO.1).await.get(path::TOP).await.ok();
    let recorded = log(&house).await;
    let event = recorded.iter().map(|record| &record["event"]).find(|event| event["act"] == "certificate_revoked");
    assert_eq!(event.unwrap()["actor"], "branch");
    let refused = branch(&house, &["certificates", "keep", "--user", "nobody"], None).unwrap_err();
    assert!(refused.contains("user_unknown"), "{refused}");
}

#[tokio::test]
async fn s3_4_s4_4_an_administrators_own_is_reissued_by_the_branch() {
    let house = House::with_profile(KEIYAKU).await;
    let asked = json!({"contract": "00009876543", "user": "kanrisya", "login_password": "Kanri2026"});
    let old = house.acquire_by(&asked).await;
    let whose = ["--user", "kanrisya", "--contract", "00009876543"];
    let done = branch(&house, &[&["certificates", "reissue"], &whose[..]].concat(), None).unwrap();
    assert_eq!(done["issue"]["issue_number"], 2);
    house.certificate_login(&old).log_in_here("Kanri2026").await.refused("certificate_revoked");
    house.acquire_by(&asked).await;
    let missing = branch(&house, &["certificates", "reissue", "--user", "kanrisya"], None).unwrap_err();
    assert!(missing.contains("user_unknown"), "without the contract number: {missing}");

    let house = House::with_profile(SHINKIN).await;
    let master = ("keir001", "Keiri2026");
    house.acquire(master).await;
    branch(&house, &["certificates", "reissue", "--user", "keir001"], None).unwrap();
    let card = house.acquire(master).await;
    let top = house.log_in_with(&card, master.1).await.get(path::TOP).await.ok();
    assert!(top["notices"].as_array().unwrap().iter().all(|line| !line["title"]["ja"].as_str().unwrap().is_empty()));
}

#[tokio::test]
async fn m5_the_branch_unlocks_whom_no_other_administrator_can() {
    let house = House::with_profile(SHINKIN).await;
    for _ in 0..6 {
        house.portal().log_in(("keir001", "Wrong2026")).await.refused("login_failed");
    }
    house.portal().log_in(("keir001", "Keiri2026")).await.refused("login_password_locked");
    let done = branch(&house, &["users", "unlock", "--user", "keir001"], None).unwrap();
    assert_eq!(done["locked"], json!([]));
    house.log_in(("keir001", "Keiri2026")).await;
    let answers = json!({"login_password": "Atara2026"});
    branch(&house, &["users", "set-password", "--user", "keir001", "--answers", "-"], Some(&answers)).unwrap();
    assert_eq!(house.portal().log_in(("keir001", "Atara2026")).await.ok()["next"], "password_change");
}

#[tokio::test]
async fn m7_only_the_branch_opens_a_stopped_contract() {
    let house = House::with_profile(OKMATE).await;
    let hanako = house.log_in(HANAKO).await;
    hanako.post(path::FREEZE, &json!({"confirmation_password": "Kakunin01"})).await.ok();
    house.portal().log_in(HANAKO).await.refused("contract_frozen");
    let refused = branch(&house, &["enrolment-code", "--user", "hanakodt"], None).unwrap_err();
    assert!(refused.contains("contract_frozen"), "{refused}");
    let open = branch(&house, &["contracts", "unfreeze", "demo"], None).unwrap();
    assert_eq!(open[0]["frozen"], Value::Null);
    house.log_in(HANAKO).await;
    branch(&house, &["contracts", "freeze", "demo"], None).unwrap();
    house.portal().log_in(HANAKO).await.refused("contract_frozen");
}

#[tokio::test]
async fn a_code_of_the_branch_opens_est_to_any_client() {
    let house = House::with_profile(KEIYAKU).await;
    let whose = ["--user", "kanrisya", "--contract", "00009876543"];
    let code = branch(&house, &[&["enrolment-code"], &whose[..]].concat(), None).unwrap();
    let basic = (code["user"].as_str().unwrap(), code["code"].as_str().unwrap());
    let key = rcgen::KeyPair::generate().unwrap();
    house.portal().enroll(basic, &request(&key)).await.unwrap();
    let again = branch(&house, &[&["enrolment-code"], &whose[..]].concat(), None).unwrap_err();
    assert!(again.contains("certificate_already_issued"), "{again}");
}

#[tokio::test]
async fn s3_10_two_contracts_may_use_the_same_login_id() {
    let house = House::with_profile(KEIYAKU).await;
    let other = "00001111111";
    let refused = branch(&house, &["contracts", "add", "1", "--company", "別会社"], None).unwrap_err();
    assert!(refused.contains("not a contract number"), "{refused}");
    branch(&house, &["contracts", "add", other, "--company", "別会社株式会社"], None).unwrap();
    let person = ["--contract", other, "--id", "kanrisya", "--name", "別 花子", "--role", "administrator"];
    let add = [&["users", "add"], &person[..], &["--answers", "-"]].concat();
    let weak = branch(&house, &add, Some(&json!({"login_password": "short"}))).unwrap_err();
    assert!(weak.contains("password_rule_broken"), "{weak}");
    let answers = json!({"login_password": "Betsu2026"});
    branch(&house, &add, Some(&answers)).unwrap();
    assert!(branch(&house, &add, Some(&answers)).unwrap_err().contains("already"));
    branch(&house, &["certificates", "reissue", "--user", "kanrisya", "--contract", other], None).unwrap();

    let theirs = json!({"contract": other, "user": "kanrisya", "login_password": "Betsu2026"});
    let card = house.acquire_by(&theirs).await;
    let mut visitor = house.certificate_login(&card);
    let asked = json!({"entrance": "administrators", "login_password": "Betsu2026"});
    let granted = visitor.post(path::SESSIONS, &asked).await.ok();
    assert_eq!((&granted["person"]["id"], &granted["next"]), (&json!("kanrisya"), &json!("password_change")));
    visitor.take(&granted);
    let change = json!({
        "login_password": "Betsu2026", "new_login_password": "Betsu2027", "new_confirmation_password": "Kakunin99",
    });
    visitor.post(path::PASSWORDS, &change).await.ok();
    let users = visitor.get(path::USERS).await.ok();
    assert_eq!(users.as_array().unwrap().len(), 1, "the other contract's people are not theirs: {users}");
    visitor.get("/v1/users/riyousya").await.refused("user_unknown");
    let ours = json!({"contract": "00009876543", "user": "kanrisya", "login_password": "Betsu2027"});
    house.portal().post(path::ENROLMENT_CODES, &ours).await.refused("login_failed");
}

#[tokio::test]
async fn s2_8_a_lost_token_is_revoked_by_the_branch_and_the_next_handed_out() {
    let house = House::with_profile(OKMATE).await;
    let delivery = house.data.path().join("delivery.csv");
    let line = "53456789,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,2031-03-05T00:00:00Z,60,6,sha1";
    std::fs::write(&delivery, format!("serial,secret,expires,step,digits,digest\n{line}\n")).unwrap();
    let done = branch(&house, &["tokens", "revoke", "--user", "hanakodt"], None).unwrap();
    assert_eq!((&done["token"]["state"], &done["token"]["serial"]), (&json!("revoked"), &Value::Null), "S2-14");
    let import = ["tokens", "import", delivery.to_str().unwrap(), "--format", "csv"];
    assert_eq!(branch(&house, &import, None).unwrap()["imported"], 1);
    let twice = branch(&house, &import, None).unwrap_err();
    assert!(twice.contains("53456789"), "{twice}");
    branch(&house, &["tokens", "hand-out", "53456789", "--contract", "demo", "--user", "hanakodt"], None).unwrap();
    let unlocked = branch(&house, &["tokens", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocked["unlocked"], false);
}

/// Names of people and companies become parts of the certificates' subjects.
#[tokio::test]
async fn texts_that_cannot_be_printed_as_they_are_are_refused() {
    let house = House::with_profile(OKMATE).await;
    branch(&house, &["contracts", "add", "c-1", "--company", "丸の内商事"], None).unwrap();
    let password = json!({"login_password": "Hajime2026"});
    for character in ["\u{1b}[31m", "\u{202e}", "\u{2066}", "\u{9b}", "\n"] {
        let company = format!("丸の内{character}商事");
        let refused = branch(&house, &["contracts", "add", "c-2", "--company", &company], None).unwrap_err();
        assert!(
            refused.contains("cannot be the name of a company") && !refused.trim_end().contains(character),
            "{refused:?}"
        );
        let number = format!("c{character}2");
        branch(&house, &["contracts", "add", &number, "--company", "丸の内商事"], None).unwrap_err();
        let name = format!("初{character}目");
        let add = ["users", "add", "--contract", "c-1", "--id", "hajime", "--name", &name, "--role", "general"];
        let add = [&add[..], &["--answers", "-"]].concat();
        let refused = branch(&house, &add, Some(&password)).unwrap_err();
        assert!(refused.contains("user_field_invalid") && !refused.trim_end().contains(character), "{refused:?}");
    }
    let contracts = branch(&house, &["contracts", "list"], None).unwrap();
    assert_eq!(contracts.as_array().unwrap().len(), 2, "{contracts}");
    assert_eq!(branch(&house, &["users", "list", "--contract", "c-1"], None).unwrap(), json!([]));
}

#[tokio::test]
async fn m5_an_unlock_that_opens_nothing_is_not_recorded() {
    let house = House::with_profile(OKMATE).await;
    let unlocks = async || log(&house).await.iter().filter(|record| record["event"]["act"] == "user_unlocked").count();
    branch(&house, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocks().await, 0);
    for _ in 0..6 {
        house.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    branch(&house, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    assert_eq!(unlocks().await, 1);
}

/// The bank refuses the code of a user whose login password is locked, so that the branch makes none.
#[tokio::test]
async fn m5_the_branch_makes_no_code_for_a_locked_user() {
    let house = House::with_profile(OKMATE).await;
    for _ in 0..6 {
        house.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    let refused = branch(&house, &["enrolment-code", "--user", "hanakodt"], None).unwrap_err();
    assert!(refused.contains("login_password_locked: user hanakodt"), "{refused}");
    branch(&house, &["users", "unlock", "--user", "hanakodt"], None).unwrap();
    branch(&house, &["enrolment-code", "--user", "hanakodt"], None).unwrap();
}

#[tokio::test]
async fn the_branch_goes_by_the_clock_that_it_is_given() {
    let house = House::open().await;
    house.advance(Duration::days(-400));
    let console = Branch::open(house.storage(), house.clock()).await.unwrap();
    console.freeze("demo").await.unwrap();
    let frozen = console.contracts().await.unwrap()[0].frozen.unwrap();
    assert_eq!(frozen, house.now().replace_nanosecond(0).unwrap());
    let code = console.unfreeze("demo").await.map(|_| console.enrolment_code(None, "hanakodt"));
    let expires = code.unwrap().await.unwrap().expires;
    assert!(expires > frozen && expires < frozen + Duration::days(1), "{expires}");
    stock(&house).await.hand_out("43456789", "demo", Some("shirodt")).await.unwrap();
    let at = log(&house).await.pop().unwrap()["at"].as_str().unwrap().to_owned();
    assert_eq!(OffsetDateTime::parse(&at, &Rfc3339).unwrap(), frozen);
}
