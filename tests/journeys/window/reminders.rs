//! Tests certificates that expire soon, announced by the desktop (M1): each once, and a click opens it.

use inkan_journeys::{Authority, Bank, Notifications, Pc, PlainSite, Window};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

/// Returns a validity that ends `days` days from now.
fn ending_in(days: i64) -> (String, String) {
    let format = format_description!("[year][month][day][hour][minute][second]Z");
    let moment = |days| (OffsetDateTime::now_utc() + Duration::days(days)).format(format).unwrap();
    (moment(-30), moment(days))
}

fn take_in(pc: &Pc, authority: &Authority, name: &str, days: i64) -> String {
    let (from, until) = ending_in(days);
    pc.take_in(&authority.client(name, (&from, &until)))
}

async fn open(pc: &Pc, notifications: &Notifications) -> Window {
    let (name, address) = notifications.bus().environment();
    Window::on(pc).under(name, address).open().await
}

#[tokio::test]
async fn m1_a_certificate_that_ends_is_announced_once_and_a_click_opens_it() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let authority = Authority::of(&bank);
    pc.acquire(&bank, "hanakodt");
    let jiro = take_in(&pc, &authority, "jirodt", 2);
    let notifications = Notifications::start();
    let window = open(&pc, &notifications).await;
    notifications.wait_for(1).await;
    notifications.click().await;
    window.page("certificate").await;
    window.find("certificate-facts").await;
    let page = window.text("page").await;
    assert!(page.contains(&jiro[..8]) || page.contains("jirodt"), "{page}");
    window.screenshot("m1-reminder-opened").await;
    let announced = notifications.all().await;
    let [told] = announced.as_slice() else { panic!("{announced:?}") };
    assert!(told.title.starts_with("jirodt の電子証明書は、あと"), "{told:?}");
    assert!(told.text.contains("日まで使えます"), "{told:?}");
    window.close().await;

    // If the first certificate to end were announced again, it would come first.
    take_in(&pc, &authority, "ichirodt", 9);
    let window = open(&pc, &notifications).await;
    notifications.wait_for(1).await;
    let announced = notifications.all().await;
    let titles: Vec<&str> =
        announced.iter().filter_map(|told| told.title.split_once(' ')).map(|(name, _)| name).collect();
    assert_eq!(titles, ["ichirodt", "jirodt"]);
    window.close().await;
}

#[tokio::test]
async fn m1_many_that_end_are_announced_by_few_notifications() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let authority = Authority::of(&bank);
    pc.acquire(&bank, "hanakodt");
    for (days, name) in [(2, "ichirodt"), (4, "jirodt"), (6, "saburodt"), (8, "shirodt")] {
        take_in(&pc, &authority, name, days);
    }
    let notifications = Notifications::start();
    let window = open(&pc, &notifications).await;
    notifications.wait_for(3).await;
    let announced = notifications.all().await;
    let [more, jiro, ichiro] = announced.as_slice() else { panic!("{announced:?}") };
    assert!(ichiro.title.starts_with("ichirodt ") && jiro.title.starts_with("jirodt "), "{announced:?}");
    assert_eq!(more.title, "ほかに2件の電子証明書が、まもなく使えなくなります");
    window.close().await;
}

#[tokio::test]
async fn m1_a_site_has_reminders_too_and_they_can_be_switched_off() {
    let site = PlainSite::start();
    let addition = site.addition();
    let arguments: Vec<&str> = addition.iter().map(String::as_str).chain(["--site"]).collect();
    site.pc.inkan(&arguments, None).done();
    take_in(&site.pc, site.clients(), "suzuki", 3);
    let notifications = Notifications::start();
    std::fs::write(site.pc.home().join("settings.json"), r#"{"without_reminders":true}"#).unwrap();
    let window = open(&site.pc, &notifications).await;
    window.click("nav-settings").await;
    window.select("[data-test=\"reminders-on\"]:not(:checked)").await;
    assert_eq!(notifications.all().await, [], "switched off");
    window.tick("[data-test=\"reminders-on\"]").await;
    notifications.wait_for(1).await;
    let announced = notifications.all().await;
    let [told] = announced.as_slice() else { panic!("{announced:?}") };
    assert!(told.title.starts_with("suzuki の電子証明書は、あと"), "{told:?}");
    window.close().await;
}
