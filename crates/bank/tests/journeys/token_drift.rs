//! Tests 時刻ずれ: tokens whose clocks have drifted (M4, RFC 6238 §5.2 and §6).

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{HANAKO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, Token, confirmed, person, with_people};

#[tokio::test]
async fn m4_a_clock_that_runs_fast_is_followed_and_one_typed_late_is_no_slow_clock() {
    let people: Vec<_> = (0..4).map(|n| person(&format!("user{n}"), &format!("8345678{n}"), "unregistered")).collect();
    let bank = TestBank::with_profile(&with_people(&confirmed(), &people)).await;
    let token = Token::of(&bank, "hanakodt");
    // Each time a day later, one step further ahead than the window alone would allow.
    for (number, steps) in (0..3).zip([1, 2, 3]) {
        bank.advance(Duration::DAY);
        let hanako = bank.log_in(HANAKO).await;
        let user = format!("user{number}");
        hanako.revoke_tokens(&[&user], &token.shows_in(&bank, steps), HANAKO_CONFIRMS).await.ok();
    }
    // Typed a minute late, and at once the next time: both count.
    bank.advance(Duration::DAY);
    let hanako = bank.log_in(HANAKO).await;
    hanako.revoke_tokens(&["user3"], &token.shows_in(&bank, 2), HANAKO_CONFIRMS).await.ok();
    bank.advance(Duration::minutes(3));
    hanako.revoke_tokens(&["shirodt"], &token.shows_in(&bank, 4), HANAKO_CONFIRMS).await.ok();
}

#[tokio::test]
async fn m4_two_consecutive_otps_set_a_drifted_token_anew() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "hanakodt");
    let hanako = bank.log_in(HANAKO).await;
    let late = |steps| token.shows_in(&bank, steps);
    hanako.revoke_tokens(&["shirodt"], &late(-20), HANAKO_CONFIRMS).await.refused("token_out_of_step");
    assert_eq!(hanako.token_line("hanakodt").await["state"], "out_of_step");
    assert_eq!(hanako.get(path::TOKEN).await.ok()["state"], "out_of_step");

    hanako.resync(&late(-20), &late(-18)).await.refused("token_resync_failed");
    hanako.resync(&late(-70), &late(-69)).await.refused("token_resync_failed");
    assert_eq!(hanako.resync(&late(-20), &late(-19)).await.ok()["state"], "active");
    assert_eq!(hanako.get(path::TOP).await.ok()["operations"][0]["kind"], "token_resynchronised");
    // Both of the pair have counted (Q5); the token is expected nineteen steps behind from now on.
    hanako.revoke_tokens(&["shirodt"], &late(-19), HANAKO_CONFIRMS).await.refused("otp_used");
    hanako.revoke_tokens(&["shirodt"], &late(0), HANAKO_CONFIRMS).await.refused("token_out_of_step");
    bank.advance(Duration::minutes(1));
    let next = token.shows_in(&bank, -19);
    hanako.revoke_tokens(&["shirodt"], &next, HANAKO_CONFIRMS).await.ok();
    assert_eq!(hanako.token_line("hanakodt").await["state"], "active");
}

#[tokio::test]
async fn m4_a_token_that_drifted_in_the_drawer_is_activated_with_two_otps() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let token = Token::of(&bank, "shirodt");
    let shiro = bank.log_in(SHIRO).await;
    let shown = |steps| token.shows_in(&bank, steps);
    shiro.activate("43456789", &shown(15)).await.refused("token_out_of_step");
    let both = json!({"serial": "43456789", "otp": shown(15), "otp_next": shown(16)});
    assert_eq!(shiro.post(path::TOKEN_ACTIVATION, &both).await.ok()["token"]["state"], "active");
}
