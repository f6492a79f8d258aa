//! The words of a change of token at the terminal: before the revocation, in the list, and at the activation (S2-1 …
//! S2-17).

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, offset, time};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

use super::{LANGUAGES, LOGIN_PASSWORD, at_terminal, dialogue, said, types};

/// The secret of the new token that the branch sends.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const STEP: i64 = 60;

fn token<'a>(user: &'a str, act: &[&'a str]) -> Vec<&'a str> {
    [&["token", "--bank", "okmate", "--user", user], act].concat()
}

/// Returns the line of a user in the list for programs.
fn listed(bank: &Bank, pc: &Pc, user: &str) -> Value {
    let mut lines = pc.inkan(&token("hanakodt", &["list"]), Some(bank.answers("hanakodt"))).done();
    let lines = lines.as_array_mut().unwrap();
    lines.iter_mut().find(|line| line["person"]["id"] == user).unwrap().take()
}

/// Returns what `inkan` says to a person, with its line ends.
fn says(bank: &Bank, pc: &Pc, language: &str, user: &str, act: &[&str]) -> String {
    let (code, said) = pc.inkan_says(language, &token(user, act), &bank.answers(user));
    assert_eq!(code, 0, "{said}");
    said
}

/// Returns a time of an answer as the terminal writes it, and as it is engraved on a token.
fn written(at: &Value, language: &str) -> (String, String) {
    let at = OffsetDateTime::parse(at.as_str().unwrap(), &Rfc3339).unwrap().checked_to_offset(offset!(+9)).unwrap();
    let text = match language {
        "ja" => at.format(format_description!("[year]年[month padding:none]月[day padding:none]日 [hour]:[minute]")),
        _ => at.format(format_description!("[day padding:none] [month repr:short] [year] [hour]:[minute]")),
    };
    (text.unwrap(), at.format(format_description!("[month]/[day]/[year repr:last_two]")).unwrap())
}

/// Returns the day before yesterday in Japan, whose times are past for this machine's clock.
fn past_day() -> (Date, UtcOffset) {
    let japan = offset!(+9);
    ((OffsetDateTime::now_utc().checked_to_offset(japan).unwrap() - Duration::days(2)).date(), japan)
}

/// Each fact has its name, and the date is shown as it is engraved, too.
#[test]
fn s2_11_s2_12_s2_14_the_list_names_each_fact() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    for language in LANGUAGES {
        let list = says(&bank, &pc, language, "hanakodt", &["list"]);
        let users = match language {
            "ja" => [
                ("hanakodt", "ゲータ 花子", "管理者ユーザ", "33456789", "サービス利用中"),
                ("ichirodt", "ゲータ 一郎", "マスターユーザ", "23456789", "ハードトークン有効期限切れ"),
                ("jirodt", "ゲータ 二郎", "一般ユーザ", "-", "失効中"),
                ("shirodt", "ゲータ 四郎", "一般ユーザ", "43456789", "未登録"),
            ],
            _ => [
                ("hanakodt", "ゲータ 花子", "Administrator", "33456789", "in use"),
                ("ichirodt", "ゲータ 一郎", "Master user", "23456789", "expired"),
                ("jirodt", "ゲータ 二郎", "General user", "-", "revoked"),
                ("shirodt", "ゲータ 四郎", "General user", "43456789", "not activated yet"),
            ],
        };
        for (id, name, role, serial, state) in users {
            let expires = listed(&bank, &pc, id)["token"]["expires"].take();
            let until = match (expires.is_null(), language) {
                (true, _) => "-".to_owned(),
                (false, "ja") => {
                    let (text, engraved) = written(&expires, language);
                    format!("{text}（刻印：{engraved}）")
                }
                (false, _) => {
                    let (text, engraved) = written(&expires, language);
                    format!("{text} (engraved {engraved})")
                }
            };
            let lines = match language {
                "ja" => format!(
                    "ログインID：{id}・利用者名：{name}・利用者区分：{role}\n  シリアル番号：{serial}・\
                     ワンタイムパスワード状態：{state}・ハードトークン有効期限：{until}\n"
                ),
                _ => format!(
                    "Login ID: {id}, name: {name}, role: {role}\n  serial number: {serial}, \
                     one-time password status: {state}, token expires: {until}\n"
                ),
            };
            assert!(list.contains(&lines), "{lines}: {list}");
        }
        // S2-1
        let engraved = ["「月/日/西暦下2桁」で刻印されています", "engraved on its back as month/day/year"];
        assert!(engraved.iter().any(|words| list.contains(words)), "{list}");
        let dash = ["必要のない利用者", "needs no one-time password"];
        assert!(!dash.iter().any(|words| list.contains(words)), "every user has a token: {list}");
    }
}

