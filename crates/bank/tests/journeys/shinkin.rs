//! Tests ID maintenance (S4), and what else its profile demands: issue before acquisition, deadlines, grace.

use inkan_protocol::path;
use serde_json::{Value, json};
use time::Duration;

use crate::test_bank::{Answer, SHINKIN, TestBank, TestClient};

const MASTER: (&str, &str) = ("keir001", "Keiri2026");
const APPROVER: (&str, &str) = ("keir002", "Yakus2026");
const GENERAL: (&str, &str) = ("keir003", "Ippan2026");
/// The confirmation password of the master (登録確認用パスワード).
const CONFIRMATION: &str = "Touro1";

async fn edit(client: &TestClient, user: &str, change: Value) -> Answer {
    let mut body = json!({"confirmation_password": CONFIRMATION});
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    client.patch(&path::USER_SETTINGS.replace("{id}", user), &body).await
}

async fn settings(client: &TestClient, user: &str) -> Value {
    client.get(&path::USER_SETTINGS.replace("{id}", user)).await.ok()
}

async fn unlock(client: &TestClient, user: &str, confirmation: &str) -> Answer {
    let path = path::USER_UNLOCK.replace("{id}", user);
    client.post(&path, &json!({"confirmation_password": confirmation})).await
}

#[tokio::test]
async fn s4_2_s4_3_the_master_id_maintains_and_nobody_else() {
    let bank = TestBank::with_profile(SHINKIN).await;
    for (who, confirmation) in [(APPROVER, "Touro2"), (GENERAL, "Touro3")] {
        let client = bank.log_in(who).await;
        client.get(path::USERS).await.refused("not_permitted");
        client.get("/v1/users/keir002/settings").await.refused("not_permitted");
        edit(&client, "keir003", json!({"name": "x"})).await.refused("not_permitted");
        unlock(&client, "keir003", confirmation).await.refused("not_permitted");
        for act in ["keep", "reissue", "revoke"] {
            for subject in ["keir001", "keir002", "keir003"] {
                client.change_certificate(subject, act, confirmation).await.refused("not_permitted");
            }
        }
        let freeze = json!({"confirmation_password": confirmation});
        client.post(path::FREEZE, &freeze).await.refused("not_permitted");
    }
    let master = bank.log_in(MASTER).await;
    let users = master.get(path::USERS).await.ok();
    let ids: Vec<_> = users.as_array().unwrap().iter().map(|user| user["person"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["keir001", "keir002", "keir003"]);
    for subject in ["keir002", "keir003"] {
        master.change_certificate(subject, "keep", CONFIRMATION).await.ok();
        master.change_certificate(subject, "reissue", CONFIRMATION).await.ok();
        master.change_certificate(subject, "revoke", CONFIRMATION).await.ok();
    }
}

#[tokio::test]
async fn s4_4_the_master_ids_own_is_for_the_bank() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let issued = bank.acquire(MASTER).await;
    let master = bank.log_in_with(&issued, MASTER.1).await;
    for act in ["keep", "reissue", "revoke"] {
        master.change_certificate("keir001", act, CONFIRMATION).await.refused("not_permitted");
    }
    let own = edit(&master, "keir001", json!({"certificate": "reissue"})).await;
    assert_eq!(own.refused("not_permitted")["params"]["helper"], "telephone", "S4-4");
    unlock(&master, "keir001", CONFIRMATION).await.refused("own_not_allowed");
}

#[tokio::test]
async fn s4_5_s4_15_reissued_on_the_page_and_acquired_by_the_user() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let old = bank.acquire(APPROVER).await;
    bank.code(APPROVER).await.refused("certificate_already_issued");
    let master = bank.log_in(MASTER).await;
    let done = edit(&master, "keir002", json!({"certificate": "reissue"})).await.ok();
    assert_eq!(done["person"]["id"], "keir002", "S4-14");
    assert_eq!(done["issue"]["issue_number"], 2, "M2");
    assert_eq!(done["issue"]["lapsed"], false);
    assert!(done["issue"]["deadline"].as_str().is_some(), "S4-11");
    bank.certificate_login(&old).log_in_here(APPROVER.1).await.refused("certificate_revoked");
    let new = bank.acquire(APPROVER).await;
    bank.log_in_with(&new, APPROVER.1).await.get(path::TOP).await.ok();
    let record = master.get("/v1/users/keir002").await.ok();
    assert_eq!(record["certificate"]["issue_number"], 2);
    assert_eq!(record["certificate"]["state"], "valid", "S4-10");
    assert_eq!(record["issue"], Value::Null, "S4-11: no deadline once acquired");
}

