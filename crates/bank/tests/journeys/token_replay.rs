//! A one-time password is accepted once (Q5).

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::test_bank::{Answer, HANAKO, ICHIRO, TestBank, TestClient};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, person, shared, with_people};

const SERIAL: &str = "33456789";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn q5_one_otp_sent_64_times_side_by_side_by_all_who_share_the_token_counts_once() {
    let waiting: Vec<String> = (0..4).map(|number| person(&format!("waits{number}"), SERIAL, "unregistered")).collect();
    let bank = TestBank::with_profile(&with_people(&shared(), &waiting)).await;
    let token = Token::of(&bank, "hanakodt");
    let (otp, otp_next) = (token.shows(&bank), token.shows_in(&bank, 1));
    let mut sent = Vec::new();
    for (operator, confirmation) in [(HANAKO, HANAKO_CONFIRMS), (ICHIRO, ICHIRO_CONFIRMS)] {
        let client = bank.log_in(operator).await;
        let revocation = json!({"users": ["shirodt"], "otp": otp, "confirmation_password": confirmation});
        let resync = json!({"otp": otp, "otp_next": otp_next});
        for _ in 0..8 {
            sent.push((client.clone(), path::TOKEN_REVOCATIONS, revocation.clone()));
            sent.push((client.clone(), path::TOKEN_RESYNC, resync.clone()));
        }
    }
    for number in 0..4 {
        let client = bank.log_in((&format!("waits{number}"), "Password1")).await;
        let activation = json!({"serial": SERIAL, "otp": otp});
        sent.extend((0..8).map(|_| (client.clone(), path::TOKEN_ACTIVATION, activation.clone())));
    }
    assert_eq!(sent.len(), 64);
    let answers = all_at_once(sent).await;
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        // What the one act changed refuses some of the others before their password is looked at.
        let codes = ["otp_used", "token_none", "token_already_active"];
        assert!(codes.contains(&answer.code()), "{answer:?}");
    }
}

async fn all_at_once(sent: Vec<(TestClient, &'static str, serde_json::Value)>) -> Vec<Answer> {
    let sent: Vec<_> = sent
        .into_iter()
        .map(|(client, path, body)| tokio::spawn(async move { client.post(path, &body).await }))
        .collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn q5_what_one_has_used_another_who_shares_the_token_cannot_use_again() {
    let bank = TestBank::with_profile(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let (hanako, ichiro) = (bank.log_in(HANAKO).await, bank.log_in(ICHIRO).await);
    let otp = token.shows(&bank);
    hanako.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
    // Nor does the one before it count any longer, and repeating guesses nothing: it locks nothing.
    for _ in 0..4 {
        ichiro.revoke_tokens(&["hanakodt"], &otp, ICHIRO_CONFIRMS).await.refused("otp_used");
        let before = token.shows_in(&bank, -1);
        ichiro.revoke_tokens(&["hanakodt"], &before, ICHIRO_CONFIRMS).await.refused("otp_used");
        ichiro.resync(&otp, &token.shows_in(&bank, 1)).await.refused("otp_used");
    }
    bank.advance(Duration::minutes(1));
    ichiro.revoke_tokens(&["hanakodt"], &token.shows(&bank), ICHIRO_CONFIRMS).await.ok();
}

#[tokio::test]
async fn q5_a_bank_started_again_remembers_what_was_used() {
    let bank = TestBank::with_profile(&shared()).await;
    let token = Token::of(&bank, "hanakodt");
    let otp = token.shows(&bank);
    bank.log_in(HANAKO).await.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
    let bank = bank.restart().await;
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.revoke_tokens(&["hanakodt"], &otp, ICHIRO_CONFIRMS).await.refused("otp_used");
}