#[test]
fn s2_12_a_dash_is_explained_if_a_user_needs_no_one_time_password() {
    let bank = Bank::with_changes("okmate", &[("token_state = \"revoked\"", "token_state = \"not_required\"")]);
    let pc = Pc::with(&bank);
    for (language, line, note) in [
        (
            "ja",
            "シリアル番号：-・ワンタイムパスワード状態：-・ハードトークン有効期限：-\n",
            "ワンタイムパスワードが必要のない利用者は、「ワンタイムパスワード状態」を「-」で表示しています。",
        ),
        (
            "en",
            "serial number: -, one-time password status: -, token expires: -\n",
            "A dash as one-time password status means that the user needs no one-time password.",
        ),
    ] {
        let list = says(&bank, &pc, language, "hanakodt", &["list"]);
        assert!(list.contains(line) && list.contains(note), "{list}");
    }
}

/// What a revocation means, from when the next token works, and the two steps are said before the question.
#[test]
fn s2_2_s2_3_s2_10_the_administrator_reads_what_follows_before_a_general_users_token_is_revoked() {
    let means = [
        [
            "ゲータ 四郎",
            "ワンタイムパスワードを利用できなくなります",
            "ハードトークンの再登録は、失効の30分後に実施可能となります。",
            "20:50から翌日08:10までに失効された場合は、08:40以降に実施可能となります。",
            "現在登録中のトークンと、お届けしたトークンをご準備のうえ、次の2つの操作をお願いします。",
            "1. 現在登録中のトークンの失効",
            "2. お届けしたトークン（有効期限が「01/31/25」（2025年1月31日）以降のもの）の利用開始登録",
            "これらのトークンを失効しますか",
        ],
        [
            "ゲータ 四郎",
            "can then no longer use one-time passwords",
            "The next token can be activated 30 minutes after the revocation.",
            "After a revocation from 20:50 to 08:10 of the next day, it can be activated from 08:40.",
            "Have the token that is in use and the token that was sent to you at hand. Two steps follow:",
            "1. Revoke the token that is in use",
            "2. Activate the token that was sent to you (its date is 01/31/25 (31 Jan 2025) or later)",
            "Revoke these tokens?",
        ],
    ];
    let questions = [
        ["ご自身のトークンのワンタイムパスワード: ", "確認用パスワード: "],
        ["One-time password of your own token: ", "Confirmation password: "],
    ];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let mut terminal = at_terminal(&pc, language, &token("hanakodt", &["revoke", "shirodt"]));
        terminal.wait_for(LOGIN_PASSWORD[at]);
        types(&mut terminal, &bank, "hanakodt", "login_password");
        for words in means[at] {
            terminal.wait_for(words);
        }
        terminal.press("y\r");
        let [otp, confirmation] = questions[at];
        let (now, password) = (bank.otp("hanakodt", 0), bank.secret("hanakodt", "confirmation_password"));
        dialogue(&mut terminal, &[(otp, &now), (confirmation, &password)]);
        let (ended, shown) = terminal.end();
        let from = listed(&bank, &pc, "shirodt")["token"]["activation_from"].take();
        let (from, _) = written(&from, language);
        let done = [
            format!("次のトークンは{from}から利用開始登録ができます"),
            format!("Each can activate the next token from {from}"),
        ];
        assert!(ended.success() && done.iter().any(|words| shown.contains(words.as_str())), "{shown}");
    }
}

