use inkan_bank::{AuditTrail, WithoutHeads};
use inkan_protocol::path;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Executor;
use time::Duration;

use crate::test_bank::{HANAKO, ICHIRO, JIRO, TestBank};

/// Returns the records of a bank's log. Reading them also verifies them.
pub(crate) async fn log(bank: &TestBank) -> Vec<Value> {
    let mut lines = Vec::new();
    AuditTrail::open(bank.storage()).await.unwrap().export(1, &mut lines).await.unwrap();
    String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Returns the action, the outcome and the actor of each record.
fn told(log: &[Value]) -> Vec<String> {
    let told = |record: &Value| {
        let event = &record["event"];
        let actor = match &event["actor"] {
            Value::Object(actor) => {
                actor.iter().map(|(kind, key)| format!("{kind} {}", key.as_str().unwrap())).collect()
            }
            other => other.as_str().unwrap().to_owned(),
        };
        let subject = event["subject"].as_str().map(|subject| format!(" to {subject}")).unwrap_or_default();
        format!("{} {} by {actor}{subject}", event["act"].as_str().unwrap(), event["outcome"].as_str().unwrap())
    };
    log.iter().map(told).collect()
}

#[tokio::test]
async fn everything_that_was_done_and_refused_stands_in_the_log_in_its_order() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    let hanako = bank.log_in_with(&issued, HANAKO.1).await;
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "revoke", "Wrong1234").await.refused("confirmation_password_wrong");
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
    hanako.get(path::TOP).await.refused("certificate_revoked");
    ichiro.delete(path::CURRENT_SESSION).await.ok();
    let log = log(&bank).await;
    let expected = [
        "enrolment_code_made done by user hanakodt",
        "certificate_issued done by user hanakodt",
        "certificate_acquired done by user hanakodt",
        "log_in login_failed by claimed hanakodt",
        "log_in done by user hanakodt",
        "log_in done by user ichirodt",
        "request confirmation_password_wrong by user ichirodt",
        "certificate_revoked done by user ichirodt to hanakodt",
        "session_ended done by bank to hanakodt",
        "certificate_shown certificate_revoked by user hanakodt",
        "session_ended done by user ichirodt",
    ];
    assert_eq!(told(&log), expected);
    assert_eq!(log[4]["event"]["method"], "certificate");
    assert_eq!(log[1]["event"]["fingerprint"], issued.fingerprint());
    assert_eq!(log[6]["event"]["path"], path::USER_CERTIFICATE);
    assert_eq!((&log[9]["event"]["method"], &log[9]["event"]["path"]), (&json!("GET"), &json!(path::TOP)));
    assert_eq!(log[9]["event"]["fingerprint"], issued.fingerprint());
    assert!(log[0]["at"].as_str().unwrap().ends_with('Z'), "UTC");
}

