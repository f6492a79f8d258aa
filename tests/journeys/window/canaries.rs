//! Every text in a field of the window counts as a secret. A different text is typed into every field of every page.
//! Afterwards none of them is in the report for the help desk, in the log at its lowest level, in the page's storage,
//! in any file that is written, or in the message of a crash.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use inkan_journeys::{Authority, Bank, HttpProxy, Pc, VALID, Window, run, workspace};
use tempfile::TempDir;

use super::secrets::{STORED, files, holds};

/// The components of the UI that are a field, or contain one.
const FIELDS: [&str; 8] = [
    "AgainField",
    "Field",
    "PasswordField",
    "OtpField",
    "NewPassword",
    "ContractField",
    "SearchField",
    "ConfirmationField",
];

/// The fields of each journey below, by their `data-test`. `*` means the name that a component is given.
const BEFORE_A_LOGIN: &[&str] = &[
    "acquire-contract",
    "acquire-otp",
    "acquire-password",
    "acquire-serial",
    "acquire-user",
    "bank-address",
    "import-password",
    "move-contract",
    "move-user",
    "proxy-exceptions",
    "proxy-host",
    "proxy-port",
    "proxy-user",
];
const OF_AN_ADMINISTRATOR: &[&str] = &[
    "again-confirmation-password",
    "again-login-password",
    "confirmation-password",
    "current-confirmation-password",
    "id-user",
    "login-password",
    "new-confirmation-password",
    "new-login-password",
    "otp",
    "otp-next",
    "password",
    "users-search",
];
const OF_AN_EDIT: &[&str] = &["again-*", "edit-*", "edit-name", "id-contract", "new-*"];
const OF_A_TOKEN: &[&str] = &["token-otp", "token-otp-next", "token-serial"];
const OF_QUESTIONS: &[&str] = &["certificate-search", "pin", "proxy-login-password", "proxy-login-user"];

/// A window whose fields are filled, and everything that its app writes.
struct Typing {
    window: Window,
    pc: Pc,
    /// All directories into which the web view or one of its libraries could write.
    account: TempDir,
    canaries: Vec<(String, String)>,
}

impl Typing {
    async fn on(pc: Pc, arguments: &[&str]) -> Self {
        let account = TempDir::new().unwrap();
        let said = account.path().join("said.log");
        let mut opening = Window::on(&pc).saying_to(said).under("INKAN_LOG", "trace");
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR"] {
            opening = opening.under(name, account.path());
        }
        for argument in arguments {
            opening = opening.given(argument);
        }
        let window = opening.open().await;
        Self { window, pc, account, canaries: Vec::new() }
    }

    /// Types a text of its own into each visible field, in place of its value.
    async fn type_into_every_field(&mut self) {
        let shown = "const shown = document.querySelector('dialog:modal') ?? document;
            return [...shown.querySelectorAll('input')].filter((input) =>
            input.checkVisibility() && !input.disabled && !input.readOnly &&
            ['text', 'search', 'password'].includes(input.type)).map((input) => input.dataset.test ?? '');";
        let names: Vec<String> = serde_json::from_value(self.window.evaluate(shown).await).unwrap();
        for name in names {
            assert!(!name.is_empty(), "a field without a name");
            self.window.empty(&name).await;
            let canary = format!("Kz{:02}Qx7w", self.canaries.len());
            self.window.fill(&name, &canary).await;
            // Some fields take fewer letters.
            let held = self.window.value(&name).await;
            assert!(canary.starts_with(&held) && held.len() >= 4, "{name} holds {held:?}");
            self.canaries.push((name, held));
        }
    }

    /// Sends a form, whatever its fields report. A person would correct the fields one by one until it can be sent.
    async fn send(&mut self, button: &str) {
        self.type_into_every_field().await;
        self.window
            .evaluate(&format!(
                "const button = document.querySelector('[data-test=\"{button}\"]');
                 if (button.form) button.form.noValidate = true;
                 button.disabled = false; button.click();"
            ))
            .await;
    }

    /// Crashes the app with texts in its fields, and looks for each text in everything that is left.
    async fn leaves_nothing(mut self, expected: &[&str]) {
        self.window.click("nav-settings").await;
        self.window.click("report-open").await;
        let report = self.window.text("report").await;
        let stored = self.window.evaluate_later(STORED, "").await.as_str().expect("JSON").to_owned();
        self.window.click("nav-settings").await;
        self.window.tick("[data-test=\"proxy-manual\"]").await;
        self.type_into_every_field().await;
        let crashed = Command::new("kill").args(["-ABRT", &self.window.process().to_string()]).status().unwrap();
        assert!(crashed.success());
        self.window.ends().await;
        let said = fs::read_to_string(self.account.path().join("said.log")).unwrap();
        assert!(said.contains("TRACE"), "the log was at its most talkative");
        for (name, canary) in &self.canaries {
            assert!(!report.contains(canary), "the report has what was typed into {name}: {report}");
            assert!(!stored.contains(canary), "the page keeps what was typed into {name}");
            for file in [self.account.path(), &self.pc.home()].into_iter().flat_map(files) {
                let bytes = fs::read(&file).unwrap_or_default();
                assert!(!holds(&bytes, canary), "{} has what was typed into {name}", file.display());
            }
        }
        let typed: BTreeSet<&str> = self.canaries.iter().map(|(name, _)| name.as_str()).collect();
        for name in expected {
            let fits =
                |typed: &&&str| name.strip_suffix('*').map_or(**typed == *name, |start| typed.starts_with(start));
            assert!(typed.iter().any(|one| fits(&one)), "nothing was typed into {name}: {typed:?}");
        }
    }
}

