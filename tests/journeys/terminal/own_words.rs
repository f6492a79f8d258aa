//! Tests that the terminal says what each bank calls by its own words, and that a bank without own words gets the plain
//! ones.

use inkan_journeys::{Authority, Bank, EXPIRED, Pc};
use serde_json::json;

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// The questions of the bank with contract numbers, in the order of [`LANGUAGES`].
const PIN: [&str; 2] = ["利用者暗証番号: ", "User PIN: "];
const CONTRACT_PIN: [&str; 2] = ["ご契約先確認暗証番号: ", "Contract confirmation PIN: "];
const OTP: [&str; 2] = ["ワンタイムパスワード: ", "One-time password: "];

fn assert_said(shown: &str, words: &[&str]) {
    for words in words {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

fn assert_not_said(shown: &str, words: &[&str]) {
    for words in words {
        assert!(!shown.contains(words), "{words} in {shown}");
    }
}

/// Puts riyousya's certificate on a PC of its own, and kanrisya's on another.
fn keiyaku() -> (Bank, Pc, Pc) {
    let bank = Bank::start_with("keiyaku");
    let (pc, theirs) = (Pc::with(&bank), Pc::with(&bank));
    pc.acquire(&bank, "kanrisya");
    let mut answers = bank.answers("riyousya");
    answers["otp"] = json!(bank.otp("riyousya", -1));
    theirs.inkan(&["acquire", "--bank", "keiyaku", "--user", "riyousya"], Some(answers)).done();
    (bank, pc, theirs)
}

/// S3-5, S4-10: the same lines have the words of each bank, and no word of another one.
#[test]
fn s3_5_s4_10_a_certificate_s_lines_are_called_as_the_bank_calls_them() {
    let (bank, pc, _theirs) = keiyaku();
    let own = [
        [
            "利用者ID：riyousya",
            "電子証明書発行番号：001",
            "電子証明書ステータス：有効",
            "電子証明書発行データ登録日：",
            "電子証明書シリアル番号：",
            "電子証明書有効期間終了日時：",
        ],
        [
            "User ID: riyousya",
            "Certificate issue number: 001",
            "Certificate status: valid",
            "Certificate issue registered: ",
            "Certificate serial number: ",
            "Certificate valid until: ",
        ],
    ];
    let others = [["電子証明書状況", "取得済", "シリアルID"], ["Certificate state", "acquired", "serial ID"]];
    let pin = bank.secret("kanrisya", "login_password");
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let show = ["users", "--bank", "keiyaku", "show", "riyousya"];
        let (code, shown) = said(&pc, language, &show, &[(PIN[at], &pin)]);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, &own[at]);
        assert_not_said(&shown, &others[at]);
    }

    let bank = Bank::start_with("shinkin");
    let (pc, theirs) = (Pc::with(&bank), Pc::with(&bank));
    theirs.acquire(&bank, "keir002");
    let own = [
        [
            "お客様ID：keir002",
            "電子証明書状況：取得済",
            "電子証明書有効期限：",
            "電子証明書シリアルID：",
            "変更期間：なし",
            "アラーム期間：なし",
            "都度振込取扱限度額：当金庫所定の限度額",
            "企業名：カシマイ\r\n",
            "会社コード：0010000001",
            "口座情報：090 本部090 普通 1000900",
            "契約種別：総合振込、給与・賞与振込、都度振込、口座振替",
        ],
        [
            "Customer ID: keir002",
            "Certificate state: acquired",
            "Certificate expiry: ",
            "Certificate serial ID: ",
            "Change period: no",
            "Alarm period: no",
            "Limit of single transfers: that of the Shinkin bank",
            "Company: カシマイ\r\n",
            "Company code: 0010000001",
            "Account: 090 Head office 090",
            "Contracts: Bulk, salary and single transfers",
        ],
    ];
    let others = [["電子証明書ステータス", "有効期間終了日時", "有効\r"], ["Certificate status", "valid\r", "PIN"]];
    // S4-11: the deadline is shown until the certificate is acquired.
    let deadline = ["電子証明書取得期限：", "Certificate to be acquired by: "];
    let password = bank.secret("keir001", "login_password");
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let show = |user| ["users", "--bank", "shinkin", "--user", "keir001", "show", user];
        let (code, shown) = said(&pc, language, &show("keir002"), &[(LOGIN_PASSWORD[at], &password)]);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, &own[at]);
        assert_not_said(&shown, &others[at]);
        assert_not_said(&shown, &deadline[at..=at]);
        let (_, shown) = said(&pc, language, &show("keir003"), &[(LOGIN_PASSWORD[at], &password)]);
        assert_said(&shown, &deadline[at..=at]);
    }

    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "jirodt");
    let plain = [
        ["ログインID：jirodt", "発行番号：001", "電子証明書の状態：有効", "発行日：", "シリアル番号：", "有効期限："],
        ["Login ID: jirodt", "Issue number: 001", "status: valid", "Issued: ", "Serial number: ", "Valid until: "],
    ];
    let others =
        [["電子証明書ステータス", "電子証明書状況", "登録日"], ["Certificate state", "registered", "acquired"]];
    let password = bank.secret("ichirodt", "login_password");
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let show = ["users", "--bank", "okmate", "--user", "ichirodt", "show", "jirodt"];
        let (_, shown) = said(&pc, language, &show, &[(LOGIN_PASSWORD[at], &password)]);
        assert_said(&shown, &plain[at]);
        assert_not_said(&shown, &others[at]);
    }
}