#[tokio::test]
async fn s4_11_m3_what_is_not_acquired_by_its_deadline_is_issued_again() {
    let bank = TestBank::with_profile(SHINKIN).await;
    bank.advance(Duration::days(61));
    bank.code(APPROVER).await.refused("acquisition_deadline_passed");
    let master = bank.log_in(MASTER).await;
    assert_eq!(master.get("/v1/users/keir002").await.ok()["issue"]["lapsed"], true);
    let keep = master.change_certificate("keir002", "keep", CONFIRMATION).await;
    assert_eq!(keep.refused("no_live_certificate")["params"]["remedy"], "reissue", "S3-2");
    let done = master.change_certificate("keir002", "reissue", CONFIRMATION).await.ok();
    assert_eq!(done["issue"]["issue_number"], 2);
    bank.acquire(APPROVER).await;
}

#[tokio::test]
async fn s4_15_nothing_is_acquired_that_nobody_issued() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let issued = bank.acquire(APPROVER).await;
    let master = bank.log_in(MASTER).await;
    master.change_certificate("keir002", "revoke", CONFIRMATION).await.ok();
    bank.certificate_login(&issued).log_in_here(APPROVER.1).await.refused("certificate_revoked");
    bank.code(APPROVER).await.refused("certificate_not_issued");
}

#[tokio::test]
async fn a_revocation_withdraws_what_was_issued_and_ends_its_codes() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let code = bank.code(APPROVER).await.ok()["code"].as_str().unwrap().to_owned();
    let master = bank.log_in(MASTER).await;
    master.change_certificate("keir002", "revoke", CONFIRMATION).await.ok();
    let key = rcgen::KeyPair::generate().unwrap();
    let refused = bank.portal().enroll(("keir002", &code), &crate::test_bank::request(&key)).await.unwrap_err();
    refused.refused("enrolment_code_invalid");
    bank.code(APPROVER).await.refused("certificate_not_issued");
}

#[tokio::test]
async fn q8_what_has_expired_cannot_be_kept() {
    let bank = TestBank::with_profile(SHINKIN).await;
    bank.acquire(APPROVER).await;
    bank.advance(Duration::days(366));
    let master = bank.log_in(MASTER).await;
    master.change_certificate("keir002", "keep", CONFIRMATION).await.refused("expired_not_kept");
    edit(&master, "keir002", json!({"certificate": "keep"})).await.refused("expired_not_kept");
    master.change_certificate("keir002", "reissue", CONFIRMATION).await.ok();
    bank.acquire(APPROVER).await;
}

#[tokio::test]
async fn m1_for_eighty_days_after_expiry_one_may_acquire_by_oneself() {
    let bank = TestBank::with_profile(SHINKIN).await;
    bank.acquire(APPROVER).await;
    bank.advance(Duration::days(365 + 80));
    bank.code(APPROVER).await.ok();
    bank.advance(Duration::SECOND);
    bank.code(APPROVER).await.refused("certificate_not_issued");
}

#[tokio::test]
async fn s4_7_q1_each_password_by_its_rule() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(MASTER).await;
    let broken = [
        (json!({"login_password": "abc12"}), "login", "too_short"),
        (json!({"login_password": "abcdefgh"}), "login", "not_mixed"),
        (json!({"new_confirmation_password": "Touro22"}), "confirmation", "exact_length"),
        (json!({"approval_password": "Syounin02"}), "approval", "exact_length"),
        (json!({"transfer_password": "Sousin00021"}), "transfer", "exact_length"),
        (json!({"transfer_password": "Sousin-002"}), "transfer", "character"),
    ];
    for (change, which, fault) in broken {
        let refused = edit(&master, "keir002", change).await.refused("password_rule_broken");
        assert_eq!((&refused["params"]["which"], &refused["params"]["fault"]), (&json!(which), &json!(fault)));
    }
    let all = json!({
        "login_password": "Atara2026", "new_confirmation_password": "Touro9",
        "approval_password": "Syounin009", "transfer_password": "Sousin0009",
    });
    edit(&master, "keir002", all).await.ok();
    bank.portal().log_in(APPROVER).await.refused("login_failed");
    let granted = bank.portal().log_in(("keir002", "Atara2026")).await.ok();
    assert_eq!(granted["next"], "password_change", "one that the administrator knows is not the user's own yet");
}

#[tokio::test]
async fn s4_7_a_general_user_has_no_approval_password() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(MASTER).await;
    let approval = json!({"approval_password": "Syounin003"});
    edit(&master, "keir003", approval.clone()).await.refused("user_field_not_allowed");
    let both = json!({"role": "approver", "approval_password": "Syounin003"});
    assert_eq!(edit(&master, "keir003", both).await.ok()["person"]["role"], "approver");
    edit(&master, "keir003", json!({"role": "general"})).await.ok();
    edit(&master, "keir003", approval).await.refused("user_field_not_allowed");
    edit(&master, "keir003", json!({"role": "master"})).await.refused("user_field_not_allowed");
}

