//! Wrong one-time passwords lock a token, independently of passwords. Another administrator unlocks it (M4, M5).

use inkan_protocol::path;

use crate::test_bank::{HANAKO, ICHIRO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, confirmed, shared};

#[tokio::test]
async fn m5_six_wrong_otps_lock_the_token_and_no_password() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "hanakodt");
    let hanako = bank.log_in(HANAKO).await;
    for _ in 0..6 {
        let wrong = token.never_shows(&bank);
        hanako.revoke_tokens(&["shirodt"], &wrong, HANAKO_CONFIRMS).await.refused("otp_wrong");
    }
    let refused =
        hanako.revoke_tokens(&["shirodt"], &token.shows(&bank), HANAKO_CONFIRMS).await.refused("token_locked");
    assert!(refused["next"].as_str().unwrap().contains("お取引店に書面"), "Q4");
    hanako.resync(&token.shows(&bank), &token.shows_in(&bank, 1)).await.refused("token_locked");
    assert_eq!(hanako.token_line("hanakodt").await["state"], "locked");
    bank.portal().log_in(HANAKO).await.ok();

    // No user unlocks their own token, a general user unlocks none, and the password is needed.
    hanako.unlock_token("hanakodt", HANAKO_CONFIRMS).await.refused("own_not_allowed");
    let shiro = bank.log_in(SHIRO).await;
    shiro.unlock_token("hanakodt", "Kakunin04").await.refused("not_permitted");
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.unlock_token("hanakodt", "Wrong1234").await.refused("confirmation_password_wrong");
    ichiro.unlock_token("jirodt", ICHIRO_CONFIRMS).await.refused("token_none");
    ichiro.unlock_token("nobody", ICHIRO_CONFIRMS).await.refused("user_unknown");
    let line = ichiro.unlock_token("hanakodt", ICHIRO_CONFIRMS).await.ok();
    assert_eq!(line["token"]["state"], "active");
    assert_eq!(ichiro.get(path::TOP).await.ok()["operations"][0]["kind"], "token_unlocked");
    hanako.revoke_tokens(&["shirodt"], &token.shows(&bank), HANAKO_CONFIRMS).await.ok();
}

#[tokio::test]
async fn m5_the_right_otp_begins_the_count_anew() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "hanakodt");
    let hanako = bank.log_in(HANAKO).await;
    for victim in ["shirodt", "ichirodt"] {
        for _ in 0..5 {
            let wrong = token.never_shows(&bank);
            hanako.revoke_tokens(&[victim], &wrong, HANAKO_CONFIRMS).await.refused("otp_wrong");
        }
        hanako.revoke_tokens(&[victim], &token.shows(&bank), HANAKO_CONFIRMS).await.ok();
        bank.advance(time::Duration::minutes(1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn m5_otps_tried_side_by_side_are_no_more_than_six() {
    let bank = TestBank::with_profile(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let wrong = token.never_shows(&bank);
    let (hanako, ichiro) = (bank.log_in(HANAKO).await, bank.log_in(ICHIRO).await);
    let tries: Vec<_> = (0..24)
        .map(|number| {
            let client = if number % 2 == 0 { hanako.clone() } else { ichiro.clone() };
            let wrong = wrong.clone();
            tokio::spawn(async move { client.resync(&wrong, &wrong).await })
        })
        .collect();
    let mut failed = 0;
    for answer in tries {
        let answer = answer.await.unwrap();
        failed += usize::from(answer.code() == "token_resync_failed");
        assert!(["token_resync_failed", "token_locked"].contains(&answer.code()), "{answer:?}");
    }
    assert_eq!(failed, 6, "counted on the token, whoever holds it");
}

#[tokio::test]
async fn m5_a_token_that_two_administrators_share_is_opened_by_neither() {
    let bank = TestBank::with_profile(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let hanako = bank.log_in(HANAKO).await;
    for _ in 0..6 {
        hanako.resync(&token.never_shows(&bank), "000000").await.refused("token_resync_failed");
    }
    let ichiro = bank.log_in(ICHIRO).await;
    assert_eq!(ichiro.token_line("ichirodt").await["state"], "locked");
    ichiro.unlock_token("hanakodt", ICHIRO_CONFIRMS).await.refused("own_not_allowed");
}

#[tokio::test]
async fn m4_a_token_locked_before_its_activation_can_be_opened_too() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "shirodt");
    let shiro = bank.log_in(SHIRO).await;
    for _ in 0..6 {
        shiro.activate("43456789", &token.never_shows(&bank)).await.refused("otp_wrong");
    }
    shiro.activate("43456789", &token.shows(&bank)).await.refused("token_locked");
    let ichiro = bank.log_in(ICHIRO).await;
    assert_eq!(ichiro.token_line("shirodt").await["state"], "locked");
    assert_eq!(ichiro.unlock_token("shirodt", ICHIRO_CONFIRMS).await.ok()["token"]["state"], "unregistered");
    shiro.activate("43456789", &token.shows(&bank)).await.ok();
}