#[tokio::test]
async fn no_secret_is_in_the_log() {
    let bank = TestBank::open().await;
    let code = bank.code(HANAKO).await.ok()["code"].as_str().unwrap().to_owned();
    bank.portal().log_in(("hanakodt", "Secret1234")).await.refused("login_failed");
    bank.portal().enroll(("hanakodt", "WRONGCODE"), b"").await.unwrap_err().refused("enrolment_code_invalid");
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.refused("no_live_certificate");
    let text = serde_json::to_string(&log(&bank).await).unwrap();
    let token = ichiro.token.clone().unwrap();
    for secret in [HANAKO.1, ICHIRO.1, "Kakunin02", "Secret1234", "WRONGCODE", &code, &token] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn an_unknown_id_and_a_wrong_password_leave_the_same_record_and_no_more() {
    let bank = TestBank::open().await;
    bank.portal().log_in(("nobody01", "Wrong1234")).await.refused("login_failed");
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    bank.code(("nobody01", "Wrong1234")).await.refused("login_failed");
    bank.code(("hanakodt", "Wrong1234")).await.refused("login_failed");
    let events: Vec<_> = log(&bank).await.into_iter().map(|record| record["event"].clone()).collect();
    assert_eq!(events.len(), 4, "{events:?}");
    for pair in events.chunks(2) {
        let [mut unknown, wrong] = [pair[0].clone(), pair[1].clone()];
        assert_eq!(unknown["actor"], json!({"claimed": "nobody01"}));
        unknown["actor"] = json!({"claimed": "hanakodt"});
        assert_eq!(unknown, wrong);
    }
}

#[tokio::test]
async fn m5_a_lock_and_its_opening_are_recorded() {
    let bank = TestBank::open().await;
    for _ in 0..6 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    bank.portal().log_in(HANAKO).await.refused("login_password_locked");
    let told = told(&log(&bank).await);
    assert_eq!(told[6], "password_locked done by bank to hanakodt");
    assert_eq!(told[7], "log_in login_password_locked by claimed hanakodt");
    assert_eq!(told.len(), 8);
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_done() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    bank.database().await.execute("ALTER TABLE audit RENAME TO gone").await.unwrap();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.refused("bank_unavailable");
    bank.portal().log_in(JIRO).await.refused("bank_unavailable");
    bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("bank_unavailable");
    ichiro.get(path::USERS).await.ok();
    bank.database().await.execute("ALTER TABLE gone RENAME TO audit").await.unwrap();
    bank.log_in_with(&issued, HANAKO.1).await.get(path::TOP).await.ok();
    log(&bank).await;
}

#[tokio::test]
async fn requests_side_by_side_make_one_chain() {
    let bank = TestBank::open().await;
    let beside = bank.beside().await;
    let portal = bank.portal();
    let tries: Vec<_> = (0..24)
        .map(|number| {
            let mut portal = portal.clone();
            if number % 2 == 0 {
                portal.address = beside.announcement().portal.clone();
            }
            tokio::spawn(async move { portal.log_in((&format!("nobody{number:02}"), "Wrong1234")).await })
        })
        .collect();
    for answer in tries {
        answer.await.unwrap().refused("login_failed");
    }
    assert_eq!(log(&bank).await.len(), 24);
    beside.stop().await;
}

#[tokio::test]
async fn s1_15_a_session_that_was_left_alone_ends_on_record() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    bank.advance(Duration::minutes(15));
    hanako.get(path::TOP).await.refused("session_ended");
    // A token that belongs to no session does not identify a user.
    hanako.get(path::TOP).await.refused("session_ended");
    let log = log(&bank).await;
    assert_eq!(told(&log), ["log_in done by user hanakodt", "session_ended done by bank to hanakodt"]);
}

/// Runs the program, and returns its exit code and both outputs.
fn program(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_inkan-bank")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn the_program_verifies_what_it_exports_and_names_the_first_broken_record() {
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    bank.log_in(ICHIRO).await;
    let storage = bank.storage_arguments();
    let branch = |more: &[&str]| {
        let arguments: Vec<&str> = storage.iter().map(String::as_str).collect();
        program(&[&["branch"], arguments.as_slice(), more].concat())
    };

    let (status, verified, _) = branch(&["audit", "verify"]);
    assert_eq!(status, Some(0));
    let head: Value = serde_json::from_str(&verified).unwrap();
    assert_eq!(head["sequence"], 4);
    let hash = head["hash"].as_str().unwrap();

    let (status, exported, told) = branch(&["audit", "export"]);
    assert_eq!((status, exported.lines().count()), (Some(0), 4));
    assert!(told.contains(hash), "{told}");
    let file = bank.data.path().join("exported.jsonl");
    let file_name = file.to_str().unwrap();
    let verify = |text: &str, more: &[&str]| {
        std::fs::write(&file, text).unwrap();
        program(&[&["audit", "verify", "--file", file_name], more].concat())
    };
    assert_eq!(verify(&exported, &["--head", hash]).0, Some(0));
    let (_, part, _) = branch(&["audit", "export", "--from", "3"]);
    assert_eq!(verify(&part, &["--head", hash]).0, Some(0));
    assert_eq!(part.lines().count(), 2);
    let cut: String = exported.lines().take(3).map(|line| format!("{line}\n")).collect();
    assert_eq!(verify(&cut, &[]).0, Some(0), "nothing tells a cut end but the noted head");
    assert_eq!(verify(&cut, &["--head", hash]).0, Some(1));
    let (status, _, error) = verify(&exported.replace("certificate_issued", "certificate_kept"), &[]);
    assert_eq!(status, Some(1));
    assert!(error.contains("record 2 has been altered"), "{error}");

    let changed = "UPDATE audit SET event = replace(event, 'hanakodt', 'jirodt') WHERE sequence = 3";
    bank.database().await.execute(changed).await.unwrap();
    let mut answers = vec![branch(&["audit", "verify"])];
    if let [flag, data] = storage.as_slice() {
        answers.push(program(&["audit", "verify", flag, data]));
    }
    for (status, _, error) in answers {
        assert_eq!(status, Some(1));
        assert!(error.contains("record 3 has been altered"), "{error}");
    }
    bank.database().await.execute("DELETE FROM audit WHERE sequence = 3").await.unwrap();
    let (_, _, error) = branch(&["audit", "verify"]);
    assert!(error.contains("record 3 is missing"), "{error}");
    assert_eq!(program(&["audit", "verify", "--data", file_name]).0, Some(1));
    assert_eq!(program(&["audit", "verify"]).0, Some(2));
}