/// S2-4: who else uses the token is said before and after, and can be revoked in the same act.
#[test]
fn s2_4_who_shares_a_token_is_named_before_and_after() {
    let words = [
        (
            "該当するトークンは、shirodtもご利用です。ご利用されているすべての利用者に対し、失効操作をしてください。",
            "shirodtのトークンも失効しますか",
            "これらのトークンを失効しますか",
            ["ワンタイムパスワード: ", "確認用パスワード: "],
            "shirodtがまだご利用です",
        ),
        (
            "This token is also used by shirodt. Revoke it for every user who uses it.",
            "Also revoke the token of shirodt?",
            "Revoke these tokens?",
            ["One-time password of your own token: ", "Confirmation password: "],
            "still in use by shirodt",
        ),
    ];
    for (at, (shares, also, question, [otp, confirmation], still)) in words.into_iter().enumerate() {
        for (answer, state) in [("n", "active"), ("y", "revoked")] {
            let bank = Bank::with_a_shared_token();
            let pc = Pc::with(&bank);
            let mut terminal = at_terminal(&pc, LANGUAGES[at], &token("hanakodt", &["revoke", "jirodt"]));
            terminal.wait_for(LOGIN_PASSWORD[at]);
            types(&mut terminal, &bank, "hanakodt", "login_password");
            terminal.wait_for(shares);
            let (now, password) = (bank.otp("hanakodt", 0), bank.secret("hanakodt", "confirmation_password"));
            dialogue(&mut terminal, &[(also, answer), (question, "y"), (otp, &now), (confirmation, &password)]);
            let (ended, shown) = terminal.end();
            assert!(ended.success(), "{shown}");
            assert_eq!(shown.contains(still), answer == "n", "{shown}");
            assert_eq!(listed(&bank, &pc, "jirodt")["token"]["state"], "revoked");
            assert_eq!(listed(&bank, &pc, "shirodt")["token"]["state"], state);
        }
    }
}

/// S2-8: who cannot revoke learns who can, that paper is needed otherwise, and whom to call.
#[test]
fn s2_3_s2_8_a_lost_token_leads_to_the_other_administrators_and_to_paper() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let lost = [
        [
            "トークンの紛失等のときは、マスターユーザまたは管理者ユーザが失効操作をしてください。紛失したトークンは必要ありません。",
            "失効操作ができない場合、書面によるお手続きが必要となります。",
            "詳しくはお取引店またはOKメイトテレホンセンターまでお問い合わせください。",
            "お取引店：0120-000-000（平日 9:00～19:00）",
            "OKメイトテレホンセンター：0120-000-010（平日 9:00～17:00）",
        ],
        [
            "If a token is lost, it can still be revoked (master user or administrator).",
            "If a token cannot be revoked here, a paper form is needed.",
            "ask your home branch or",
            "Home branch: 0120-000-000 (Weekdays 9:00 to 19:00)",
            "OKmate telephone centre: 0120-000-010 (Weekdays 9:00 to 17:00)",
        ],
    ];
    let expired = [
        "有効期限が切れています。マスターユーザまたは管理者ユーザに失効を依頼し",
        "has expired. Ask for its revocation (master user or administrator)",
    ];
    let only = [
        "トークンの失効操作は、マスターユーザまたは管理者ユーザのみ可能です。",
        "Only these roles can revoke tokens: master user or administrator.",
    ];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        for user in ["jirodt", "hanakodt", "ichirodt"] {
            let shown = says(&bank, &pc, language, user, &["show"]);
            for words in lost[at] {
                assert!(shown.contains(words), "{words}: {shown}");
            }
            assert_eq!(shown.contains(expired[at]), user == "ichirodt", "{shown}");
        }
        // The master's own token has expired.
        let mut answers = bank.answers("ichirodt");
        answers["otp"] = json!("123456");
        let revoke = token("ichirodt", &["revoke", "shirodt", "--yes"]);
        let (code, refused) = pc.inkan_says_beside(language, &revoke, &answers);
        assert!(code == 1 && refused.contains("token_unusable"), "{refused}");
        for words in lost[at].into_iter().skip(1) {
            assert!(refused.contains(words), "{words}: {refused}");
        }
        // A general user is told who can.
        for act in [&["revoke", "shirodt", "--yes"][..], &["list"]] {
            let (code, refused) = pc.inkan_says_beside(language, &token("jirodt", act), &bank.answers("jirodt"));
            assert!(code == 1 && refused.contains("not_permitted") && refused.contains(only[at]), "{refused}");
        }
    }
}

