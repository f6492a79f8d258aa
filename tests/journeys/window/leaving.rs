//! How a session ends without ログアウト: by idle time, or because the window is closed. The bank is notified of both.
//! Otherwise the next login would say that something is wrong (S1-15).

use inkan_journeys::{Bank, Clock, Hand, Pc, Window};

super::by_both_hands!(s1_15_who_does_nothing_is_warned_and_logged_out, s1_15_closing_the_window_logs_out_at_the_bank);

/// The idle time of the bank's profile, in seconds.
const LIMIT: u32 = 15 * 60;

async fn log_in(window: &Window, bank: &Bank) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
}

async fn s1_15_who_does_nothing_is_warned_and_logged_out(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let clock = Clock::right();
    let place = tempfile::TempDir::new().unwrap();
    let said = place.path().join("said.log");
    let opening = Window::on(&pc).by(hand).saying_to(said.clone());
    let window = clock.environment().into_iter().fold(opening, |all, (name, value)| all.under(name, value));
    let window = window.open().await;
    log_in(&window, &bank).await;
    assert_eq!(window.count("[data-test=\"idle\"]").await, 0);

    clock.put_ahead(LIMIT - 50);
    window.find("idle").await;
    window.screenshot("s1-15-idle").await;
    window.click("idle-stay").await;
    window.select("body:not(:has([data-test=\"idle\"])) [data-test=\"top\"]").await;
    assert_eq!(bank.logouts("jirodt"), 0);

    // From then on the idle time begins anew.
    clock.put_ahead(2 * LIMIT - 100);
    window.find("idle").await;
    assert_eq!(bank.logouts("jirodt"), 0);
    clock.put_ahead(2 * LIMIT);
    window.find("idled-out").await;
    window.page("start").await;
    window.screenshot("s1-15-idled-out").await;
    assert_eq!(bank.logouts("jirodt"), 1);
    window.close_by_frame().await;
    assert_eq!(bank.logouts("jirodt"), 1);
    // The window sent no request of a session that was over.
    let said = std::fs::read_to_string(&said).unwrap();
    assert!(!said.contains("session_ended"), "{said}");
}

async fn s1_15_closing_the_window_logs_out_at_the_bank(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank).await;
    assert_eq!(bank.logouts("jirodt"), 0);
    window.close_by_frame().await;
    assert_eq!(bank.logouts("jirodt"), 1);
}
