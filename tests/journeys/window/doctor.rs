//! Whether this PC is ready for the bank (S0-2), in the window: a bank that does not answer, and a clock that is wrong.

use inkan_journeys::{Bank, Hand, Pc, Window, clock_ahead};

super::by_both_hands!(
    j12_a_bank_that_does_not_answer_is_tried_again,
    j12_a_wrong_clock_is_told_in_words,
    s0_2_a_fit_pc_says_so_with_every_check,
);

/// Ten years, in seconds.
const TEN_YEARS: i64 = 3650 * 24 * 60 * 60;
const BANK: &str = "[data-test=\"check\"][data-kind=\"bank\"]";
const CLOCK: &str = "[data-test=\"check\"][data-kind=\"clock\"]";

async fn s0_2_a_fit_pc_says_so_with_every_check(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let window = Window::on(&pc).by(hand).open().await;
    window.click("nav-doctor").await;
    window.find("doctor-fit").await;
    for kind in ["version", "store", "key", "bank", "clock"] {
        window.select(&format!("[data-test=\"check\"][data-kind=\"{kind}\"][data-level=\"ok\"]")).await;
    }
    assert_eq!(window.count("[data-test=\"check\"][data-level=\"problem\"]").await, 0);
    window.screenshot("doctor-fit").await;
    window.close().await;
}

async fn j12_a_bank_that_does_not_answer_is_tried_again(hand: Hand) {
    let mut bank = Bank::start();
    let pc = Pc::new();
    let window = Window::on(&pc).by(hand).open().await;

    // Before the bank is added: the button tries again what was typed.
    bank.stop();
    window.fill("bank-address", bank.portal()).await;
    window.click("bank-add").await;
    assert!(window.problem("connection_refused").await.contains("サービスが動いていません"));
    window.screenshot("unreachable-1-add").await;
    bank.go_on();
    window.click("remedy-again").await;
    window.problem("bank_ca_unknown").await;
    window.give_file("bank-ca-file", &bank.ca()).await;
    window.click("bank-add").await;

    // At a login: the problem leads to the check-up, which says what is wrong, and later that it is right again.
    window.click("login-id-open").await;
    bank.stop();
    window.fill("id-user", "hanakodt").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.problem("connection_refused").await;
    window.screenshot("unreachable-2-login").await;
    window.click("remedy-doctor").await;
    window.find("doctor-unfit").await;
    let told = window.select(&format!("{BANK}[data-level=\"problem\"]")).await.text().await.unwrap();
    assert!(
        told.contains("サービスが動いていません") && told.contains("アドレスとポート番号を確かめてください"),
        "{told}"
    );
    window.screenshot("unreachable-3-doctor").await;
    bank.go_on();
    window.click("doctor-again").await;
    window.find("doctor-fit").await;
    window.select(&format!("{BANK}[data-level=\"ok\"]")).await;
    window.select(&format!("{CLOCK}[data-level=\"ok\"]")).await;
    window.click("back").await;
    window.fill("id-user", "hanakodt").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.close().await;
}

async fn j12_a_wrong_clock_is_told_in_words(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    // By a clock ten years ahead, the certificate of the bank's own server has ended.
    let opening = Window::on(&pc).by(hand);
    let window = clock_ahead(TEN_YEARS).into_iter().fold(opening, |all, (name, value)| all.under(name, value));
    let window = window.open().await;
    window.click("login-id-open").await;
    window.fill("id-user", "hanakodt").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    assert!(window.problem("clock_wrong").await.contains("パソコンの時計"));
    window.screenshot("clock-1-login").await;
    window.click("remedy-doctor").await;
    window.find("doctor-unfit").await;
    let told = window.select(&format!("{CLOCK}[data-level=\"problem\"]")).await.text().await.unwrap();
    assert!(told.contains("パソコンの時計がずれています"), "{told}");
    assert!(told.contains("日進んで") && !told.contains("アドレスとポート番号を確かめてください"), "{told}");
    window.screenshot("clock-2-doctor").await;
    window.close().await;
}