#[test]
fn every_field_of_the_ui_has_a_text_of_its_own() {
    let mut found = BTreeSet::new();
    for file in files(&workspace().join("ui/src")) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if file.extension().is_none_or(|kind| kind != "svelte") {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        for part in FIELDS {
            for (at, _) in source.match_indices(&format!("<{part}")) {
                let rest = &source[at + 1 + part.len()..];
                if !rest.starts_with(|next: char| next.is_whitespace() || next == '/') {
                    continue;
                }
                match test_of(rest) {
                    // If a component passes its own name on, the field is found where the component is used.
                    Some(test) if FIELDS.contains(&name.as_str()) && test == "{test}" => {}
                    Some(test) => drop(found.insert(pattern(&name, &test))),
                    None => assert_eq!(part, "ConfirmationField", "{name} has a field without a name"),
                }
            }
        }
        // A text could be typed unseen into an input that is not one of these components.
        for (at, _) in source.match_indices("<input") {
            let kind = source[at..].split("type=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let own = ["Field", "SearchField"].contains(&name.as_str());
            assert!(own || ["radio", "checkbox", "file"].contains(&kind), "{name} has an input of its own");
        }
        assert!(!source.contains("<textarea") && !source.contains("contenteditable"), "{name} has a text of its own");
    }
    let typed = [BEFORE_A_LOGIN, OF_AN_ADMINISTRATOR, OF_AN_EDIT, OF_A_TOKEN, OF_QUESTIONS].concat();
    assert_eq!(found, typed.into_iter().map(str::to_owned).collect());
}

/// Returns the value of the attribute `test` of this element.
fn test_of(element: &str) -> Option<String> {
    let end = element.find("/>").or_else(|| element.find('>'))?;
    let rest = &element[..end];
    if let Some((_, rest)) = rest.split_once("test=\"") {
        return rest.split('"').next().map(str::to_owned);
    }
    if let Some((_, rest)) = rest.split_once("test={`") {
        return rest.split('`').next().map(|text| format!("{}*", text.split('$').next().unwrap_or_default()));
    }
    if rest.contains("test={") || rest.contains("{test}") {
        return Some("{test}".to_owned());
    }
    None
}

/// Returns the name of a field as the lists above have it.
fn pattern(part: &str, test: &str) -> String {
    match (part, test) {
        ("EditSettings", "{test}") => "edit-*".to_owned(),
        // The component passes its name on to the fields inside.
        ("EditPasswords", "{test}") => "new-*".to_owned(),
        _ => test.to_owned(),
    }
}

#[tokio::test]
async fn nothing_is_left_of_what_is_typed_before_a_login() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let authority = Authority::new("Somebody else's CA");
    let file = authority.client("hanako", VALID).pkcs12();
    let mut typing = Typing::on(pc, &["inkan://add?bank=https://localhost:1/"]).await;
    typing.window.page("add-bank").await;
    typing.send("bank-add").await;
    typing.window.find("bank-address-fault").await;

    typing.window.click("nav-login").await;
    typing.window.click("acquire-open").await;
    typing.type_into_every_field().await;
    typing.send("acquire-submit").await;
    typing.window.problem("contract_number_invalid").await;
    typing.window.empty("acquire-contract").await;
    typing.window.fill("acquire-contract", bank.contract().unwrap()).await;
    typing.window.click("acquire-submit").await;
    typing.window.tick("[data-test=\"acquire-without-token\"]").await;
    typing.send("acquire-prove").await;
    typing.window.find("problem").await;

    typing.window.click("nav-move").await;
    typing.window.tick("[data-test=\"this-pc-new\"]").await;
    typing.type_into_every_field().await;

    typing.window.click("nav-settings").await;
    typing.window.tick("[data-test=\"proxy-manual\"]").await;
    typing.send("proxy-keep").await;
    typing.window.find("problem").await;

    super::certificates::over(&typing.window, vec![file], "typed", true).await;
    typing.send("import-look").await;
    typing.window.find("problem").await;
    typing.leaves_nothing(BEFORE_A_LOGIN).await;
}

