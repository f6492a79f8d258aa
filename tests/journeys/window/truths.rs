//! Tests that what the window says about a certificate, a user and a bank is true, in both languages. Each row of a
//! table is a text that a person reads.

use inkan_journeys::{Authority, Bank, Behaviour, EXPIRED, Pc, RawServer, Window, clock_ahead};
use serde_json::json;

use super::administration::{log_in_by_id, open_user};

/// A language, and the words that a person reads in it.
type Said<'a> = (&'a str, &'a [&'a str]);

async fn opened(pc: &Pc, language: &str) -> Window {
    let window = Window::on(pc).speaking(language).open().await;
    window.select(&format!("html[lang=\"{language}\"]")).await;
    window
}

fn assert_said(told: &str, words: &[&str]) {
    for word in words {
        assert!(told.contains(word), "{word} in {told}");
    }
}

async fn log_in(window: &Window, bank: &Bank, user: &str) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret(user, "login_password")).await;
    window.click("password-submit").await;
}

/// M3, M4, M5: the list and the user's page show the same state of a user.
#[tokio::test]
async fn m3_a_user_stands_alike_in_the_list_and_on_their_page() {
    let states = "return [...document.querySelectorAll('[data-test=\"user-row\"]')].map((row) => {
        const { id, state, token } = row.dataset;
        return [id, state, token, row.querySelector('td .pill').textContent, row.querySelector('.locked') !== null];
    })";
    let page = "const standing = document.querySelector('[data-test=\"user-certificate\"]');
        const pill = standing.querySelector('.pill').cloneNode(true);
        pill.querySelectorAll('.unseen').forEach((name) => name.remove());
        const token = document.querySelector('[data-test=\"user-token\"]')?.dataset.state ?? 'not_required';
        const { locked } = document.querySelector('[data-test=\"user-passwords\"]').dataset;
        return [document.querySelector('[data-test=\"user\"]').dataset.id, standing.dataset.state, token,
            pill.textContent, locked === 'true']";
    for (profile, operator) in [("okmate", "hanakodt"), ("keiyaku", "kanrisya"), ("shinkin", "keir001")] {
        let bank = Bank::start_with(profile);
        let pc = Pc::with(&bank);
        match profile {
            "okmate" => {
                pc.acquire(&bank, "jirodt");
                let wrong = json!({ "login_password": "Chigau2026" });
                for _ in 0..6 {
                    let login = ["login", "--bank", "okmate", "--user", "shirodt"];
                    assert_eq!(pc.inkan(&login, Some(wrong.clone())).problem()["code"], "login_failed");
                }
            }
            _ => drop(pc.acquire(&bank, operator)),
        }
        for language in ["ja", "en"] {
            let window = opened(&pc, language).await;
            match profile {
                "okmate" => log_in_by_id(&window, &bank, operator, &bank.secret(operator, "login_password")).await,
                _ => {
                    log_in(&window, &bank, operator).await;
                    window.find("top").await;
                }
            }
            window.click("nav-users").await;
            window.find("user-row").await;
            let rows = window.evaluate(states).await;
            let rows = rows.as_array().unwrap();
            assert!(rows.len() > 1, "{rows:?}");
            for row in rows {
                open_user(&window, row[0].as_str().unwrap()).await;
                assert_eq!(window.evaluate(page).await, *row, "{profile}");
            }
            if profile == "okmate" {
                let of = |user: &str| rows.iter().find(|row| row[0] == user).unwrap();
                assert_eq!((&of("jirodt")[1], &of("jirodt")[2]), (&json!("valid"), &json!("revoked")));
                assert_eq!(of("shirodt")[4], json!(true), "M5");
            }
            window.click("log-out").await;
            window.find("done").await;
            window.close().await;
        }
    }
}

