use inkan_protocol::path;
use serde_json::{Value, json};

use crate::test_bank::{JIRO, SHIRO, TestBank, TestClient};

async fn change(client: &TestClient, current: (&str, Option<&str>), new: (&str, &str)) -> crate::test_bank::Answer {
    let body = json!({
        "login_password": current.0, "confirmation_password": current.1,
        "new_login_password": new.0, "new_confirmation_password": new.1,
    });
    client.post(path::PASSWORDS, &body).await
}

#[tokio::test]
async fn s1_7_the_first_login_changes_the_passwords_and_nothing_else_before() {
    let bank = TestBank::open().await;
    let mut client = bank.portal();
    let granted = client.log_in(SHIRO).await.ok();
    assert_eq!(granted["next"], "password_change");
    client.take(&granted);
    client.get(path::TOP).await.refused("password_change_required");
    client.get(path::USERS).await.refused("password_change_required");
    client.change_certificate("shirodt", "revoke", "").await.refused("password_change_required");

    let other = bank.log_in(SHIRO).await;
    let changed = change(&client, (SHIRO.1, None), ("Shiro2027", "Kakunin04")).await.ok();
    assert_eq!(changed, json!({"next": "token_activation"}), "S1-12");
    other.get(path::TOP).await.refused("session_ended");
    let top = client.get(path::TOP).await.ok();
    assert_eq!(top["operations"][0]["kind"], "passwords_changed");
    bank.portal().log_in(SHIRO).await.refused("login_failed");
    assert_eq!(bank.portal().log_in(("shirodt", "Shiro2027")).await.ok()["next"], "token_activation");
}

#[tokio::test]
async fn a_forced_change_can_be_left_by_logging_out() {
    let bank = TestBank::open().await;
    let client = bank.log_in(SHIRO).await;
    client.delete(path::CURRENT_SESSION).await.ok();
    client.get(path::TOP).await.refused("session_ended");
    assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "password_change");
}

#[tokio::test]
async fn s1_9_and_s1_10_new_passwords_follow_the_rules() {
    let bank = TestBank::open().await;
    let client = bank.log_in(SHIRO).await;
    let refused = async |login: &str, confirmation: &str| -> Value {
        change(&client, (SHIRO.1, None), (login, confirmation)).await.refused("password_rule_broken")["params"].clone()
    };
    for (login, fault) in [
        ("abc12", "too_short"),
        ("abcdef1234567", "too_long"),
        ("abcdefgh", "not_mixed"),
        ("ｓｈｉｒｏ１", "character"),
    ] {
        let params = refused(login, "Kakunin04").await;
        assert_eq!(params, json!({"which": "login", "min": "6", "max": "12", "fault": fault}));
    }
    for (confirmation, fault) in [("shirodt", "not_mixed"), ("Shiro2027", "like_login_password"), ("a1", "too_short")] {
        let params = refused("Shiro2027", confirmation).await;
        assert_eq!(params, json!({"which": "confirmation", "min": "6", "max": "12", "fault": fault}));
    }
    // S1-7: to change a password is to have another one.
    let params = refused(SHIRO.1, "Kakunin04").await;
    assert_eq!((&params["which"], &params["fault"]), (&json!("login"), &json!("unchanged")));
    bank.portal().log_in(SHIRO).await.ok();
    client.get(path::TOP).await.refused("password_change_required");
}

#[tokio::test]
async fn s1_8_both_passwords_are_asked_as_they_are_and_as_they_are_to_be() {
    let bank = TestBank::open().await;
    let client = bank.log_in(JIRO).await;
    let new = ("Jiro2027", "Kakunin33");
    change(&client, ("Wrong1234", Some("Kakunin03")), new).await.refused("login_failed");
    change(&client, (JIRO.1, Some("Wrong1234")), new).await.refused("confirmation_password_wrong");
    change(&client, (JIRO.1, None), new).await.refused("confirmation_password_wrong");
    let same = change(&client, (JIRO.1, Some("Kakunin03")), ("Jiro2027", "Kakunin03")).await;
    assert_eq!(same.refused("password_rule_broken")["params"]["fault"], "unchanged");
    bank.portal().log_in(JIRO).await.ok();
    assert_eq!(change(&client, (JIRO.1, Some("Kakunin03")), new).await.ok(), json!({"next": "top"}));
    bank.portal().log_in(("jirodt", "Jiro2027")).await.ok();
}