/// The log has the end of every session that began, whatever ended it.
#[tokio::test]
async fn s1_15_a_session_that_the_bank_ends_is_recorded() {
    let bank = TestBank::open().await;
    let issued = bank.acquire(ICHIRO).await;
    let ended = async |user: &str| {
        let log = log(&bank).await;
        let of_user = |event: &&Value| event["act"] == "session_ended" && event["subject"] == user;
        log.iter().map(|record| &record["event"]).filter(of_user).count()
    };
    // By the revocation of one's own certificate.
    let own = bank.log_in_with(&issued, ICHIRO.1).await;
    own.change_certificate("ichirodt", "revoke", "Kakunin02").await.ok();
    assert_eq!(ended("ichirodt").await, 1);
    // By a lock of the login password.
    bank.log_in(HANAKO).await;
    for _ in 0..6 {
        bank.portal().log_in(("hanakodt", "Wrong1234")).await.refused("login_failed");
    }
    assert_eq!(ended("hanakodt").await, 1);
    // By the limit of idleness, which another login notices.
    bank.log_in(JIRO).await;
    bank.advance(Duration::hours(2));
    let ichiro = bank.log_in(ICHIRO).await;
    assert_eq!(ended("jirodt").await, 1);
    // By a freeze (M7), of everybody who is logged in.
    bank.log_in(JIRO).await;
    let freeze = json!({"confirmation_password": "Kakunin02"});
    ichiro.post(path::FREEZE, &freeze).await.ok();
    assert_eq!((ended("ichirodt").await, ended("jirodt").await), (2, 2));
}

#[tokio::test]
async fn a_flood_of_refusals_is_counted_and_each_record_has_the_address() {
    let bank = TestBank::open().await;
    for number in 0..70 {
        // Another ID each time, so that none is locked.
        bank.portal().log_in((&format!("nobody{number}"), "Wrong1234")).await.refused("login_failed");
    }
    // The flood does not hide what a user who is logged in is refused.
    let ichiro = bank.log_in(ICHIRO).await;
    ichiro.change_certificate("jirodt", "revoke", "Wrong1234").await.refused("confirmation_password_wrong");
    let data = bank.storage();
    bank.server.stop().await;
    let mut lines = Vec::new();
    AuditTrail::open(data).await.unwrap().export(1, &mut lines).await.unwrap();
    let events: Vec<Value> = lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice::<Value>(line).unwrap()["event"].take())
        .collect();
    assert_eq!(events.iter().filter(|event| event["outcome"] == "login_failed").count(), 60);
    assert_eq!(events[61]["outcome"], "confirmation_password_wrong");
    assert_eq!(
        events[62],
        json!({
            "act": "refusals_counted", "codes": {"login_failed": 10}, "outcome": "done", "actor": "unknown",
            "address": "127.0.0.1",
        })
    );
    assert!(events.iter().all(|event| event["address"] == "127.0.0.1"), "{events:?}");
}

