//! A certificate that cannot be read, in the window: it is listed with its reason, and deleted.

use inkan_journeys::{Authority, Hand, Pc, VALID, Window};
use serde_json::json;

super::by_both_hands!(a_certificate_that_cannot_be_read_is_listed_and_deleted);

async fn a_certificate_that_cannot_be_read_is_listed_and_deleted(hand: Hand) {
    let (authority, pc) = (Authority::new("Odd Dates CA"), Pc::new());
    pc.inkan(&["certificates"], None).done();
    let usual = pc.take_in(&authority.client("usual", VALID));
    // 2099 is not a leap year.
    let odd = authority.client("hanakodt", VALID).changed(b"20991231235959Z", b"20990229235959Z");
    let id = pc.take_in_without_key(&odd);

    let said = [("en", "can’t be read", "20990229235959Z"), ("ja", "読み取れません", "20990229235959Z")];
    for (language, word, date) in said {
        let window = Window::on(&pc).by(hand).speaking(language).open().await;
        window.click("nav-certificates").await;
        let list = window.text("unreadable-list").await;
        assert!(list.contains("hanakodt") && list.contains(word) && list.contains(date), "{list}");
        window.screenshot(&format!("45-unreadable-{language}")).await;
        window.click("unreadable-delete").await;
        let dialog = window.text("unreadable-dialog").await;
        assert!(dialog.contains("hanakodt") && dialog.contains("Odd Dates CA") && dialog.contains(&id), "{dialog}");
        window.screenshot(&format!("46-unreadable-delete-{language}")).await;
        // The readable certificate is not in danger.
        window.click("unreadable-cancel").await;
        assert_eq!(pc.inkan(&["certificates"], None).done().as_array().map(Vec::len), Some(2));
        window.close().await;
    }

    let window = Window::on(&pc).by(hand).open().await;
    window.click("nav-certificates").await;
    window.click("unreadable-delete").await;
    window.click("unreadable-submit").await;
    window.find("deleted-notice").await;
    assert_eq!(window.count("[data-test=unreadable-list]").await, 0);
    window.close().await;
    let rows = pc.inkan(&["certificates"], None).done();
    assert_eq!(
        rows.as_array().map(|rows| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>()),
        Some(vec![json!(usual)])
    );
}
