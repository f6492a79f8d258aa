//! The icon in the tray: its entries, and what they do.

use inkan_journeys::{Bank, Pc, SessionBus, Tray, Window};

#[tokio::test]
async fn s1_15_the_tray_opens_leads_to_the_login_and_quits_with_a_logout() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let bus = SessionBus::start();
    let tray = Tray::on(&bus).await;
    let (name, address) = bus.environment();
    let window = Window::on(&pc).under(name, address).open().await;
    let item = tray.item().await;
    assert_eq!(item.property("Status").await, "Active");
    let icon = item.property("IconName").await;
    assert!(icon.starts_with(&pc.home().display().to_string()), "{icon}");
    assert!(std::fs::read(&icon).unwrap().starts_with(b"\x89PNG"), "{icon}");
    assert_eq!(item.offers().await, ["開く", "ログインする", "終了する"]);

    window.click("nav-settings").await;
    item.choose("ログインする").await;
    window.page("start").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    // The entry does not lead a person away from a page in use.
    item.choose("ログインする").await;
    item.choose("開く").await;
    window.find("top").await;
    assert_eq!(bank.logouts("jirodt"), 0);
    item.choose("終了する").await;
    window.ends().await;
    assert_eq!(bank.logouts("jirodt"), 1, "S1-15");
}

#[tokio::test]
async fn the_tray_speaks_the_language_that_is_chosen() {
    let pc = Pc::new();
    let bus = SessionBus::start();
    let tray = Tray::on(&bus).await;
    let (name, address) = bus.environment();
    let window = Window::on(&pc).under(name, address).open().await;
    let item = tray.item().await;
    window.click("nav-settings").await;
    window.tick("[data-test=\"language-en\"]").await;
    while item.offers().await != ["Open", "Log in", "Quit"] {
        tokio::task::yield_now().await;
    }
    window.close().await;
}