#[tokio::test]
async fn nothing_is_left_of_what_an_administrator_types() {
    let bank = Bank::start();
    let mut typing = Typing::on(Pc::with(&bank), &[]).await;
    typing.window.click("login-id-open").await;
    typing.send("password-submit").await;
    typing.window.problem("login_failed").await;
    typing.window.empty("id-user").await;
    typing.window.fill("id-user", "hanakodt").await;
    typing.window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    typing.window.click("password-submit").await;
    typing.window.find("top").await;

    typing.window.click("unknown-login-open").await;
    typing.window.click("unknown-login-change").await;
    typing.window.page("change-passwords").await;
    typing.send("change-submit").await;
    typing.window.find("problem").await;

    typing.window.click("nav-users").await;
    typing.window.find("user-row").await;
    typing.type_into_every_field().await;
    typing.window.click("tab-tokens").await;
    typing.window.tick("[data-test=\"token-row\"][data-id=\"ichirodt\"] input").await;
    typing.window.click("tokens-revoke").await;
    typing.send("tokens-submit").await;
    typing.window.find("problem").await;
    typing.window.click("tokens-cancel").await;
    typing.window.click("resync-open").await;
    typing.window.page("resync").await;
    typing.send("resync-submit").await;
    typing.window.find("problem").await;
    typing.leaves_nothing(OF_AN_ADMINISTRATOR).await;
}

#[tokio::test]
async fn nothing_is_left_of_what_is_typed_about_a_user() {
    let contracts = Bank::with_contracts_and_ids();
    let bank = Bank::start_with("shinkin");
    let pc = Pc::new();
    pc.inkan(&["bank", "add", contracts.portal(), "--ca", &contracts.ca().display().to_string()], None).done();
    let mut typing = Typing::on(pc, &[]).await;
    typing.window.click("login-id-open").await;
    typing.send("password-submit").await;
    typing.window.problem("contract_number_invalid").await;
    typing.pc.inkan(&["bank", "remove", contracts.name()], None).done();
    typing.pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();
    typing.pc.acquire(&bank, "keir001");

    // A reloaded page shows what was done outside the window.
    typing.window.load_anew("[data-test=\"login-certificate\"]").await;
    typing.window.click("login-certificate").await;
    typing.window.fill("password", &bank.secret("keir001", "login_password")).await;
    typing.window.click("password-submit").await;
    typing.window.find("top").await;
    typing.window.click("nav-users").await;
    typing.window.click_on("[data-test=\"user-row\"][data-id=\"keir002\"] [data-test=\"user-open\"]").await;
    typing.window.click("edit-open").await;
    typing.window.find("edit-name").await;
    typing.window.tick("[data-test=\"set-login\"]").await;
    typing.send("edit-submit").await;
    typing.window.find("problem").await;
    // What was typed is not saved.
    typing.window.click("nav-settings").await;
    typing.window.click("leave-agree").await;
    typing.leaves_nothing(OF_AN_EDIT).await;
}

