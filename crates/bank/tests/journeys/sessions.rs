//! A user's own sessions: how long they last, and how the user sees and ends them.

use inkan_protocol::path;
use serde_json::{Value, json};
use time::Duration;

use crate::audit::log;
use crate::test_bank::{HANAKO, JIRO, TestBank, TestClient};
use crate::tokens_in_hand::HANAKO_CONFIRMS;

async fn sessions(client: &TestClient) -> Vec<Value> {
    client.get(path::SESSIONS).await.ok().as_array().unwrap().clone()
}

fn session(id: &Value) -> String {
    path::SESSION.replace("{id}", id.as_str().unwrap())
}

/// NIST SP 800-63B §2.2.3: after twelve hours, however often the session is used. Tested on two instances.
#[tokio::test]
async fn a_session_ends_twelve_hours_after_its_login() {
    let bank = TestBank::open().await;
    let other = bank.beside().await;
    let hanako = bank.log_in(HANAKO).await;
    let mut there = hanako.clone();
    there.address.clone_from(&other.announcement().portal);
    for _ in 0..71 {
        bank.advance(Duration::minutes(10));
        there.get(path::TOP).await.ok();
    }
    bank.advance(Duration::minutes(10) - Duration::SECOND);
    hanako.get(path::TOP).await.ok();
    bank.advance(Duration::SECOND);
    let freeze = json!({"confirmation_password": HANAKO_CONFIRMS});
    there.post(path::FREEZE, &freeze).await.refused("session_ended");
    hanako.get(path::TOP).await.refused("session_ended");
    bank.log_in(HANAKO).await.get(path::TOP).await.ok();
    other.stop().await;
}

#[tokio::test]
async fn a_user_sees_the_own_sessions_and_ends_one_or_all_others() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let first = bank.log_in(HANAKO).await;
    bank.advance(Duration::minutes(1));
    let second = bank.log_in_with(&issued, HANAKO.1).await;
    bank.advance(Duration::minutes(1));
    let third = bank.log_in(HANAKO).await;
    let jiro = bank.log_in(JIRO).await;

    let seen = sessions(&third).await;
    let field = |name: &str| seen.iter().map(|one| one[name].clone()).collect::<Vec<_>>();
    assert_eq!(field("this"), [true, false, false], "the last login first");
    assert_eq!(field("method"), ["id_password", "certificate", "id_password"]);
    let fingerprints = seen.iter().map(|one| one["certificate"]["fingerprint_sha256"].clone()).collect::<Vec<_>>();
    assert_eq!(fingerprints, [Value::Null, json!(issued.fingerprint()), Value::Null]);
    assert!(seen.iter().all(|one| one["begun"] == one["last_used"]), "{seen:?}");
    assert!(seen.iter().all(|one| one["address"] == "127.0.0.1"), "{seen:?}");
    for client in [&first, &second, &third] {
        assert!(!seen.iter().any(|one| one.to_string().contains(client.token.as_ref().unwrap())), "no token");
    }

    jiro.delete(&session(&seen[1]["id"])).await.refused("not_found");
    second.get(path::TOP).await.ok();
    third.delete(&session(&seen[1]["id"])).await.ok();
    second.get(path::TOP).await.refused("session_ended");
    third.delete(&session(&seen[1]["id"])).await.refused("not_found");
    first.get(path::TOP).await.ok();
    for _ in 0..2 {
        third.delete(path::OTHER_SESSIONS).await.ok();
    }
    first.get(path::TOP).await.refused("session_ended");
    assert_eq!(sessions(&third).await.len(), 1);
    jiro.get(path::TOP).await.ok();
    let log = log(&bank).await;
    let ended = log.iter().filter(|record| record["event"]["act"] == "session_ended");
    assert!(ended.clone().all(|record| record["event"]["actor"] == json!({"user": "hanakodt"})));
    assert_eq!(ended.filter(|record| record["event"]["outcome"] == "done").count(), 2);
    third.delete(&session(&seen[0]["id"])).await.ok();
    third.get(path::TOP).await.refused("session_ended");
}

#[tokio::test]
async fn sessions_that_began_in_one_second_are_ordered_by_id() {
    let bank = TestBank::open().await;
    let first = bank.log_in(HANAKO).await;
    bank.advance(Duration::minutes(1));
    for _ in 0..7 {
        bank.log_in(HANAKO).await;
    }
    let ids: Vec<_> = sessions(&first).await.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids[..7].is_sorted(), "{ids:?}");
    assert_eq!(sessions(&first).await[7]["this"], true, "the last login first");
}

#[tokio::test]
async fn a_user_is_told_of_a_new_certificate_and_of_changed_passwords() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(JIRO).await;
    let jiro = bank.log_in_with(&issued, JIRO.1).await;
    let change = json!({
        "login_password": JIRO.1, "new_login_password": "Jiro2027",
        "confirmation_password": "Kakunin03", "new_confirmation_password": "Kakunin33",
    });
    jiro.post(path::PASSWORDS, &change).await.ok();
    let titles = async |client: &TestClient| {
        let top = client.get(path::TOP).await.ok();
        let titles = top["notices"].as_array().unwrap().iter().map(|notice| notice["title"]["ja"].clone());
        titles.collect::<Vec<_>>()
    };
    let told = titles(&jiro).await;
    for title in ["電子証明書が発行されました", "パスワードが変更されました"] {
        assert!(told.contains(&json!(title)), "{told:?}");
        assert!(!titles(&bank.log_in(HANAKO).await).await.contains(&json!(title)), "nobody else's");
    }
}

/// NIST SP 800-63B §3.1.1.2: what many people use, patterns, and names.
#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused() {
    let bank = TestBank::open().await;
    let jiro = bank.log_in(JIRO).await;
    let fault = async |login: &str, confirmation: &str| {
        let change = json!({
            "login_password": JIRO.1, "new_login_password": login,
            "confirmation_password": "Kakunin03", "new_confirmation_password": confirmation,
        });
        let params = jiro.post(path::PASSWORDS, &change).await.refused("password_rule_broken")["params"].clone();
        (params["which"].as_str().unwrap().to_owned(), params["fault"].as_str().unwrap().to_owned())
    };
    for common in ["Password1", "Abc123", "abcdef123456"] {
        assert_eq!(fault(common, "Kakunin33").await, ("login".to_owned(), "common".to_owned()), "{common}");
        assert_eq!(fault("Jiro2027", common).await, ("confirmation".to_owned(), "common".to_owned()), "{common}");
    }
    for named in ["Jirodt1", "OKmate26"] {
        assert_eq!(fault(named, "Kakunin33").await, ("login".to_owned(), "like_name".to_owned()), "{named}");
    }
    let hanako = bank.log_in(HANAKO).await;
    let edit = json!({"login_password": "Password1", "confirmation_password": HANAKO_CONFIRMS});
    hanako.patch("/v1/users/jirodt/settings", &edit).await.refused("password_rule_broken");
    bank.log_in(JIRO).await;
}
