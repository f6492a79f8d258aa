//! A page that is reloaded for any reason shows what is true at the bank: a session goes on, and a session that no page
//! knows of is ended. A person has no means to reload the page.

use std::process::Command;

use inkan_journeys::{
    Area, Bank, Direction, Drag, Gate, Hand, NativeDesktop, Pc, Window, children, japanese_locale, key, process_name,
};

super::by_both_hands!(s1_15_a_page_that_is_loaded_anew_takes_the_session_up);

/// The buttons of a mouse as the X server numbers them.
const LEFT: u8 = 1;
const MIDDLE: u8 = 2;
const RIGHT: u8 = 3;
const BACK: u8 = 8;
const FORWARD: u8 = 9;
/// Keys as the X server numbers their symbols.
const F5: u32 = 0xffc2;
const RETURN: u32 = 0xff0d;
const ARROW_LEFT: u32 = 0xff51;
const ARROW_RIGHT: u32 = 0xff53;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
const ALT: u32 = 0xffe9;

async fn log_in(window: &Window, bank: &Bank, user: &str) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret(user, "login_password")).await;
    window.click("password-submit").await;
}

async fn s1_15_a_page_that_is_loaded_anew_takes_the_session_up(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = Window::on(&pc).by(hand).open().await;
    log_in(&window, &bank, "jirodt").await;
    window.find("top").await;
    window.load_anew("[data-test=\"top\"]").await;
    window.find("person").await;
    assert_eq!(bank.logouts("jirodt"), 0);
    window.click("log-out").await;
    window.page("start").await;
    assert_eq!(bank.logouts("jirodt"), 1);
    // No one is logged in, and the reloaded page shows that.
    window.load_anew("[data-page=\"start\"]").await;
    assert_eq!(window.count("[data-test=\"person\"]").await, 0);
    window.close_by_frame().await;
    assert_eq!(bank.logouts("jirodt"), 1);
}

#[tokio::test]
async fn s1_7_a_page_that_is_loaded_anew_stands_where_the_login_stood() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "shirodt");
    let window = Window::open(&pc).await;
    log_in(&window, &bank, "shirodt").await;
    window.page("change-passwords").await;
    window.load_anew("[data-page=\"change-passwords\"]").await;
    assert_eq!(bank.logouts("shirodt"), 0);
    window.close_by_frame().await;
    assert_eq!(bank.logouts("shirodt"), 1);
}

#[tokio::test]
async fn s1_15_a_login_whose_page_is_gone_ends_at_the_bank() {
    let bank = Bank::start();
    let gate = Gate::to(bank.portal());
    let pc = Pc::new();
    pc.inkan(&["bank", "add", &gate.address(), "--ca", &bank.ca().display().to_string()], None).done();
    let window = Window::open(&pc).await;
    window.click("login-id-open").await;
    window.fill("id-user", "jirodt").await;
    window.fill("password", &bank.secret("jirodt", "login_password")).await;
    gate.shut_when(Direction::FromBank, || true);
    window.click("password-submit").await;
    gate.holds();
    window.load_anew("[data-page=\"start\"]").await;
    gate.open();
    // The bank is notified of the end as soon as the login has succeeded.
    for _ in 0..600 {
        if bank.logouts("jirodt") == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(bank.logouts("jirodt"), 1);
    assert_eq!(window.count("[data-test=\"person\"]").await, 0);
}

#[tokio::test]
async fn s1_15_a_page_whose_process_ends_leaves_no_session_open() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = Window::open(&pc).await;
    log_in(&window, &bank, "jirodt").await;
    window.find("top").await;
    let page = children(window.process()).into_iter().find(|one| process_name(*one) == "WebKitWebProces");
    let page = page.expect("the page is in a process of its own");
    assert!(Command::new("kill").args(["-KILL", &page.to_string()]).status().unwrap().success());
    // The app goes on, and ends by its own command.
    assert_eq!(bank.logouts("jirodt"), 0);
    window.close_by_frame().await;
    assert_eq!(bank.logouts("jirodt"), 1);
}

/// Each way in which a web page leaves or reloads itself.
const WAYS: [&str; 6] = [
    "history.back()",
    "history.forward()",
    "history.go(0)",
    "location.hash = '#top'",
    "location.href = location.href",
    "window.open(location.href)",
];

/// The keys by which a browser leaves, reloads or closes a page.
const CHORDS: [(&[char], char); 12] = [
    (&[], key::F5),
    (&[key::CONTROL], key::F5),
    (&[key::CONTROL], 'r'),
    (&[key::CONTROL, key::SHIFT], 'r'),
    (&[key::ALT], key::LEFT),
    (&[key::ALT], key::RIGHT),
    (&[key::CONTROL], 'w'),
    (&[key::CONTROL], 'q'),
    (&[key::CONTROL], 't'),
    (&[key::CONTROL], 'n'),
    (&[key::CONTROL], 'l'),
    (&[key::CONTROL], 'u'),
];

