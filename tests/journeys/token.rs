//! A certificate in a token with a PIN. The PIN may be wrong or missing, or the token may be removed.

use std::fs;

use inkan_journeys::{Authority, Bank, ProxyModule, Terminal, TokenPc, Twist, VALID, softhsm};
use serde_json::{Value, json};

#[test]
fn a_token_says_what_is_wrong_with_it() {
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let password = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let with_pin = |pin: &str| {
        let mut answers = password.clone();
        answers["store_pin"] = json!(pin);
        answers
    };
    assert_eq!(pc.inkan(&acquire, &with_pin("0000")), Err(json!("store_wrong_pin")));
    assert_eq!(pc.inkan(&acquire, &password), Err(json!("store_locked")));
    assert_eq!(pc.objects(), 0, "nothing was made");

    let acquired = pc.inkan(&acquire, &with_pin(TokenPc::PIN)).unwrap();
    let id = acquired["certificate"]["id"].as_str().unwrap();
    let listed = pc.inkan(&["certificates"], &json!({})).unwrap();
    assert_eq!((&listed[0]["id"], &listed[0]["key"]["protection"]), (&json!(id), &json!("file")), "no PIN to list");

    let login = ["login", "--bank", "okmate", "--certificate", id];
    assert_eq!(pc.inkan(&login, &with_pin("0000")), Err(json!("store_wrong_pin")));
    assert_eq!(pc.inkan(&login, &password), Err(json!("store_locked")));
    assert_eq!(pc.inkan(&login, &with_pin(TokenPc::PIN)).err(), None);

    fs::remove_dir_all(pc.tokens()).unwrap();
    assert_eq!(pc.inkan(&login, &with_pin(TokenPc::PIN)), Err(json!("store_module_failed")));
}

/// The token's owner, or its driver, refuses the signature itself.
#[test]
fn a_key_that_refuses_to_sign_is_told_as_denied() {
    const FUNCTION_CANCELED: u32 = 0x50;
    const USER_NOT_LOGGED_IN: u32 = 0x101;
    const FUNCTION_REJECTED: u32 = 0x200;
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password"), "store_pin": TokenPc::PIN });
    let acquired = pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], &answers).unwrap();
    let login = ["login", "--bank", "okmate", "--certificate", acquired["certificate"]["id"].as_str().unwrap()];
    let through = |twist: Twist| {
        let proxy = ProxyModule::before(&softhsm(), twist);
        pc.inkan_through(&proxy.directory().join("libsofthsm2.so"), &login, &answers)
    };
    assert_eq!(through(Twist::SigningGives(FUNCTION_REJECTED)), Err(json!("key_denied")));
    assert_eq!(through(Twist::SigningGives(FUNCTION_CANCELED)), Err(json!("key_denied")));
    assert_eq!(through(Twist::SigningGives(USER_NOT_LOGGED_IN)), Err(json!("store_locked")));
    assert_eq!(through(Twist::DieAfterDestroying(1)).err(), None, "the same way without a refusal leads in");
}

#[test]
fn the_number_of_a_failed_call_is_in_the_problem() {
    const DEVICE_REMOVED: u32 = 0x32;
    const FUNCTION_REJECTED: u32 = 0x200;
    const VENDOR_DEFINED: u32 = 0x8000_0011;
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let with_pin = |pin: &str| json!({ "login_password": bank.secret("hanakodt", "login_password"), "store_pin": pin });
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let acquired = pc.inkan(&acquire, &with_pin(TokenPc::PIN)).unwrap();
    let login = ["login", "--bank", "okmate", "--certificate", acquired["certificate"]["id"].as_str().unwrap()];
    for (value, code, name) in [
        (DEVICE_REMOVED, "token_removed", "CKR_DEVICE_REMOVED"),
        (FUNCTION_REJECTED, "key_denied", "CKR_FUNCTION_REJECTED"),
        (VENDOR_DEFINED, "store_refused", "CK_RV"),
    ] {
        let proxy = ProxyModule::before(&softhsm(), Twist::SigningGives(value));
        let module = proxy.directory().join("libsofthsm2.so");
        let problem = pc.answer_through(&module, &login, &with_pin(TokenPc::PIN)).unwrap_err();
        let system = json!({ "name": name, "number": value });
        assert_eq!((&problem["code"], &problem["system"]), (&json!(code), &system), "{problem}");
    }
    // SoftHSM itself, without a twist: CKR_PIN_INCORRECT is 0xa0.
    let wrong = pc.answer_through(&softhsm(), &login, &with_pin("0000")).unwrap_err();
    assert_eq!(wrong["system"], json!({ "name": "CKR_PIN_INCORRECT", "number": 0xa0 }), "{wrong}");
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let locked = pc.answer_through(&softhsm(), &login, &answers).unwrap_err();
    assert_eq!(locked.get("system"), None, "no call has failed: {locked}");
    fs::remove_dir_all(pc.tokens()).unwrap();
    let closed = pc.answer_through(&softhsm(), &login, &answers).unwrap_err();
    assert_eq!(closed["code"], "store_module_failed");
    assert_eq!(closed["system"], json!({ "name": "CKR_GENERAL_ERROR", "number": 5 }), "{closed}");
}