/// S3-7 … S3-9, S3-14: after a reissue the administrator reads whom to tell what. The user acquires with that, and logs
/// in with the same PIN.
#[test]
fn s3_8_after_a_reissue_the_administrator_reads_what_to_tell() {
    let told = [
        &[
            "木和田 一郎 様（riyousya）に、次のことを伝えてください",
            "契約者ID：00009876543",
            "「お客様カード」に記載の11桁の数字",
            "利用者ID：riyousya",
            "取得期限：",
            "契約者ID・利用者ID・利用者暗証番号・ワンタイムパスワード",
            "利用者暗証番号は、ご本人がいまお使いのもの",
            "これから使うパソコン",
            "inkan acquire --bank keiyaku --user riyousya",
        ][..],
        &[
            "Tell 木和田 一郎 (riyousya) the following",
            "Contract ID: 00009876543",
            "on the customer card",
            "User ID: riyousya",
            "Get by: ",
            "Contract ID, User ID, User PIN, One-time password",
            "current one",
            "on the PC to be used",
            "inkan acquire --bank keiyaku --user riyousya",
        ],
    ];
    let agree = ["riyousya の電子証明書を再発行しますか", "Reissue the certificate of riyousya?"];
    let wrong = ["ご契約先確認暗証番号が違います", "The contract confirmation PIN is not right"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (bank, pc, _theirs) = keiyaku();
        let [pin, contract_pin] = ["login_password", "confirmation_password"].map(|name| bank.secret("kanrisya", name));
        let reissue = ["users", "--bank", "keiyaku", "certificate", "riyousya", "--reissue"];
        // A wrong PIN of the contract reissues nothing.
        let turns = [(PIN[at], pin.as_str()), (agree[at], "y"), (CONTRACT_PIN[at], "Chigau2026")];
        let (code, shown) = said(&pc, language, &reissue, &turns);
        assert!(code == Some(1) && shown.contains(wrong[at]), "{shown}");
        assert_not_said(&shown, &told[at][..1]);
        let turns = [(PIN[at], pin.as_str()), (agree[at], "y"), (CONTRACT_PIN[at], &contract_pin)];
        let (code, shown) = said(&pc, language, &reissue, &turns);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, told[at]);
        // The user's token is in use.
        assert_not_said(&shown, &["利用開始登録", "not activated"]);

        let new = Pc::with(&bank);
        let place = ["「お客様カード」に記載の11桁の数字です", "the number of 11 digits on the customer card"];
        let (own, otp) = (bank.secret("riyousya", "login_password"), bank.otp("riyousya", 0));
        let number = ["契約者ID:", "Contract ID:"];
        let turns = [(number[at], "00009876543"), (PIN[at], own.as_str()), (OTP[at], &otp)];
        let (code, shown) = said(&new, language, &["acquire", "--bank", "keiyaku", "--user", "riyousya"], &turns);
        assert_eq!(code, Some(0), "{shown}");
        let installed = ["電子証明書のインストールが完了しました", "The installation of the certificate is complete"];
        assert_said(&shown, &[place[at], installed[at]]);
        // S3-14: the only certificate is named before the PIN.
        let named = ["使う電子証明書：00009876543 riyousya 1635", "Certificate: 00009876543 riyousya 1635"];
        let (code, shown) = said(&new, language, &["login", "--bank", "keiyaku"], &[(PIN[at], &own)]);
        assert_eq!(code, Some(0), "{shown}");
        let before = shown.find(named[at]).unwrap_or_else(|| panic!("{shown}"));
        assert!(before < shown.find(PIN[at]).unwrap(), "{shown}");
    }
}

