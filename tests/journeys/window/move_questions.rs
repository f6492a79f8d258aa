//! The questions of the guide to a new PC, and what depends on the answers: the way to log in, and the role.

use inkan_journeys::{Bank, Pc, Window};
use serde_json::json;

use super::change_pc::{Answers, check, next, pick};

/// The window in one language.
struct Words {
    language: &'static str,
    /// What the question for the way to log in says about both.
    ways: [&'static str; 2],
    /// Where the role is seen (S0-4, S0-5).
    role: &'static str,
    badge: &'static str,
    name: &'static str,
}

/// S0-3: with ID and password there is nothing to revoke. S0-5: the login shows the class.
#[tokio::test]
async fn s0_3_who_logs_in_with_id_and_password_checks_and_enters() {
    let bank = Bank::start();
    let both = [
        Words {
            language: "ja",
            ways: [
                "電子証明書およびログインパスワードによりログインする方法です。",
                "ログインIDおよびログインパスワードによりログインする方法です。",
            ],
            role: "利用者名の前の表示（マ・管・般）で確認できます。",
            badge: "マ マスターユーザ",
            name: "マスターユーザ",
        },
        Words {
            language: "en",
            ways: [
                "You log in with the certificate and the login password.",
                "You log in with the login ID and the login password.",
            ],
            role: "the badge before your name at the top right (M, A, G) shows your role.",
            // The English bar has no room for the name of the role.
            badge: "M",
            name: "Master user",
        },
    ];
    for Words { language, ways, role, badge, name } in both {
        let pc = Pc::with(&bank);
        let window = Window::on(&pc).speaking(language).open().await;
        window.click("nav-move").await;
        pick(&window, "this-pc", "new").await;
        let asked = window.text("page").await;
        for words in ways.into_iter().chain([role]) {
            assert!(asked.contains(words), "{words}: {asked}");
        }
        pick(&window, "method", "id_password").await;
        pick(&window, "role", "master").await;
        window.fill("move-user", "ichirodt").await;
        window.screenshot(&format!("46-move-questions-{language}")).await;
        window.click("move-begin").await;
        next(&window, "check_pc").await;
        assert_eq!(window.count("[data-test=\"move-step\"]").await, 2);
        assert_eq!(window.count("[data-test=\"move-old-pc-at-hand\"]").await, 0, "no certificate is there");
        check(&window).await;
        next(&window, "log_in").await;
        window.click("move-log-in").await;
        window.click("login-id-open").await;
        window.fill("id-user", "ichirodt").await;
        window.fill("password", &bank.secret("ichirodt", "login_password")).await;
        window.click("password-submit").await;
        window.find("top").await;
        assert_eq!(window.text("badge").await, badge);
        window.click("person").await;
        let facts = window.select("#person-facts").await.text().await.unwrap();
        for fact in ["ichirodt", name, "ゲータ商事株式会社"] {
            assert!(facts.contains(fact), "{fact}: {facts}");
        }
        window.evaluate("document.querySelector('#person-facts').hidePopover()").await;
        window.click("nav-move").await;
        window.find("move-finished").await;
        window.close().await;
    }
}

/// S0-4: the steps depend on the role. Nobody gives up a certificate by the steps of another role.
#[tokio::test]
async fn s0_4_a_certificate_of_another_role_is_not_given_up() {
    let bank = Bank::start();
    let cases = [
        ("ja", "master", "hanakodt", ["hanakodt の利用者区分とは別の利用者区分", "失効していません"]),
        ("en", "administrator", "ichirodt", ["another role than that of ichirodt", "nothing was revoked"]),
    ];
    for (language, role, user, words) in cases {
        let pc = Pc::with(&bank);
        pc.acquire(&bank, user);
        let window = Window::on(&pc).speaking(language).open().await;
        Answers { this_pc: "old", role, user, old_works: None, other: "yes" }.given(&window).await;
        next(&window, "check_pc").await;
        window.click("move-said").await;
        next(&window, "revoke").await;
        window.click("move-log-in-to-revoke").await;
        window.fill("password", &bank.secret(user, "login_password")).await;
        window.click("password-submit").await;
        window.find("top").await;
        window.click("nav-move").await;
        window.click("move-revoke").await;
        window.fill("confirmation-password", &bank.secret(user, "confirmation_password")).await;
        window.click("move-revoke-submit").await;
        let told = window.problem("guide_of_other_role").await;
        assert!(words.iter().all(|words| told.contains(words)), "{told}");
        window.click("move-revoke-cancel").await;
        window.close().await;
        assert_eq!(bank.acts(user, "certificate_revoked"), 0);
        assert_eq!(pc.inkan(&["certificates"], None).done()[0]["usable"], json!(true));
    }
}