/// S2-6, S2-2: by day, the next token works half an hour later, not before. The list has dashes from the revocation on,
/// and the time only until it has come.
#[test]
fn s2_6_s2_14_half_an_hour_by_day_lies_between_the_two_steps() {
    for (language, words, waits, dashes) in [
        (
            "ja",
            "から利用開始登録ができます",
            "から次の利用開始登録ができます",
            "シリアル番号：-・ワンタイムパスワード状態：失効中・ハードトークン有効期限：-",
        ),
        (
            "en",
            "Each can activate the next token from ",
            "the next token can be activated from ",
            "serial number: -, one-time password status: revoked, token expires: -",
        ),
    ] {
        let (day, japan) = past_day();
        let mut bank = Bank::starting_at("okmate", day.with_time(time!(10:00)).assume_offset(japan));
        let pc = Pc::with(&bank);
        let mut answers = bank.answers("hanakodt");
        answers["otp"] = json!(bank.otp("hanakodt", 0));
        let (code, shown) = pc.inkan_says(language, &token("hanakodt", &["revoke", "ichirodt", "--yes"]), &answers);
        assert_eq!(code, 0, "{shown}");
        let from = listed(&bank, &pc, "ichirodt")["token"]["activation_from"].take();
        let (from, _) = written(&from, language);
        assert!(from.contains(" 10:3") && shown.contains(&from) && shown.contains(words), "{from}: {shown}");
        let list = says(&bank, &pc, language, "hanakodt", &["list"]);
        assert!(list.contains(dashes) && list.contains(waits) && list.contains(&from), "{list}");

        let delivery = bank.data().join("delivery.csv");
        let csv = format!("serial,secret,expires,step,digits,digest\n73456789,{SECRET},2036-01-31,{STEP},6,sha1\n");
        std::fs::write(&delivery, csv).unwrap();
        bank.branch(&["tokens", "import", &delivery.display().to_string(), "--format", "csv"]);
        bank.branch(&["tokens", "hand-out", "73456789", "--contract", "demo", "--user", "ichirodt"]);
        let activate = |bank: &Bank| {
            let mut answers = bank.answers("ichirodt");
            answers["token_serial"] = json!("73456789");
            answers["otp"] = json!(bank.shown_by(SECRET, STEP, 0));
            pc.inkan(&token("ichirodt", &["activate"]), Some(answers))
        };
        let renew = |bank: &Bank| {
            pc.inkan(&["bank", "remove", "okmate"], None).done();
            pc.inkan(&["bank", "add", bank.portal(), "--ca", &bank.ca().display().to_string()], None).done();
        };
        bank.restart_at(day.with_time(time!(10:28)).assume_offset(japan));
        renew(&bank);
        assert_eq!(activate(&bank).problem()["code"], "token_activation_too_early");
        bank.restart_at(day.with_time(time!(10:45)).assume_offset(japan));
        renew(&bank);
        let list = says(&bank, &pc, language, "hanakodt", &["list"]);
        assert!(list.contains(dashes) && !list.contains(waits), "the time has come: {list}");
        let active = activate(&bank).done();
        assert_eq!((&active["state"], &active["serial"]), (&json!("active"), &json!("73456789")));
    }
}