/// S3-9: a user without an activated token must register one, and the administrator reads so. Scripts read the same in
/// JSON.
#[test]
fn s3_9_the_administrator_reads_that_the_user_has_no_token_in_use() {
    let (bank, pc, _theirs) = keiyaku();
    let reissue = ["users", "--bank", "keiyaku", "certificate", "S0001", "--reissue", "--yes"];
    let told = pc.inkan(&reissue, Some(bank.answers("kanrisya"))).done()["tell"].take();
    assert_eq!((&told["user"], &told["contract"]), (&json!("S0001"), &json!("00009876543")));
    assert_eq!(told["token_unregistered"], true, "{told}");
    assert!(told["deadline"].is_string(), "{told}");
    for (language, words) in [
        ("ja", ["利用開始登録がまだ済んでいません", "別途登録が必要です", "シリアル番号"]),
        ("en", ["has not activated a hardware token", "must be registered first", "serial number"]),
    ] {
        let (code, shown) = pc.inkan_says(language, &reissue, &bank.answers("kanrisya"));
        assert_eq!(code, 0, "{shown}");
        assert_said(&shown, &words);
    }
}

/// S4-14, S4-15: the completion in the bank's words, with the ID, and what the user does next. An edit without a reissue
/// tells nothing more.
#[test]
fn s4_14_s4_15_an_edit_ends_in_the_bank_s_words_and_with_the_next_step() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let [login, confirm] = ["login_password", "confirmation_password"].map(|name| bank.secret("keir001", name));
    let ended = [
        "お客様IDの変更が終了しました。このお客様IDは「keir002」です。",
        "The change of the customer ID is complete. This customer ID is keir002.",
    ];
    let told = [
        &["経理担当役席者 様（keir002）に、次のことを伝えてください", "お客様ID：keir002", "電子証明書取得期限："][..],
        &["Tell 経理担当役席者 (keir002) the following", "Customer ID: keir002", "Certificate to be acquired by: "],
    ];
    let next = [
        ["このあとご本人が取得します", "inkan acquire --bank shinkin --user keir002"],
        ["gets the certificate next", "inkan acquire --bank shinkin --user keir002"],
    ];
    let question = ["keir002 の電子証明書を再発行しますか", "Reissue the certificate of keir002?"];
    let confirmation = ["登録確認用パスワード: ", "Registration password: "];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let edit = ["users", "--bank", "shinkin", "--user", "keir001", "edit", "keir002", "--certificate", "reissue"];
        let turns = [(LOGIN_PASSWORD[at], login.as_str()), (question[at], "y"), (confirmation[at], confirm.as_str())];
        let (code, shown) = said(&pc, language, &edit, &turns);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, &[ended[at]]);
        assert_said(&shown, told[at]);
        assert_said(&shown, &next[at]);
        // The same without a question.
        let (_, shown) = pc.inkan_says(language, &[&edit[..], &["--yes"]].concat(), &bank.answers("keir001"));
        assert_said(&shown, &[ended[at]]);
        assert_said(&shown, &next[at]);
        let limit = if at == 0 { "8" } else { "9" };
        let other = [&edit[..7], &["--transfer-limit", limit]].concat();
        let (_, shown) = pc.inkan_says(language, &other, &bank.answers("keir001"));
        assert_said(&shown, &[ended[at]]);
        assert_not_said(&shown, &next[at]);
    }
    // A bank without such words.
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for (at, (language, forced)) in LANGUAGES.into_iter().zip(["yes", "no"]).enumerate() {
        let edit = ["users", "--bank", "okmate", "--user", "ichirodt", "edit", "hanakodt", "--forced-change", forced];
        let (code, shown) = pc.inkan_says(language, &edit, &bank.answers("ichirodt"));
        assert_eq!(code, 0, "{shown}");
        assert_said(&shown, &[["hanakodt の手続きが完了しました", "Done for hanakodt"][at]]);
        assert_not_said(&shown, &["変更が終了しました", "The change of"]);
    }
}

