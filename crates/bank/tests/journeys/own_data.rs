//! Data of the bank that was lost is not replaced by new data. A directory serves one program and one profile.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use inkan_bank::{Bank, InUseByData, Options, StartError};
use inkan_profile::{PasswordKind, Profile};
use tempfile::TempDir;

use crate::cluster::{self, TestDatabase};
use crate::test_bank::{HANAKO, KEIYAKU, OKMATE, SHINKIN, TestBank};

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../profiles/okmate.toml");

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inkan-bank"));
    command.env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

fn serve(data: &Path) -> Command {
    let mut command = program();
    command.args(["serve", "--demo", "--profile", PROFILE, "--data"]).arg(data);
    command
}

/// Starts a bank, and waits until it listens.
fn serving(command: &mut Command) -> Child {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("portal"), "{line:?}");
    child
}

fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Returns the reason why the bank does not start.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with("bank.sqlite-"));
    names.sort();
    names
}

/// Returns the data of a bank that has users, tokens and a certificate.
async fn initialised() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    let options = Options { demo: true, ..Options::new(Profile::from_toml(OKMATE).unwrap(), data.path()) };
    let bank = TestBank::of(Bank::start(options).await.unwrap(), data);
    bank.acquire(HANAKO).await;
    bank.closed().await
}

#[cfg(unix)]
#[tokio::test]
async fn a_directory_that_others_read_keeps_the_database_from_them() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let data = initialised().await;
    set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
    let files = || std::fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().path());
    for file in files() {
        set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    }
    let child = serving(&mut serve(data.path()));
    let databases: Vec<_> = files().filter(|file| file.to_str().unwrap().contains("bank.sqlite")).collect();
    assert_eq!(databases.len(), 3, "{databases:?}");
    for file in databases {
        let mode = metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}: {mode:o}", file.display());
    }
    end(child);
}

#[tokio::test]
async fn a_key_or_a_database_that_was_lost_stops_the_start_and_is_not_made_anew() {
    for lost in [&["token.key"][..], &["ca.key"], &["ca.key", "ca.pem"], &["bank.sqlite"]] {
        let data = initialised().await;
        for file in lost {
            std::fs::remove_file(data.path().join(file)).unwrap();
        }
        let before = names(data.path());
        let said = refused(&serve(data.path()).output().unwrap());
        assert!(said.contains(lost[0]) && said.contains("restore it"), "{lost:?}: {said}");
        let mut after = names(data.path());
        after.retain(|name| name != "serve.lock");
        assert_eq!(after, before, "{lost:?}: {said}");
    }
}

#[tokio::test]
async fn a_key_of_another_bank_stops_the_start() {
    let (data, other) = (initialised().await, initialised().await);
    std::fs::copy(other.path().join("token.key"), data.path().join("token.key")).unwrap();
    assert!(refused(&serve(data.path()).output().unwrap()).contains("token.key: not the key that opens"));

    let data = initialised().await;
    for file in ["ca.key", "ca.pem"] {
        std::fs::copy(other.path().join(file), data.path().join(file)).unwrap();
    }
    assert!(refused(&serve(data.path()).output().unwrap()).contains("ca.key: not the key of the CA"));
}

#[test]
fn a_directory_serves_one_program_at_a_time() {
    let data = tempfile::tempdir().unwrap();
    let first = serving(&mut serve(data.path()));
    let said = refused(&serve(data.path()).output().unwrap());
    assert!(said.contains("another inkan-bank serves from this directory"), "{said}");
    let listed = program().args(["branch", "--data"]).arg(data.path()).args(["contracts", "list"]).output().unwrap();
    assert!(listed.status.success(), "the branch works beside it: {listed:?}");
    end(first);
    end(serving(&mut serve(data.path())));
}

#[test]
fn consoles_say_that_a_directory_holds_no_bank_and_make_none() {
    let empty = tempfile::tempdir().unwrap();
    let missing = empty.path().join("missing");
    let file = empty.path().join("file");
    std::fs::write(&file, "not a directory").unwrap();
    for directory in [empty.path(), &missing, &file] {
        for command in [&["contracts", "list"][..], &["audit", "verify"], &[]] {
            let mut console = program();
            match command {
                [] => console.args(["audit", "verify", "--data"]).arg(directory),
                command => console.args(["branch", "--data"]).arg(directory).args(command),
            };
            let said = refused(&console.output().unwrap());
            assert!(said.contains("has no data of a bank"), "{command:?}: {said}");
        }
    }
    assert!(!missing.exists());
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 1, "nothing was made");
}

