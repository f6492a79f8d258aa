//! Typed text in full width or with blanks is accepted as it was meant, or refused without being counted.

use inkan_protocol::path;
use serde_json::json;

use crate::keiyaku::PIN;
use crate::test_bank::{HANAKO, KEIYAKU, TestBank};

/// Six wrong one-time passwords lock a token (M5). These texts are not one-time passwords, so they are not counted.
#[tokio::test]
async fn a_one_time_password_that_is_none_locks_nothing() {
    let bank = TestBank::open().await;
    let hanako = bank.log_in(HANAKO).await;
    for typed in [
        "１２３４５６",
        "12345",
        "123 456",
        "123456\n",
        "abcdef",
        "",
        "1234567",
        "12345678",
        "123456789",
        "一二三四五六",
    ] {
        for (otp, otp_next) in [(typed, "654321"), ("654321", typed)] {
            let resync = json!({"otp": otp, "otp_next": otp_next});
            hanako.post(path::TOKEN_RESYNC, &resync).await.refused("otp_malformed");
        }
    }
    let token = hanako.get(path::TOKEN).await.ok();
    assert_eq!(token["state"], "active", "{token}");
    for _ in 0..6 {
        let guess = json!({"otp": "123456", "otp_next": "654321"});
        hanako.post(path::TOKEN_RESYNC, &guess).await.refused("token_resync_failed");
    }
    let token = hanako.get(path::TOKEN).await.ok();
    assert_eq!(token["state"], "locked", "real guesses count (M5): {token}");
}

/// Six wrong login passwords lock an ID (M5).
#[tokio::test]
async fn s1_9_a_password_in_full_width_is_taken_and_one_that_cannot_be_is_not_counted() {
    let bank = TestBank::open().await;
    let log_in = |user: &str, password: &str| json!({"user": user, "login_password": password});
    let portal = bank.portal();
    for typed in ["はなこ２０２６", "Hanako 2026", "", "　"] {
        for _ in 0..2 {
            portal.post(path::SESSIONS, &log_in(HANAKO.0, typed)).await.refused("password_malformed");
        }
    }
    // S1-9: no password is longer than the rule, and no ID has a line end inside.
    let long = "a1".repeat(19);
    for _ in 0..6 {
        portal.post(path::SESSIONS, &log_in(HANAKO.0, &long[..37])).await.refused("password_malformed");
        portal.post(path::SESSIONS, &log_in("hana\nkodt", HANAKO.1)).await.refused("login_id_malformed");
    }
    for (user, password) in
        [(" ｈａｎａｋｏｄｔ　", "Ｈａｎａｋｏ２０２６"), ("hanakodt\n", "Hanako2026\n"), ("hanakodt", " Hanako2026")]
    {
        portal.post(path::SESSIONS, &log_in(user, password)).await.ok();
    }
    for _ in 0..6 {
        portal.post(path::SESSIONS, &log_in(HANAKO.0, "Ｈａｎａｋｏ２０２７")).await.refused("login_failed");
    }
    portal.post(path::SESSIONS, &log_in(HANAKO.0, HANAKO.1)).await.refused("login_password_locked");
}

#[tokio::test]
async fn s3_10_a_contract_number_is_read_as_it_is_printed() {
    let bank = TestBank::with_profile(KEIYAKU).await;
    let asked = |contract: &str, user: &str, pin: &str| {
        let body = json!({"contract": contract, "user": user, "login_password": pin});
        let portal = bank.portal();
        async move { portal.post(path::ENROLMENT_CODES, &body).await }
    };
    for contract in ["００００９８７６５４３", "000-0987-6543", " 00009876543\n", "０００　０９８７　６５４３"]
    {
        // The next question is for the token: the password was compared with the right user's.
        asked(contract, "ｒｉｙｏｕｓｙａ", PIN).await.refused("otp_required");
    }
    asked("00009876544", "riyousya", PIN).await.refused("login_failed");
}
