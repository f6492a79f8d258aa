//! The top page of `okmate` in the window: logins, operations, transactions, notices and the bank's menu (S1-14 …
//! S1-19).

use inkan_journeys::{Bank, Hand, Pc, Window};
use serde_json::{Value, json};

use super::administration::log_in_by_id;

super::by_both_hands!(s1_16_s1_19_the_top_page_says_what_happened, s1_14_the_menu_has_the_banks_names_and_explanations,);

/// Returns the texts of the elements that a CSS selector finds.
async fn texts(window: &Window, selector: &str) -> Value {
    let script = format!(
        "return [...document.querySelectorAll(\"{selector}\")].map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
    );
    window.evaluate(&script).await
}

async fn s1_16_s1_19_the_top_page_says_what_happened(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for forced in ["yes", "no", "yes", "no", "yes", "no"] {
        let edit = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "jirodt", "--forced-change", forced];
        pc.inkan(&edit, Some(bank.answers("ichirodt"))).done();
    }
    let window = Window::on(&pc).by(hand).open().await;
    // S1-5: a PC without a certificate says where certificates work.
    assert_eq!(window.text("start-none-here").await, "電子証明書は、取得したパソコンでだけ使えます。");
    log_in_by_id(&window, &bank, "ichirodt", &bank.secret("ichirodt", "login_password")).await;
    window.find("top").await;

    // S1-16
    assert_eq!(texts(&window, "[data-test='logins'] li > span:first-child").await, json!(["今回", "前回", "前々回"]));
    let logins = window.text("logins").await;
    assert!(logins.contains("最近3回のログイン日時は、必ず確認してください。お心当たりがないときは"), "{logins}");
    window.click("unknown-login-open").await;
    let unknown = window.text("unknown-login").await;
    assert!(unknown.contains("お取引店へお電話ください。0120-000-000（平日 9:00～19:00）"), "{unknown}");
    window.click("unknown-login-close").await;
    // S1-17
    let five = Value::from(vec!["利用者情報の変更（jirodt）"; 5]);
    assert_eq!(texts(&window, "[data-test='operations'] li > span:first-child").await, five);
    // S1-18
    let transactions = texts(&window, "[data-test='transactions'] li").await;
    assert_eq!(transactions.as_array().unwrap().len(), 2);
    for (line, words) in
        [(0, ["総合振込", "12件 · 3,480,000円", "承認待ち"]), (1, ["給与振込", "8件 · 2,115,000円", "作成中"])]
    {
        for words in words {
            assert!(transactions[line].as_str().unwrap().contains(words), "{words} in {transactions}");
        }
    }
    // S1-19
    assert!(window.text("notices").await.contains("未読2件"));
    window.screenshot("s1-top").await;
    window.click_on("[data-test='notice-open'][data-unread='true']").await;
    let notice = window.text("notice").await;
    assert!(notice.contains("年末年始のサービス時間") && notice.contains("12月31日は18時まで"), "{notice}");
    window.click("notice-close").await;
    assert!(window.text("notices").await.contains("未読1件"));
    window.close().await;
}

async fn s1_14_the_menu_has_the_banks_names_and_explanations(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    log_in_by_id(&window, &bank, "hanakodt", &bank.secret("hanakodt", "login_password")).await;
    window.find("top").await;
    let names = [
        "トップ",
        "照会",
        "振込振替",
        "データ伝送サービス",
        "承認",
        "税金・各種料金の払込み",
        "でんさいサービス",
        "外為サービス",
        "管理",
        "ログアウト",
    ];
    let menu = window.evaluate(
        "return [...document.querySelectorAll(\"nav > button[data-test^='menu-']\")].map((one) => one.textContent.replace('ブラウザーで開きます', '').trim())",
    );
    assert_eq!(menu.await, json!(names));
    for (button, about) in [
        ("menu-1", "残高照会、入出金明細照会"),
        ("menu-4", "振込振替（承認機能を利用する場合）、総合振込、給与（賞与）振込、地方税納入、口座振替の承認"),
    ] {
        assert_eq!(window.find(button).await.attr("title").await.unwrap().as_deref(), Some(about));
    }
    for (button, about, entries) in [
        (
            "menu-3",
            "総合振込・給与（賞与）振込・地方税納入・口座振替",
            &["総合振込", "給与（賞与）振込", "地方税納入", "口座振替"][..],
        ),
        ("menu-8", "企業情報の管理、利用者の管理、操作履歴の照会など", &["企業情報", "利用者", "操作履歴"]),
    ] {
        window.click(button).await;
        assert_eq!(window.text(&format!("{button}-about")).await, about);
        for (number, name) in entries.iter().enumerate() {
            assert!(window.text(&format!("{button}-{number}")).await.starts_with(name), "{name}");
        }
        assert_eq!(window.count(&format!("[data-test='{button}-{}']", entries.len())).await, 0);
        window.screenshot(&format!("s1-{button}")).await;
        window.click(button).await;
    }
    window.click("nav-users").await;
    window.page("users").await;
    window.click("nav-login").await;
    window.page("top").await;
    window.click("menu-9").await;
    window.find("done").await;

    // S0-14: a general user administers nobody. The bank's own pages below 管理 stay.
    log_in_by_id(&window, &bank, "jirodt", &bank.secret("jirodt", "login_password")).await;
    window.find("top").await;
    window.click("menu-8").await;
    assert!(window.text("menu-8-0").await.starts_with("企業情報"));
    assert!(window.text("menu-8-1").await.starts_with("操作履歴"));
    assert_eq!(window.count("[data-test='menu-8-2']").await, 0);
    window.close().await;
}
