//! The login at `okmate`: the first time, every morning, and after too many wrong passwords.

use inkan_journeys::{Authority, Bank, EXPIRED, Hand, Pc, Window};

use super::administration::{log_in_by_id, open_user};

super::by_both_hands!(
    j1_the_first_acquisition_leads_to_the_top_page,
    j2_every_morning_the_right_one_of_several_certificates,
    j10_six_wrong_passwords_lock_and_an_administrator_unlocks,
);

/// J1: S0-7, S1-7 … S1-12.
async fn j1_the_first_acquisition_leads_to_the_top_page(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    let password = bank.secret("shirodt", "login_password");
    window.click("acquire-open").await;
    window.fill("acquire-user", "shirodt").await;
    window.fill("acquire-password", &password).await;
    window.click("acquire-submit").await;
    window.page("change-passwords").await;
    window.fill("login-password", &password).await;
    // S1-9: the rules are checked while the person types.
    window.fill("new-login-password", "Shiro").await;
    window.select("[data-test=\"rule-characters\"][data-met=\"true\"]").await;
    assert_eq!(window.count("[data-test=\"rule-mixed\"][data-met=\"true\"]").await, 0, "letters only");
    assert_eq!(window.count("[data-test=\"rule-length\"][data-met=\"true\"]").await, 0, "five");
    window.fill("new-login-password", "2027").await;
    window.select("[data-test=\"rule-mixed\"][data-met=\"true\"]").await;
    // S1-10: it must differ from the login password.
    window.fill("new-confirmation-password", "Shiro2027").await;
    window.select("[data-test=\"rule-unlike-login-password\"][data-met=\"false\"]").await;
    assert_eq!(window.count("[data-test=\"change-submit\"]:disabled").await, 1);
    window.screenshot("j1-rules").await;
    window.fill("new-confirmation-password", "kk").await;
    // Each new password is typed twice.
    window.fill("again-login-password", "Shiro2027").await;
    window.fill("again-confirmation-password", "Shiro2027k").await;
    window.select("[data-test=\"again-confirmation-password-same\"][data-same=\"false\"]").await;
    assert_eq!(window.count("[data-test=\"change-submit\"]:disabled").await, 1);
    window.fill("again-confirmation-password", "k").await;
    window.click("change-submit").await;
    // S1-11
    window.page("passwords-changed").await;
    window.click("change-done").await;

    // S1-12, S2-15
    window.page("token").await;
    window.fill("token-serial", "43456789").await;
    window.fill("token-otp", "000000").await;
    window.click("token-submit").await;
    window.problem("otp_wrong").await;
    window.screenshot("j1-token").await;
    window.fill("token-otp", &bank.otp("shirodt", 0)).await;
    window.click("token-submit").await;
    window.find("top").await;
    assert_eq!(window.text("badge").await, "般 一般ユーザ");
    assert_eq!(window.count("[data-test=\"token-offered\"]").await, 0, "it is in use now");
    window.find("acquired").await;
    window.screenshot("j1-top").await;

    // S1-16
    window.click("unknown-login-open").await;
    assert!(window.text("unknown-login").await.contains("0120-000-000"));
    window.screenshot("j1-unknown-login").await;
    window.click("unknown-login-close").await;
    window.click("log-out").await;
    window.find("done").await;
    assert!(window.text("certificate").await.contains("ゲータ 四郎"), "S1-2");
    window.close().await;
}

/// J2: S1-1 … S1-3. The window does not guess a certificate, and an unusable one says why.
async fn j2_every_morning_the_right_one_of_several_certificates(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let expired = pc.take_in(&Authority::of(&bank).client("jirodt", EXPIRED));
    pc.acquire(&bank, "hanakodt");
    let jiro = pc.acquire(&bank, "jirodt")["id"].as_str().unwrap().to_owned();
    let row = |id: &str| format!("[data-test=\"certificate-row\"][data-id=\"{id}\"]");
    let window = Window::on(&pc).by(hand).open().await;
    window.click("choose-open").await;
    window.page("choose").await;
    assert_eq!(
        window.count("[data-test=\"certificate-row\"] input[type=radio]").await,
        2,
        "the expired one cannot be chosen"
    );
    for (id, name) in [("hanakodt", "ゲータ 花子"), ("jirodt", "ゲータ 二郎")] {
        let listed = window.text("page").await;
        assert!(listed.contains(id) && listed.contains(name), "S1-2: {listed}");
    }
    let spent = window.select(&row(&expired)).await.text().await.unwrap();
    assert!(spent.contains("2021年1月1日に有効期限が切れました"), "{spent}");
    window.screenshot("j2-choose").await;
    window.tick(&format!("{} input", row(&jiro))).await;
    window.click("choose-submit").await;
    window.page("password").await;
    assert!(window.text("certificate").await.contains("jirodt"));
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.click("log-out").await;
    window.find("done").await;
    window.close().await;

    // The next morning that certificate is selected.
    let window = Window::on(&pc).by(hand).open().await;
    window.select(&format!("[data-test=\"certificate\"][data-id=\"{jiro}\"]")).await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    let logins = window.text("logins").await;
    assert!(logins.contains("今回") && logins.contains("前回"), "S1-16: {logins}");
    window.close().await;
}

/// J10: M5.
async fn j10_six_wrong_passwords_lock_and_an_administrator_unlocks(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = Window::on(&pc).by(hand).open().await;
    window.click("login-certificate").await;
    for _ in 0..6 {
        window.fill("password", "Chigau2026").await;
        window.click("password-submit").await;
        window.problem("login_failed").await;
    }
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    let told = window.problem("login_password_locked").await;
    assert!(told.contains("対応する方：管理者"), "{told}");
    window.screenshot("j10-locked").await;

    let desk = Pc::with(&bank);
    let other = Window::on(&desk).by(hand).open().await;
    log_in_by_id(&other, &bank, "ichirodt", &bank.secret("ichirodt", "login_password")).await;
    other.click("nav-users").await;
    open_user(&other, "jirodt").await;
    other.click("unlock-open").await;
    other.fill("confirmation-password", &bank.secret("ichirodt", "confirmation_password")).await;
    other.click("unlock-submit").await;
    other.find("unlocked").await;
    other.close().await;

    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.close().await;
}
