//! The audit log records what is done with tokens, and never a one-time password.

use inkan_protocol::path;
use serde_json::json;

use crate::audit::log;
use crate::test_bank::{HANAKO, ICHIRO, SHIRO, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, confirmed, delivery, stock};

#[tokio::test]
async fn every_act_upon_a_token_is_recorded_without_its_passwords() {
    let bank = TestBank::with_profile(&confirmed()).await;
    let (token, others) = (Token::of(&bank, "shirodt"), Token::of(&bank, "hanakodt"));
    let (otp, of_hanako, wrong) = (token.shows(&bank), others.shows(&bank), token.never_shows(&bank));
    let stock = stock(&bank).await;
    stock.import_csv(&delivery(&["93456789"])).await.unwrap();
    stock.hand_out("93456789", "demo", Some("jirodt")).await.unwrap();
    let shiro = bank.log_in(SHIRO).await;
    shiro.post(path::TOKEN_SKIP, &json!({})).await.ok();
    for _ in 0..6 {
        shiro.activate("43456789", &wrong).await.refused("otp_wrong");
    }
    bank.log_in(ICHIRO).await.unlock_token("shirodt", ICHIRO_CONFIRMS).await.ok();
    shiro.activate("43456789", &otp).await.ok();
    shiro.resync(&token.shows_in(&bank, 1), &token.shows_in(&bank, 2)).await.ok();
    let hanako = bank.log_in(HANAKO).await;
    hanako.revoke_tokens(&["shirodt"], &of_hanako, HANAKO_CONFIRMS).await.ok();

    let events: Vec<_> = log(&bank).await.into_iter().map(|record| record["event"].clone()).collect();
    let about = |act: &'static str| events.iter().filter(move |event| event["act"] == act);
    let refused = about("token_activated").filter(|event| event["outcome"] == "otp_wrong").count();
    assert_eq!(refused, 6);
    for (act, serial, actor, subject) in [
        ("token_handed_out", "93456789", json!("branch"), json!("jirodt")),
        ("token_locked", "43456789", json!("bank"), json!("shirodt")),
        ("token_unlocked", "43456789", json!({"user": "ichirodt"}), json!("shirodt")),
        ("token_activated", "43456789", json!({"user": "shirodt"}), json!(null)),
        ("token_resynchronised", "43456789", json!({"user": "shirodt"}), json!(null)),
        ("token_revoked", "43456789", json!({"user": "hanakodt"}), json!("shirodt")),
    ] {
        let done: Vec<_> = about(act).filter(|event| event["outcome"] == "done").collect();
        let [event] = done.as_slice() else { panic!("{act}: {done:?}") };
        assert_eq!((&event["serial"], &event["actor"], &event["subject"]), (&json!(serial), &actor, &subject), "{act}");
    }
    assert_eq!(about("tokens_imported").next().unwrap()["count"], 1);
    assert_eq!(about("token_activation_skipped").count(), 1);
    let text = serde_json::to_string(&events).unwrap();
    for secret in [&otp, &of_hanako, &wrong] {
        assert!(!text.contains(&format!("\"{secret}\"")), "{secret}");
    }
}
