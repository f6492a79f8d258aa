//! J12: a proxy that demands a login is between the PC and the bank.

use inkan_journeys::{Bank, Hand, HttpProxy, Pc, Window};

super::by_both_hands!(j12_a_proxy_set_by_hand_asks_who_is_there_and_the_login_goes_on_by_itself);

async fn j12_a_proxy_set_by_hand_asks_who_is_there_and_the_login_goes_on_by_itself(hand: Hand) {
    let (bank, proxy) = (Bank::start(), HttpProxy::start());
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let window = Window::on(&pc).by(hand).open().await;
    window.click("nav-settings").await;
    window.page("settings").await;
    window.tick("[data-test=\"proxy-manual\"]").await;
    window.fill("proxy-host", "127.0.0.1").await;
    window.fill("proxy-port", &proxy.port().to_string()).await;
    window.fill("proxy-user", HttpProxy::USER).await;
    // The bank is on this PC, for which no proxy is usual.
    window.clear("proxy-exceptions").await;
    window.click("proxy-keep").await;
    window.find("proxy-kept").await;
    window.screenshot("proxy-1-set").await;

    window.click("nav-login").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("proxy-login").await;
    window.screenshot("proxy-2-asked").await;
    window.fill("proxy-login-password", "Chigau-0000").await;
    window.click("proxy-login-submit").await;
    window.find("proxy-login-refused").await;
    window.screenshot("proxy-3-refused").await;
    assert_eq!(proxy.opened(), 0, "no connection has passed yet");
    assert!(proxy.asked_for(bank.certificate_login()) > 0);
    window.fill("proxy-login-password", HttpProxy::PASSWORD).await;
    window.click("proxy-login-submit").await;

    // The journey that waited goes on to the top page, with the client certificate through the proxy.
    window.find("top").await;
    window.click("connection-more").await;
    assert!(window.text("connection").await.contains("TLSv1.3"));
    assert!(proxy.opened() > 0);
    window.screenshot("proxy-4-top").await;
    let kept =
        "return document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)";
    assert!(!window.evaluate(kept).await.as_str().unwrap().contains(HttpProxy::PASSWORD));
    window.click("log-out").await;
    window.find("done").await;

    // The user name is known by now. If the person leaves the question, the problem says what is missing.
    window.click("nav-settings").await;
    window.tick("[data-test=\"proxy-none\"]").await;
    window.find("proxy-kept").await;
    window.tick("[data-test=\"proxy-manual\"]").await;
    window.click("proxy-keep").await;
    window.find("proxy-kept").await;
    window.click("nav-login").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("proxy-login").await;
    window.press(inkan_journeys::key::ESCAPE).await;
    window.problem("proxy_login_required").await;
    window.close().await;
}
