//! A password that is changed after it was compared, and before the act that it proves: the old password proves
//! nothing any more.
//!
//! A trigger of the database makes the change with the statement by which the bank takes back the count of tries.

use inkan_protocol::path;
use serde_json::json;

use crate::operator_judged_again::{ADMINISTRATOR, Acting, Moment, arm_statements, execute, written};
use crate::test_bank::{HANAKO, JIRO, TestBank};
use crate::tokens_in_hand::HANAKO_CONFIRMS;

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
