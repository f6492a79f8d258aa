//! Tests what an administrator does for other users in the window, at each of the three banks.

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::json;

super::by_both_hands!(
    j6_the_administrator_reissues_and_the_user_acquires_on_another_pc,
    j6_the_master_reissues_in_one_edit_and_the_public_id_acquires,
    m5_a_user_is_edited_and_unlocked,
    s3_17_a_new_pin_is_set_and_changed_at_the_next_login,
    m7_a_reissue_is_told_to_every_administrator_and_the_contract_is_stopped,
    q9_a_sole_administrator_is_warned_before_revoking_their_own,
);

/// Logs in with the certificate that is selected.
async fn log_in(window: &Window, bank: &Bank, user: &str) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret(user, "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
}

/// Logs in with ID and password, at a bank that allows it.
pub(super) async fn log_in_by_id(window: &Window, bank: &Bank, user: &str, password: &str) {
    window.click("login-id-open").await;
    window.fill("id-user", user).await;
    window.fill("password", password).await;
    window.click("password-submit").await;
    window.select("[data-test=\"top\"], [data-page=\"token\"]").await;
    if window.count("[data-page=\"token\"]").await > 0 {
        window.click("token-skip").await;
        window.find("top").await;
    }
    assert!(bank.name() != "keiyaku", "S3-14");
}

pub(super) async fn open_user(window: &Window, user: &str) {
    window.click("nav-users").await;
    window.click_on(&format!("[data-test=\"user-row\"][data-id=\"{user}\"] [data-test=\"user-open\"]")).await;
    window.select(&format!("[data-test=\"user\"][data-id=\"{user}\"]")).await;
}

/// S3-1 … S3-10, Q7.
async fn j6_the_administrator_reissues_and_the_user_acquires_on_another_pc(hand: Hand) {
    let bank = Bank::start_with("keiyaku");
    let old = Pc::with(&bank);
    let mut answers = bank.answers("riyousya");
    answers["otp"] = json!(bank.otp("riyousya", -1));
    old.inkan(&["acquire", "--bank", "keiyaku", "--user", "riyousya"], Some(answers)).done();

    // 管理者ログイン → 利用者 → 再発行 (S3-3 … S3-7)
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let window = Window::on(&pc).by(hand).open().await;
    window.select("[data-test=\"entrance-administrators\"]:checked").await;
    log_in(&window, &bank, "kanrisya").await;
    open_user(&window, "kanrisya").await;
    let own = window.text("user-certificate").await;
    assert!(own.contains("依頼書"), "S3-4: {own}");
    assert_eq!(window.count("[data-test=\"certificate-open\"], [data-test=\"edit-open\"]").await, 0, "S3-4");
    open_user(&window, "riyousya").await;
    let shown = window.text("user-certificate").await;
    for words in ["電子証明書発行番号", "001", "電子証明書ステータス", "有効", "発行データ登録日", "有効期間終了日時"]
    {
        assert!(shown.contains(words), "S3-5: {words} in {shown}");
    }
    window.screenshot("j6-user").await;
    window.click("certificate-open").await;
    assert_eq!(window.count("[name=\"certificate-act\"]:checked").await, 0, "S3-6: nothing is chosen beforehand");
    window.tick("[data-test=\"act-reissue\"]").await;
    window.fill("confirmation-password", "Chigau2026").await;
    window.click("certificate-submit").await;
    window.problem("confirmation_password_wrong").await;
    assert_eq!(window.find("confirmation-password").await.prop("value").await.unwrap().as_deref(), Some(""));
    window.fill("confirmation-password", &bank.secret("kanrisya", "confirmation_password")).await;
    window.screenshot("j6-reissue").await;
    window.click("certificate-submit").await;
    window.page("user-done").await;
    // S3-8
    let told = window.text("tell").await;
    for words in [
        "契約者ID",
        bank.contract().unwrap(),
        "利用者ID",
        "riyousya",
        "取得期限",
        "利用者暗証番号",
        "ワンタイムパスワード",
    ] {
        assert!(told.contains(words), "S3-8: {words} in {told}");
    }
    window.screenshot("j6-tell").await;
    window.click("done-users").await;
    window.select("[data-test=\"user-row\"][data-id=\"riyousya\"][data-state=\"issued\"]").await;
    window.close().await;

    // Q7: the certificate of the old PC is refused at once.
    let refused = old.inkan(&["login", "--bank", "keiyaku"], Some(bank.answers("riyousya"))).problem();
    assert_eq!(refused["code"], "certificate_revoked");

    // S3-2, S3-10, S3-12, S3-14: on the PC to be used.
    let new = Pc::with(&bank);
    let window = Window::on(&new).by(hand).open().await;
    window.click("acquire-open").await;
    window.fill("acquire-contract", bank.contract().unwrap()).await;
    window.fill("acquire-user", "riyousya").await;
    window.fill("acquire-password", &bank.secret("riyousya", "login_password")).await;
    window.click("acquire-submit").await;
    window.fill("acquire-otp", &bank.otp("riyousya", 1)).await;
    window.click("acquire-prove").await;
    window.find("top").await;
    assert_eq!(window.text("badge").await, "利 利用者");
    assert_eq!(window.count("[data-test=\"nav-users\"]").await, 0, "S3-3: the administrators' alone");
    window.close().await;
}

