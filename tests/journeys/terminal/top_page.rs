//! The top page at the terminal: logins, operations, transactions, notices and the bank's menu (S1-14 … S1-19).

use inkan_journeys::{Bank, Pc};

use super::{LANGUAGES, LOGIN_PASSWORD, at_terminal, dialogue};

/// Logs in by ID, and returns the lines of the top page.
fn top_page(bank: &Bank, pc: &Pc, language: &str, user: &str) -> Vec<String> {
    let login = ["login", "--bank", bank.name(), "--user", user];
    let (code, said) = pc.inkan_says(language, &login, &bank.answers(user));
    assert_eq!(code, 0, "{said}");
    said.lines().map(str::to_owned).collect()
}

/// Returns the indented lines below a heading.
fn below<'a>(lines: &'a [String], heading: &str) -> Vec<&'a str> {
    let after = lines.iter().skip_while(|line| *line != heading).skip(1);
    after.take_while(|line| line.starts_with("  ")).map(String::as_str).collect()
}

#[test]
fn s1_16_the_last_three_logins_are_to_be_checked() {
    let words = [
        (
            "最近のログイン",
            ["今回", "前回", "前々回"],
            "IDとパスワード",
            [
                "  最近3回のログイン日時は、必ず確認してください。",
                "  ログイン日時にお心当たりのない場合は、お取引店までご連絡ください。0120-000-000（平日 9:00～19:00）",
                "  ほかのログインをすべて終了するとき：inkan sessions --bank okmate end --others",
            ],
        ),
        (
            "Recent logins",
            ["This login", "Last login", "Before that"],
            "ID and password",
            [
                "  Always check the times of the last 3 logins.",
                "  If you do not recognise a login, call your home branch: 0120-000-000 (Weekdays 9:00 to 19:00)",
                "  To end all other logins: inkan sessions --bank okmate end --others",
            ],
        ),
    ];
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for _ in 0..3 {
        top_page(&bank, &pc, "ja", "jirodt");
    }
    for (language, (heading, turns, way, advice)) in LANGUAGES.into_iter().zip(words) {
        let lines = top_page(&bank, &pc, language, "jirodt");
        let logins = below(&lines, heading);
        assert_eq!(logins.len(), 6, "{lines:?}");
        for (line, turn) in logins.iter().zip(turns) {
            assert!(line.starts_with(&format!("  {turn}  ")) && line.contains(':') && line.ends_with(way), "{line}");
        }
        assert_eq!(logins[3..], advice);
    }
    // A bank without a branch has nobody to call there.
    let branch = "[branch]                                 # S0-11, S2-8\nname = { ja = \"お取引店\", en = \"Home branch\" }\n\
                  telephone = \"0120-000-000\"\nhours = { ja = \"平日 9:00～19:00\", en = \"Weekdays 9:00 to 19:00\" }\n";
    let bank = Bank::with_changes("okmate", &[(branch, "")]);
    let pc = Pc::with(&bank);
    for (language, (heading, ..)) in LANGUAGES.into_iter().zip(words) {
        let lines = top_page(&bank, &pc, language, "jirodt");
        let said = below(&lines, heading).join("\n");
        assert!(!said.contains("お取引店") && !said.contains("branch") && !said.contains("0120"), "{said}");
    }
}

#[test]
fn s1_17_s1_18_five_operations_and_the_transactions_with_their_page() {
    let words = [
        (
            "最近の操作",
            "利用者情報の変更",
            "未承認の取引",
            [
                "  総合振込 12件 3,480,000円  承認待ち",
                "  給与振込 8件 2,115,000円  作成中",
                "  取引データを表示するとき：https://bank.example/okmate/approvals",
            ],
        ),
        (
            "Recent operations",
            "User changed",
            "Unapproved transactions",
            [
                "  Bulk transfer, 12 payments, JPY 3,480,000  awaits approval",
                "  Salary transfer, 8 payments, JPY 2,115,000  draft",
                "  To see the data of a transaction: https://bank.example/okmate/approvals",
            ],
        ),
    ];
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for forced in ["yes", "no", "yes", "no", "yes", "no"] {
        let edit = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "jirodt", "--forced-change", forced];
        pc.inkan(&edit, Some(bank.answers("ichirodt"))).done();
    }
    for (language, (operations, edited, transactions, shown)) in LANGUAGES.into_iter().zip(words) {
        let lines = top_page(&bank, &pc, language, "ichirodt");
        let operations = below(&lines, operations);
        assert_eq!(operations.len(), 5, "{lines:?}");
        for line in operations {
            assert!(line.ends_with(&format!("  {edited}  jirodt")), "{line}");
        }
        assert_eq!(below(&lines, transactions), shown);
    }
}

