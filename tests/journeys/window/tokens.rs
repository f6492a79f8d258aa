//! Changing hardware tokens in the window, at a bank whose clock shows the hours of the rules.

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::json;
use time::macros::{format_description, time};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

super::by_both_hands!(j7_tokens_revoked_by_night_wait_until_the_morning, m4_a_drifted_token_is_set_anew);

/// The secret of the new tokens that the branch sends.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const STEP: i64 = 60;

/// Returns the day before yesterday in Japan. Its evening and the next morning are past, so this machine's clock
/// accepts what the bank signs at both times.
fn evening() -> (Date, UtcOffset) {
    let japan = UtcOffset::from_hms(9, 0, 0).unwrap();
    ((OffsetDateTime::now_utc().checked_to_offset(japan).unwrap() - Duration::days(2)).date(), japan)
}

async fn log_in(window: &Window, user: &str, password: &str) {
    window.click("login-id-open").await;
    window.fill("id-user", user).await;
    window.fill("password", password).await;
    window.click("password-submit").await;
}

/// J7: S2-1 … S2-17, Q2.
async fn j7_tokens_revoked_by_night_wait_until_the_morning(hand: Hand) {
    let (day, japan) = evening();
    let mut bank = Bank::starting_at("okmate", day.with_time(time!(21:30)).assume_offset(japan));
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    let row = |user: &str| format!("[data-test=\"token-row\"][data-id=\"{user}\"]");
    let state = |user: &str, state: &str| format!("{}[data-state=\"{state}\"]", row(user));
    window.select(&state("hanakodt", "active")).await;
    window.select(&state("ichirodt", "expired")).await;
    window.select(&state("jirodt", "revoked")).await;
    let table = window.text("page").await;
    for words in [
        "選択",
        "ログインID",
        "利用者名",
        "利用者区分",
        "シリアル番号",
        "ワンタイムパスワード状態",
        "ハードトークン有効期限",
    ] {
        assert!(table.contains(words), "S2-11: {words} in {table}");
    }
    for words in ["サービス利用中", "ハードトークン有効期限切れ", "失効中", "33456789"] {
        assert!(table.contains(words), "S2-12: {words} in {table}");
    }
    assert_eq!(window.count(&format!("{} input:disabled", row("jirodt"))).await, 1, "S2-14");

    // S2-4, S2-9, S2-13: several at once, one of them expired.
    for user in ["ichirodt", "shirodt"] {
        window.tick(&format!("{} input", row(user))).await;
    }
    window.screenshot("j7-tokens").await;
    window.click("tokens-revoke").await;
    let confirmation = bank.secret("hanakodt", "confirmation_password");
    window.fill("otp", &bank.otp("hanakodt", 0)).await;
    window.fill("confirmation-password", "Chigau2026").await;
    window.click("tokens-submit").await;
    window.problem("confirmation_password_wrong").await;
    window.fill("otp", &bank.otp("hanakodt", 0)).await;
    window.fill("confirmation-password", &confirmation).await;
    window.screenshot("j7-revoke").await;
    window.click("tokens-submit").await;
    // S2-7, S2-10
    let from = window.text("activation-from").await;
    let format = format_description!("[year]年[month padding:none]月[day padding:none]日 08:40");
    let morning = day.next_day().unwrap().format(format).unwrap();
    assert!(from.contains(&morning), "{from}: {morning}");
    assert_eq!(window.count("[data-test=\"revoked-row\"][data-state=\"revoked\"]").await, 2);
    window.screenshot("j7-revoked").await;
    window.click("tokens-done").await;
    window.select(&state("shirodt", "revoked")).await;
    window.click("log-out").await;
    window.find("done").await;

    // The branch sends new ones.
    let delivery = bank.data().join("delivery.csv");
    std::fs::write(
        &delivery,
        format!("serial,secret,expires,step,digits,digest\n73456789,{SECRET},2036-01-31,{STEP},6,sha1\n"),
    )
    .unwrap();
    bank.branch(&["tokens", "import", &delivery.display().to_string(), "--format", "csv"]);
    bank.branch(&["tokens", "hand-out", "73456789", "--contract", "demo", "--user", "ichirodt"]);

    // S2-17: by night the window does not offer the activation and says from when it works, and the bank refuses a
    // request.
    let password = bank.secret("ichirodt", "login_password");
    log_in(&window, "ichirodt", &password).await;
    window.find("top").await;
    let waits = window.text("token-waits").await;
    assert!(waits.contains(&morning), "{waits}");
    assert_eq!(window.count("[data-test=\"token-open\"]").await, 0);
    window.screenshot("j7-waits").await;
    window.click("log-out").await;
    window.find("done").await;
    let asked = json!({
        "login_password": password, "token_serial": "73456789", "otp": bank.shown_by(SECRET, STEP, 0),
    });
    let activate = ["token", "--bank", "okmate", "--user", "ichirodt", "activate"];
    let refused = pc.inkan(&activate, Some(asked)).problem();
    assert_eq!(refused["code"], "token_activation_too_early");
    assert!(refused["detail"].as_str().unwrap().contains("08:40:00"), "{refused}");
    window.close().await;

    // S2-7: the next morning.
    bank.restart_at(day.next_day().unwrap().with_time(time!(08:40:30)).assume_offset(japan));
    pc.inkan(&["bank", "remove", "okmate"], None).done();
    pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, "ichirodt", &password).await;
    window.page("token").await;
    window.fill("token-serial", "73456789").await;
    window.fill("token-otp", &bank.shown_by(SECRET, STEP, 0)).await;
    window.screenshot("j7-activate").await;
    window.click("token-submit").await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    window.select(&state("ichirodt", "active")).await;
    assert!(window.select(&row("ichirodt")).await.text().await.unwrap().contains("73456789"));
    window.close().await;
}

