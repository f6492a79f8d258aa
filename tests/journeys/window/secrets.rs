//! Secrets leave no trace: not in the page and its storage, on the disk, in the log at its lowest level, or in the
//! files of a crash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use inkan_journeys::{Bank, Hand, Pc, Window, children, core_file_limits, process_name};
use tempfile::TempDir;

super::by_both_hands!(no_secret_is_left_of_a_day);

const NEW_LOGIN: &str = "Shiro2027Qx";
const NEW_CONFIRMATION: &str = "Kakunin93Zw";
const WRONG: &str = "Machigai26Vy";

/// A script that returns everything that the page can reach and that stays after the page is closed.
pub(super) const STORED: &str = r#"
    const done = arguments[arguments.length - 1];
    (async () => {
        const databases = indexedDB.databases ? await indexedDB.databases() : [];
        const caches = "caches" in window ? await window.caches.keys() : [];
        const fields = [...document.querySelectorAll("input")].map((input) => input.value);
        done(JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}, databases, caches, fields,
            history.state, location.href, document.documentElement.outerHTML]));
    })();
"#;

async fn no_secret_is_left_of_a_day(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    // All directories into which the web view or one of its libraries could write.
    let account = TempDir::new().unwrap();
    let said = account.path().join("said.log");
    let otp = bank.otp("shirodt", 0);
    let old = bank.secret("shirodt", "login_password");
    let mut opening = Window::on(&pc).by(hand).saying_to(said.clone()).under("INKAN_LOG", "trace");
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR"] {
        opening = opening.under(name, account.path());
    }
    let window = opening.open().await;

    window.click("acquire-open").await;
    window.fill("acquire-user", "shirodt").await;
    window.fill("acquire-password", WRONG).await;
    window.click("acquire-submit").await;
    window.problem("login_failed").await;
    window.fill("acquire-password", &old).await;
    window.click("acquire-submit").await;
    window.page("change-passwords").await;
    window.fill("login-password", &old).await;
    window.fill("new-login-password", NEW_LOGIN).await;
    window.fill("again-login-password", NEW_LOGIN).await;
    window.fill("new-confirmation-password", NEW_CONFIRMATION).await;
    window.fill("again-confirmation-password", NEW_CONFIRMATION).await;
    window.click("change-submit").await;
    window.click("change-done").await;
    window.page("token").await;
    window.fill("token-serial", "43456789").await;
    window.fill("token-otp", &otp).await;
    window.click("token-submit").await;
    window.find("top").await;

    let secrets = [WRONG, &old, NEW_LOGIN, NEW_CONFIRMATION];
    let stored = window.evaluate_later(STORED, "").await.as_str().expect("JSON").to_owned();
    for secret in secrets.iter().chain([&otp.as_str()]) {
        assert!(!stored.contains(secret), "the page keeps {secret}");
    }

    // The app is killed with a password in a field, by a signal that usually leaves a core file. Here it leaves none.
    window.click("log-out").await;
    window.click("login-certificate").await;
    window.fill("password", NEW_LOGIN).await;
    let parts = children(window.process());
    assert!(parts.iter().any(|part| process_name(*part) == "WebKitWebProces"), "the page is in a process of its own");
    for process in parts.into_iter().chain([window.process()]) {
        let limits = core_file_limits(process);
        assert!(
            limits.iter().all(|limit| limit.is_some_and(|bytes| bytes <= 1)),
            "{}: {limits:?}",
            process_name(process)
        );
    }
    let crashed = Command::new("kill").args(["-ABRT", &window.process().to_string()]).status().unwrap();
    assert!(crashed.success());
    window.ends().await;

    let log = fs::read_to_string(&said).unwrap();
    assert!(log.contains("TRACE"), "the log was at its most talkative");
    for place in [account.path(), &pc.home()] {
        for file in files(place) {
            let bytes = fs::read(&file).unwrap_or_default();
            for secret in secrets {
                assert!(!holds(&bytes, secret), "{} holds {secret}", file.display());
            }
        }
    }
    // A key may contain these six digits by chance, but a line of the log may not.
    assert!(!log.contains(&format!("\"{otp}\"")) && !log.contains(&format!("otp={otp}")), "the log holds the OTP");
}

/// A password in the field of a name or an address is sent only to the receiver of that field.
#[tokio::test]
async fn a_secret_in_the_wrong_field_is_in_no_report_log_or_title() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let place = TempDir::new().unwrap();
    let said = place.path().join("said.log");
    let window = Window::on(&pc).saying_to(said.clone()).under("INKAN_LOG", "trace").open().await;
    window.click("login-id-open").await;
    window.fill("id-user", WRONG).await;
    window.fill("password", "hanakodt").await;
    window.click("password-submit").await;
    window.problem("login_failed").await;
    window.click("nav-login").await;
    window.click("acquire-open").await;
    window.fill("acquire-user", WRONG).await;
    window.fill("acquire-password", "hanakodt").await;
    window.click("acquire-submit").await;
    window.problem("login_failed").await;
    window.click("nav-settings").await;
    window.click("bank-add-open").await;
    window.fill("bank-address", NEW_LOGIN).await;
    window.click("bank-add").await;
    window.find("bank-address-fault").await;
    let title = window.evaluate("return document.title").await;
    window.click("nav-settings").await;
    window.click("report-open").await;
    let report = window.text("report").await;
    window.close_by_frame().await;
    let log = fs::read_to_string(&said).unwrap();
    assert!(log.contains("TRACE"), "the log was at its most talkative");
    // The name of a host is in lower case.
    for secret in [WRONG, NEW_LOGIN].map(str::to_lowercase) {
        for (name, text) in [("title", title.to_string()), ("report", report.clone()), ("log", log.clone())] {
            assert!(!text.to_lowercase().contains(&secret), "{name}: {text}");
        }
        for file in files(&pc.home()) {
            let bytes = fs::read(&file).unwrap_or_default().to_ascii_lowercase();
            assert!(!holds(&bytes, &secret), "{} holds {secret}", file.display());
        }
    }
}

/// Returns whether the bytes contain the secret in UTF-8, or in UTF-16, in which web engines keep strings.
pub(super) fn holds(bytes: &[u8], secret: &str) -> bool {
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [secret.as_bytes(), &wide].into_iter().any(|wanted| bytes.windows(wanted.len()).any(|part| part == wanted))
}

pub(super) fn files(place: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}