/// S3-1: where users issue nothing for themselves, an expired or revoked certificate leads to who reissues it, and not
/// into a refusal.
#[test]
fn s3_1_a_certificate_that_ended_leads_to_who_reissues_it() {
    let bank = Bank::start_with("keiyaku");
    let authority = Authority::of(&bank);
    let cases = [
        (
            "00009876543 riyousya 1635",
            ["対応する方：管理者", "管理者に電子証明書の再発行手続きをご依頼ください"],
            ["an administrator", "Ask an administrator of your company to reissue the certificate"],
        ),
        (
            "00009876543 1635",
            ["対応する方：お取引店", "所定の依頼書をお取引店にご提出のうえ、お手続きください"],
            ["your branch", "Hand the request form to your branch"],
        ),
    ];
    for (name, ja, en) in cases {
        let pc = Pc::with(&bank);
        pc.inkan(&["certificates"], None).done();
        pc.take_in(&authority.client(name, EXPIRED));
        for (language, words) in LANGUAGES.into_iter().zip([ja, en]) {
            let (code, shown) = said(&pc, language, &["login", "--bank", "keiyaku"], &[]);
            assert!(code == Some(1) && shown.contains("certificate_expired"), "{shown}");
            assert_said(&shown, &words);
        }
    }
    // Revoked, and not reissued.
    let (bank, pc, theirs) = keiyaku();
    let revoke = ["users", "--bank", "keiyaku", "certificate", "riyousya", "--revoke", "--yes"];
    pc.inkan(&revoke, Some(bank.answers("kanrisya"))).done();
    let pin = bank.secret("riyousya", "login_password");
    let words = [
        ["失効", "再発行がまだのときは、管理者に電子証明書の再発行手続きをご依頼ください"],
        ["has been revoked", "If it has not been reissued yet: Ask an administrator"],
    ];
    let not_issued = [
        ["発行されていません", "管理者に「再発行」を依頼"],
        ["No certificate has been issued", "Ask an administrator"],
    ];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        // The bank refuses the first login. The PC knows it at the second one.
        let turns = [(PIN[at], pin.as_str())];
        let (code, shown) =
            said(&theirs, language, &["login", "--bank", "keiyaku"], if at == 0 { &turns[..] } else { &[][..] });
        assert_eq!(code, Some(1), "{shown}");
        assert_said(&shown, &words[at]);
        let mut answers = bank.answers("riyousya");
        answers["otp"] = json!(bank.otp("riyousya", i64::try_from(at).unwrap()));
        let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
        let refused = theirs.inkan_in(language, &acquire, Some(answers)).problem();
        assert_eq!((&refused["code"], &refused["who"]), (&json!("certificate_not_issued"), &json!("administrator")));
        let text = format!("{} {}", refused["title"], refused["next"]);
        assert_said(&text, &not_issued[at]);
    }
    // Where users issue for themselves, nobody is asked.
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.inkan(&["certificates"], None).done();
    pc.take_in(&Authority::of(&bank).client("hanakodt", EXPIRED));
    let (_, shown) = said(&pc, "ja", &["login", "--bank", "okmate"], &[]);
    assert_said(&shown, &["新しい電子証明書をこのパソコンで取得し"]);
    assert_not_said(&shown, &["再発行手続き"]);
}