/// Makes a PC with a certificate in its token, and a terminal that asks for the PIN to delete it. Returns also how many
/// objects the token has.
fn asked_for_the_pin() -> (TokenPc, Terminal, usize) {
    let pc = TokenPc::new();
    let authority = Authority::new("A stranger");
    let file = authority.client("hanako", VALID).pkcs12().display().to_string();
    let answers = json!({ "pkcs12_password": "", "store_pin": TokenPc::PIN });
    let row = pc.inkan(&["certificates", "import", &file], &answers).unwrap();
    let objects = pc.objects();
    let mut delete = pc.command(&softhsm());
    delete.args(["certificates", "delete", row["id"].as_str().unwrap(), "--yes"]);
    let mut terminal = Terminal::running(&delete);
    terminal.wait_for("PIN");
    (pc, terminal, objects)
}

fn code(shown: &str) -> Value {
    let json = shown.find('{').map(|start| &shown[start..]).unwrap_or_else(|| panic!("no JSON: {shown}"));
    let mut value: Value = serde_json::from_str(json).unwrap();
    value["problem"]["code"].take()
}

#[test]
fn a_pin_that_is_not_typed_leaves_everything() {
    for (keys, status) in [("\r", 1), ("\u{4}", 1), ("\u{3}", 130)] {
        let (pc, mut terminal, objects) = asked_for_the_pin();
        terminal.press(keys);
        let (ended, shown) = terminal.end();
        assert_eq!(ended.code(), Some(status), "{keys:?}: {shown}");
        if status == 1 {
            assert_eq!(code(&shown), "key_denied", "{keys:?}");
        }
        assert_eq!(pc.objects(), objects, "{keys:?}");
    }
}

/// S1-15: a login that waits for the PIN has sent nothing, so nothing is left open at the bank.
#[test]
fn s1_15_who_gives_up_at_the_pin_of_a_login_leaves_nothing_open() {
    let bank = Bank::start();
    let pc = TokenPc::with(&bank);
    let password = bank.secret("hanakodt", "login_password");
    let answers = json!({ "login_password": password, "store_pin": TokenPc::PIN });
    pc.inkan(&["acquire", "--bank", "okmate", "--user", "hanakodt"], &answers).unwrap();
    let mut login = pc.command_for(false, &softhsm());
    login.args(["login", "--bank", "okmate"]);
    let mut terminal = Terminal::running(&login);
    terminal.wait_for("ログインパスワード");
    terminal.press(&format!("{password}\r"));
    terminal.wait_for("PIN");
    terminal.press("\u{3}");
    let (ended, shown) = terminal.end();
    assert_eq!(ended.code(), Some(130), "{shown}");
    assert!(!shown.contains("セッション"), "nothing was begun at the bank: {shown}");
    assert_eq!(bank.acts("hanakodt", "log_in"), 0);
}

#[test]
fn a_pin_that_is_typed_deletes() {
    let (pc, mut terminal, _) = asked_for_the_pin();
    terminal.press(&format!("{}\r", TokenPc::PIN));
    let (ended, shown) = terminal.end();
    assert!(ended.success(), "{shown}");
    assert_eq!(pc.objects(), 0);
}

/// The token is removed between the question for the PIN and the answer.
#[test]
fn a_token_taken_away_in_the_middle_is_told_as_removed() {
    let (pc, mut terminal, _) = asked_for_the_pin();
    fs::remove_dir_all(pc.tokens()).unwrap();
    terminal.press(&format!("{}\r", TokenPc::PIN));
    let (ended, shown) = terminal.end();
    assert_eq!((ended.code(), code(&shown)), (Some(1), json!("token_removed")), "{shown}");
}