#[test]
fn s1_14_the_menu_has_the_banks_names_addresses_and_explanations() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let page = |name: &str| format!("https://bank.example/okmate/{name}");
    let menu = [
        [
            "  トップ".to_owned(),
            format!("  照会  {}", page("enquiries")),
            "    （残高照会、入出金明細照会）".to_owned(),
            format!("  振込振替  {}", page("transfers")),
            "  データ伝送サービス".to_owned(),
            "    （総合振込・給与（賞与）振込・地方税納入・口座振替）".to_owned(),
            format!("    総合振込  {}", page("data/bulk")),
            format!("    給与（賞与）振込  {}", page("data/salaries")),
            format!("    地方税納入  {}", page("data/local-taxes")),
            format!("    口座振替  {}", page("data/direct-debits")),
            format!("  承認  {}", page("approvals")),
            "    （振込振替（承認機能を利用する場合）、総合振込、給与（賞与）振込、地方税納入、口座振替の承認）".to_owned(),
            format!("  税金・各種料金の払込み  {}", page("taxes")),
            format!("  でんさいサービス  {}", page("densai")),
            format!("  外為サービス  {}", page("exchange")),
            "  管理".to_owned(),
            "    （企業情報の管理、利用者の管理、操作履歴の照会など）".to_owned(),
            format!("    企業情報  {}", page("company")),
            "    利用者  inkan users --bank okmate list".to_owned(),
            format!("    操作履歴  {}", page("operations")),
            "  ログアウト".to_owned(),
        ],
        [
            "  Home".to_owned(),
            format!("  Enquiries  {}", page("enquiries")),
            "    (balances and account statements)".to_owned(),
            format!("  Transfers  {}", page("transfers")),
            "  Data transmission".to_owned(),
            "    (bulk transfers, salaries (bonuses), local taxes, direct debits)".to_owned(),
            format!("    Bulk transfers  {}", page("data/bulk")),
            format!("    Salaries (bonuses)  {}", page("data/salaries")),
            format!("    Local taxes  {}", page("data/local-taxes")),
            format!("    Direct debits  {}", page("data/direct-debits")),
            format!("  Approvals  {}", page("approvals")),
            "    (approval of transfers (if the approval function is used), bulk transfers, salaries (bonuses), local taxes \
             and direct debits)"
                .to_owned(),
            format!("  Taxes and fees  {}", page("taxes")),
            format!("  Densai  {}", page("densai")),
            format!("  Foreign exchange  {}", page("exchange")),
            "  Administration".to_owned(),
            "    (company, users, history of operations and more)".to_owned(),
            format!("    Company  {}", page("company")),
            "    Users  inkan users --bank okmate list".to_owned(),
            format!("    Operations  {}", page("operations")),
            "  Log out".to_owned(),
        ],
    ];
    for ((language, heading), menu) in LANGUAGES.into_iter().zip(["メニュー", "Menu"]).zip(menu) {
        let lines = top_page(&bank, &pc, language, "hanakodt");
        assert_eq!(below(&lines, heading), menu);
        // S0-14: a general user administers nobody. The pages of the bank below 管理 stay.
        let lines = top_page(&bank, &pc, language, "jirodt");
        let without: Vec<&String> = menu.iter().filter(|line| !line.contains("inkan users")).collect();
        assert_eq!(below(&lines, heading), without);
    }
}

#[test]
fn s1_19_unread_notices_are_marked_and_each_can_be_read() {
    let words = [
        (
            "お知らせ",
            ["年末年始のサービス時間", "トークンの切替について"],
            "（未読）",
            "  内容を読むとき：inkan notices --bank okmate read",
            "読むお知らせの番号（終わるときは空のまま）:",
            ["12月31日は18時まで", "古いトークンの失効と新しいトークンの利用開始登録をお願いします。"],
        ),
        (
            "Notices",
            ["Service hours over the New Year", "Replacing hardware tokens"],
            "(unread)",
            "  To read one: inkan notices --bank okmate read",
            "Number of the notice to read (empty to end):",
            ["We close at 18:00 on 31 December", "revoke the old one and activate the new one."],
        ),
    ];
    for (at, (heading, titles, unread, hint, question, bodies)) in words.into_iter().enumerate() {
        let language = LANGUAGES[at];
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let lines = top_page(&bank, &pc, language, "hanakodt");
        let notices = below(&lines, heading);
        assert_eq!(notices.len(), 3, "{lines:?}");
        for (number, (line, title)) in (1..).zip(notices.iter().zip(titles)) {
            assert!(line.starts_with(&format!("  {number}. ")) && line.contains(title), "{line}");
            assert!(line.ends_with(unread), "{line}");
        }
        assert_eq!(notices[2], hint);

        let read = ["notices", "--bank", "okmate", "--user", "hanakodt", "read"];
        let mut terminal = at_terminal(&pc, language, &read);
        dialogue(&mut terminal, &[(LOGIN_PASSWORD[at], &bank.secret("hanakodt", "login_password")), (question, "2")]);
        terminal.wait_for(bodies[1]);
        // A number that is not in the list is asked for again.
        dialogue(&mut terminal, &[(question, "3"), (question, "１")]);
        terminal.wait_for(bodies[0]);
        dialogue(&mut terminal, &[(question, "")]);
        let (ended, shown) = terminal.end();
        assert!(ended.success(), "{shown}");
        let lines = top_page(&bank, &pc, language, "hanakodt");
        assert!(!below(&lines, heading).iter().any(|line| line.contains(unread)), "{lines:?}");
        // Another user has not read them.
        let lines = top_page(&bank, &pc, language, "jirodt");
        assert_eq!(below(&lines, heading).iter().filter(|line| line.contains(unread)).count(), 2, "{lines:?}");

        // For programs: by number or by ID, and only what is there.
        let list = pc.inkan(&["notices", "--bank", "okmate", "--user", "jirodt", "list"], Some(bank.answers("jirodt")));
        let list = list.done();
        let by = |named: &str| {
            let read = ["notices", "--bank", "okmate", "--user", "jirodt", "read", named];
            pc.inkan(&read, Some(bank.answers("jirodt")))
        };
        let first = by("1").done();
        assert_eq!(first["title"], list[0]["title"]);
        assert_eq!(by(list[0]["id"].as_str().unwrap()).done(), first);
        assert_eq!(by("3").problem()["code"], "not_found");
        let nothing = ["notices", "--bank", "okmate", "--user", "jirodt", "read"];
        assert_eq!(pc.inkan(&nothing, Some(bank.answers("jirodt"))).problem()["code"], "answer_missing");
    }
}