#[tokio::test]
async fn s4_7_s4_8_s4_12_s4_13_all_that_is_set_or_nothing() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(MASTER).await;
    let before = settings(&master, "keir002").await;
    assert_eq!(before["companies"][0]["code"], "0010000001");
    assert_eq!((&before["companies"][0]["chosen"], &before["companies"][1]["chosen"]), (&json!(true), &json!(false)));
    let half = json!({"name": "経理役席", "companies": ["9999999999"]});
    edit(&master, "keir002", half).await.refused("user_field_invalid");
    // S4-8: an alarm after the period would never come.
    let late = edit(&master, "keir002", json!({"change_period_days": 30, "alarm_period_days": 31})).await;
    let params = late.refused("user_field_invalid")["params"].clone();
    assert_eq!((&params["alarm"], &params["change"]), (&json!("31"), &json!("30")));
    assert_eq!(settings(&master, "keir002").await, before);
    let change = json!({
        "name": "経理役席", "single_transfer": true, "transfer_limit_thousand_yen": 5000, "forced_change": true,
        "change_period_days": 90, "alarm_period_days": 7, "companies": ["0010000001", "0010000002"],
    });
    assert_eq!(edit(&master, "keir002", change).await.ok()["person"]["name"], "経理役席");
    let after = settings(&master, "keir002").await;
    assert_eq!(after["transfer_limit_thousand_yen"], 5000);
    assert_eq!((&after["single_transfer"], &after["forced_change"]), (&json!(true), &json!(true)));
    assert_eq!((&after["change_period_days"], &after["alarm_period_days"]), (&json!(90), &json!(7)));
    assert_eq!(after["companies"][1]["chosen"], true);
    assert_eq!(bank.portal().log_in(APPROVER).await.ok()["next"], "password_change", "S4-8");
    let wrong = json!({"name": "誰か", "confirmation_password": "Touro8"});
    master.patch("/v1/users/keir002/settings", &wrong).await.refused("confirmation_password_wrong");
}

#[tokio::test]
async fn s4_8_a_password_is_changed_after_its_period() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(MASTER).await;
    edit(&master, "keir002", json!({"change_period_days": 30})).await.ok();
    bank.advance(Duration::days(30) - Duration::SECOND);
    assert_eq!(bank.portal().log_in(APPROVER).await.ok()["next"], "top");
    bank.advance(Duration::SECOND);
    let mut approver = bank.portal();
    let granted = approver.log_in(APPROVER).await.ok();
    approver.take(&granted);
    assert_eq!(granted["next"], "password_change");
    approver.get(path::TOP).await.refused("password_change_required");
    let change = json!({
        "login_password": APPROVER.1, "new_login_password": "Atara2026",
        "confirmation_password": "Touro2", "new_confirmation_password": "Touro9",
    });
    approver.post(path::PASSWORDS, &change).await.ok();
    assert_eq!(bank.portal().log_in(("keir002", "Atara2026")).await.ok()["next"], "top");
}

#[tokio::test]
async fn m5_the_master_id_unlocks_others_and_never_itself() {
    let bank = TestBank::with_profile(SHINKIN).await;
    for _ in 0..6 {
        bank.portal().log_in(("keir002", "Wrong2026")).await.refused("login_failed");
    }
    bank.portal().log_in(APPROVER).await.refused("login_password_locked");
    bank.code(APPROVER).await.refused("login_password_locked");
    let master = bank.log_in(MASTER).await;
    assert_eq!(master.get("/v1/users/keir002").await.ok()["locked"], json!(["login"]));
    unlock(&master, "keir002", "Wrong1").await.refused("confirmation_password_wrong");
    let unlocks = async || {
        let top = master.get("/v1/top").await.ok();
        top["operations"].as_array().unwrap().iter().filter(|one| one["kind"] == "user_unlocked").count()
    };
    let other = json!({"passwords": ["confirmation"], "confirmation_password": CONFIRMATION});
    assert_eq!(master.post("/v1/users/keir002/unlock", &other).await.ok()["locked"], json!(["login"]));
    assert_eq!(unlocks().await, 0, "nothing was unlocked");
    assert_eq!(unlock(&master, "keir002", CONFIRMATION).await.ok()["locked"], json!([]));
    assert_eq!(unlocks().await, 1);
    bank.log_in(APPROVER).await;
    unlock(&master, "keir001", CONFIRMATION).await.refused("own_not_allowed");
}