/// M4: the owner of a token whose clock has drifted resynchronises it. Another administrator unlocks a locked one (M5).
async fn m4_a_drifted_token_is_set_anew(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    window.tick("[data-test=\"token-row\"][data-id=\"ichirodt\"] input").await;
    window.click("tokens-revoke").await;
    window.fill("otp", &bank.otp("hanakodt", 20)).await;
    window.fill("confirmation-password", &bank.secret("hanakodt", "confirmation_password")).await;
    window.click("tokens-submit").await;
    window.problem("token_out_of_step").await;
    window.click("resync-instead").await;
    window.page("resync").await;
    window.fill("otp", &bank.otp("hanakodt", 20)).await;
    window.fill("otp-next", &bank.otp("hanakodt", 21)).await;
    window.screenshot("m4-resync").await;
    window.click("resync-submit").await;
    window.find("resynced").await;
    window.click("resync-done").await;
    window.page("tokens").await;

    // Six wrong pairs lock the token, and only another administrator unlocks it.
    window.click("resync-open").await;
    for _ in 0..6 {
        window.fill("otp", "100001").await;
        window.fill("otp-next", "200002").await;
        window.click("resync-submit").await;
        window.problem("token_resync_failed").await;
    }
    window.click("log-out").await;
    window.find("done").await;
    log_in(&window, "ichirodt", &bank.secret("ichirodt", "login_password")).await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click_on("[data-test=\"user-row\"][data-id=\"hanakodt\"] [data-test=\"user-open\"]").await;
    window.select("[data-test=\"user-token\"][data-state=\"locked\"]").await;
    window.click("unlock-token-open").await;
    window.fill("confirmation-password", &bank.secret("ichirodt", "confirmation_password")).await;
    window.click("unlock-submit").await;
    window.find("unlocked").await;
    window.select("[data-test=\"user-token\"][data-state=\"active\"]").await;
    window.screenshot("m5-token-unlocked").await;
    window.close().await;
}
