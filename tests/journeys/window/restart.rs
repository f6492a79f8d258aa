//! A restart from the settings opens another certificate store.

use std::fs;
use std::time::{Duration, Instant};

use inkan_journeys::{Bank, Hand, Pc, Window, run};

use super::administration::log_in_by_id;

super::by_both_hands!(s1_15_a_restart_for_another_store_logs_out_and_opens_that);

/// Longer than any program takes to start or end.
const PATIENCE: Duration = Duration::from_secs(60);

async fn s1_15_a_restart_for_another_store_logs_out_and_opens_that(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let account = pc.home().parent().unwrap().to_owned();
    let browser = account.join(".mozilla/firefox/one.default");
    fs::create_dir_all(&browser).unwrap();
    let database = format!("sql:{}", browser.display());
    assert!(run("certutil", ["-N", "--empty-password", "-d", &database]).status.success());

    let window = Window::on(&pc).by(hand).choosing_its_store(&account).open().await;
    log_in_by_id(&window, &bank, "jirodt", &bank.secret("jirodt", "login_password")).await;
    window.click("nav-settings").await;
    window.tick(&format!("[data-test=\"store-choice\"][value=\"nss:{}\"]", browser.display())).await;
    window.click("restart-open").await;
    window.find("restart").await;
    window.click("restart-cancel").await;
    assert_eq!(bank.logouts("jirodt"), 0);
    window.click("restart-open").await;
    let before = window.process();
    window.click_to_the_end("restart-submit").await;
    assert_eq!(bank.logouts("jirodt"), 1, "S1-15");

    let after = once(|| pc.app().filter(|process| *process != before));
    let opened = browser.join("cert9.db");
    once(|| files_of(after).contains(&opened).then_some(()));
    assert!(run("kill", ["-TERM", &after.to_string()]).status.success());
    once(|| pc.app().is_none().then_some(()));
}

fn files_of(process: u32) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    files.filter_map(|file| fs::read_link(file.path()).ok()).collect()
}

/// Waits until `find` finds something, and returns it.
fn once<T>(find: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(Instant::now() < deadline, "it does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}
