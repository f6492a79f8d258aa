//! The guide at the terminal from its first line to its last, and the class of the user who logs in.

use inkan_journeys::{Bank, Pc};

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// The question for the confirmation password, in the order of [`LANGUAGES`].
const CONFIRMATION: [&str; 2] = ["確認用パスワード: ", "Confirmation password: "];

/// What the acquisition needs (S0-7), in the order of [`LANGUAGES`].
const NEEDS: [&str; 2] = ["ログインID・ログインパスワードが必要です", "This needs Login ID, Login password"];

#[test]
fn s0_2_the_first_step_names_the_supported_environment_if_the_bank_does() {
    let environment = [
        "新しいパソコンのOS・ブラウザーが「OKメイト・WEB」の推奨環境であることをご確認ください。推奨環境はこちら：\
         https://bank.example/okmate/requirements",
        "Make sure that OKmate WEB supports the operating system and the browser of the new PC. Supported environment: \
         https://bank.example/okmate/requirements",
    ];
    for (name, role, names_it) in [("okmate", "master", true), ("keiyaku", "user", false)] {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        let guide = [
            "change-pc",
            "--bank",
            name,
            "--method",
            "certificate",
            "--role",
            role,
            "--old-pc",
            "works",
            "--other-administrator",
            "yes",
        ];
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            let (code, shown) = said(&pc, language, &guide, &[(["ログインID:", "Login ID:"][at], "")]);
            assert_eq!(code, Some(0), "{shown}");
            if names_it {
                assert!(shown.contains(environment[at]), "{shown}");
            } else {
                let word = ["推奨環境", "upported environment"][at];
                assert!(!shown.contains(word) && !shown.contains("requirements"), "{shown}");
            }
        }
    }
}

/// S0-5: the badge stands before the name. The question for the role says so.
#[test]
fn s0_5_the_badge_and_the_class_of_who_is_logged_in_are_shown() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let people = [
        ("ichirodt", ["（マ）ゲータ 一郎 様（ichirodt）マスターユーザ", "(M) ゲータ 一郎 (ichirodt), Master user"]),
        ("hanakodt", ["（管）ゲータ 花子 様（hanakodt）管理者ユーザ", "(A) ゲータ 花子 (hanakodt), Administrator"]),
        ("jirodt", ["（般）ゲータ 二郎 様（jirodt）一般ユーザ", "(G) ゲータ 二郎 (jirodt), General user"]),
    ];
    for (user, words) in people {
        let password = bank.secret(user, "login_password");
        for (at, language) in LANGUAGES.into_iter().enumerate() {
            let login = ["login", "--bank", "okmate", "--user", user];
            let (code, shown) = said(&pc, language, &login, &[(LOGIN_PASSWORD[at], &password)]);
            assert!(code == Some(0) && shown.contains(words[at]), "{shown}");
            assert!(shown.contains("ゲータ商事株式会社"), "{shown}");
        }
    }
    let questions =
        [("ログインの方式の番号", "利用者区分の番号"), ("Number of the way you log in", "Number of your role")];
    let told = [
        "利用者区分は、OKメイト・WEB にログインすると、利用者名の前の表示（マ・管・般）で確認できます",
        "After login to OKmate WEB, the badge before your name (M, A, G) shows your role",
    ];
    let choices = [
        ["マスターユーザ（マ）", "管理者ユーザ（管）", "一般ユーザ（般）"],
        ["Master user (M)", "Administrator (A)", "General user (G)"],
    ];
    for (at, (method, role)) in questions.into_iter().enumerate() {
        let turns = [(method, "1"), (role, "\u{4}")];
        let (code, shown) = said(&pc, LANGUAGES[at], &["change-pc", "--bank", "okmate"], &turns);
        assert!(code == Some(1) && shown.contains(told[at]), "{shown}");
        for choice in choices[at] {
            assert!(shown.contains(choice), "{choice}: {shown}");
        }
    }
}

#[test]
fn s0_12_an_administrator_moves_with_both_pcs_at_hand() {
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let (old, new) = (Pc::with(&bank), Pc::with(&bank));
        old.acquire(&bank, "hanakodt");
        let guide = |this_pc| {
            [
                "change-pc",
                "--bank",
                "okmate",
                "--method",
                "certificate",
                "--role",
                "administrator",
                "--old-pc",
                "works",
                "--other-administrator",
                "yes",
                "--user",
                "hanakodt",
                "--this-pc",
                this_pc,
            ]
        };
        let [login, confirmation] =
            ["login_password", "confirmation_password"].map(|name| bank.secret("hanakodt", name));
        let ready = [
            "新しいパソコンで OKメイト・WEB を使えることを、先に確かめましたか",
            "Have you made sure that the new PC is ready for OKmate WEB?",
        ];
        let turns = [
            (ready[at], "y"),
            (LOGIN_PASSWORD[at], login.as_str()),
            (["hanakodt の電子証明書を失効しますか", "Revoke the certificate of hanakodt?"][at], "y"),
            (CONFIRMATION[at], &confirmation),
            (["削除しますか", "will be deleted for good. Go on?"][at], "y"),
        ];
        let (code, shown) = said(&old, language, &guide("old"), &turns);
        assert_eq!(code, Some(0), "{shown}");
        let own = ["OKメイト・WEB にログインし、ご自身の電子証明書を失効します", "Log in to OKmate WEB and revoke"];
        assert!(shown.contains(own[at]) && shown.contains(NEEDS[at]), "{shown}");
        old.assert_empty();
        let turn = (LOGIN_PASSWORD[at], login.as_str());
        let (code, shown) = said(&new, language, &guide("new"), &[turn, turn]);
        assert_eq!(code, Some(0), "{shown}");
        let left = ["古いパソコンから古い電子証明書を削除します", "Delete the old certificate from the old PC"];
        let after = shown.rsplit(["残っていること", "Still to do"][at]).next().unwrap();
        assert!(after.contains(left[at]) && !after.contains(NEEDS[at]), "only the old PC's step is left: {shown}");
        assert_eq!(new.certutil_keys(), 1);
    }
}

/// S0-11: the branch has revoked and reported, and the guide goes on.
#[test]
fn j5_who_stands_alone_goes_on_after_the_report_of_the_branch() {
    let paper = [
        ["失効届を印刷し、記入・押印してお取引店に提出します", "お取引店が電子証明書を失効し、完了を連絡します"],
        ["stamp it and hand it in at your home branch", "Your home branch revokes the certificate and tells you"],
    ];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let (old, new) = (Pc::with(&bank), Pc::with(&bank));
        old.acquire(&bank, "ichirodt");
        let guide = [
            "change-pc",
            "--bank",
            "okmate",
            "--method",
            "certificate",
            "--role",
            "master",
            "--old-pc",
            "gone",
            "--other-administrator",
            "no",
            "--user",
            "ichirodt",
        ];
        let login = bank.secret("ichirodt", "login_password");
        let turn = (LOGIN_PASSWORD[at], login.as_str());
        let (code, shown) = said(&new, language, &guide, &[turn]);
        assert_eq!(code, Some(0), "{shown}");
        for words in paper[at].into_iter().chain([NEEDS[at]]) {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        new.assert_empty();
        bank.branch(&["certificates", "revoke", "--user", "ichirodt"]);
        let (code, shown) = said(&new, language, &guide, &[turn, turn]);
        assert_eq!(code, Some(0), "{shown}");
        let nothing_left = ["残っていることはありません", "Nothing is left to do"];
        assert!(shown.contains(nothing_left[at]), "{shown}");
        assert_eq!(new.certutil_keys(), 1);
    }
}
