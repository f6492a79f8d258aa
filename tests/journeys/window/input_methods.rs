//! A text field is painted while it is clicked and typed into, with each of GTK's input modules. The app runs without a
//! driver, in a Japanese locale and on a desktop of its own, because a driven web view paints in another way.

use inkan_journeys::{Area, Authority, Bank, EXPIRED, NativeDesktop, Pc, VALID, Window, japanese_locale};
use tokio::sync::OnceCell;

/// The number of certificates. The list then has a search field.
const CERTIFICATES: usize = 6;
const LEFT: u8 = 1;
/// Keys as the X server numbers their symbols.
const BACKSPACE: u32 = 0xff08;
const RETURN: u32 = 0xff0d;
const CONTROL: u32 = 0xffe3;

/// A step of a person in the window, and its element.
#[derive(Debug, Clone)]
struct Step {
    /// The element's `data-test`.
    name: &'static str,
    /// The text that is typed into a field; nothing for a button.
    text: Option<String>,
}

/// A PC with a bank and certificates, and the place of each step's element in its window. All cases share it.
struct Scene {
    bank: Bank,
    pc: Pc,
    steps: Vec<(Step, Area)>,
}

/// Returns steps through fields for a number, text, a password, a one-time password and a search, and the buttons
/// between.
fn steps(bank: &Bank) -> Vec<Step> {
    let button = |name| Step { name, text: None };
    let field = |name, text: &str| Step { name, text: Some(text.to_owned()) };
    vec![
        button("acquire-open"),
        field("acquire-contract", bank.contract().expect("contract numbers")),
        field("acquire-user", "hanako"),
        field("acquire-password", "himitsu2026"),
        button("acquire-submit"),
        field("acquire-otp", "123456"),
        button("nav-certificates"),
        field("certificate-search", "mitsukaranai"),
    ]
}

/// Finds the places of all elements in a driven window of the same size.
async fn scene() -> Scene {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let authority = Authority::new("Somebody else's CA");
    for number in 0..CERTIFICATES {
        pc.take_in(&authority.client(&format!("user{number}"), if number == 0 { EXPIRED } else { VALID }));
    }
    let mut opening = Window::on(&pc);
    for (name, value) in japanese_locale() {
        opening = opening.under(name, value);
    }
    let window = opening.open().await;
    let mut places = Vec::new();
    for step in steps(&bank) {
        places.push((step.clone(), window.area(step.name).await));
        match &step.text {
            Some(text) => window.fill(step.name, text).await,
            None => window.click(step.name).await,
        }
    }
    window.close().await;
    Scene { bank, pc, steps: places }
}

/// The input method of a session, and how the app can find it.
#[derive(Default)]
struct Session<'a> {
    /// GTK's input modules that are installed.
    modules: &'a [&'a str],
    environment: &'a [(&'a str, &'a str)],
    server: Option<Server>,
}

/// An input method.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    Ibus,
    Fcitx5,
    Uim,
}

async fn every_kind_of_field_is_painted(session: Session<'_>) {
    static SCENE: OnceCell<Scene> = OnceCell::const_new();
    let scene = SCENE.get_or_init(scene).await;
    assert!(scene.bank.data().exists());
    let mut desktop = NativeDesktop::start();
    match session.server {
        Some(Server::Ibus) => {
            desktop.start_program("ibus-daemon", &["--xim", "--panel=disable", "--emoji-extension=disable"]);
            desktop.wait_for_file_in("config/ibus/bus");
            desktop.wait_for_xim("ibus");
        }
        Some(Server::Fcitx5) => {
            desktop.start_program("fcitx5", &[]);
            desktop.wait_for_service("org.fcitx.Fcitx5").await;
            desktop.wait_for_xim("fcitx");
        }
        Some(Server::Uim) => {
            desktop.start_program("uim-xim", &[]);
            desktop.wait_for_xim("uim");
        }
        None => {}
    }
    let modules = desktop.only_modules(session.modules);
    let modules = modules.display().to_string();
    // Each case has data of its own, since one data directory has one window.
    let pc = Pc::copy_of(&scene.pc);
    let environment = [session.environment, &[("GTK_IM_MODULE_FILE", modules.as_str())]].concat();
    let window = desktop.open(&pc, &environment);
    for (step, area) in &scene.steps {
        let whole = window.whole();
        match &step.text {
            None => {
                let before = window.pixels(whole);
                window.click(*area, LEFT);
                window.wait_for_change(whole, &before, &format!("a click on {}", step.name));
            }
            Some(text) => {
                // A field that has the focus already looks the same after the click.
                window.click(*area, LEFT);
                window.wait_until_still();
                let clicked = window.pixels(*area);
                window.types(text);
                window.wait_for_change(*area, &clicked, &format!("typing into {}", step.name));
            }
        }
    }
}

