//! Tests 利用開始登録 (S1-12, S1-13, S2-15, S2-16), and how users get their tokens.

use inkan_protocol::path;
use serde_json::json;

use crate::test_bank::{HANAKO, JIRO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, SECRET_BASE32, Token, confirmed, delivery, person, stock, with_people};

#[tokio::test]
async fn s1_12_a_token_is_activated_with_its_serial_and_what_it_shows() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "shirodt");
    assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "token_activation");
    let shiro = bank.log_in(SHIRO).await;
    let own = shiro.get(path::TOKEN).await.ok();
    assert_eq!((&own["state"], &own["offered"]), (&json!("unregistered"), &json!(true)));

    // S2-15: a malformed serial, an unknown one and the token of another user get the same answer.
    for serial in ["4345678", "99999999", "33456789"] {
        shiro.activate(serial, &token.shows(&bank)).await.refused("token_serial_unknown");
    }
    shiro.activate("43456789", &token.never_shows(&bank)).await.refused("otp_wrong");
    shiro.activate("43456789", "12345").await.refused("otp_malformed");
    let step = shiro.activate("43456789", &token.shows(&bank)).await.ok();
    assert_eq!((&step["next"], &step["token"]["state"]), (&json!("top"), &json!("active")));
    assert_eq!((&step["token"]["serial"], &step["token"]["offered"]), (&json!("43456789"), &json!(false)));

    let top = shiro.get(path::TOP).await.ok();
    assert_eq!(top["operations"][0]["kind"], "token_activated", "S1-17");
    shiro.activate("43456789", &token.shows_in(&bank, 1)).await.refused("token_already_active");
    assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "top");
}

#[tokio::test]
async fn s1_13_the_activation_can_be_skipped_and_is_offered_again() {
    let bank = TestBank::with_profile(&confirmed()).await;
    for _ in 0..2 {
        assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "token_activation");
        let shiro = bank.log_in(SHIRO).await;
        let step = shiro.post(path::TOKEN_SKIP, &json!({})).await.ok();
        assert_eq!((&step["next"], &step["token"]["state"]), (&json!("top"), &json!("unregistered")));
        shiro.get(path::TOP).await.ok();
    }
}

#[tokio::test]
async fn s1_7_the_forced_change_comes_before_the_activation() {
    let bank = TestBank::open().await;
    let shiro = bank.log_in(SHIRO).await;
    let token = Token::of(&bank, "shirodt");
    shiro.activate("43456789", &token.shows(&bank)).await.refused("password_change_required");
    let change = json!({
        "login_password": SHIRO.1, "new_login_password": "Shiro2027", "new_confirmation_password": "Kakunin04",
    });
    assert_eq!(shiro.post(path::PASSWORDS, &change).await.ok()["next"], "token_activation");
    shiro.activate("43456789", &token.shows(&bank)).await.ok();
}

#[tokio::test]
async fn s2_1_a_token_past_its_date_is_not_activated() {
    let late = person("late", "53456789", "unregistered").replace("= 1200", "= -1");
    let bank = TestBank::with_profile(&with_people(&confirmed(), &[late])).await;
    let client = bank.log_in(("late", "Password1")).await;
    let token = Token::of(&bank, "late");
    client.activate("53456789", &token.shows(&bank)).await.refused("token_expired");
}

#[tokio::test]
async fn s2_16_one_whose_token_was_revoked_is_offered_the_next_when_it_is_handed_out() {
    let bank = TestBank::open().await;
    let token = Token::with_secret(SECRET_BASE32);
    assert_eq!(bank.portal().log_in(JIRO).await.ok()["next"], "top");
    let stock = stock(&bank).await;
    assert_eq!(stock.import_csv(&delivery(&["63456789", "63456790"])).await.unwrap(), 2);
    let jiro = bank.log_in(JIRO).await;
    jiro.activate("63456789", &token.shows(&bank)).await.refused("token_serial_unknown");

    stock.hand_out("63456789", "demo", Some("jirodt")).await.unwrap();
    assert_eq!(bank.portal().log_in(JIRO).await.ok()["next"], "token_activation");
    jiro.activate("63456789", &token.shows(&bank)).await.ok();
    let line = bank.log_in(HANAKO).await.token_line("jirodt").await;
    assert_eq!((&line["state"], &line["serial"]), (&json!("active"), &json!("63456789")));
}

#[tokio::test]
async fn a_delivery_comes_in_whole_or_not_at_all_and_is_handed_out_to_whom_it_can() {
    let bank = TestBank::open().await;
    let stock = stock(&bank).await;
    let said = |error: &dyn std::error::Error| error.to_string();
    let known = stock.import_csv(&delivery(&["63456789", "33456789"])).await.unwrap_err();
    assert_eq!(said(&known), "the bank already has the token 33456789");
    let unknown = stock.hand_out("63456789", "demo", None).await.unwrap_err();
    assert_eq!(said(&unknown), "there is no token 63456789", "nothing of the delivery came in");
    stock.import_csv(&delivery(&["63456789"])).await.unwrap();
    for (contract, user, why) in [
        ("nowhere", None, "there is no contract nowhere"),
        ("demo", Some("nobody"), "there is no user nobody in this contract"),
    ] {
        assert_eq!(said(&stock.hand_out("63456789", contract, user).await.unwrap_err()), why);
    }
    // S2-4: to the contract, whose users may share it.
    stock.hand_out("63456789", "demo", None).await.unwrap();
    let token = Token::with_secret(SECRET_BASE32);
    bank.log_in(JIRO).await.activate("63456789", &token.shows(&bank)).await.ok();
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed_secret FROM tokens WHERE serial = '63456789'")
        .fetch_one(&mut bank.database().await)
        .await
        .unwrap();
    assert!(!sealed.windows(20).any(|window| window == b"12345678901234567890"));
}

#[tokio::test]
async fn one_whose_role_has_no_tokens_activates_none() {
    let profile = confirmed().replace("may = [\"activate_own_token\"]", "may = []");
    let bank = TestBank::with_profile(&profile).await;
    assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "top");
    let token = Token::of(&bank, "shirodt");
    let shiro = bank.log_in(SHIRO).await;
    shiro.activate("43456789", &token.shows(&bank)).await.refused("not_permitted");
    let hanako = bank.log_in(HANAKO).await;
    let otp = Token::of(&bank, "hanakodt").shows(&bank);
    hanako.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
}
