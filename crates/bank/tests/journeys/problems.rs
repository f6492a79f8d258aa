use inkan_protocol::path;
use reqwest::Method;
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::test_bank::{HANAKO, ICHIRO, JIRO, TestBank, answer, request};

/// Returns everything in the database except the audit log, which also records refusals.
async fn content(database: &mut AnyConnection) -> Vec<String> {
    if database.backend_name() == "PostgreSQL" {
        return content_of_postgres(database).await;
    }
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name <> 'audit' ORDER BY t.name, c.name",
    )
    .fetch_all(&mut *database)
    .await
    .unwrap();
    let mut content = Vec::new();
    for (table, column) in columns {
        let query = format!("SELECT '{table}.{column} ' || quote(\"{column}\") FROM \"{table}\" ORDER BY rowid");
        let values: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut *database).await.unwrap();
        content.extend(values);
    }
    content
}

async fn content_of_postgres(database: &mut AnyConnection) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'audit' ORDER BY 1",
    )
    .fetch_all(&mut *database)
    .await
    .unwrap();
    let mut content = Vec::new();
    for table in tables {
        let query = format!("SELECT '{table} ' || CAST(row_to_json(t) AS text) FROM \"{table}\" t ORDER BY 1");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut *database).await.unwrap();
        content.extend(rows);
    }
    content
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language() {
    let bank = TestBank::open().await;
    for (asked, language, title) in
        [("en-GB, ja;q=0.5", "en", "You have been logged out"), ("fr", "ja", ""), ("ja, en", "ja", "")]
    {
        let request = bank.portal().request(Method::GET, path::TOP).header("accept-language", asked);
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-language"], language);
        assert_eq!(response.headers()["www-authenticate"], "Bearer", "RFC 6750 §3");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let problem: serde_json::Value = response.json().await.unwrap();
        assert_eq!((&problem["status"], &problem["who"]), (&json!(401), &json!("you")));
        assert_eq!(problem["reference"].as_str().unwrap().len(), 8);
        assert!(title.is_empty() || problem["title"] == title, "{problem}");
    }
}

#[tokio::test]
async fn requests_that_make_no_sense_are_named_and_change_nothing() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    let (ichiro, jiro) = (bank.log_in(ICHIRO).await, bank.log_in(JIRO).await);
    let mut database = bank.database().await;
    let before = content(&mut database).await;

    bank.portal().get("/").await.refused("not_found");
    bank.portal().get("/v1/users/%ff").await.refused("session_ended");
    ichiro.get("/v1/users/%ff").await.refused("request_invalid");
    bank.portal().delete(path::SESSIONS).await.refused("request_invalid");
    let post = |body: &'static str| {
        bank.portal().request(Method::POST, path::SESSIONS).header("content-type", "application/json").body(body)
    };
    for body in ["", "{", "[]", "{\"user\":\"hanakodt\"}", "{\"user\":1,\"login_password\":\"\"}"] {
        answer(post(body)).await.refused("request_invalid");
    }
    let extra = json!({"user": "hanakodt", "login_password": "Hanako2026", "otp": "123456"});
    bank.portal().post(path::SESSIONS, &extra).await.refused("request_invalid");
    let large = json!({"user": "x".repeat(65 * 1024), "login_password": ""});
    bank.portal().post(path::SESSIONS, &large).await.refused("request_invalid");
    ichiro.change_certificate("hanakodt", "burn", "Kakunin02").await.refused("request_invalid");
    ichiro.change_certificate("nobody", "revoke", "Kakunin02").await.refused("user_unknown");
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.refused("no_live_certificate");
    jiro.change_certificate("hanakodt", "revoke", "Kakunin03").await.refused("not_permitted");
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    let refused = bank.portal().enroll(("hanakodt", &code), &request(&p384)).await.unwrap_err();
    refused.refused("certification_request_invalid");
    assert_eq!(content(&mut database).await, before);

    bank.portal().log_in(HANAKO).await.ok();
    assert_ne!(content(&mut database).await, before, "a change would have been seen");
}

#[tokio::test]
async fn a_bank_without_its_database_says_so_and_lets_nobody_in() {
    let bank = TestBank::open().await;
    let client = bank.log_in(HANAKO).await;
    sqlx::query("ALTER TABLE sessions RENAME TO lost").execute(&mut bank.database().await).await.unwrap();
    let problem = client.get(path::TOP).await.refused("bank_unavailable");
    assert_eq!((&problem["status"], &problem["who"]), (&json!(503), &json!("bank")));
    assert!(!problem.to_string().contains("sessions"), "{problem}");
    bank.portal().log_in(HANAKO).await.refused("bank_unavailable");
}

#[tokio::test]
async fn the_bank_publishes_itself_without_its_sample_people() {
    let bank = TestBank::open().await;
    let document = bank.portal().get(path::BANK).await.ok();
    let parsed: inkan_protocol::BankDocument = serde_json::from_value(document.clone()).unwrap();
    parsed.profile.check().unwrap();
    assert_eq!(parsed.certificate_login.as_str().trim_end_matches('/'), bank.server.announcement().certificate_login);
    assert!(!document.to_string().contains("hanakodt"));
}
