use inkan_bank::{Bank, Options, StartError};
use inkan_profile::Profile;
use inkan_protocol::path;
use sqlx::Connection;

use crate::test_bank::{HANAKO, OKMATE, TestBank};

#[tokio::test]
async fn a_bank_started_again_is_the_same_bank() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let before = serde_json::to_value(bank.server.announcement()).unwrap();
    let session = bank.log_in_with(&issued, HANAKO.1).await;

    let bank = bank.restart().await;
    let after = serde_json::to_value(bank.server.announcement()).unwrap();
    assert_eq!(after["demo"], before["demo"], "the same people with the same tokens");
    for table in ["users", "notices", "transactions", "tokens", "contracts"] {
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))
            .fetch_one(&mut bank.database().await)
            .await
            .unwrap();
        let expected = match table {
            "users" => 4,
            "tokens" => 3,
            "contracts" => 1,
            // The sample notices, and that of the certificate.
            "notices" => 3,
            _ => 2,
        };
        assert_eq!(count, expected, "{table}");
    }
    let client = bank.certificate_login(&issued).with_token_of(&session);
    assert_eq!(client.get(path::TOP).await.ok()["certificate"]["fingerprint_sha256"], issued.fingerprint());
}

#[tokio::test]
async fn token_secrets_do_not_stand_in_the_database() {
    let bank = TestBank::open().await;
    let said = serde_json::to_value(bank.server.announcement()).unwrap();
    let user = &said["demo"]["users"][0];
    assert_eq!(user["token_step_seconds"], 60);
    let secret = data_encoding::BASE32_NOPAD.decode(user["token_secret_base32"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(secret.len(), 20);
    let mut database = bank.database().await;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed_secret FROM tokens WHERE serial = '33456789'")
        .fetch_one(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
    assert!(!sealed.windows(secret.len()).any(|window| window == secret));
}

#[tokio::test]
async fn data_of_another_profile_is_left_alone() {
    let bank = TestBank::open().await;
    let other = Profile::from_toml(&OKMATE.replacen("id = \"okmate\"", "id = \"other\"", 1)).unwrap();
    let storage = bank.storage();
    bank.server.stop().await;
    let error = Bank::start(Options::new(other, storage)).await.unwrap_err();
    assert!(matches!(&error, StartError::OtherProfile { found, .. } if found == "okmate"), "{error}");
}

#[tokio::test]
async fn a_profile_without_sample_people_cannot_be_tried() {
    let data = tempfile::tempdir().unwrap();
    let profile = Profile::from_toml(OKMATE).unwrap().published();
    let bank = Bank::start(Options::new(profile.clone(), data.path())).await.unwrap();
    assert!(bank.announcement().demo.is_none());
    bank.stop().await;
    let options = Options { demo: true, ..Options::new(profile, data.path()) };
    assert!(matches!(Bank::start(options).await.unwrap_err(), StartError::NoDemo));
}