/// S4-2, S4-5 … S4-15.
async fn j6_the_master_reissues_in_one_edit_and_the_public_id_acquires(hand: Hand) {
    let bank = Bank::start_with("shinkin");
    let theirs = Pc::with(&bank);
    theirs.acquire(&bank, "keir002");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "keir001");
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank, "keir001").await;
    open_user(&window, "keir001").await;
    assert!(window.text("user-certificate").await.contains("0120-000-002"), "S4-4");

    open_user(&window, "keir002").await;
    window.click("edit-open").await;
    window.page("edit-user").await;
    window.find("edit-name").await;
    let shown = window.text("page").await;
    for words in ["お客様ID keir002", "都度振込取扱限度額", "変更期間", "アラーム期間", "カシマイ物流", "0010000002"]
    {
        assert!(shown.contains(words), "S4-7, S4-8, S4-12: {words} in {shown}");
    }
    // S4-13: a reset shows what was shown before the change.
    window.fill("edit-name", "ほか").await;
    window.tick("[data-test=\"role-general\"]").await;
    assert_eq!(window.count("[data-test=\"set-approval\"]").await, 0, "S4-7: not for 一般者");
    window.click("edit-reset").await;
    let name = window.find("edit-name").await.prop("value").await.unwrap();
    assert_eq!(name.as_deref(), Some("経理担当役席者"));
    window.select("[data-test=\"role-approver\"]:checked").await;

    window.tick("[data-test=\"company-0010000002\"]").await;
    window.tick("[data-test=\"act-reissue\"]").await;
    window.fill("confirmation-password", &bank.secret("keir001", "confirmation_password")).await;
    window.screenshot("j6-edit").await;
    window.click("edit-submit").await;
    // S4-14
    window.page("user-done").await;
    let done = window.text("user-done").await;
    assert!(done.contains("お客様IDの変更が終了しました。このお客様IDは「keir002」です。"), "{done}");
    let told = window.text("tell").await;
    for words in ["お客様ID", "「電子証明書を取得する」を選び", "新しい電子証明書でログインします"]
    {
        assert!(told.contains(words), "S4-15: {words} in {told}");
    }
    window.screenshot("j6-edit-done").await;
    window.click("done-user").await;
    window.select("[data-test=\"user-certificate\"][data-state=\"issued\"]").await;
    assert!(window.text("user-certificate").await.contains("取得期限"), "S4-11");
    window.close().await;

    // S4-15: the user acquires, and the old certificate is shown as revoked.
    let window = Window::on(&theirs).by(hand).open().await;
    window.click("acquire-open").await;
    window.fill("acquire-user", "keir002").await;
    window.fill("acquire-password", &bank.secret("keir002", "login_password")).await;
    window.click("acquire-submit").await;
    window.find("top").await;
    window.close().await;
    let settings = pc.inkan(&["users", "--bank", "shinkin", "show", "keir002"], Some(bank.answers("keir001"))).done();
    let chosen = settings["settings"]["companies"].as_array().unwrap().iter().filter(|one| one["chosen"] == true);
    assert_eq!(chosen.count(), 2, "S4-12");
}

