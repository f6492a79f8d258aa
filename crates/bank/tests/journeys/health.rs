use inkan_protocol::path;
use reqwest::Method;
use sqlx::{AssertSqlSafe, Executor};

use crate::cluster;
use crate::test_bank::{HANAKO, ICHIRO, TestBank, TestClient};

/// Returns the value of a metric. `line` is the line of the metric up to the value.
async fn metric(plain: &TestClient, line: &str) -> Option<String> {
    let response = plain.request(Method::GET, path::METRICS).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/plain; version=0.0.4");
    let text = response.text().await.unwrap();
    assert!(!text.contains("hanakodt") && !text.contains("/nowhere"), "{text}");
    text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' ').map(str::to_owned))
}

#[tokio::test]
async fn metrics_count_requests_outcomes_and_what_there_is_and_name_nobody() {
    let bank = TestBank::open().await;
    let plain = bank.plain();
    bank.acquire(HANAKO).await;
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    bank.log_in(ICHIRO).await.get("/v1/users/hanakodt").await.ok();
    bank.portal().get("/nowhere/at/all").await.refused("not_found");
    for (line, value) in [
        (r#"inkan_authentications_total{listener="portal",outcome="login_failed",purpose="session"}"#, "1"),
        (r#"inkan_authentications_total{listener="portal",outcome="done",purpose="session"}"#, "1"),
        (r#"inkan_authentications_total{listener="portal",outcome="done",purpose="enrolment"}"#, "1"),
        (r#"inkan_requests_total{listener="portal",method="GET",route="/v1/users/{id}",status="200"}"#, "1"),
        (r#"inkan_requests_total{listener="portal",method="GET",route="unmatched",status="404"}"#, "1"),
        (r#"inkan_request_seconds_count{listener="portal",method="GET",route="/v1/users/{id}"}"#, "1"),
        (r#"inkan_refusals_total{code="not_found"}"#, "1"),
        ("inkan_certificates_issued", "1"),
        ("inkan_certificates_revoked", "0"),
        ("inkan_sessions_live", "1"),
        ("inkan_passwords_locked", "0"),
        ("inkan_database_up", "1"),
    ] {
        assert_eq!(metric(&plain, line).await.as_deref(), Some(value), "{line}");
    }
    bank.revoke("hanakodt").await.ok();
    for _ in 0..5 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    assert_eq!(metric(&plain, "inkan_certificates_revoked").await.as_deref(), Some("1"));
    assert_eq!(metric(&plain, "inkan_passwords_locked").await.as_deref(), Some("1"));
    bank.portal().get(path::METRICS).await.refused("not_found");
}

#[tokio::test]
async fn an_instance_without_its_database_lives_and_is_not_ready() {
    let bank = TestBank::open().await;
    let (portal, plain) = (bank.portal(), bank.plain());
    for client in [&portal, &plain] {
        client.get(path::HEALTH).await.ok();
        client.get(path::READY).await.ok();
    }
    bank.database().await.execute("ALTER TABLE certificates RENAME TO gone").await.unwrap();
    for client in [&portal, &plain] {
        client.get(path::HEALTH).await.ok();
        client.get(path::READY).await.refused("bank_unavailable");
    }
    assert_eq!(metric(&plain, "inkan_database_up").await.as_deref(), Some("0"));
    assert_eq!(metric(&plain, "inkan_database_errors_total").await.as_deref(), Some("2"));
}

/// A success of a moment ago does not hide that writing fails now. Queries work all the time.
#[tokio::test]
async fn an_instance_is_not_ready_as_soon_as_a_request_cannot_be_written() {
    if cluster::is_chosen() {
        return;
    }
    let bank = TestBank::open().await;
    let plain = bank.plain();
    plain.get(path::READY).await.ok();
    let mut database = bank.database().await;
    for trigger in ["UPDATE ON crls", "INSERT ON sessions"] {
        let name = &trigger[..6];
        let trigger = format!("CREATE TRIGGER {name}s BEFORE {trigger} BEGIN SELECT RAISE(ABORT, 'full'); END");
        database.execute(AssertSqlSafe(trigger)).await.unwrap();
    }
    bank.portal().log_in(HANAKO).await.refused("bank_unavailable");
    plain.get(path::READY).await.refused("bank_unavailable");
    database.execute("DROP TRIGGER UPDATEs; DROP TRIGGER INSERTs").await.unwrap();
    plain.get(path::READY).await.ok();
}