/// S3-14, S3-17: a wrong PIN is called what the bank calls it, and a user who does not know it is sent to an
/// administrator.
#[test]
fn s3_17_a_wrong_pin_is_called_by_the_bank_s_word_and_says_whom_to_ask() {
    let (_bank, _pc, theirs) = keiyaku();
    let words = [
        ["利用者暗証番号が違います", "利用者暗証番号がご不明の場合は、管理者にお問い合わせください"],
        ["The user PIN is not right", "If you do not know the user PIN, ask an administrator of your company"],
    ];
    let others = [["ログインパスワード", "ログインID"], ["login password", "login ID"]];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (code, shown) = said(&theirs, language, &["login", "--bank", "keiyaku"], &[(PIN[at], "Chigau2026")]);
        assert!(code == Some(1) && shown.contains("login_failed"), "{shown}");
        assert_said(&shown, &words[at]);
        assert_not_said(&shown, &others[at]);
    }
}

/// S3-4, S4-3, S4-4: who may not reissue reads who can; an administrator's own page names the paper, or the number.
#[test]
fn s4_3_s4_4_who_may_not_reissue_reads_who_can() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let refused = [
        ["この手続きは管理者が行います", "ご自身の利用者区分では、この手続きはできません", "管理者に依頼してください"],
        ["An administrator does this", "Your role may not do this", "Ask an administrator of your company"],
    ];
    let reach = [
        ["当金庫へお電話でご連絡ください", "WEB-FBヘルプデスク 0120-000-002（平日 9:00～18:00）"],
        ["Call the Shinkin bank for a reissue", "WEB-FB help desk, 0120-000-002 (Weekdays 9:00 to 18:00)"],
    ];
    let own = [
        ["ここではできません。当金庫へお電話ください", "WEB-FBヘルプデスク 0120-000-002（平日 9:00～18:00）"],
        ["Please call the Shinkin bank", "WEB-FB help desk, 0120-000-002"],
    ];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let of = |user: &'static str, act: &[&'static str]| {
            let arguments = [&["users", "--bank", "shinkin", "--user", user], act].concat();
            pc.inkan_says_beside(language, &arguments, &bank.answers(user))
        };
        // S4-3: an approver and a general user.
        for user in ["keir002", "keir003"] {
            let (code, shown) = of(user, &["certificate", "keir003", "--reissue", "--yes"]);
            assert!(code == 1 && shown.contains("not_permitted"), "{shown}");
            assert_said(&shown, &refused[at]);
        }
        let (code, shown) = of("keir001", &["certificate", "keir001", "--reissue", "--yes"]);
        assert_eq!(code, 1, "{shown}");
        assert_said(&shown, &reach[at]);
        let show = ["users", "--bank", "shinkin", "--user", "keir001", "show", "keir001"];
        let (_, shown) = pc.inkan_says(language, &show, &bank.answers("keir001"));
        assert_said(&shown, &own[at]);
        let (_, shown) = pc.inkan_says(language, &[&show[..6], &["keir002"]].concat(), &bank.answers("keir001"));
        assert_not_said(&shown, &["0120-000-002"]);
    }
    let (bank, pc, _theirs) = keiyaku();
    let show = ["users", "--bank", "keiyaku", "show", "kanrisya"];
    let reissue = ["users", "--bank", "keiyaku", "certificate", "kanrisya", "--reissue", "--yes"];
    let paper = [["セキュリティ上の観点", "所定の依頼書をお取引店に"], ["For security", "request form"]];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (_, shown) = pc.inkan_says(language, &show, &bank.answers("kanrisya"));
        assert_said(&shown, &paper[at]);
        let (_, shown) = pc.inkan_says_beside(language, &reissue, &bank.answers("kanrisya"));
        assert_said(&shown, &paper[at]);
    }
}