#[tokio::test]
async fn a_profile_that_drops_what_is_in_use_is_refused() {
    let data = initialised().await;
    let start = |profile: String| Bank::start(Options::new(Profile::from_toml(&profile).unwrap(), data.path()));
    let document = document(data.path()).await;

    let without =
        OKMATE.replace(r#"id = "general""#, r#"id = "staff""#).replace(r#"role = "general""#, r#"role = "staff""#);
    let without = without.replace(r#""administrator", "general"]"#, r#""administrator", "staff"]"#);
    let error = start(without).await.unwrap_err();
    let StartError::InUseByData(InUseByData::Role { role, users, example }) = &error else { panic!("{error}") };
    assert_eq!((role.as_str(), *users, example.as_str()), ("general", 2, "jirodt"), "{error}");

    let methods = OKMATE.replace(r#"methods = ["certificate", "id_password"]"#, r#"methods = ["id_password"]"#);
    assert_ne!(methods, OKMATE);
    let error = start(methods).await.unwrap_err();
    assert!(matches!(&error, StartError::InUseByData(InUseByData::Certificates { .. })), "{error}");
    assert!(error.to_string().contains("hanakodt"), "{error}");

    let (rules, _) = OKMATE.split_once("[demo]").unwrap();
    let numbered = rules.replace(
        "session_idle_minutes",
        "contract_number = { name = { ja = \"契約者ID\", en = \"Contract ID\" }, digits = 11 }\nsession_idle_minutes",
    );
    let error = start(numbered).await.unwrap_err();
    assert!(matches!(&error, StartError::InUseByData(InUseByData::UserKeys { numbered: false, .. })), "{error}");

    for (ours, others) in
        [("digits = 6 ", "digits = 8 "), ("step_seconds = 60", "step_seconds = 30"), ("sha1", "sha256")]
    {
        let other_tokens = OKMATE.replacen(ours, others, 1);
        assert_ne!(other_tokens, OKMATE);
        let error = start(other_tokens).await.unwrap_err();
        assert!(matches!(&error, StartError::InUseByData(InUseByData::Tokens { .. })), "{error}");
    }

    assert_eq!(self::document(data.path()).await, document, "the profile that the data keeps is as it was");
    start(OKMATE.to_owned()).await.unwrap().stop().await;
}

#[tokio::test]
async fn s3_10_contract_numbers_of_another_length_are_refused() {
    let data = tempfile::tempdir().unwrap();
    let start = |profile: &str| {
        Bank::start(Options { demo: true, ..Options::new(Profile::from_toml(profile).unwrap(), data.path()) })
    };
    start(KEIYAKU).await.unwrap().stop().await;
    let longer = KEIYAKU.replace("digits = 11", "digits = 12").replace("0000987654", "00000987654");
    let error = start(&longer).await.unwrap_err();
    assert!(matches!(&error, StartError::InUseByData(InUseByData::ContractNumber(_))), "{error}");
}

#[tokio::test]
async fn s4_7_passwords_of_a_kind_that_is_dropped_are_refused() {
    let data = tempfile::tempdir().unwrap();
    let profile = Profile::from_toml(SHINKIN).unwrap();
    Bank::start(Options { demo: true, ..Options::new(profile.clone(), data.path()) }).await.unwrap().stop().await;
    let mut without = Profile { demo: None, ..profile };
    without.passwords.transfer = None;
    let error = Bank::start(Options::new(without, data.path())).await.unwrap_err();
    let StartError::InUseByData(InUseByData::Password { kind, users, .. }) = &error else { panic!("{error}") };
    assert_eq!(*kind, PasswordKind::Transfer);
    assert!(*users > 0);
}

/// Returns the profile that the data contains.
async fn document(data: &Path) -> String {
    use sqlx::Connection;
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", data.join("bank.sqlite").display());
    let mut database = sqlx::AnyConnection::connect(&address).await.unwrap();
    sqlx::query_scalar("SELECT document FROM bank").fetch_one(&mut database).await.unwrap()
}

/// If the database cannot be reached, no key file is made. A key file that is given by its name alone is made in the
/// working directory.
#[tokio::test]
async fn a_key_file_needs_no_folder_and_is_made_last() {
    let place = tempfile::tempdir().unwrap();
    let with = |address: &str| {
        let mut command = program();
        command.args(["serve", "--profile", PROFILE, "--key-file", "keyx", "--database", address]);
        command.current_dir(place.path());
        command
    };
    refused(&with("postgres://nobody@127.0.0.1:1/none").output().unwrap());
    assert!(names(place.path()).is_empty(), "no key for a database that is not there");
    if cluster::is_chosen() {
        let database = TestDatabase::make().await;
        end(serving(&mut with(&database.address())));
        assert!(place.path().join("keyx").is_file());
        end(serving(&mut with(&database.address())));
    }
}
