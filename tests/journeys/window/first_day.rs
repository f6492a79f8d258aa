//! The main journey in the real window, from the bank's address to an empty store, with a picture of every screen.

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::json;

super::by_both_hands!(
    a_new_pc_gets_its_certificate_logs_in_and_is_left_clean,
    s1_7_the_first_login_changes_the_passwords_in_the_window
);

async fn a_new_pc_gets_its_certificate_logs_in_and_is_left_clean(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::new();
    let window = Window::on(&pc).by(hand).open().await;

    // The bank's address. Its CA is not known here, so the CA's certificate is the second step.
    window.fill("bank-address", bank.portal()).await;
    window.screenshot("01-add-bank").await;
    window.click("bank-add").await;
    window.problem("bank_ca_unknown").await;
    window.screenshot("02-add-bank-ca").await;
    window.give_file("bank-ca-file", &bank.ca()).await;
    window.click("bank-add").await;
    window.find("acquire-open").await;
    window.screenshot("03-start-empty").await;

    // S0-7: login ID and login password.
    window.click("acquire-open").await;
    window.fill("acquire-user", "hanakodt").await;
    window.fill("acquire-password", "Wrong12345").await;
    window.click("acquire-submit").await;
    assert!(window.problem("login_failed").await.contains("ログインできませんでした"));
    window.screenshot("04-acquire-problem").await;
    pc.assert_empty();
    window.fill("acquire-password", &bank.secret("hanakodt", "login_password")).await;
    window.click("acquire-submit").await;
    // S1-4: the new certificate and the password just typed lead straight to the top page.
    window.find("top").await;
    assert!(window.text("acquired").await.contains("この電子証明書でログインしました"));
    window.screenshot("05-acquired").await;
    assert_eq!(pc.certutil_certificates(), [("hanakodt (OKメイト・WEB)".to_owned(), "u,u,u".to_owned())]);
    window.click("log-out").await;

    // S1-1, S1-3, S1-4.
    assert!(window.text("page").await.contains("hanakodt"));
    window.screenshot("06-start").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.screenshot("07-password").await;
    window.click("password-submit").await;

    // S1-16, S1-17, S1-18, S1-19, S0-5.
    window.find("top").await;
    assert_eq!(window.text("badge").await, "管 管理者ユーザ");
    window.click("connection-more").await;
    assert!(window.text("connection").await.contains("TLSv1.3"));
    for part in ["logins", "operations", "transactions", "notices"] {
        assert!(!window.text(part).await.is_empty(), "{part}");
    }
    window.screenshot("08-top").await;
    window.click("notice-open").await;
    window.find("notice").await;
    window.screenshot("09-notice").await;
    window.click("notice-close").await;
    window.click("person").await;
    window.screenshot("10-person").await;
    window.evaluate("document.querySelector('#person-facts').hidePopover()").await;
    no_secret_is_left(&window, &bank).await;
    window.click("log-out").await;
    window.find("done").await;

    // S0-13: the master revokes, after a login by ID and password (S1-6).
    window.click("login-id-open").await;
    window.fill("id-user", "ichirodt").await;
    window.fill("password", &bank.secret("ichirodt", "login_password")).await;
    window.screenshot("11-id-login").await;
    window.click("password-submit").await;
    window.find("top").await;
    window.click("nav-users").await;
    window.select("[data-test=\"user-row\"][data-id=\"hanakodt\"][data-state=\"valid\"]").await;
    window.screenshot("12-users").await;
    window.click_on("[data-id=\"hanakodt\"] [data-test=\"user-open\"]").await;
    window.click("certificate-open").await;
    window.tick("[data-test=\"act-revoke\"]").await;
    window.fill("confirmation-password", "Wrong12345").await;
    window.click("certificate-submit").await;
    window.problem("confirmation_password_wrong").await;
    window.screenshot("13-revoke").await;
    window.fill("confirmation-password", &bank.secret("ichirodt", "confirmation_password")).await;
    window.click("certificate-submit").await;
    window.page("user-done").await;
    window.screenshot("14-revoked").await;
    window.click("done-users").await;
    window.select("[data-test=\"user-row\"][data-id=\"hanakodt\"][data-state=\"revoked\"]").await;
    window.click("log-out").await;
    window.find("done").await;

    // This PC knows that the certificate was revoked from here: the window does not offer it, and says why.
    window.find("choose-open").await;
    assert_eq!(window.count("[data-test=\"login-certificate\"]").await, 0, "M2");
    window.click("choose-open").await;
    let told = window.text("certificate-row").await;
    assert!(told.contains("銀行で失効されました"), "{told}");
    window.screenshot("15-revoked-here").await;

    // S0-15: the old certificate is deleted, and its key with it.
    window.click("nav-certificates").await;
    window.screenshot("16-certificates").await;
    window.click("certificate-row").await;
    window.find("delete-open").await;
    window.screenshot("17-certificate").await;
    window.click("delete-open").await;
    window.find("delete-submit").await;
    window.screenshot("18-delete").await;
    window.click("delete-submit").await;
    window.find("deleted-notice").await;
    window.screenshot("19-deleted").await;
    pc.assert_empty();

    window.click("nav-settings").await;
    window.page("settings").await;
    window.screenshot("20-settings").await;
    window.tick("[data-test=\"language-en\"]").await;
    window.select("html[lang=\"en\"]").await;
    window.screenshot("21-settings-en").await;
    window.close().await;
}

async fn s1_7_the_first_login_changes_the_passwords_in_the_window(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    window.click("login-id-open").await;
    window.fill("id-user", "shirodt").await;
    window.fill("password", &bank.secret("shirodt", "login_password")).await;
    window.click("password-submit").await;
    window.page("change-passwords").await;
    window.fill("login-password", &bank.secret("shirodt", "login_password")).await;
    window.fill("new-login-password", "Shiro2027").await;
    window.fill("again-login-password", "Shiro2027").await;
    window.fill("new-confirmation-password", "Kakunin99").await;
    window.fill("again-confirmation-password", "Kakunin99").await;
    window.screenshot("30-change-passwords").await;
    window.click("change-submit").await;
    window.page("passwords-changed").await;
    window.screenshot("31-passwords-changed").await;
    window.click("change-done").await;
    // S1-13
    window.page("token").await;
    window.click("token-skip").await;
    window.find("top").await;
    window.find("token-offered").await;
    // S0-14: a general user has no page of users.
    assert_eq!(window.evaluate("return document.querySelectorAll('[data-test=\"nav-users\"]').length").await, json!(0));
    window.screenshot("32-top-general").await;
    window.close().await;
}

/// Asserts that the page, its storage and its fields keep no password.
async fn no_secret_is_left(window: &Window, bank: &Bank) {
    let kept = window
        .evaluate(
            "return document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) \
             + [...document.querySelectorAll('input')].map((input) => input.value).join()",
        )
        .await;
    let kept = kept.as_str().unwrap();
    assert!(!kept.contains(&bank.secret("hanakodt", "login_password")));
}
