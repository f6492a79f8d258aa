//! One one-time password counts once (Q5).

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::house::{Answer, HANAKO, House, ICHIRO, Visitor};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, ICHIRO_CONFIRMS, Token, person, shared, with_people};

const SERIAL: &str = "33456789";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn q5_one_otp_sent_64_times_side_by_side_by_all_who_share_the_token_counts_once() {
    let waiting: Vec<String> = (0..4).map(|number| person(&format!("waits{number}"), SERIAL, "unregistered")).collect();
    let house = House::with_profile(&with_people(&shared(), &waiting)).await;
    let token = Token::of(&house, "hanakodt");
    let (otp, otp_next) = (token.shows(&house), token.shows_in(&house, 1));
    let mut sent = Vec::new();
    for (operator, confirmation) in [(HANAKO, HANAKO_CONFIRMS), (ICHIRO, ICHIRO_CONFIRMS)] {
        let visitor = house.log_in(operator).await;
        let revocation = json!({"users": ["shirodt"], "otp": otp, "confirmation_password": confirmation});
        let resync = json!({"otp": otp, "otp_next": otp_next});
        for _ in 0..8 {
            sent.push((visitor.clone(), path::TOKEN_REVOCATIONS, revocation.clone()));
            sent.push((visitor.clone(), path::TOKEN_RESYNC, resync.clone()));
        }
    }
    for number in 0..4 {
        let visitor = house.log_in((&format!("waits{number}"), "Password1")).await;
        let activation = json!({"serial": SERIAL, "otp": otp});
        sent.extend((0..8).map(|_| (visitor.clone(), path::TOKEN_ACTIVATION, activation.clone())));
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

async fn all_at_once(sent: Vec<(Visitor, &'static str, serde_json::Value)>) -> Vec<Answer> {
    let sent: Vec<_> = sent
        .into_iter()
        .map(|(visitor, path, body)| tokio::spawn(async move { visitor.post(path, &body).await }))
        .collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn q5_what_one_has_used_another_who_shares_the_token_cannot_use_again() {
    let house = House::with_profile(&shared()).await;
    let token = Token::of(&house, "hanakodt");
    let (hanako, ichiro) = (house.log_in(HANAKO).await, house.log_in(ICHIRO).await);
    let otp = token.shows(&house);
    hanako.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
    // Nor does the one before it count any longer, and repeating guesses nothing: it locks nothing.
    for _ in 0..4 {
        ichiro.revoke_tokens(&["hanakodt"], &otp, ICHIRO_CONFIRMS).await.refused("otp_used");
        let before = token.shows_in(&house, -1);
        ichiro.revoke_tokens(&["hanakodt"], &before, ICHIRO_CONFIRMS).await.refused("otp_used");
        ichiro.resync(&otp, &token.shows_in(&house, 1)).await.refused("otp_used");
    }
    house.advance(Duration::minutes(1));
    ichiro.revoke_tokens(&["hanakodt"], &token.shows(&house), ICHIRO_CONFIRMS).await.ok();
}

#[tokio::test]
async fn q5_a_bank_started_again_remembers_what_was_used() {
    let house = House::with_profile(&shared()).await;
    let token = Token::of(&house, "hanakodt");
    let otp = token.shows(&house);
    house.log_in(HANAKO).await.revoke_tokens(&["shirodt"], &otp, HANAKO_CONFIRMS).await.ok();
    let house = house.restart().await;
    let ichiro = house.log_in(ICHIRO).await;
    ichiro.revoke_tokens(&["hanakodt"], &otp, ICHIRO_CONFIRMS).await.refused("otp_used");
}