/// S4-8: a notice appears before the change is due, as many days before as the alarm period has.
#[tokio::test]
async fn s4_8_the_alarm_period_is_announced_after_the_login() {
    let bank = Bank::start_with("shinkin");
    let (desk, pc) = (Pc::with(&bank), Pc::with(&bank));
    desk.acquire(&bank, "keir001");
    pc.acquire(&bank, "keir002");
    let edit = |days: &str| {
        let edit = ["users", "--bank", "shinkin", "edit", "keir002", "--change-period", "30", "--alarm-period", days];
        desk.inkan(&edit, Some(bank.answers("keir001"))).done()
    };
    edit("29");
    let window = opened(&pc, "ja").await;
    log_in(&window, &bank, "keir002").await;
    window.find("top").await;
    assert_eq!(window.count("[data-test=\"password-change-due\"]").await, 0);
    window.close().await;
    edit("30");
    let said: [Said<'_>; 2] =
        [("ja", &["パスワードの変更期限が近づいています"]), ("en", &["passwords must be changed soon"])];
    for (language, words) in said {
        let window = opened(&pc, language).await;
        log_in(&window, &bank, "keir002").await;
        assert_said(&window.text("password-change-due").await, words);
        window.screenshot(&format!("s4-8-alarm-{language}")).await;
        window.close().await;
    }
}

/// S3-4, S4-4: a user whose own certificate cannot be reissued here reads who can reissue it.
#[tokio::test]
async fn s3_4_s4_4_an_administrators_own_certificate_names_the_way() {
    let said: [(&str, &str, [Said<'_>; 2]); 2] = [
        (
            "keiyaku",
            "kanrisya",
            [("ja", &["セキュリティ上の観点", "所定の依頼書", "お取引店"]), ("en", &["For security", "request form"])],
        ),
        (
            "shinkin",
            "keir001",
            [("ja", &["当金庫へお電話ください", "0120-000-002"]), ("en", &["call the Shinkin bank", "0120-000-002"])],
        ),
    ];
    for (profile, user, said) in said {
        let bank = Bank::start_with(profile);
        let pc = Pc::with(&bank);
        pc.acquire(&bank, user);
        for (language, words) in said {
            let window = opened(&pc, language).await;
            log_in(&window, &bank, user).await;
            window.find("top").await;
            open_user(&window, user).await;
            assert_said(&window.text("user-certificate").await, words);
            assert_eq!(window.count("[data-test=\"certificate-open\"]").await, 0);
            window.close().await;
        }
    }
}

/// S4-6, M7: the page says before and after a freeze what it stops, and who opens the contract again.
#[tokio::test]
async fn m7_a_freeze_warns_before_it_stops_everything() {
    let said: [(&str, &[&str], &[&str]); 2] = [
        ("ja", &["全員がログアウトします", "だれもログインできません", "お取引店だけ"], &["0120-000-002"]),
        (
            "en",
            &["Everyone who is logged in is logged out", "Nobody can log in", "Only your branch"],
            &["0120-000-002"],
        ),
    ];
    for (language, before, after) in said {
        let bank = Bank::start_with("shinkin");
        let pc = Pc::with(&bank);
        pc.acquire(&bank, "keir001");
        let window = opened(&pc, language).await;
        log_in(&window, &bank, "keir001").await;
        window.find("top").await;
        window.click("nav-users").await;
        window.click("tab-freeze").await;
        assert_said(&window.text("freeze-what").await, before);
        window.click("freeze-open").await;
        window.fill("confirmation-password", &bank.secret("keir001", "confirmation_password")).await;
        // A person may click twice by habit: the contract is stopped once.
        window.double_click("freeze-submit").await;
        window.page("frozen").await;
        assert_said(&window.text("page").await, after);
        assert_eq!(bank.acts("keir001", "contract_frozen"), 1);
        window.close().await;
    }
}

/// S1-7, S1-8: a user who has a confirmation password is asked for it, and can go on.
#[tokio::test]
async fn s1_8_a_forced_change_asks_for_the_confirmation_password_that_there_is() {
    let said: [Said<'_>; 2] =
        [("ja", &["確認用パスワード", "現在のパスワード"]), ("en", &["Confirmation password", "Current password"])];
    for (language, words) in said {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let forced = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "hanakodt", "--forced-change", "yes"];
        pc.inkan(&forced, Some(bank.answers("ichirodt"))).done();
        let window = opened(&pc, language).await;
        window.click("login-id-open").await;
        window.fill("id-user", "hanakodt").await;
        window.fill("password", &bank.secret("hanakodt", "login_password")).await;
        window.click("password-submit").await;
        window.page("change-passwords").await;
        window.find("current-confirmation-password").await;
        assert_said(&window.text("page").await, words);
        for (confirmation, right) in
            [("Chigau2026".to_owned(), false), (bank.secret("hanakodt", "confirmation_password"), true)]
        {
            window.fill("login-password", &bank.secret("hanakodt", "login_password")).await;
            window.fill("new-login-password", "Hanako2027").await;
            window.fill("current-confirmation-password", &confirmation).await;
            window.fill("new-confirmation-password", "Kakunin2027").await;
            window.fill("again-login-password", "Hanako2027").await;
            window.fill("again-confirmation-password", "Kakunin2027").await;
            window.click("change-submit").await;
            if !right {
                window.problem("confirmation_password_wrong").await;
            }
        }
        window.page("passwords-changed").await;
        window.click("change-done").await;
        window.select("[data-test=\"top\"], [data-page=\"token\"]").await;
        window.close().await;
    }
}

/// M2: the certificate is here, and the problem leads to it.
#[tokio::test]
async fn m2_a_second_acquisition_here_says_that_the_certificate_is_here() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let said: [Said<'_>; 2] = [
        ("ja", &["電子証明書はすでにこのパソコンにあります", "まで使えます", "その電子証明書でログインしてください"]),
        ("en", &["The certificate is on this PC already", "valid until", "Log in with it."]),
    ];
    for (language, words) in said {
        let window = opened(&pc, language).await;
        window.click("acquire-open").await;
        // S1-2: the ID is as an input method types it.
        window.fill("acquire-user", "　ｊｉｒｏｄｔ ").await;
        window.fill("acquire-password", &bank.secret("jirodt", "login_password")).await;
        window.click("acquire-submit").await;
        assert_said(&window.problem("certificate_already_issued").await, words);
        window.close().await;
    }
    assert_eq!(pc.certutil_keys(), 1, "the key of the second one is gone");
}

/// M8: an expired certificate is not reported as missing, on the start page and in the choice.
#[tokio::test]
async fn m8_an_expired_certificate_is_said_to_be_expired() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let id = pc.take_in(&Authority::of(&bank).client("jirodt", EXPIRED));
    let said: [(&str, &[&str], &str); 2] = [
        ("ja", &["jirodt の電子証明書は、いまは使えません", "に有効期限が切れました"], "使える電子証明書がありません"),
        ("en", &["The certificate of jirodt can’t be used now", "Expired on"], "No certificate on this PC"),
    ];
    for (language, words, untrue) in said {
        let window = opened(&pc, language).await;
        window.select("[data-test=\"unusable\"][data-reason=\"expired\"]").await;
        let told = window.text("page").await;
        assert_said(&told, words);
        assert!(!told.contains(untrue), "{told}");
        window.screenshot(&format!("m8-expired-{language}")).await;
        window.click("choose-open").await;
        let row = window.select(&format!("[data-test=\"certificate-row\"][data-id=\"{id}\"]")).await;
        assert_said(&row.text().await.unwrap(), &words[1..]);
        window.close().await;
    }
}

/// A PC whose clock is behind is reported wherever it matters, and logs in all the same.
#[tokio::test]
async fn a_wrong_clock_is_said_at_the_start_after_the_acquisition_and_after_the_login() {
    let said: [Said<'_>; 2] =
        [("ja", &["パソコンの時計がずれています", "遅れて"]), ("en", &["This PC’s clock is wrong", "behind"])];
    for (language, words) in said {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let opening = Window::on(&pc).speaking(language);
        let opening = clock_ahead(-240).into_iter().fold(opening, |all, (name, value)| all.under(name, value));
        let window = opening.open().await;
        assert_said(&window.problem("clock_wrong").await, words);
        window.click("acquire-open").await;
        window.fill("acquire-user", "jirodt").await;
        window.fill("acquire-password", &bank.secret("jirodt", "login_password")).await;
        window.click("acquire-submit").await;
        window.find("acquired").await;
        assert_said(&window.problem("clock_wrong").await, words);
        window.click("log-out").await;
        log_in(&window, &bank, "jirodt").await;
        window.find("top").await;
        assert_said(&window.problem("clock_wrong").await, words);
        window.screenshot(&format!("clock-top-{language}")).await;
        window.close().await;
    }
}

/// M8: a server that cannot be used is reported by its cause.
#[tokio::test]
async fn m8_a_server_that_refuses_or_is_gone_is_said_by_its_cause() {
    let mut bank = Bank::start();
    let refusing = RawServer::over_tls(&Authority::of(&bank).server(), Behaviour::status(403));
    let pc = Pc::with(&bank);
    bank.stop();
    let said: [(&str, &str, &str); 2] =
        [("ja", "サービスが動いていません", "403"), ("en", "No service is running", "403")];
    for (language, gone, refused) in said {
        let window = opened(&pc, language).await;
        window.click("login-id-open").await;
        window.fill("id-user", "jirodt").await;
        window.fill("password", "Jiro2026").await;
        window.click("password-submit").await;
        let told = window.problem("connection_refused").await;
        assert!(told.contains(gone), "{told}");
        window.close().await;

        let new = Pc::new();
        let window = opened(&new, language).await;
        window.fill("bank-address", &refusing.address()).await;
        window.click("bank-add").await;
        window.problem("bank_ca_unknown").await;
        window.give_file("bank-ca-file", &bank.ca()).await;
        window.click("bank-add").await;
        let told = window.problem("access_forbidden").await;
        assert!(told.contains(refused), "{told}");
        // A server that refuses a client without a certificate may be a site for clients that have one.
        window.find("site-offer").await;
        window.close().await;
    }
}

/// S1-15: if the bank cannot be reached at the end, the session stays open at the bank for a while.
#[tokio::test]
async fn s1_15_a_logout_that_the_bank_does_not_hear_is_not_said_to_be_one() {
    let said: [Said<'_>; 2] = [("ja", &["銀行に知らせられませんでした"]), ("en", &["The bank could not be told"])];
    for (language, words) in said {
        let mut bank = Bank::start();
        let pc = Pc::with(&bank);
        let window = opened(&pc, language).await;
        log_in_by_id(&window, &bank, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
        bank.stop();
        window.click("log-out").await;
        assert_said(&window.text("unheard").await, words);
        assert_eq!(window.count("[data-test=\"done\"]").await, 0, "nobody has logged out at the bank");
        window.close().await;
    }
}