/// S4-6: the frame of the bank's pages stands above the top page.
#[test]
fn s4_6_the_frame_names_the_bank_the_user_and_the_two_logins() {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let password = bank.secret("keir001", "login_password");
    let login = ["login", "--bank", "shinkin", "--user", "keir001"];
    let words = [
        [
            "金融機関：5120 信用金庫 WEB-FB",
            "ようこそ 経理担当者 様（管理者）",
            "今回のログイン：2",
            "前回のログイン：2",
        ],
        ["Bank: 5120 Shinkin WEB-FB", "Welcome, 経理担当者 (Master ID)", "This login: ", "Last login: "],
    ];
    pc.inkan(&login, Some(bank.answers("keir001"))).done();
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let (code, shown) = said(&pc, language, &login, &[(LOGIN_PASSWORD[at], &password)]);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, &words[at]);
        assert_not_said(&shown, &["前回のログイン：-", "Last login: -"]);
    }
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let (_, shown) = pc.inkan_says("ja", &["login", "--bank", "okmate", "--user", "jirodt"], &bank.answers("jirodt"));
    assert_not_said(&shown, &["金融機関", "ようこそ"]);
}

/// S4-7, Q1: the new passwords of a user are asked for by the bank's names, each twice, and only those of the role.
#[test]
fn s4_7_new_passwords_of_a_user_are_asked_for_by_the_bank_s_names() {
    let names = [
        ["ログインパスワード", "登録確認用パスワード", "承認用パスワード", "都度振込送信確認用パスワード"],
        ["login password", "registration password", "approval password", "single transfer password"],
    ];
    let confirmation = ["登録確認用パスワード: ", "Registration password: "];
    let rules = [["英字と数字の両方", "6文字", "10文字"], ["both letters and digits", "6 characters", "10 characters"]];
    let differ = ["2つの入力が違います", "The two entries differ"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start_with("shinkin");
        let pc = Pc::with(&bank);
        let [login, confirm] = ["login_password", "confirmation_password"].map(|name| bank.secret("keir001", name));
        let first = |name: &str| match at {
            0 => format!("利用者の新しい{name}（変えないときは空のまま）: "),
            _ => format!("The user’s new {name} (empty to leave it): "),
        };
        let again = |name: &str| match at {
            0 => format!("利用者の新しい{name}（変えないときは空のまま）（確認のためもう一度）: "),
            _ => format!("The user’s new {name} (empty to leave it) (once more): "),
        };
        let [name, registration, approval, transfer] = names[at];
        let edit = |user| ["users", "--bank", "shinkin", "--user", "keir001", "edit", user, "--passwords"];
        let typed = [
            (LOGIN_PASSWORD[at].to_owned(), login.as_str()),
            (first(name), "atarasii"),
            (first(name), "Atara2026"),
            (again(name), "Atara2027"),
            (first(name), "Atara2026"),
            (again(name), "Atara2026"),
            (first(registration), "Touro29"),
            (first(registration), "Tou298"),
            (again(registration), "Tou298"),
            (first(approval), "Syou29"),
            (first(approval), "Syou298001"),
            (again(approval), "Syou298001"),
            (first(transfer), "Sous29"),
            (first(transfer), "Sous298001"),
            (again(transfer), "Sous298001"),
            (confirmation[at].to_owned(), confirm.as_str()),
        ];
        let turns: Vec<(&str, &str)> = typed.iter().map(|(question, answer)| (question.as_str(), *answer)).collect();
        let (code, shown) = said(&pc, language, &edit("keir002"), &turns);
        assert_eq!(code, Some(0), "{shown}");
        assert_said(&shown, &[differ[at]]);
        assert_said(&shown, &rules[at]);
        // S4-7: 一般者 have no 承認用パスワード.
        let typed = [
            (LOGIN_PASSWORD[at].to_owned(), login.as_str()),
            (first(name), ""),
            (first(registration), "Tou298"),
            (again(registration), "Tou298"),
            (first(transfer), ""),
            (confirmation[at].to_owned(), confirm.as_str()),
        ];
        let turns: Vec<(&str, &str)> = typed.iter().map(|(question, answer)| (question.as_str(), *answer)).collect();
        let (code, shown) = said(&pc, language, &edit("keir003"), &turns);
        assert!(code == Some(0) && !shown.contains(&first(approval)), "{shown}");
        // S1-7: the user logs in with the new password, which must be changed.
        let login = ["login", "--bank", "shinkin", "--user", "keir002"];
        let given = json!({ "login_password": "Atara2026" });
        assert_eq!(pc.inkan(&login, Some(given)).problem()["code"], "password_change_required");
    }
}
