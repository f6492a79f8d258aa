//! Tests a password that another person set: the user must change it before it can acquire a certificate, and the user and
//! every administrator are notified.

use inkan_protocol::path;
use rcgen::KeyPair;
use serde_json::{Value, json};
use time::Duration;

use crate::keiyaku::PIN;
use crate::reenrolment::{reenroll, renewal_request};
use crate::test_bank::{Answer, HANAKO, ICHIRO, JIRO, KEIYAKU, SHINKIN, TestBank, TestClient, request};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token};

const CONTRACT: &str = "00009876543";

async fn edit(operator: &TestClient, user: &str, change: &Value, confirmation: &str) -> Answer {
    let mut body = change.clone();
    body["confirmation_password"] = json!(confirmation);
    operator.patch(&path::USER_SETTINGS.replace("{id}", user), &body).await
}

fn with(body: &Value, field: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[field] = value;
    body
}

/// Returns the titles of the notices that say that a password was set.
async fn told(client: &TestClient) -> Vec<String> {
    let top = client.get(path::TOP).await.ok();
    let titles = top["notices"].as_array().unwrap().iter().map(|notice| notice["title"]["ja"].as_str().unwrap());
    titles.filter(|title| title.contains("パスワードが設定されました")).map(str::to_owned).collect()
}

/// Tested on two instances: what one instance sets, the other refuses.
#[tokio::test]
async fn s3_17_an_administrator_does_not_become_the_master_by_setting_the_masters_password() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let mut there = bank.portal();
    there.address.clone_from(&other.announcement().portal);
    let hanako = bank.log_in(HANAKO).await;
    let known = bank.code(ICHIRO).await.ok();
    let settings = json!({"login_password": "Nottori26"});
    let kept = edit(&hanako, "ichirodt", &with(&settings, "forced_change", json!(false)), HANAKO_CONFIRMS).await;
    assert_eq!(kept.refused("user_field_invalid")["params"], json!({"fault": "set_by_another"}));
    bank.portal().log_in(ICHIRO).await.ok();

    edit(&hanako, "ichirodt", &settings, HANAKO_CONFIRMS).await.ok();
    let freed = edit(&hanako, "ichirodt", &json!({"forced_change": false}), HANAKO_CONFIRMS).await;
    freed.refused("user_field_invalid");
    let basic = (known["user"].as_str().unwrap(), known["code"].as_str().unwrap());
    let refused = there.enroll(basic, &request(&KeyPair::generate().unwrap())).await.unwrap_err();
    refused.refused("enrolment_code_invalid");
    let taken = json!({"user": "ichirodt", "login_password": "Nottori26"});
    for portal in [&bank.portal(), &there] {
        let refused = portal.post(path::ENROLMENT_CODES, &taken).await.refused("password_change_required");
        assert_eq!(refused["params"], json!({"by": "another", "passwords": "login confirmation"}));
        let chosen = json!({"new_login_password": "Nottori27", "new_confirmation_password": "Kakunin88"});
        let chosen = with(&taken, "chosen_passwords", chosen);
        let refused = portal.post(path::ENROLMENT_CODES, &chosen).await;
        refused.refused("confirmation_password_wrong");
    }
    let mut inside = there.clone();
    let granted = inside.log_in(("ichirodt", "Nottori26")).await.ok();
    assert_eq!((&granted["next"], &granted["set_by_another"]), (&json!("password_change"), &json!(["login"])));
    inside.take(&granted);
    inside.get(path::USERS).await.refused("password_change_required");
    inside.change_certificate("hanakodt", "revoke", ICHIRO_CONFIRMS).await.refused("password_change_required");

    // The master learns of it, chooses other passwords, and goes on.
    let own = json!({
        "login_password": "Nottori26", "new_login_password": "Ichiro2027",
        "confirmation_password": ICHIRO_CONFIRMS, "new_confirmation_password": "Kakunin77",
    });
    inside.post(path::PASSWORDS, &own).await.ok();
    for client in [&inside, &hanako] {
        assert_eq!(told(client).await, ["ichirodt 様のパスワードが設定されました"]);
    }
    assert!(told(&bank.log_in(JIRO).await).await.is_empty(), "a general user learns nothing of it");
    edit(&hanako, "ichirodt", &json!({"forced_change": false}), HANAKO_CONFIRMS).await.ok();
    bank.acquire(("ichirodt", "Ichiro2027")).await;
    other.stop().await;
}

#[tokio::test]
async fn a_user_chooses_passwords_before_the_acquisition_and_a_wrong_choice_changes_nothing() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    edit(&hanako, "ichirodt", &json!({"login_password": "Nottori26"}), HANAKO_CONFIRMS).await.ok();
    let asked = |new: &str, confirmation: &str, new_confirmation: Option<&str>| {
        let chosen = json!({
            "new_login_password": new, "confirmation_password": confirmation,
            "new_confirmation_password": new_confirmation,
        });
        json!({"user": "ichirodt", "login_password": "Nottori26", "chosen_passwords": chosen})
    };
    for (new, confirmation, new_confirmation, code) in [
        ("Nottori26", ICHIRO_CONFIRMS, Some("Kakunin88"), "password_rule_broken"),
        ("short", ICHIRO_CONFIRMS, Some("Kakunin88"), "password_rule_broken"),
        ("Ichiro2027", "Chigau2026", Some("Kakunin88"), "confirmation_password_wrong"),
        ("Ichiro2027", ICHIRO_CONFIRMS, None, "confirmation_password_unregistered"),
        ("Ichiro2027", ICHIRO_CONFIRMS, Some(ICHIRO_CONFIRMS), "password_rule_broken"),
    ] {
        let body = asked(new, confirmation, new_confirmation);
        bank.portal().post(path::ENROLMENT_CODES, &body).await.refused(code);
    }
    let issued = bank.acquire_by(&asked("Ichiro2027", ICHIRO_CONFIRMS, Some("Kakunin88"))).await;
    bank.certificate_login(&issued).log_in_here("Nottori26").await.refused("login_failed");
    let ichiro = bank.log_in_with(&issued, "Ichiro2027").await;
    ichiro.change_certificate("ichirodt", "revoke", ICHIRO_CONFIRMS).await.refused("confirmation_password_wrong");
    ichiro.change_certificate("ichirodt", "revoke", "Kakunin88").await.ok();
}

