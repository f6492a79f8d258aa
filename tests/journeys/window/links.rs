//! Tests links into the app, at its start and into the open window. They only open a page.

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::json;

super::by_both_hands!(
    j1_a_link_from_the_bank_leads_from_the_address_to_the_certificate,
    links_reach_the_window_that_is_open_and_only_that
);

async fn j1_a_link_from_the_bank_leads_from_the_address_to_the_certificate(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::new();
    let link = format!("inkan://acquire?bank={}&user=hanakodt", bank.portal());
    let window = Window::on(&pc).by(hand).given(&link).open().await;
    window.find("from-link").await;
    window.screenshot("40-link-add").await;
    assert_eq!(window.value("bank-address").await.trim_end_matches('/'), bank.portal().trim_end_matches('/'));
    // The window has not sent a request to the bank.
    assert_eq!(window.count("[data-test=problem]").await, 0);
    assert_eq!(pc.inkan(&["bank", "list"], None).done(), json!([]));

    window.click("bank-add").await;
    window.problem("bank_ca_unknown").await;
    window.give_file("bank-ca-file", &bank.ca()).await;
    window.click("bank-add").await;
    window.page("acquire").await;
    assert_eq!(window.value("acquire-user").await, "hanakodt");
    window.screenshot("41-link-acquire").await;
    pc.assert_empty();
    window.fill("acquire-password", &bank.secret("hanakodt", "login_password")).await;
    window.click("acquire-submit").await;
    window.find("top").await;
    assert_eq!(pc.certutil_certificates().len(), 1);
    window.close().await;
}

async fn links_reach_the_window_that_is_open_and_only_that(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let elsewhere = Pc::new();
    let window = Window::on(&pc).by(hand).open().await;
    let other = Window::open(&elsewhere).await;
    window.page("start").await;

    let acquire = format!("inkan://acquire?bank={}&user=jirodt", bank.portal());
    pc.start_again(&[&acquire]);
    window.page("acquire").await;
    assert_eq!(window.value("acquire-user").await, "jirodt");
    pc.assert_empty();

    pc.start_again(&["inkan://add?bank=https://other.bank.example"]);
    window.find("from-link").await;
    assert_eq!(window.value("bank-address").await, "https://other.bank.example/");
    window.screenshot("42-link-add-second").await;

    pc.start_again(&["inkan://add?bank=http://other.bank.example"]);
    window.find("link-problem").await;
    window.problem("link_unusable").await;
    window.screenshot("43-link-unusable").await;
    window.click("link-problem-close").await;
    // Without a link the window comes to the front, and nothing changes.
    pc.start_again(&[]);
    window.find("from-link").await;

    // The window on other data received none of the links.
    assert_eq!(other.count("[data-test=from-link], [data-test=link-problem]").await, 0);
    other.page("start").await;
    other.close().await;
    window.close().await;
}
