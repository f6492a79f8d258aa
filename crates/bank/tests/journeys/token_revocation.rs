//! Tests ハードトークンの失効 (S2-2 … S2-14, Q4).

use inkan_protocol::path;
use serde_json::{Value, json};

use crate::test_bank::{HANAKO, ICHIRO, JIRO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, confirmed, person, shared, with_people};

#[tokio::test]
async fn s2_11_the_page_lists_users_with_serial_state_and_expiry() {
    let waiter = person("needsnone", "1", "not_required").replace("token_serial = \"1\"\n", "");
    let bank = TestBank::with_profile(&with_people(&confirmed(), &[waiter])).await;
    let lines = bank.log_in(HANAKO).await.get(path::TOKENS).await.ok();
    let seen: Vec<_> = lines.as_array().unwrap().iter().map(|line| line["token"]["state"].as_str().unwrap()).collect();
    // S2-12, in the order of the login IDs: hanakodt, ichirodt, jirodt, needsnone, shirodt.
    assert_eq!(seen, ["active", "expired", "revoked", "not_required", "unregistered"]);
    let hanako = &lines[0];
    let person = json!({"id": "hanakodt", "name": "ゲータ 花子", "role": "administrator"});
    assert_eq!((&hanako["person"], &hanako["token"]["serial"]), (&person, &json!("33456789")));
    assert!(hanako["token"]["expires"].as_str().unwrap().contains('T'), "date and time: {hanako}");
    for dashes in [2, 3] {
        let token = &lines[dashes]["token"];
        assert_eq!((&token["serial"], &token["expires"]), (&Value::Null, &Value::Null), "S2-14");
    }
}

#[tokio::test]
async fn s2_3_a_general_user_revokes_no_token_not_even_their_own() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let shiro = bank.log_in(SHIRO).await;
    let token = Token::of(&bank, "shirodt");
    shiro.activate("43456789", &token.shows(&bank)).await.ok();
    shiro.get(path::TOKENS).await.refused("not_permitted");
    for user in ["shirodt", "hanakodt"] {
        let otp = token.shows_in(&bank, 1);
        shiro.revoke_tokens(&[user], &otp, "Kakunin04").await.refused("not_permitted");
    }
    assert_eq!(bank.log_in(HANAKO).await.token_line("shirodt").await["state"], "active");
}

#[tokio::test]
async fn s2_5_s2_9_several_at_once_with_otp_and_confirmation_password() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let hanako = bank.log_in(HANAKO).await;
    let token = Token::of(&bank, "hanakodt");
    let everybody = ["hanakodt", "ichirodt", "shirodt"];
    let otp = token.shows(&bank);

    // Both are required, and without them nothing is done.
    for lacking in [
        json!({"users": everybody, "otp": otp}),
        json!({"users": everybody, "confirmation_password": HANAKO_CONFIRMS}),
        json!({"users": [], "otp": otp, "confirmation_password": HANAKO_CONFIRMS}),
    ] {
        hanako.post(path::TOKEN_REVOCATIONS, &lacking).await.refused("request_invalid");
    }
    hanako.revoke_tokens(&everybody, &otp, "Wrong1234").await.refused("confirmation_password_wrong");
    let wrong = token.never_shows(&bank);
    hanako.revoke_tokens(&everybody, &wrong, HANAKO_CONFIRMS).await.refused("otp_wrong");
    for (user, state) in [("hanakodt", "active"), ("ichirodt", "expired"), ("shirodt", "unregistered")] {
        assert_eq!(hanako.token_line(user).await["state"], state);
    }

    let answer = hanako.revoke_tokens(&everybody, &otp, HANAKO_CONFIRMS).await.ok();
    let lines = answer["users"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    for line in lines {
        let token = &line["token"];
        assert_eq!(
            (&token["state"], &token["serial"], &token["expires"]),
            (&json!("revoked"), &json!(null), &json!(null))
        );
        assert_eq!(token["activation_from"], answer["activation_from"], "S2-10");
    }
    // S2-13: ichirodt's had expired. The operator's own session goes on; the next revocation takes another's token.
    let top = hanako.get(path::TOP).await.ok();
    assert_eq!(top["operations"][0]["kind"], "token_revoked");
    hanako.revoke_tokens(&["hanakodt"], &token.shows_in(&bank, 1), HANAKO_CONFIRMS).await.refused("token_none");
}

#[tokio::test]
async fn s2_4_a_shared_token_is_revoked_for_each_who_is_named() {
    let bank = TestBank::with_profile(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.revoke_tokens(&["hanakodt"], &token.shows(&bank), ICHIRO_CONFIRMS).await.ok();
    assert_eq!(ichiro.token_line("hanakodt").await["state"], "revoked");
    assert_eq!(ichiro.token_line("ichirodt").await["state"], "active", "who was not named goes on");

    // A user for whom it was revoked does not get it back. After its last user, no user does.
    bank.advance(time::Duration::days(1));
    let hanako = bank.log_in(HANAKO).await;
    hanako.activate("33456789", &token.shows(&bank)).await.refused("token_serial_unknown");
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.revoke_tokens(&["ichirodt"], &token.shows(&bank), ICHIRO_CONFIRMS).await.ok();
    bank.advance(time::Duration::days(1));
    let jiro = bank.log_in(JIRO).await;
    jiro.activate("33456789", &token.shows(&bank)).await.refused("token_serial_unknown");
}

#[tokio::test]
async fn all_or_none_are_revoked_and_no_otp_is_used_up_in_vain() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let hanako = bank.log_in(HANAKO).await;
    let otp = Token::of(&bank, "hanakodt").shows(&bank);
    let refused = hanako.revoke_tokens(&["shirodt", "jirodt"], &otp, HANAKO_CONFIRMS).await.refused("token_none");
    assert_eq!(refused["params"]["user"], "jirodt");
    hanako.revoke_tokens(&["shirodt", "nobody"], &otp, HANAKO_CONFIRMS).await.refused("user_unknown");
    assert_eq!(hanako.token_line("shirodt").await["state"], "unregistered");
    // Named twice is named once.
    hanako.revoke_tokens(&["shirodt", "shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
}

#[tokio::test]
async fn q4_who_has_no_token_in_use_is_sent_to_another_administrator_or_to_paper() {
    let bank = TestBank::open().await;
    let ichiro = bank.log_in(ICHIRO).await;
    // S2-8, S2-13: the master's has expired.
    let otp = Token::of(&bank, "ichirodt").shows(&bank);
    let refused = ichiro.revoke_tokens(&["ichirodt"], &otp, ICHIRO_CONFIRMS).await.refused("token_unusable");
    assert_eq!(refused["who"], "administrator");
    let next = refused["next"].as_str().unwrap();
    assert!(next.contains("ほかの管理者") && next.contains("お取引店に書面"), "{next}");

    let hanako = bank.log_in(HANAKO).await;
    let token = Token::of(&bank, "hanakodt");
    hanako.revoke_tokens(&["ichirodt", "hanakodt"], &token.shows(&bank), HANAKO_CONFIRMS).await.ok();
    // Revoked, her own works no longer.
    let otp = token.shows_in(&bank, 1);
    hanako.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.refused("token_unusable");
}