#[tokio::test]
async fn nothing_is_left_of_what_is_typed_about_a_token() {
    const LOGIN: &str = "Shiro2027Qx";
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "shirodt");
    let old = bank.secret("shirodt", "login_password");
    let mut typing = Typing::on(pc, &[]).await;
    typing.window.click("login-certificate").await;
    typing.window.fill("password", &old).await;
    typing.window.click("password-submit").await;
    typing.window.page("change-passwords").await;
    for (field, text) in [
        ("login-password", old.as_str()),
        ("new-login-password", LOGIN),
        ("again-login-password", LOGIN),
        ("new-confirmation-password", "Kakunin93Zw"),
        ("again-confirmation-password", "Kakunin93Zw"),
    ] {
        typing.window.fill(field, text).await;
    }
    typing.window.click("change-submit").await;
    typing.window.click("change-done").await;
    typing.window.page("token").await;
    typing.send("token-submit").await;
    typing.window.find("problem").await;
    typing.window.empty("token-serial").await;
    typing.window.fill("token-serial", "43456789").await;
    typing.window.fill("token-otp", &bank.otp("shirodt", 20)).await;
    typing.window.click("token-submit").await;
    typing.window.problem("token_out_of_step").await;
    typing.send("token-submit").await;
    typing.window.find("problem").await;
    typing.leaves_nothing(OF_A_TOKEN).await;
}

#[tokio::test]
async fn nothing_is_left_of_what_is_answered_to_a_store_and_a_proxy() {
    let (bank, proxy) = (Bank::start(), HttpProxy::start());
    let pc = Pc::with(&bank);
    let authority = Authority::new("Somebody else's CA");
    for number in 0..6 {
        pc.take_in(&authority.client(&format!("user{number}"), VALID));
    }
    pc.acquire(&bank, "hanakodt");
    let [new, none] = ["new", "none"].map(|name| pc.directory().join(name));
    fs::write(&new, "himitsu-4711\n").unwrap();
    fs::write(&none, "\n").unwrap();
    let database = format!("sql:{}", pc.database().display());
    let [new, none] = [new, none].map(|file| file.display().to_string());
    let changed = run("certutil", ["-W", "-d", &database, "-f", &none, "-@", &new]);
    assert!(changed.status.success(), "{}", String::from_utf8_lossy(&changed.stderr));

    let mut typing = Typing::on(pc, &[]).await;
    typing.window.click("nav-certificates").await;
    typing.window.find("certificate-search").await;
    typing.type_into_every_field().await;
    typing.window.click("nav-settings").await;
    typing.window.tick("[data-test=\"proxy-manual\"]").await;
    typing.window.fill("proxy-host", "127.0.0.1").await;
    typing.window.fill("proxy-port", &proxy.port().to_string()).await;
    typing.window.clear("proxy-exceptions").await;
    typing.window.click("proxy-keep").await;
    typing.window.find("proxy-kept").await;
    typing.window.click("nav-login").await;
    typing.window.click("login-certificate").await;
    typing.window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    typing.window.click("password-submit").await;
    typing.window.find("pin-dialog").await;
    typing.send("pin-submit").await;
    typing.window.find("pin-wrong").await;
    typing.window.fill("pin", "himitsu-4711").await;
    typing.window.click("pin-submit").await;
    typing.window.find("proxy-login").await;
    typing.send("proxy-login-submit").await;
    typing.window.find("proxy-login-refused").await;
    typing.window.click("proxy-login-cancel").await;
    typing.window.find("problem").await;
    // The report checks the connection to the bank, which would ask again.
    typing.window.click("nav-settings").await;
    typing.window.tick("[data-test=\"proxy-none\"]").await;
    typing.window.find("proxy-kept").await;
    typing.leaves_nothing(OF_QUESTIONS).await;
}
