//! Changing hardware tokens in the window, at a bank whose clock shows the hours of the rules.

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, time};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

super::by_both_hands!(
    j7_tokens_revoked_by_night_wait_until_the_morning,
    s2_6_s2_14_half_an_hour_by_day,
    s2_4_who_shares_a_token_is_named_before_and_after,
    s2_8_who_has_no_working_token_is_told_whom_to_ask,
    m4_a_drifted_token_is_set_anew,
);

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

/// Returns a script for the texts of the elements that a CSS selector finds.
fn texts(selector: &str) -> String {
    format!(
        "return [...document.querySelectorAll(\"{selector}\")].map((one) => one.textContent.replace(/\\s+/g, ' ').trim())"
    )
}

/// Returns when each token of the list expires, as the window writes it: with the date as it is engraved.
fn untils(bank: &Bank, pc: &Pc) -> Vec<String> {
    let list = pc.inkan(&["token", "--bank", "okmate", "--user", "hanakodt", "list"], Some(bank.answers("hanakodt")));
    let format = format_description!(
        "[year]年[month padding:none]月[day padding:none]日 [hour]:[minute] 刻印：[month]/[day]/[year repr:last_two]"
    );
    let until = |line: &serde_json::Value| {
        let expires = line["token"]["expires"].as_str()?;
        let at = OffsetDateTime::parse(expires, &Rfc3339)
            .unwrap()
            .checked_to_offset(UtcOffset::from_hms(9, 0, 0).unwrap())
            .unwrap();
        Some(at.format(format).unwrap())
    };
    list.done().as_array().unwrap().iter().map(|line| until(line).unwrap_or_default()).collect()
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
    assert!(window.text("page").await.contains("ハードトークンの失効"), "the title");
    let tab = window.select("[aria-current=\"page\"][data-test=\"tab-tokens\"]").await.text().await.unwrap();
    assert_eq!(tab, "ハードトークンの失効");
    assert_eq!(
        window.evaluate(&texts("thead th")).await,
        json!([
            "選択",
            "ログインID",
            "利用者名",
            "利用者区分",
            "シリアル番号",
            "ワンタイムパスワード状態",
            "ハードトークン有効期限",
        ]),
        "S2-11"
    );
    let untils = untils(&bank, &pc);
    let rows = [
        ["", "hanakodt", "ゲータ 花子", "管理者ユーザ", "33456789", "サービス利用中", &untils[0]],
        ["", "ichirodt", "ゲータ 一郎", "マスターユーザ", "23456789", "ハードトークン有効期限切れ", &untils[1]],
        ["", "jirodt", "ゲータ 二郎", "一般ユーザ", "-", "失効中", "-"],
    ];
    for cells in rows {
        let shown = window.evaluate(&texts(&format!("{} > *", row(cells[1])).replace('"', "'"))).await;
        assert_eq!(shown, json!(cells), "S2-12");
    }
    // S2-1, S2-2, S2-3, S2-8
    let page = window.text("page").await;
    for words in [
        "現在登録中のトークンと、お届けしたトークンをご準備のうえ、次の2つの操作をお願いします。",
        "現在登録中のトークンの失効",
        "お届けしたトークン（有効期限が「01/31/25」（2025年1月31日）以降のもの）の利用開始登録",
        "「月/日/西暦下2桁」で刻印されています",
        "トークンの紛失等のときは、マスターユーザまたは管理者ユーザが失効操作をしてください。",
        "失効操作ができない場合、書面によるお手続きが必要となります。",
        "お取引店：0120-000-000（平日 9:00～19:00）",
        "OKメイトテレホンセンター：0120-000-010（平日 9:00～17:00）",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(window.count(&format!("{} input:disabled", row("jirodt"))).await, 1, "S2-14");
    // S2-1: the engraved date chooses.
    let engraved = untils[1].rsplit("：").next().unwrap();
    window.click_on(&format!("[data-test=\"tokens-by-expiry\"][data-date=\"{engraved}\"]")).await;
    assert_eq!(window.text("tokens-count").await, "1人を選んでいます");
    assert_eq!(window.count(&format!("{} input:checked", row("ichirodt"))).await, 1);

    // S2-4, S2-9, S2-13: several at once, one of them expired.
    window.tick(&format!("{} input", row("shirodt"))).await;
    window.screenshot("j7-tokens").await;
    window.click("tokens-revoke").await;
    // S2-5, S2-10: what follows is said before the act.
    let dialog = window.text("tokens-dialog").await;
    for words in [
        "2人のハードトークンを失効しますか",
        "次の方はワンタイムパスワードを利用できなくなります",
        "ハードトークンの再登録は、失効の30分後に実施可能となります。",
        "20:50から翌日08:10までに失効された場合は、08:40以降に実施可能となります。",
        "ご自身のトークンのワンタイムパスワード",
        "トークンの液晶部分に表示されている6桁の数字です。",
    ] {
        assert!(dialog.contains(words), "{words} in {dialog}");
    }
    for field in ["otp", "confirmation-password"] {
        assert_eq!(window.text(&format!("{field}-required")).await, "必須");
    }
    assert_eq!(window.count("[data-test=\"tokens-submit\"]:disabled").await, 1, "both fields are required");
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
    // S2-14: a dash instead of the serial number and the expiry, and the time until it has come.
    let cells = window.evaluate(&texts(&format!("{} > *", row("shirodt")).replace('"', "'"))).await;
    assert_eq!((&cells[4], &cells[5]), (&json!("-"), &json!("失効中")));
    assert_eq!(cells[6], json!(format!("- {morning}から登録できます")));
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
    // S1-12, S2-1, S2-15
    let page = window.text("page").await;
    for words in [
        "ワンタイムパスワード利用開始登録",
        "シリアル番号とワンタイムパスワードを入力のうえ、「認証確認」ボタンを押してください",
        "有効期限が「01/31/25」（2025年1月31日）以降であることを確認してください。",
        "トークンの裏面上部に記載された8桁から12桁の番号です。",
        "トークンの液晶部分に表示されている6桁の数字です。",
        "ワンタイムパスワード利用開始登録の省略",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(window.text("token-submit").await, "認証確認");
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

/// S2-6: by day, the next token works half an hour later. S2-14: after that the list has two dashes and no time.
async fn s2_6_s2_14_half_an_hour_by_day(hand: Hand) {
    let (day, japan) = evening();
    let mut bank = Bank::starting_at("okmate", day.with_time(time!(10:00)).assume_offset(japan));
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    let row = "[data-test='token-row'][data-id='shirodt']";
    log_in(&window, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    window.tick(&format!("{row} input")).await;
    window.click("tokens-revoke").await;
    window.fill("otp", &bank.otp("hanakodt", 0)).await;
    window.fill("confirmation-password", &bank.secret("hanakodt", "confirmation_password")).await;
    window.click("tokens-submit").await;
    let from = window.text("activation-from").await;
    assert!(from.contains(" 10:3"), "{from}");
    window.close().await;

    bank.restart_at(day.with_time(time!(10:50)).assume_offset(japan));
    pc.inkan(&["bank", "remove", "okmate"], None).done();
    pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    window.select(&format!("{row}[data-state='revoked']")).await;
    let cells = window.evaluate(&texts(&format!("{row} > *"))).await;
    assert_eq!((&cells[4], &cells[6]), (&json!("-"), &json!("-")), "{cells}");
    window.close().await;
}

/// S2-4: who shares the token is named before and after, and can be chosen in the dialog.
async fn s2_4_who_shares_a_token_is_named_before_and_after(hand: Hand) {
    for everybody in [false, true] {
        let bank = Bank::with_a_shared_token();
        let pc = Pc::with(&bank);
        let window = Window::on(&pc).by(hand).open().await;
        log_in(&window, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
        window.find("top").await;
        window.click("nav-users").await;
        window.click("tab-tokens").await;
        window.tick("[data-test=\"token-row\"][data-id=\"jirodt\"] input").await;
        window.click("tokens-revoke").await;
        let told = window.text("tokens-shared-by").await;
        let words =
            "該当するトークンは、shirodtもご利用です。ご利用されているすべての利用者に対し、失効操作をしてください。";
        assert!(told.contains(words), "{told}");
        window.screenshot("s2-shared").await;
        if everybody {
            window.click("tokens-add-sharers").await;
            assert_eq!(window.count("[data-test=\"tokens-shared-by\"]").await, 0);
        }
        window.fill("otp", &bank.otp("hanakodt", 0)).await;
        window.fill("confirmation-password", &bank.secret("hanakodt", "confirmation_password")).await;
        window.click("tokens-submit").await;
        window.find("activation-from").await;
        let revoked = window.count("[data-test=\"revoked-row\"]").await;
        assert_eq!(revoked, if everybody { 2 } else { 1 });
        match everybody {
            true => assert_eq!(window.count("[data-test=\"tokens-shared-still\"]").await, 0),
            false => {
                let still = window.text("tokens-shared-still").await;
                assert!(still.contains("shirodtがまだご利用です"), "{still}");
            }
        }
        window.close().await;
    }
}

/// S2-8: the master, whose own token has expired, is told who can revoke, that paper is needed otherwise, and whom to
/// call.
async fn s2_8_who_has_no_working_token_is_told_whom_to_ask(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, "ichirodt", &bank.secret("ichirodt", "login_password")).await;
    window.find("top").await;
    let expired = window.text("token-expired").await;
    assert!(expired.contains("マスターユーザまたは管理者ユーザに失効を依頼し"), "S2-3: {expired}");
    window.click("nav-users").await;
    window.click("tab-tokens").await;
    let unusable = window.text("own-token-unusable").await;
    for words in ["ほかのマスターユーザまたは管理者ユーザに依頼してください", "書面によるお手続きが必要となります"]
    {
        assert!(unusable.contains(words), "{unusable}");
    }
    let help = window.text("token-help").await;
    assert!(help.contains("詳しくはお取引店またはOKメイトテレホンセンターまでお問い合わせください。"), "{help}");
    window.screenshot("s2-unusable").await;
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
