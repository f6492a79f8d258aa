//! Tests when the next token can be activated (S2-6, S2-7, S2-17, Q2, Q3), by the bank's clock.

use inkan_profile::Moment;
use inkan_protocol::path;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::macros::time;
use time::{Duration, OffsetDateTime, Time};

use crate::test_bank::{HANAKO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, SECRET_BASE32, Token, confirmed, delivery, stock};

/// Moves the bank's clock forward to the next moment at which the time in Japan is `at`.
fn move_on_to(bank: &TestBank, at: Time) {
    let now = bank.now().in_tokyo();
    let today = now.replace_time(at);
    let next = if today > now { today } else { today + Duration::DAY };
    bank.advance(next - now);
}

/// Makes hanakodt revoke shirodt's token. Returns from when the next token can be activated.
async fn revoke(bank: &TestBank) -> OffsetDateTime {
    let hanako = bank.log_in(HANAKO).await;
    let otp = Token::of(bank, "hanakodt").shows(bank);
    let answer = hanako.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
    assert_eq!(answer["users"][0]["token"]["activation_from"], answer["activation_from"], "S2-10");
    OffsetDateTime::parse(answer["activation_from"].as_str().unwrap(), &Rfc3339).unwrap()
}

#[tokio::test]
async fn q2_the_wait_is_kept_to_the_second() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let stock = stock(&bank).await;
    let token = Token::with_secret(SECRET_BASE32);
    let first = Token::of(&bank, "shirodt").shows(&bank);
    bank.log_in(SHIRO).await.activate("43456789", &first).await.ok();
    let cases = [
        (time!(20:49:59), time!(21:19:59)),
        (time!(20:50:00), time!(8:40:00)),
        (time!(23:59:59), time!(8:40:00)),
        (time!(0:00:00), time!(8:40:00)),
        (time!(8:09:59), time!(8:40:00)),
        (time!(8:10:00), time!(8:40:00)),
        (time!(8:10:01), time!(8:40:01)),
    ];
    for (number, (revoked, opens)) in (1..).zip(cases) {
        // The new token comes while the old one is in use (S2-2), by day.
        move_on_to(&bank, time!(12:00));
        let serial = format!("7345678{number}");
        stock.import_csv(&delivery(&[&serial])).await.unwrap();
        stock.hand_out(&serial, "demo", Some("shirodt")).await.unwrap();
        move_on_to(&bank, revoked);
        let from = revoke(&bank).await;
        assert_eq!(from.in_tokyo().time(), opens, "revoked at {revoked}");
        assert!((Duration::minutes(30)..Duration::hours(12)).contains(&(from - bank.now())), "revoked at {revoked}");

        bank.advance(from - bank.now() - Duration::seconds(1));
        assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "top", "S2-17: not offered yet");
        let shiro = bank.log_in(SHIRO).await;
        assert_eq!(shiro.get(path::TOKEN).await.ok()["offered"], false);
        let early = shiro.activate(&serial, &token.shows(&bank)).await.refused("token_activation_too_early");
        let said = early["params"]["from"].as_str().unwrap();
        assert!(said.ends_with(&format!("{:02}:{:02}:{:02}", opens.hour(), opens.minute(), opens.second())), "{said}");
        bank.advance(Duration::seconds(1));
        assert_eq!(bank.portal().log_in(SHIRO).await.ok()["next"], "token_activation", "S2-16");
        shiro.activate(&serial, &token.shows(&bank)).await.ok();
    }
}

#[tokio::test]
async fn q3_activation_by_night_is_the_profile_s_choice() {
    for (by_night, opens) in [(true, time!(21:00)), (false, time!(8:40))] {
        let profile = confirmed().replace("activation_by_night = true", &format!("activation_by_night = {by_night}"));
        let bank = TestBank::with_profile(&profile).await;
        move_on_to(&bank, time!(20:30));
        let from = revoke(&bank).await;
        assert_eq!(from.in_tokyo().time(), opens);
    }
    // Closed by night also to one whose first token it is.
    let bank =
        TestBank::with_profile(&confirmed().replace("activation_by_night = true", "activation_by_night = false")).await;
    move_on_to(&bank, time!(20:50));
    let token = Token::of(&bank, "shirodt");
    let shiro = bank.log_in(SHIRO).await;
    shiro.activate("43456789", &token.shows(&bank)).await.refused("token_activation_too_early");
    move_on_to(&bank, time!(8:40));
    let shiro = bank.log_in(SHIRO).await;
    let step = shiro.activate("43456789", &token.shows(&bank)).await.ok();
    assert_eq!(step["next"], json!("top"));
}
