//! A password that is changed after it was compared, and before the act that it proves: the old password proves
//! nothing any more.
//!
//! A trigger of the database makes the change with the statement by which the bank takes back the count of tries.

use inkan_protocol::path;
use serde_json::json;
use time::Duration;

use crate::keiyaku::PIN;
use crate::operator_judged_again::{ADMINISTRATOR, Acting, Moment, arm_statements, execute, written};
use crate::test_bank::{HANAKO, JIRO, KEIYAKU, TestBank};
use crate::tokens_in_hand::{HANAKO_CONFIRMS, Token, confirmed};

/// The statements that give the user another login password, and the old one back.
fn changed(column: &str, operator: Acting) -> [String; 2] {
    let set = |to: &str| format!("UPDATE users SET {column} = {to} WHERE id = '{}'", operator.key);
    [set(&format!("{column} || '0'")), set(&format!("substr({column}, 1, length({column}) - 1)"))]
}

#[tokio::test]
async fn a_login_with_a_password_that_is_changed_meanwhile_is_refused() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(JIRO).await;
    let jiro = Acting { key: "jirodt", role: "general", lower: "general", ..ADMINISTRATOR };
    for (operator, by_certificate) in [(ADMINISTRATOR, false), (jiro, true)] {
        let before = written(&bank).await;
        let change = changed("login_password", operator);
        let disarm = arm_statements(&bank, operator, Moment::LoggedIn, change).await;
        let answer = match by_certificate {
            false => bank.portal().log_in(HANAKO).await,
            true => bank.certificate_login(&issued).log_in_here(JIRO.1).await,
        };
        execute(&bank, &disarm).await;
        answer.refused("login_failed");
        assert_eq!(written(&bank).await, before, "no session");
    }
    bank.log_in(HANAKO).await;
    bank.log_in_with(&issued, JIRO.1).await;
}

#[tokio::test]
async fn an_enrolment_code_for_a_password_that_is_changed_meanwhile_is_refused() {
    let bank = TestBank::open().await;
    let before = written(&bank).await;
    let change = changed("login_password", ADMINISTRATOR);
    let disarm = arm_statements(&bank, ADMINISTRATOR, Moment::LoggedIn, change).await;
    let answer = bank.code(HANAKO).await;
    execute(&bank, &disarm).await;
    answer.refused("login_failed");
    assert_eq!(written(&bank).await, before, "no code");
    bank.code(HANAKO).await.ok();
}

#[tokio::test]
async fn an_act_confirmed_by_a_password_that_is_changed_meanwhile_is_refused() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    let before = written(&bank).await;
    let change = changed("confirmation_password", ADMINISTRATOR);
    let disarm = arm_statements(&bank, ADMINISTRATOR, Moment::Confirmed, change).await;
    let answer = hanako.post(path::FREEZE, &json!({"confirmation_password": HANAKO_CONFIRMS})).await;
    execute(&bank, &disarm).await;
    answer.refused("confirmation_password_wrong");
    assert_eq!(written(&bank).await, before, "nothing is frozen");
    hanako.post(path::FREEZE, &json!({"confirmation_password": HANAKO_CONFIRMS})).await.ok();
}

/// The token that proved an act is judged again, too: whether it is still in use, and still the operator's.
#[tokio::test]
async fn s2_5_s3_9_an_act_proved_by_a_token_that_is_lost_meanwhile_is_refused() {
    let token_state = |state: &str| format!("UPDATE users SET token_state = '{state}' WHERE token_serial = '12345678'");
    let bank = TestBank::with_profile(KEIYAKU).await;
    let riyousya = Acting { key: "00009876543/riyousya", contract: "00009876543", role: "user", lower: "user" };
    let token = Token::of(&bank, "riyousya");
    let check = async || {
        bank.advance(Duration::minutes(2));
        let (contract, otp) = (riyousya.contract, token.shows(&bank));
        let asked = json!({"contract": contract, "user": "riyousya", "login_password": PIN, "otp": otp});
        bank.portal().post(path::ENROLMENT_CODES, &asked).await
    };
    let before = written(&bank).await;
    let ended = [token_state("revoked"), token_state("active")];
    let disarm = arm_statements(&bank, riyousya, Moment::OtpCounted("12345678"), ended).await;
    let answer = check().await;
    execute(&bank, &disarm).await;
    answer.refused("token_not_active");
    assert_eq!(written(&bank).await, before, "no code");
    check().await.ok();

    let bank = TestBank::with_profile(&confirmed()).await;
    let (hanako, token) = (bank.log_in(HANAKO).await, Token::of(&bank, "hanakodt"));
    let revoke = async || {
        bank.advance(Duration::minutes(2));
        hanako.revoke_tokens(&["shirodt"], &token.shows(&bank), HANAKO_CONFIRMS).await
    };
    let before = written(&bank).await;
    let state = |state: &str| format!("UPDATE users SET token_state = '{state}' WHERE token_serial = '33456789'");
    let ended = [state("revoked"), state("active")];
    let disarm = arm_statements(&bank, ADMINISTRATOR, Moment::OtpCounted("33456789"), ended).await;
    let answer = revoke().await;
    execute(&bank, &disarm).await;
    answer.refused("token_unusable");
    assert_eq!(written(&bank).await, before, "nothing is revoked");
    revoke().await.ok();
}