/// S1-12, S2-15, S2-16: the page of the activation by the bank's own name, what to look at on the token, when to skip.
#[test]
fn s1_12_s2_15_s2_16_the_token_is_activated_at_the_terminal() {
    let words = [
        [
            "ワンタイムパスワード利用開始登録",
            "ハードトークンに記載されているシリアル番号と、表示されているワンタイムパスワードを入力してください。",
            "トークンの裏面の有効期限が「01/31/25」（2025年1月31日）以降であることを確認してください。",
            "お手持ちのハードトークンが働いていない場合や、まだ利用開始登録を行わない場合は、登録を省略できます。",
            "次回ログイン時に、利用開始登録ができます。",
        ],
        [
            "One-time password activation",
            "Enter the serial number on the hardware token, and the one-time password that it shows.",
            "Check the date on the back of the token: it must be 01/31/25 (31 Jan 2025) or later.",
            "If your token does not work, or if you do not want to activate it yet, you can skip this.",
            "The next login asks you again.",
        ],
    ];
    let questions = [
        [
            "シリアル番号（トークンの裏面上部に記載された8～12桁の番号、省略するときは空のまま）: ",
            "ワンタイムパスワード（トークンの液晶部分に表示されている6桁の数字）: ",
        ],
        [
            "Serial number (the 8 to 12 digits at the top of the back of the token; empty to skip): ",
            "One-time password (the 6 digits on the display of the token): ",
        ],
    ];
    let done = [
        ["✓ ハードトークンの利用開始登録が完了しました", "ハードトークン：サービス利用中・シリアル番号 43456789"],
        ["✓ The hardware token is activated", "in use, serial 43456789"],
    ];
    let unknown = ["8～12桁", "8 to 12 digits"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let login = ["login", "--bank", "okmate", "--user", "shirodt"];
        let mut first = bank.answers("shirodt");
        first["new_login_password"] = json!("Shiro2027");
        first["new_confirmation_password"] = json!("Kakunin99");
        pc.inkan(&login, Some(first)).done();
        let [serial, otp] = questions[at];
        // A serial number that the branch has not sent is refused, with the place where the right one stands.
        let turns = [(LOGIN_PASSWORD[at], "Shiro2027"), (serial, "99999999"), (otp, "123456")];
        let (code, shown) = said(&pc, language, &login, &turns);
        assert!(code == Some(1) && shown.contains("token_serial_unknown") && shown.contains(unknown[at]), "{shown}");
        // Without a person, each missing answer is named.
        let mut answers = json!({ "login_password": "Shiro2027" });
        for missing in ["token_serial", "otp"] {
            let refused = pc.inkan_in(language, &token("shirodt", &["activate"]), Some(answers.clone())).problem();
            assert_eq!(refused["code"], "answer_missing");
            assert!(refused["detail"].as_str().unwrap().contains(missing), "{refused}");
            answers[missing] = json!("43456789");
        }
        // It is offered again, until it is done.
        let mut terminal = at_terminal(&pc, language, &login);
        dialogue(&mut terminal, &[(LOGIN_PASSWORD[at], "Shiro2027")]);
        for words in words[at] {
            terminal.wait_for(words);
        }
        let now = bank.otp("shirodt", 0);
        dialogue(&mut terminal, &[(serial, "43456789"), (otp, &now)]);
        let (ended, shown) = terminal.end();
        for words in done[at] {
            assert!(ended.success() && shown.contains(words), "{words}: {shown}");
        }
    }
}

/// S2-1: the engraved date chooses the tokens that are replaced.
#[test]
fn s2_1_tokens_are_listed_by_their_engraved_date() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let (_, engraved) = written(&listed(&bank, &pc, "ichirodt")["token"]["expires"], "ja");
    for language in LANGUAGES {
        let list = says(&bank, &pc, language, "hanakodt", &["list", "--expires-by", &engraved]);
        assert!(list.contains("ichirodt") && list.contains(&engraved), "{list}");
        for other in ["hanakodt", "jirodt", "shirodt"] {
            assert!(!list.contains(other), "{other}: {list}");
        }
    }
    let none = pc.inkan(&token("hanakodt", &["list", "--expires-by", "2020-05-31"]), Some(bank.answers("hanakodt")));
    assert_eq!(none.done(), json!([]));
    for (language, words) in [("ja", "05/32/20"), ("en", "05/32/20")] {
        let list = token("hanakodt", &["list", "--expires-by", "05/32/20"]);
        let (code, refused) = pc.inkan_says_beside(language, &list, &json!({}));
        assert!(code == 2 && refused.contains(words), "{refused}");
    }
}