#[tokio::test]
async fn a_log_that_was_cut_off_or_written_anew_differs_from_the_heads_that_the_bank_signed() {
    let bank = TestBank::open().await;
    for _ in 0..2 {
        bank.log_in(ICHIRO).await;
    }
    let (mut database, storage) = (bank.database().await, bank.storage());
    bank.server.stop().await;
    let verify = async || AuditTrail::open(storage.clone()).await.unwrap().verify(None, WithoutHeads::Refused).await;
    let head = verify().await.unwrap();
    assert_eq!((head.sequence, head.signed_heads), (2, 1));
    let fault = async || verify().await.unwrap_err().to_string();

    database
        .execute("INSERT INTO audit (sequence, at, event, previous, hash) VALUES (-1, 0, '{}', 'none', 'none')")
        .await
        .unwrap();
    assert!(fault().await.contains("record -1 is not one of the log"), "{}", fault().await);
    database.execute("DELETE FROM audit WHERE sequence < 1").await.unwrap();

    database.execute("DELETE FROM audit WHERE sequence = 2").await.unwrap();
    assert!(fault().await.contains("the log ends with record 1, and the bank signed record 2"), "{}", fault().await);

    // Another record with right hashes in the place of the one that was signed.
    let previous: String =
        sqlx::query_scalar("SELECT hash FROM audit WHERE sequence = 1").fetch_one(&mut database).await.unwrap();
    let event = r#"{"act":"session_ended","outcome":"done","actor":"bank"}"#;
    let at = time::macros::datetime!(2026-11-21 0:00 UTC);
    let hash = data_encoding::HEXLOWER
        .encode(&Sha256::digest(format!("{previous}\n2\n2026-11-21T00:00:00Z\n{event}").as_bytes()));
    sqlx::query("INSERT INTO audit (sequence, at, event, previous, hash) VALUES (2, $1, $2, $3, $4)")
        .bind(at.unix_timestamp())
        .bind(event)
        .bind(previous)
        .bind(hash)
        .execute(&mut database)
        .await
        .unwrap();
    assert!(fault().await.contains("record 2 is not the one that the bank signed"), "{}", fault().await);

    // A head that another CA signed proves nothing.
    let heads = std::fs::read_dir(bank.data.path()).unwrap().map(|entry| entry.unwrap().path());
    let heads = heads.into_iter().find(|file| file.to_str().unwrap().contains("audit-heads")).unwrap();
    let line = std::fs::read_to_string(&heads).unwrap();
    std::fs::write(&heads, line.replace("\"sequence\":2", "\"sequence\":1")).unwrap();
    let unsigned = AuditTrail::open(storage.clone()).await.unwrap_err().to_string();
    assert!(unsigned.contains("line 2 of the signed heads"), "{unsigned}");
}

/// The bank signs a head before its first request, so a log without one is not as the bank left it.
#[tokio::test]
async fn a_log_whose_signed_heads_were_deleted_is_not_accepted() {
    let bank = TestBank::open().await;
    bank.log_in(ICHIRO).await;
    let heads = || {
        let files = std::fs::read_dir(bank.data.path()).unwrap().map(|entry| entry.unwrap().path());
        files.into_iter().find(|file| file.to_str().unwrap().contains("audit-heads"))
    };
    let storage = bank.storage_arguments();
    let verify = |more: &[&str]| {
        let arguments: Vec<&str> = storage.iter().map(String::as_str).collect();
        program(&[&["branch"], arguments.as_slice(), &["audit", "verify"], more].concat())
    };
    assert_eq!(verify(&[]).0, Some(0), "after a crash, too, there is the head of the start");
    std::fs::write(heads().unwrap(), "").unwrap();
    assert_eq!(verify(&[]).0, Some(1));
    std::fs::remove_file(heads().unwrap()).unwrap();
    let (status, told, error) = verify(&[]);
    assert_eq!((status, told.as_str()), (Some(1), ""));
    assert!(error.contains("no signed head was found"), "{error}");
    if let [flag, data] = storage.as_slice() {
        assert_eq!(program(&["audit", "verify", flag, data]).0, Some(1));
        assert_eq!(program(&["audit", "verify", flag, data, "--without-heads"]).0, Some(0));
    }
    let (status, told, _) = verify(&["--without-heads"]);
    assert_eq!(status, Some(0));
    assert!(told.contains("\"signed_heads\":0"), "{told}");

    // An export is compared with the heads that are named.
    let (file, heads) = (bank.data.path().join("exported.jsonl"), bank.data.path().join("no-heads.jsonl"));
    std::fs::write(&file, "").unwrap();
    let names = [&file, &heads].map(|path| path.to_str().unwrap().to_owned());
    let ca = bank.server.announcement().ca.to_str().unwrap().to_owned();
    let (status, _, error) = program(&["audit", "verify", "--file", &names[0], "--heads", &names[1], "--ca", &ca]);
    assert_eq!(status, Some(1));
    assert!(error.contains("no signed head was found"), "{error}");
}
