//! A site that publishes no profile, in the window: its right certificate is found, checked, and used in the browser.

use inkan_journeys::{Browser, Hand, PlainSite, Window};
use serde_json::json;

super::by_both_hands!(j13_the_right_certificate_is_found_among_five);

async fn j13_the_right_certificate_is_found_among_five(hand: Hand) {
    let site = PlainSite::start();
    let browser = Browser::picking(&site.pc, PlainSite::RIGHT);
    let opening = Window::on(&site.pc).by(hand);
    let window = browser.environment().into_iter().fold(opening, |all, (name, value)| all.under(name, value));
    let window = window.open().await;

    // Only its address and the CA of its server are needed.
    window.fill("bank-address", &site.nginx.address()).await;
    window.click("bank-add").await;
    window.problem("bank_ca_unknown").await;
    window.give_file("bank-ca-file", site.servers.certificate()).await;
    window.click("bank-add").await;
    window.problem("certificate_not_sent").await;
    window.screenshot("site-1-offer").await;
    window.click("site-add").await;

    // One certificate is right. Each of the others says why it is not.
    let card = format!("[data-test=\"certificate\"][data-id=\"{}\"]", site.id(PlainSite::RIGHT));
    let card = window.select(&card).await.text().await.unwrap();
    assert!(card.contains("tanaka") && card.contains("使えます"), "{card}");
    let pick = window.text("site-pick").await;
    assert!(pick.contains("「tanaka」") && pick.contains("Site Clients") && pick.contains("2100年1月1日"), "{pick}");
    for (name, reason) in [
        ("stranger", "受け付ける発行元のものではありません。発行元は Other Clients です。"),
        ("former", "2021年1月1日に有効期限が切れました。"),
        ("server-only", "ログイン用の電子証明書ではありません。"),
        ("keyless", "秘密鍵がこのパソコンにありません。"),
    ] {
        let row = format!("[data-test=\"certificate-row\"][data-id=\"{}\"]", site.id(name));
        let told = window.select(&row).await.text().await.unwrap();
        assert!(told.contains(name) && told.contains(reason), "{told}");
    }
    window.screenshot("site-2-found").await;

    // The server agrees, and the browser does too.
    window.click("site-check").await;
    assert!(window.text("site-accepted").await.contains("tanaka"));
    window.screenshot("site-3-checked").await;
    window.click("site-open").await;
    window.find("site-opened").await;
    let (address, shown) = browser.shown();
    assert_eq!(address, site.nginx.address());
    assert!(shown.contains("welcome") && shown.contains("CN=tanaka"), "{shown}\n{}", site.nginx.log());
    window.screenshot("site-4-opened").await;

    // The choice is remembered, and the site is checked like a bank.
    let rows = site.pc.inkan(&["certificates", "list", "--bank", "localhost"], None).done();
    assert_eq!((&rows[0]["id"], &rows[0]["last_used"]), (&json!(site.id(PlainSite::RIGHT)), &json!(true)));
    window.click("nav-doctor").await;
    window.select("[data-test=\"check\"][data-kind=\"bank\"][data-level=\"ok\"]").await;
    window.find("doctor-unfit").await;
    let keyless = window.select("[data-test=\"check\"][data-kind=\"key\"][data-level=\"problem\"]").await;
    assert!(keyless.text().await.unwrap().contains("keyless"));
    window.screenshot("site-5-doctor").await;

    // The site is removed after a warning. Its certificates stay.
    window.click("nav-login").await;
    window.click("site-remove-open").await;
    window.click("site-remove").await;
    window.find("bank-address").await;
    assert_eq!(site.pc.inkan(&["bank", "list"], None).done(), json!([]));
    // Five certificates, and the CA of one of them.
    assert_eq!(site.pc.certutil_certificates().len(), 6);
    window.close().await;
}