#[tokio::test]
async fn m6_who_holds_a_certificate_logs_in_with_it() {
    let bank = TestBank::with_profile(SHINKIN).await;
    bank.log_in(APPROVER).await;
    let issued = bank.acquire(APPROVER).await;
    bank.portal().log_in(APPROVER).await.refused("login_failed");
    bank.log_in_with(&issued, APPROVER.1).await.get(path::TOP).await.ok();
}

#[tokio::test]
async fn m7_a_reissue_is_told_to_the_administrators_only() {
    let bank = TestBank::with_profile(SHINKIN).await;
    bank.acquire(APPROVER).await;
    let master = bank.log_in(MASTER).await;
    let notices = |top: Value| top["notices"].as_array().unwrap().len();
    let before = notices(master.get(path::TOP).await.ok());
    master.change_certificate("keir002", "reissue", CONFIRMATION).await.ok();
    let top = master.get(path::TOP).await.ok();
    assert_eq!(notices(top.clone()), before + 1);
    let line = &top["notices"][0];
    assert_eq!(line["unread"], true);
    assert!(line["title"]["ja"].as_str().unwrap().contains("keir002"), "{line}");
    let id = line["id"].as_str().unwrap();
    let opened = master.get(&path::NOTICE.replace("{id}", id)).await.ok();
    assert!(opened["body"]["en"].as_str().unwrap().contains("経理担当者"), "who did it: {opened}");
    let general = bank.log_in(GENERAL).await;
    assert_eq!(notices(general.get(path::TOP).await.ok()), before);
    general.get(&path::NOTICE.replace("{id}", id)).await.refused("not_found");
}

#[tokio::test]
async fn s4_6_m7_one_act_stops_the_contract() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let issued = bank.acquire(APPROVER).await;
    let inside = bank.log_in_with(&issued, APPROVER.1).await;
    let code = bank.code(GENERAL).await.ok()["code"].as_str().unwrap().to_owned();
    let master = bank.log_in(MASTER).await;
    let wrong = json!({"confirmation_password": "Touro9"});
    master.post(path::FREEZE, &wrong).await.refused("confirmation_password_wrong");
    master.post(path::FREEZE, &json!({"confirmation_password": CONFIRMATION})).await.ok();
    inside.get(path::TOP).await.refused("contract_frozen");
    master.get(path::TOP).await.refused("session_ended");
    bank.portal().log_in(MASTER).await.refused("contract_frozen");
    bank.certificate_login(&issued).log_in_here(APPROVER.1).await.refused("contract_frozen");
    bank.code(GENERAL).await.refused("contract_frozen");
    let key = rcgen::KeyPair::generate().unwrap();
    let refused = bank.portal().enroll(("keir003", &code), &crate::test_bank::request(&key)).await.unwrap_err();
    refused.refused("enrolment_code_invalid");
    bank.portal().log_in(("keir001", "Wrong2026")).await.refused("login_failed");
}

#[tokio::test]
async fn s4_1_q7_a_reissue_helps_whose_certificate_was_deleted_or_whose_pc_broke() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let lost = bank.acquire(APPROVER).await;
    // Nothing of it is left there, and at the bank it lives on: neither way leads in.
    bank.portal().log_in(APPROVER).await.refused("login_failed");
    bank.code(APPROVER).await.refused("certificate_already_issued");
    let master = bank.log_in(MASTER).await;
    master.change_certificate("keir002", "reissue", CONFIRMATION).await.ok();
    let next = bank.acquire(APPROVER).await;
    bank.log_in_with(&next, APPROVER.1).await.get(path::TOP).await.ok();
    // Whoever finds the lost one can do nothing with it.
    bank.certificate_login(&lost).log_in_here(APPROVER.1).await.refused("certificate_revoked");
}

/// The name becomes a part of the certificate's subject.
#[tokio::test]
async fn s4_7_a_name_that_cannot_be_printed_as_it_is_is_refused() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(MASTER).await;
    let before = master.get("/v1/users/keir002").await.ok()["person"]["name"].take();
    for character in ["\u{1b}", "\u{202e}", "\u{2067}", "\u{9b}", "\u{200b}", "\n", "\u{0}", "\u{7f}"] {
        let name = json!({"name": format!("経理{character}役席")});
        let refused = edit(&master, "keir002", name).await.refused("user_field_invalid");
        assert_eq!(refused["params"], json!({"fault": "characters", "field": "name"}), "{character:?}");
    }
    assert_eq!(master.get("/v1/users/keir002").await.ok()["person"]["name"], before);
    let plain = json!({"name": "髙橋\u{e0100} 一郎"});
    assert_eq!(edit(&master, "keir002", plain).await.ok()["person"]["name"], "髙橋\u{e0100} 一郎");
}
