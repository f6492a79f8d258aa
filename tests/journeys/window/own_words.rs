//! Tests that the window says what each bank calls by its own words, in both languages, and that a bank without own words
//! gets the plain ones.

use inkan_journeys::{Authority, Bank, EXPIRED, Pc, Window};
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

fn assert_not_said(told: &str, words: &[&str]) {
    for word in words {
        assert!(!told.contains(word), "{word} in {told}");
    }
}

async fn log_in(window: &Window, bank: &Bank, user: &str) {
    window.click("login-certificate").await;
    window.fill("password", &bank.secret(user, "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
}

fn acquired_by_riyousya(bank: &Bank) -> Pc {
    let pc = Pc::with(bank);
    let mut answers = bank.answers("riyousya");
    answers["otp"] = json!(bank.otp("riyousya", -1));
    pc.inkan(&["acquire", "--bank", "keiyaku", "--user", "riyousya"], Some(answers)).done();
    pc
}

/// S3-5, S4-10, S4-11: the same lines have the words of each bank, and no word of another one.
#[tokio::test]
async fn s3_5_s4_10_a_certificate_s_lines_are_called_as_the_bank_calls_them() {
    let keiyaku: [Said<'_>; 2] = [
        (
            "ja",
            &[
                "電子証明書発行番号",
                "電子証明書ステータス",
                "有効",
                "電子証明書発行データ登録日",
                "電子証明書シリアル番号",
                "電子証明書有効期間終了日時",
            ],
        ),
        ("en", &["Certificate issue number", "Certificate status", "Valid", "Certificate serial number"]),
    ];
    let shinkin: [Said<'_>; 2] = [
        ("ja", &["電子証明書状況", "取得済", "電子証明書有効期限", "電子証明書シリアルID"]),
        ("en", &["Certificate state", "Acquired", "Certificate expiry", "Certificate serial ID"]),
    ];
    let okmate: [Said<'_>; 2] = [
        ("ja", &["発行番号", "有効", "発行日", "シリアル番号", "有効期限"]),
        ("en", &["Issue number", "Valid", "Issued", "Serial number", "Valid until"]),
    ];
    let foreign = [
        [["電子証明書状況", "取得済"], ["Certificate state", "Acquired"]],
        [["ステータス", "終了日時"], ["Certificate status", "Valid"]],
        [["ステータス", "電子証明書状況"], ["Certificate state", "Acquired"]],
    ];
    let banks = [
        ("keiyaku", "kanrisya", "riyousya", keiyaku),
        ("shinkin", "keir001", "keir002", shinkin),
        ("okmate", "hanakodt", "jirodt", okmate),
    ];
    for ((profile, operator, user, said), foreign) in banks.into_iter().zip(foreign) {
        let bank = Bank::start_with(profile);
        let pc = Pc::with(&bank);
        let _theirs = match profile {
            "keiyaku" => acquired_by_riyousya(&bank),
            _ => {
                let theirs = Pc::with(&bank);
                theirs.acquire(&bank, user);
                theirs
            }
        };
        if profile != "okmate" {
            pc.acquire(&bank, operator);
        }
        for ((language, words), foreign) in said.into_iter().zip(foreign) {
            let window = opened(&pc, language).await;
            match profile {
                "okmate" => log_in_by_id(&window, &bank, operator, &bank.secret(operator, "login_password")).await,
                _ => log_in(&window, &bank, operator).await,
            }
            open_user(&window, user).await;
            let told = window.text("user-certificate").await;
            assert_said(&told, words);
            assert_not_said(&told, &foreign);
            // S4-11: the deadline is shown until the certificate is acquired.
            assert_not_said(&told, &["取得期限", "acquired by", "Get by"]);
            window.screenshot(&format!("own-words-{profile}-{language}")).await;
            if profile == "shinkin" {
                open_user(&window, "keir003").await;
                let deadline =
                    if language == "ja" { "電子証明書取得期限" } else { "Certificate to be acquired by" };
                assert_said(&window.text("user-certificate").await, &[deadline]);
                // S4-9: the choices, on the page of changes.
                open_user(&window, user).await;
                window.click("edit-open").await;
                window.find("act-keep").await;
                let choices: &[&str] = match language {
                    "ja" => &[
                        "経理担当役席者 様の登録内容の変更",
                        "変更した項目だけを登録します",
                        "継続利用する",
                        "再発行する",
                        "失効する",
                        "当金庫所定の限度額",
                        "お客様ID keir002",
                    ],
                    _ => &[
                        "Edit 経理担当役席者",
                        "Only your changes are saved",
                        "Go on using",
                        "Reissue",
                        "Revoke",
                        "the limit of the Shinkin bank",
                        "Customer ID keir002",
                    ],
                };
                let page = window.text("page").await;
                assert_said(&page, choices);
                assert_not_said(&page, &["現在の電子証明書を継続する", "Keep the current certificate"]);
                // S4-7, S4-12
                let fields: &[&str] = match language {
                    "ja" => &["会社コード", "口座情報", "090 本部090 普通 1000900", "契約種別", "給与・賞与振込"],
                    _ => &["Company code", "Account", "090 Head office 090", "Contracts", "Bulk, salary and single"],
                };
                assert_said(&page, fields);
                window.tick("[data-test=\"role-general\"]").await;
                let withheld = window.text("withheld-approval").await;
                let reason = match language {
                    "ja" => "一般者の権限では、承認用パスワードを登録できません",
                    _ => "The role “General user” cannot have this: approval password",
                };
                assert_said(&withheld, &[reason]);
                window.click("edit-reset").await;
            }
            window.close().await;
        }
    }
}

/// S3-1: where users issue nothing for themselves, an expired certificate leads to who reissues it.
#[tokio::test]
async fn s3_1_a_certificate_that_ended_leads_to_who_reissues_it() {
    let bank = Bank::start_with("keiyaku");
    let authority = Authority::of(&bank);
    let cases: [(&str, [Said<'_>; 2]); 2] = [
        (
            "00009876543 riyousya 1635",
            [
                ("ja", &["管理者に電子証明書の再発行手続きを依頼してから、このパソコンで取得してください"]),
                ("en", &["Ask an administrator of your company to reissue it, then get it on this PC"]),
            ],
        ),
        (
            "00009876543 1635",
            [
                ("ja", &["所定の依頼書をお取引店に提出し、再発行のあと"]),
                ("en", &["Hand the request form to your branch. After the reissue"]),
            ],
        ),
    ];
    for (name, said) in cases {
        let pc = Pc::with(&bank);
        pc.inkan(&["certificates"], None).done();
        pc.take_in(&authority.client(name, EXPIRED));
        for (language, words) in said {
            let window = opened(&pc, language).await;
            window.find("unusable").await;
            assert_said(&window.text("page").await, words);
            window.close().await;
        }
    }
    // Revoked after the window has opened: the bank refuses, and its problem names the way.
    let said: [Said<'_>; 2] = [
        ("ja", &["再発行がまだのときは、管理者に電子証明書の再発行手続きをご依頼ください", "対応する方：管理者"]),
        ("en", &["If it has not been reissued yet: Ask an administrator of your company", "An administrator"]),
    ];
    for (language, words) in said {
        let bank = Bank::start_with("keiyaku");
        let (pc, theirs) = (Pc::with(&bank), acquired_by_riyousya(&bank));
        pc.acquire(&bank, "kanrisya");
        let window = opened(&theirs, language).await;
        window.find("login-certificate").await;
        let revoke = ["users", "--bank", "keiyaku", "certificate", "riyousya", "--revoke", "--yes"];
        pc.inkan(&revoke, Some(bank.answers("kanrisya"))).done();
        window.click("login-certificate").await;
        window.fill("password", &bank.secret("riyousya", "login_password")).await;
        window.click("password-submit").await;
        assert_said(&window.problem("certificate_revoked").await, words);
        window.close().await;
    }
}

/// S3-10, S3-12, S3-14, S3-17: the fields have the bank's names, and say where a number stands and whom to ask.
#[tokio::test]
async fn s3_10_s3_14_the_fields_have_the_bank_s_names() {
    let bank = Bank::start_with("keiyaku");
    let theirs = acquired_by_riyousya(&bank);
    let acquisition: [Said<'_>; 2] = [
        (
            "ja",
            &[
                "契約者ID（利用者番号）は、「お客様カード」に記載の11桁の数字です。",
                "利用者ID",
                "管理者以外の方は、管理者から通知された利用者IDです。",
                "利用者暗証番号",
                "利用者暗証番号がご不明の場合は、管理者にお問い合わせください。",
                "次へ",
            ],
        ),
        (
            "en",
            &[
                "The contract ID (user number) is the number of 11 digits on the customer card.",
                "User ID",
                "the user ID that an administrator of your company told you",
                "User PIN",
                "If you do not know the user PIN, ask an administrator of your company.",
            ],
        ),
    ];
    let wrong: [Said<'_>; 2] = [
        ("ja", &["利用者暗証番号が違います", "利用者暗証番号がご不明の場合は、管理者にお問い合わせください"]),
        ("en", &["The user PIN is not right", "If you do not know the user PIN"]),
    ];
    let title = ["利用者暗証番号を入力してください", "user PIN"];
    for (at, (language, words)) in acquisition.into_iter().enumerate() {
        let window = opened(&theirs, language).await;
        window.click("acquire-open").await;
        window.find("acquire-user").await;
        let page = window.text("page").await;
        assert_said(&page, words);
        assert_not_said(&page, &["ログインパスワード", "ログインID", "Login ID", "Login password"]);
        window.click("nav-login").await;
        window.click("login-certificate").await;
        window.find("password").await;
        let page = window.text("page").await;
        assert_said(&page, &[title[at], words[4]]);
        window.fill("password", "Chigau2026").await;
        window.click("password-submit").await;
        let told = window.problem("login_failed").await;
        assert_said(&told, wrong[at].1);
        assert_not_said(&told, &["ログインパスワード", "login password"]);
        window.fill("password", &bank.secret("riyousya", "login_password")).await;
        window.click("password-submit").await;
        window.find("top").await;
        // S3-3: the users are not the user's matter.
        let menu: [&[&str]; 2] =
            [&["残高照会", "振込", "操作方法はこちらから"], &["Balances", "Transfers", "How to use it"]];
        let page = window.text("page").await;
        assert_said(&page, menu[at]);
        assert_not_said(&page, &["ご契約先管理情報変更", "Contract administration"]);
        window.click("log-out").await;
        window.find("done").await;
        window.close().await;
    }
    // A bank without these words.
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = opened(&pc, "ja").await;
    window.click("acquire-open").await;
    window.find("acquire-user").await;
    assert_not_said(&window.text("page").await, &["お客様カード", "利用者番号", "暗証番号"]);
    window.close().await;
}

/// S3-3, S3-7, S3-8, S3-9, S3-17: the administrator's pages at the bank with contract numbers.
#[tokio::test]
async fn s3_7_s3_8_the_administrator_s_pages_have_the_bank_s_names() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let edit: [Said<'_>; 2] = [
        ("ja", &["利用者ID S0001", "新しい利用者暗証番号を設定する", "ご自身（kanrisya）のご契約先確認暗証番号"]),
        ("en", &["User ID S0001", "User PIN", "contract confirmation PIN (kanrisya)"]),
    ];
    let told: [Said<'_>; 2] = [
        (
            "ja",
            &["契約者ID", "00009876543", "「お客様カード」に記載の11桁の数字", "利用者ID", "S0001", "使うパソコンで"],
        ),
        ("en", &["Contract ID", "00009876543", "on the customer card", "User ID", "S0001", "On the PC to be used"]),
    ];
    let token: [Said<'_>; 2] = [
        ("ja", &["木和田 二郎 様のハードトークンは、利用開始登録がまだ済んでいません", "別途登録が必要です"]),
        ("en", &["has not activated a hardware token", "must be registered first"]),
    ];
    let entry = ["利用者情報登録／変更", "Register or change users"];
    for (at, (language, words)) in edit.into_iter().enumerate() {
        let window = opened(&pc, language).await;
        log_in(&window, &bank, "kanrisya").await;
        // S3-3: by the bank's own menu.
        window.click_on("[data-test^=\"menu-\"][aria-expanded]").await;
        window.select("[data-test^=\"menu-\"][aria-expanded=\"true\"]").await;
        assert_said(&window.text("menu-3-0").await, &[entry[at]]);
        window.click("menu-3-0").await;
        window.page("users").await;
        open_user(&window, "S0001").await;
        window.click("edit-open").await;
        window.find("confirmation-password").await;
        assert_said(&window.text("page").await, words);
        open_user(&window, "S0001").await;
        window.click("certificate-open").await;
        // S3-4: the ID is confirmed where 再発行 is chosen.
        let dialog = window.text("certificate-dialog").await;
        assert_said(&dialog, &["S0001", ["ご契約先確認暗証番号", "contract confirmation PIN"][at]]);
        assert_said(&dialog, &[["再発行", "Reissue"][at], ["現在の電子証明書を継続する", "Revoke"][at]]);
        window.tick("[data-test=\"act-reissue\"]").await;
        window.fill("confirmation-password", &bank.secret("kanrisya", "confirmation_password")).await;
        window.click("certificate-submit").await;
        window.page("user-done").await;
        assert_said(&window.text("tell").await, told[at].1);
        assert_said(&window.text("tell-token").await, token[at].1);
        window.close().await;
    }
}

/// S4-3, S4-6: each entry of the menu opens its own page, and a Public ID has none of the administration's.
#[tokio::test]
async fn s4_6_each_entry_of_the_menu_opens_its_page() {
    let bank = Bank::start_with("shinkin");
    let (pc, theirs) = (Pc::with(&bank), Pc::with(&bank));
    pc.acquire(&bank, "keir001");
    theirs.acquire(&bank, "keir002");
    let wrong = json!({ "login_password": "Chigau2026" });
    for _ in 0..6 {
        pc.inkan(&["login", "--bank", "shinkin", "--user", "keir003"], Some(wrong.clone())).problem();
    }
    let names: [Said<'_>; 2] = [
        ("ja", &["メイン", "振込・口座振替", "手数料照会", "契約情報登録・照会", "明細情報登録・照会", "管理機能"]),
        ("en", &["Main", "Transfers", "Fees", "Contracts", "Statements", "Administration"]),
    ];
    let only: [Said<'_>; 2] = [("ja", &["ロック中の利用者だけを表示する"]), ("en", &["Show only locked users"])];
    let stop: [Said<'_>; 2] = [("ja", &["ご契約の停止"]), ("en", &["Stop the contract"])];
    let reissue: [Said<'_>; 2] = [
        ("ja", &["電子証明書の再発行は、管理者だけが行えます。ご自身ではできません。"]),
        ("en", &["Only this role can reissue your certificate: master ID."]),
    ];
    let person: [Said<'_>; 2] = [("ja", &["管 管理者", "経理担当者 様"]), ("en", &["M", "経理担当者"])];
    for (at, (language, words)) in names.into_iter().enumerate() {
        let window = opened(&pc, language).await;
        log_in(&window, &bank, "keir001").await;
        assert_said(&window.text("page").await, words);
        assert_said(&window.text("person").await, person[at].1);
        let unfold = async || {
            window.click("nav-login").await;
            window.find("top").await;
            window.click_on("[data-test^=\"menu-\"][aria-expanded]").await;
            window.select("[data-test^=\"menu-\"][aria-expanded=\"true\"]").await;
        };
        unfold().await;
        window.click("menu-5-0").await;
        window.page("users").await;
        assert_eq!(window.count("[data-test=\"users-only-locked\"]").await, 0);
        window.select("[data-test=\"user-row\"][data-id=\"keir002\"]").await;
        // S4-6: the frame stands on this page, too.
        assert_said(&window.text("bank-frame").await, &["5120"]);
        unfold().await;
        window.click("menu-5-1").await;
        window.select("[data-test=\"user-row\"][data-id=\"keir003\"]").await;
        assert_eq!(window.count("[data-test=\"user-row\"]").await, 1, "only those who are locked");
        assert_said(&window.text("page").await, only[at].1);
        if language == "en" {
            // M5
            window.click("user-open").await;
            window.click("unlock-open").await;
            window.fill("confirmation-password", &bank.secret("keir001", "confirmation_password")).await;
            window.click("unlock-submit").await;
            assert_said(&window.text("unlocked").await, &["unlocked"]);
        }
        unfold().await;
        window.click("menu-5-4").await;
        window.page("freeze").await;
        assert_said(&window.text("page").await, stop[at].1);
        window.close().await;

        let window = opened(&theirs, language).await;
        log_in(&window, &bank, "keir002").await;
        assert_eq!(window.count("[data-test=\"nav-users\"]").await, 0, "S4-3");
        let page = window.text("page").await;
        assert_not_said(&page, &["IDメンテナンス", "IDロック解除", "WEB-FB取引停止", "ID maintenance", "Stop WEB-FB"]);
        window.click("person").await;
        assert_said(&window.text("person-reissue").await, reissue[at].1);
        window.close().await;
    }
}

/// S4-14, S4-15: the completion in the bank's words, and what the user does next.
#[tokio::test]
async fn s4_14_an_edit_ends_in_the_bank_s_words() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "keir001");
    let done: [Said<'_>; 2] = [
        ("ja", &["お客様IDの変更が終了しました。このお客様IDは「keir002」です。", "電子証明書を再発行しました"]),
        ("en", &["The change of the customer ID is complete. This customer ID is keir002.", "was reissued"]),
    ];
    let told: [Said<'_>; 2] = [
        ("ja", &["お客様ID", "keir002", "電子証明書取得期限", "「電子証明書を取得する」を選び", "ログインパスワード"]),
        (
            "en",
            &["Customer ID", "keir002", "Certificate to be acquired by", "choose Get certificate", "login password"],
        ),
    ];
    for (at, (language, words)) in done.into_iter().enumerate() {
        let window = opened(&pc, language).await;
        log_in(&window, &bank, "keir001").await;
        open_user(&window, "keir002").await;
        window.click("edit-open").await;
        window.tick("[data-test=\"act-reissue\"]").await;
        window.fill("confirmation-password", &bank.secret("keir001", "confirmation_password")).await;
        window.click("edit-submit").await;
        window.page("user-done").await;
        assert_said(&window.text("user-done").await, words);
        assert_said(&window.text("tell").await, told[at].1);
        // S4-14: [TOP]
        window.click("nav-login").await;
        window.find("top").await;
        window.close().await;
    }
}

/// S4-1: who deletes a certificate reads before and after it that it must be reissued.
#[tokio::test]
async fn s4_1_a_deletion_says_that_a_reissue_is_needed() {
    let said: [(&str, &str, &[&str]); 2] = [
        ("ja", "再発行の手続きが必要です", &["削除されています", "管理者に再発行を依頼"]),
        (
            "en",
            "must be reissued first",
            &["was deleted from this PC", "Have an administrator of your company reissue"],
        ),
    ];
    for (language, before, after) in said {
        let bank = Bank::start_with("shinkin");
        let pc = Pc::with(&bank);
        pc.acquire(&bank, "keir002");
        let window = opened(&pc, language).await;
        window.click("nav-certificates").await;
        window.click("certificate-row").await;
        window.click("delete-open").await;
        assert_said(&window.text("delete-reissue").await, &[before]);
        window.tick("[data-test=\"delete-understood\"]").await;
        window.click("delete-submit").await;
        window.find("deleted-notice").await;
        window.click("nav-login").await;
        window.click("acquire-open").await;
        window.fill("acquire-user", "keir002").await;
        window.fill("acquire-password", &bank.secret("keir002", "login_password")).await;
        window.click("acquire-submit").await;
        assert_said(&window.problem("certificate_already_issued").await, after);
        window.close().await;
    }
    // Where users issue for themselves, nothing of a reissue is said.
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let window = opened(&pc, "ja").await;
    window.click("nav-certificates").await;
    window.click("certificate-row").await;
    window.click("delete-open").await;
    window.find("delete-understood").await;
    assert_eq!(window.count("[data-test=\"delete-reissue\"]").await, 0);
    window.close().await;
}