/// M5, S1-7: the counterpart of J10, in the administrator's window.
async fn m5_a_user_is_edited_and_unlocked(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let wrong = json!({ "login_password": "Chigau2026" });
    for _ in 0..6 {
        let login = ["login", "--bank", "okmate", "--user", "jirodt"];
        assert_eq!(pc.inkan(&login, Some(wrong.clone())).problem()["code"], "login_failed");
    }
    let window = Window::on(&pc).by(hand).open().await;
    log_in_by_id(&window, &bank, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.click("nav-users").await;
    window.find("user-row").await;
    window.fill("users-search", "jiro").await;
    assert_eq!(window.count("[data-test=\"user-row\"]").await, 1);
    window.screenshot("m5-search").await;
    open_user(&window, "jirodt").await;
    window.select("[data-test=\"user-passwords\"][data-locked=\"true\"]").await;
    assert!(window.text("user-passwords").await.contains("ログインパスワード"));
    window.click("unlock-open").await;
    window.fill("confirmation-password", &bank.secret("hanakodt", "confirmation_password")).await;
    window.screenshot("m5-unlock").await;
    window.click("unlock-submit").await;
    window.find("unlocked").await;
    window.select("[data-test=\"user-passwords\"][data-locked=\"false\"]").await;

    // 強制変更する
    window.click("edit-open").await;
    window.tick("[data-test=\"edit-forced-change\"]").await;
    window.fill("confirmation-password", &bank.secret("hanakodt", "confirmation_password")).await;
    window.click("edit-submit").await;
    window.page("user-done").await;
    window.click("log-out").await;
    window.find("done").await;
    window.click("login-id-open").await;
    window.fill("id-user", "jirodt").await;
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.page("change-passwords").await;
    window.close().await;
}

async fn s3_17_a_new_pin_is_set_and_changed_at_the_next_login(hand: Hand) {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let theirs = Pc::with(&bank);
    let mut answers = bank.answers("riyousya");
    answers["otp"] = json!(bank.otp("riyousya", 0));
    theirs.inkan(&["acquire", "--bank", "keiyaku", "--user", "riyousya"], Some(answers)).done();
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank, "kanrisya").await;
    open_user(&window, "riyousya").await;
    window.click("edit-open").await;
    window.tick("[data-test=\"set-login\"]").await;
    window.fill("new-login", "Atara").await;
    window.select("[data-test=\"rule-mixed\"][data-met=\"false\"]").await;
    window.fill("new-login", "2026").await;
    window.select("[data-test=\"rule-mixed\"][data-met=\"true\"]").await;
    window.fill("again-login", "Atara2026").await;
    window.fill("confirmation-password", &bank.secret("kanrisya", "confirmation_password")).await;
    window.screenshot("s3-17-edit").await;
    window.click("edit-submit").await;
    window.page("user-done").await;
    window.close().await;

    let window = Window::on(&theirs).by(hand).open().await;
    window.click("login-certificate").await;
    window.fill("password", "Atara2026").await;
    window.click("password-submit").await;
    window.page("change-passwords").await;
    window.close().await;
}

/// M7, S4-6: administrators are notified of the reissue, and one action stops the contract.
async fn m7_a_reissue_is_told_to_every_administrator_and_the_contract_is_stopped(hand: Hand) {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "keir001");
    Pc::with(&bank).acquire(&bank, "keir002");
    bank.branch(&["certificates", "reissue", "--user", "keir002"]);

    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank, "keir001").await;
    assert!(window.text("reissue-note").await.contains("keir002"));
    window.screenshot("m7-note").await;
    window.click("reissue-open").await;
    assert!(window.text("notice").await.contains("再発行されました"));
    window.click("notice-freeze").await;
    window.page("freeze").await;
    assert!(window.text("freeze-what").await.contains("お取引店だけ"));
    window.screenshot("m7-freeze").await;
    window.click("freeze-open").await;
    window.fill("confirmation-password", "Chiga1").await;
    window.click("freeze-submit").await;
    window.problem("confirmation_password_wrong").await;
    window.fill("confirmation-password", &bank.secret("keir001", "confirmation_password")).await;
    window.screenshot("m7-freeze-ask").await;
    window.click("freeze-submit").await;
    window.page("frozen").await;
    assert!(window.text("page").await.contains("0120-000-002"));
    assert_eq!(window.count("[data-test=\"log-out\"]").await, 0, "the session is over");
    window.screenshot("m7-frozen").await;
    window.click("frozen-done").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("keir001", "login_password")).await;
    window.click("password-submit").await;
    window.problem("contract_frozen").await;
    window.close().await;
}

/// Q9, S0-9: no other user can help, and the warning says so before the revocation.
async fn q9_a_sole_administrator_is_warned_before_revoking_their_own(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let certificate = pc.acquire(&bank, "ichirodt")["id"].as_str().unwrap().to_owned();
    // The only other administrator is locked out, and cannot help.
    let wrong = json!({ "login_password": "Chigau2026" });
    for _ in 0..6 {
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        assert_eq!(pc.inkan(&login, Some(wrong.clone())).problem()["code"], "login_failed");
    }
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank, "ichirodt").await;
    open_user(&window, "ichirodt").await;
    window.click("certificate-open").await;
    window.tick("[data-test=\"act-revoke\"]").await;
    assert!(window.text("leaves-nobody").await.contains("お取引店"));
    window.screenshot("q9-warned").await;
    window.fill("confirmation-password", &bank.secret("ichirodt", "confirmation_password")).await;
    window.click("certificate-submit").await;
    window.page("user-done").await;
    assert_eq!(window.count("[data-test=\"log-out\"]").await, 0, "its session is over, too");
    window.screenshot("q9-done").await;
    window.click("nav-certificates").await;
    let row = format!("[data-test=\"certificate-row\"][data-id=\"{certificate}\"]");
    let told = window.select(&row).await.text().await.unwrap();
    assert!(told.contains("失効"), "S0-15: {told}");
    window.close().await;
}