#[tokio::test]
async fn s1_15_whatever_is_tried_with_the_page_the_session_stays_what_it_is() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = Window::open(&pc).await;
    log_in(&window, &bank, "jirodt").await;
    window.find("top").await;
    for way in WAYS {
        window.leave_by(way).await;
        window.find("top").await;
        window.find("person").await;
        assert_eq!(bank.logouts("jirodt"), 0, "{way}");
    }
    window.mark().await;
    for (held, letter) in CHORDS {
        window.chord(held, letter).await;
        window.is_marked_with("[data-test=\"top\"]").await;
        assert_eq!(bank.logouts("jirodt"), 0, "{held:?} {letter:?}");
    }
    // A file that is dropped on the page is imported, and the session goes on.
    let file = pc.directory().join("note.txt");
    std::fs::write(&file, "text").unwrap();
    Drag::over(window.process(), &[&file]).drop_here();
    window.find("person").await;
    assert_eq!((bank.acts("jirodt", "log_in"), bank.logouts("jirodt")), (1, 0));
    window.close_by_frame().await;
    assert_eq!(bank.logouts("jirodt"), 1);
}

/// The same by the desktop's own keyboard and mouse, without a driver between.
#[tokio::test]
async fn s1_15_no_key_and_no_button_ends_or_fakes_a_session() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let driven = Window::open(&pc).await;
    let login = driven.area("login-certificate").await;
    driven.click("login-certificate").await;
    let field = driven.area("password").await;
    driven.fill("password", &bank.secret("jirodt", "login_password")).await;
    driven.click("password-submit").await;
    driven.find("top").await;
    let text = driven.area("operations").await;
    driven.close_by_frame().await;
    let (logins, logouts) = (bank.acts("jirodt", "log_in"), bank.logouts("jirodt"));

    let desktop = NativeDesktop::start();
    let window = desktop.open(&pc, &[]);
    let start = window.pixels(window.whole());
    window.click(login, LEFT);
    window.wait_for_change(window.whole(), &start, "the button for the login");
    window.click(field, LEFT);
    let password = bank.secret("jirodt", "login_password");
    for letter in password.chars() {
        let small = u32::from(letter.to_ascii_lowercase());
        window.press_with(letter.is_ascii_uppercase().then_some(SHIFT), small);
    }
    window.wait_until_still();
    let typed = window.pixels(window.whole());
    window.press(RETURN);
    window.wait_for_change(window.whole(), &typed, "the login");
    for _ in 0..600 {
        if bank.acts("jirodt", "log_in") == logins + 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    window.wait_until_still();
    window.click(text, LEFT);
    window.wait_until_still();
    let (page, windows) = (window.pixels(window.whole()), desktop.shown_windows());
    let letter = |letter: char| u32::from(letter);
    let chords: [(&[u32], u32); 12] = [
        (&[], F5),
        (&[CONTROL], F5),
        (&[CONTROL], letter('r')),
        (&[CONTROL, SHIFT], letter('r')),
        (&[ALT], ARROW_LEFT),
        (&[ALT], ARROW_RIGHT),
        (&[CONTROL], letter('w')),
        (&[CONTROL], letter('q')),
        (&[CONTROL], letter('p')),
        (&[CONTROL], letter('s')),
        (&[CONTROL], letter('o')),
        (&[CONTROL], letter('l')),
    ];
    for (held, symbol) in chords {
        window.press_with(held.iter().copied(), symbol);
        window.wait_until_still();
        assert!(window.pixels(window.whole()) == page, "{held:x?} {symbol:#x}");
    }
    for button in [RIGHT, MIDDLE, BACK, FORWARD] {
        window.click(text, button);
        window.wait_until_still();
        assert_eq!(desktop.shown_windows(), windows, "button {button}");
        assert!(window.pixels(window.whole()) == page, "button {button}");
    }
    assert_eq!((bank.acts("jirodt", "log_in"), bank.logouts("jirodt")), (logins + 1, logouts));
    // The system ends the app as at the end of a person's desktop session.
    assert!(Command::new("kill").arg(window.process().to_string()).status().unwrap().success());
    for _ in 0..600 {
        if bank.logouts("jirodt") == logouts + 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(bank.logouts("jirodt"), logouts + 1);
}

#[tokio::test]
async fn the_web_views_own_menu_is_there_in_text_fields_only() {
    let pc = Pc::new();
    let opening = japanese_locale().into_iter().fold(Window::on(&pc), |all, (name, value)| all.under(name, value));
    let driven = opening.open().await;
    let (field, button) = (driven.area("bank-address").await, driven.area("bank-add").await);
    driven.close().await;
    let desktop = NativeDesktop::start();
    let window = desktop.open(&pc, &[]);
    let windows = desktop.shown_windows();
    let empty = window.pixels(field);
    window.click(field, LEFT);
    window.types("typed");
    window.wait_for_change(field, &empty, "typing");

    // Below the button the page is empty.
    let beside = Area { y: button.y + 120, ..button };
    window.click(beside, RIGHT);
    window.wait_until_still();
    assert_eq!(desktop.shown_windows(), windows, "a menu outside of text fields");
    // A reloaded page would have lost the typed text.
    let typed = window.pixels(field);
    for leads_away in [BACK, FORWARD] {
        window.click(beside, leads_away);
    }
    window.press(F5);
    window.wait_until_still();
    assert!(window.pixels(field) == typed, "the page is loaded anew");

    window.click(field, RIGHT);
    desktop.wait_for_more_windows_than(windows);
}
