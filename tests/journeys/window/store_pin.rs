//! The window asks for the PIN of a store: of a token, and of an NSS database with a password.

use std::fs;

use inkan_journeys::{Bank, Hand, Pc, ProxyModule, TokenPc, Twist, Window, run, softhsm};
use serde_json::json;

super::by_both_hands!(
    a_key_on_a_token_is_used_with_its_pin_typed_in_the_window,
    an_nss_database_with_a_pin_asks_in_the_window,
    the_number_of_a_failed_call_is_shown_with_the_problem,
);

/// Goes from the start page to the question for the PIN.
async fn log_in(window: &Window, bank: &Bank) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
}

async fn answer(window: &Window, pin: &str) {
    window.fill("pin", pin).await;
    window.click("pin-submit").await;
}

async fn a_key_on_a_token_is_used_with_its_pin_typed_in_the_window(hand: Hand) {
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password"), "store_pin": TokenPc::PIN });
    pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], &answers).unwrap();

    let window = pc.window().by(hand).open().await;
    // Listing asks for nothing.
    assert!(window.text("page").await.contains("hanakodt"));
    log_in(&window, &bank).await;
    assert!(window.text("pin-dialog").await.contains("Journey"));
    window.screenshot("60-pin").await;
    window.click("pin-cancel").await;
    window.problem("key_denied").await;

    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    answer(&window, "0000").await;
    // SoftHSM reports that few tries are left, as cards do.
    assert!(window.text("pin-wrong").await.contains("続けて間違えると"));
    window.screenshot("61-pin-wrong").await;
    answer(&window, TokenPc::PIN).await;
    window.find("top").await;
    let kept = window.evaluate("return document.documentElement.outerHTML + JSON.stringify(localStorage)").await;
    assert!(!kept.as_str().unwrap().contains(TokenPc::PIN));
    window.close().await;
}

async fn the_number_of_a_failed_call_is_shown_with_the_problem(hand: Hand) {
    const DEVICE_REMOVED: u32 = 0x32;
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password"), "store_pin": TokenPc::PIN });
    pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], &answers).unwrap();
    let proxy = ProxyModule::before(&softhsm(), Twist::SigningGives(DEVICE_REMOVED));

    let window = pc.window_through(&proxy.directory().join("libsofthsm2.so")).by(hand).open().await;
    log_in(&window, &bank).await;
    answer(&window, TokenPc::PIN).await;
    window.problem("token_removed").await;
    assert!(window.text("problem-system").await.contains("CKR_DEVICE_REMOVED（50）"));
    window.close().await;
}

async fn an_nss_database_with_a_pin_asks_in_the_window(hand: Hand) {
    const PIN: &str = "himitsu-4711";
    let bank = Bank::start();
    let pc = Pc::new();
    for directory in [pc.database(), pc.home()] {
        fs::create_dir_all(directory).unwrap();
    }
    let file = pc.home().join("pin");
    fs::write(&file, PIN).unwrap();
    let [database, file] = [format!("sql:{}", pc.database().display()), file.display().to_string()];
    assert!(run("certutil", ["-N", "-d", &database, "-f", &file]).status.success());
    pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();

    let window = Window::on(&pc).by(hand).open().await;
    window.click("acquire-open").await;
    window.fill("acquire-user", "hanakodt").await;
    window.fill("acquire-password", &bank.secret("hanakodt", "login_password")).await;
    window.click("acquire-submit").await;
    answer(&window, "chigau").await;
    window.find("pin-wrong").await;
    answer(&window, PIN).await;
    // The store stays open while the window is open: the login does not ask for the PIN again.
    window.find("top").await;
    window.close().await;

    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank).await;
    answer(&window, PIN).await;
    window.find("top").await;
    window.close().await;
}