const ALL: &[&str] = &["xim", "ibus", "fcitx5", "uim"];

#[tokio::test]
async fn fields_are_painted_with_gtks_own_choice_where_nothing_is_installed() {
    every_kind_of_field_is_painted(Session { modules: &["xim"], ..Session::default() }).await;
}

#[tokio::test]
async fn fields_are_painted_with_gtks_own_choice_where_everything_is_installed() {
    every_kind_of_field_is_painted(Session { modules: ALL, ..Session::default() }).await;
}

#[tokio::test]
async fn fields_are_painted_with_xim_that_nobody_serves() {
    let environment = &[("GTK_IM_MODULE", "xim")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: None }).await;
}

#[tokio::test]
async fn fields_are_painted_with_xim_and_plain_memory_that_the_person_has_chosen() {
    let environment = &[("GTK_IM_MODULE", "xim"), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: None }).await;
}

#[tokio::test]
async fn fields_are_painted_with_xim_of_ibus() {
    let environment = &[("GTK_IM_MODULE", "xim"), ("XMODIFIERS", "@im=ibus")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: Some(Server::Ibus) }).await;
}

#[tokio::test]
async fn fields_are_painted_with_xim_of_fcitx5() {
    let environment = &[("XMODIFIERS", "@im=fcitx")];
    every_kind_of_field_is_painted(Session { modules: &["xim"], environment, server: Some(Server::Fcitx5) }).await;
}

#[tokio::test]
async fn fields_are_painted_with_xim_of_uim() {
    let environment = &[("XMODIFIERS", "@im=uim")];
    every_kind_of_field_is_painted(Session { modules: &["xim", "ibus"], environment, server: Some(Server::Uim) }).await;
}

#[tokio::test]
async fn fields_are_painted_with_the_module_of_ibus() {
    let environment = &[("GTK_IM_MODULE", "ibus"), ("XMODIFIERS", "@im=ibus")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: Some(Server::Ibus) }).await;
}

#[tokio::test]
async fn fields_are_painted_with_the_module_of_ibus_that_gtk_does_not_choose_itself() {
    let environment = &[("XMODIFIERS", "@im=ibus")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: Some(Server::Ibus) }).await;
}

#[tokio::test]
async fn fields_are_painted_with_the_module_of_fcitx5() {
    let environment = &[("GTK_IM_MODULE", "fcitx"), ("XMODIFIERS", "@im=fcitx")];
    every_kind_of_field_is_painted(Session { modules: ALL, environment, server: Some(Server::Fcitx5) }).await;
}

/// The person's own input method serves the field, although GTK would choose XIM by itself.
#[tokio::test]
async fn japanese_is_typed_with_fcitx5() {
    const PROFILE: &str = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=anthy\n\n\
        [Groups/0/Items/0]\nName=keyboard-us\nLayout=\n\n[Groups/0/Items/1]\nName=anthy\nLayout=\n\n\
        [GroupOrder]\n0=Default\n";
    let pc = Pc::new();
    let opening = japanese_locale().into_iter().fold(Window::on(&pc), |all, (name, value)| all.under(name, value));
    let driven = opening.open().await;
    let field = driven.area("bank-address").await;
    driven.close().await;
    let mut desktop = NativeDesktop::start();
    let profile = desktop.home().join("config/fcitx5");
    std::fs::create_dir_all(&profile).unwrap();
    std::fs::write(profile.join("profile"), PROFILE).unwrap();
    desktop.start_program("fcitx5", &[]);
    desktop.wait_for_service("org.fcitx.Fcitx5").await;
    desktop.wait_for_xim("fcitx");
    let modules = desktop.only_modules(ALL).display().to_string();
    let window = desktop.open(&pc, &[("XMODIFIERS", "@im=fcitx"), ("GTK_IM_MODULE_FILE", &modules)]);
    // The field has the focus already.
    window.click(field, LEFT);
    window.wait_until_still();
    let empty = window.pixels(field);
    window.types("aiueo");
    window.wait_for_change(field, &empty, "typing");
    let latin = window.pixels(field);
    for _ in "aiueo".chars() {
        window.press(BACKSPACE);
    }
    window.wait_for_change(field, &latin, "deleting");

    window.press_with(Some(CONTROL), u32::from(' '));
    window.wait_until_still();
    let before = window.pixels(field);
    window.types("aiueo");
    window.wait_until_still();
    window.press(RETURN);
    window.wait_for_change(field, &before, "typing in Japanese");
    assert!(window.pixels(field) != latin, "Latin letters in the place of Japanese ones");
}