/// At this bank every login needs a certificate, so the PIN is changed with the acquisition (S3-10). The
/// one-time password is the proof that the administrator does not have.
#[tokio::test]
async fn s3_10_s3_17_a_pin_that_the_administrator_set_is_changed_with_the_users_token_before_the_acquisition() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let administrator = json!({"contract": CONTRACT, "user": "kanrisya", "login_password": "Kanri2026"});
    let issued = bank.acquire_by(&administrator).await;
    let mut kanrisya = bank.certificate_login(&issued);
    let granted =
        kanrisya.post(path::SESSIONS, &json!({"entrance": "administrators", "login_password": "Kanri2026"})).await.ok();
    kanrisya.take(&granted);
    edit(&kanrisya, "riyousya", &json!({"login_password": "Atara2026"}), "Kakunin11").await.ok();

    let token = Token::of(&bank, "riyousya");
    let asked = json!({"contract": CONTRACT, "user": "riyousya", "login_password": "Atara2026"});
    let with_otp = with(&asked, "otp", json!(token.shows(&bank)));
    let refused = bank.portal().post(path::ENROLMENT_CODES, &with_otp).await.refused("password_change_required");
    assert_eq!(refused["params"], json!({"by": "another", "passwords": "login"}));
    let chosen = json!({"new_login_password": PIN});
    let without = with(&asked, "chosen_passwords", chosen.clone());
    bank.portal().post(path::ENROLMENT_CODES, &without).await.refused("otp_required");
    let wrong = with(&without, "otp", json!(token.never_shows(&bank)));
    bank.portal().post(path::ENROLMENT_CODES, &wrong).await.refused("otp_wrong");
    // The one-time password has not been used up by the refusal.
    let issued = bank.acquire_by(&with(&with_otp, "chosen_passwords", chosen)).await;
    let mut riyousya = bank.certificate_login(&issued);
    let granted = riyousya.log_in_here(PIN).await.ok();
    assert_eq!(granted["next"], "top");
    riyousya.take(&granted);
    assert_eq!(told(&riyousya).await.len(), 1);
    assert_eq!(told(&kanrisya).await.len(), 1);
}

#[tokio::test]
async fn s4_7_every_kind_of_password_that_another_set_is_changed_by_its_user() {
    let bank = TestBank::with_profile(SHINKIN).await;
    let master = bank.log_in(("keir001", "Keiri2026")).await;
    let approver = ("keir002", "Yakus2026");
    let before = bank.log_in(approver).await;
    let set = json!({"approval_password": "Syounin009", "transfer_password": "Sousin0009"});
    edit(&master, "keir002", &set, "Touro1").await.ok();
    before.get(path::TOP).await.refused("session_ended");
    let mut client = bank.portal();
    let granted = client.log_in(approver).await.ok();
    assert_eq!(granted["set_by_another"], json!(["approval", "transfer"]));
    client.take(&granted);
    let mut change = json!({
        "login_password": approver.1, "new_login_password": "Yakus2027",
        "confirmation_password": "Touro2", "new_confirmation_password": "Touro8",
    });
    let refused = client.post(path::PASSWORDS, &change).await.refused("password_change_required");
    assert_eq!(refused["params"]["passwords"], "login confirmation approval transfer");
    change["new_approval_password"] = json!("Syounin009");
    change["new_transfer_password"] = json!("Sousin0008");
    let same = client.post(path::PASSWORDS, &change).await.refused("password_rule_broken");
    assert_eq!((&same["params"]["which"], &same["params"]["fault"]), (&json!("approval"), &json!("unchanged")));
    change["new_approval_password"] = json!("Syounin008");
    client.post(path::PASSWORDS, &change).await.ok();
    let granted = bank.portal().log_in(("keir002", "Yakus2027")).await.ok();
    assert_eq!((&granted["next"], &granted["set_by_another"]), (&json!("top"), &json!([])));
}

/// RFC 7030 §4.2.2: the certificate is the proof of a renewal. It still waits for the change.
#[tokio::test]
async fn m1_a_renewal_waits_until_the_user_has_changed_the_password() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(ICHIRO).await;
    bank.advance(Duration::days(340));
    let hanako = bank.log_in(HANAKO).await;
    edit(&hanako, "ichirodt", &json!({"login_password": "Nottori26"}), HANAKO_CONFIRMS).await.ok();
    let client = bank.certificate_login(&issued);
    let renewal = renewal_request(&issued, &KeyPair::generate().unwrap());
    reenroll(&client, &renewal).await.unwrap_err().refused("password_change_required");
    let mut ichiro = bank.certificate_login(&issued);
    let granted = ichiro.log_in_here("Nottori26").await.ok();
    ichiro.take(&granted);
    let own = json!({
        "login_password": "Nottori26", "new_login_password": "Ichiro2027",
        "confirmation_password": ICHIRO_CONFIRMS, "new_confirmation_password": "Kakunin77",
    });
    ichiro.post(path::PASSWORDS, &own).await.ok();
    reenroll(&client, &renewal).await.unwrap();
}
