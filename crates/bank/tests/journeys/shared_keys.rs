//! Tests the bank's own keys in a database that several instances share.

use inkan_bank::{Bank, Options, OwnKeysError, StartError, Storage};
use inkan_profile::Profile;
use inkan_protocol::Secret;

use crate::cluster::{self, TestDatabase};
use crate::test_bank::OKMATE;

fn options(database: &TestDatabase, key_file: std::path::PathBuf) -> Options {
    let storage = Storage::Database { address: Secret::from(database.address()), key_file };
    Options { demo: true, ..Options::new(Profile::from_toml(OKMATE).unwrap(), storage) }
}

#[tokio::test]
async fn instances_that_start_at_once_make_one_ca_and_another_key_is_refused() {
    if !cluster::is_chosen() {
        return;
    }
    let (database, place) = (TestDatabase::make().await, tempfile::tempdir().unwrap());
    let key_file = place.path().join("keys/database.key");
    let start = || Bank::start(options(&database, key_file.clone()));
    let (one, two) = tokio::join!(start(), start());
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one.announcement().ca, two.announcement().ca);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key_file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let elsewhere = place.path().join("elsewhere.key");
    let error = Bank::start(options(&database, elsewhere.clone())).await.unwrap_err();
    assert!(matches!(&error, StartError::OwnKeys(OwnKeysError::KeyFileMissing(_))), "{error}");
    assert!(!elsewhere.exists(), "none is made that could not be the right one");
    std::fs::write(&elsewhere, [7; 32]).unwrap();
    let error = Bank::start(options(&database, elsewhere)).await.unwrap_err();
    assert!(matches!(&error, StartError::OwnKeys(OwnKeysError::OtherKey(_))), "{error}");
    one.stop().await;
    two.stop().await;
}

#[tokio::test]
async fn an_address_is_never_told() {
    let storage = Storage::Database {
        address: Secret::from("mysql://inkan:geheim@localhost/bank".to_owned()),
        key_file: "database.key".into(),
    };
    assert!(!format!("{storage:?}").contains("geheim"));
    let error = Bank::start(Options::new(Profile::from_toml(OKMATE).unwrap(), storage)).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
}
