//! Tests what the terminal says about a certificate that cannot be used, and about one that is already on this PC.

use inkan_journeys::{Authority, Bank, EXPIRED, Pc};
use serde_json::json;

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// An expired certificate is here: the terminal does not say that there is none, and asks for no password for it.
#[test]
fn an_expired_certificate_is_not_said_to_be_missing() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.inkan(&["certificates"], None).done();
    pc.take_in(&Authority::of(&bank).client("hanakodt", EXPIRED));
    let words = [["有効期限が切れています", "使える電子証明書がありません"], ["has expired", "No certificate"]];
    for (language, [right, wrong]) in LANGUAGES.into_iter().zip(words) {
        let commands: [&[&str]; 3] = [
            &["login", "--bank", "okmate"],
            &["users", "--bank", "okmate", "list"],
            &["token", "--bank", "okmate", "show"],
        ];
        for arguments in commands {
            let (code, shown) = said(&pc, language, arguments, &[]);
            assert_eq!(code, Some(1), "{arguments:?}: {shown}");
            assert!(shown.contains(right) && shown.contains("hanakodt"), "{arguments:?}: {shown}");
            assert!(!shown.contains(wrong) && !LOGIN_PASSWORD.iter().any(|asked| shown.contains(asked)), "{shown}");
        }
        let (_, listed) = said(&pc, language, &["certificates"], &[]);
        assert!(listed.contains(["有効期限が切れて", "Expired"][usize::from(language == "en")]), "{listed}");
    }
}

/// M2, M10: the working certificate is named as such before it is deleted. After that it is known as revoked.
#[test]
fn a_certificate_that_still_works_is_not_deleted_unawares() {
    let words =
        [["まだログインに使えます", "再発行", "削除しますか"], ["can still be used to log in", "reissue", "Go on?"]];
    let revoked = ["銀行で失効されています", "Revoked by the bank"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let pc = Pc::with(&bank);
        let id = pc.acquire(&bank, "ichirodt")["id"].as_str().unwrap().to_owned();
        let (code, shown) = said(&pc, language, &["certificates", "delete", &id, &id], &[(words[at][2], "")]);
        assert_eq!(code, Some(1), "{shown}");
        for words in words[at] {
            assert_eq!(shown.matches(words).count(), 1, "{words}: {shown}");
        }
        assert_eq!(pc.certutil_keys(), 1);

        let revoke = ["users", "--bank", "okmate", "certificate", "ichirodt", "--revoke", "--yes"];
        pc.inkan(&revoke, Some(bank.answers("ichirodt"))).done();
        let (_, listed) = said(&pc, language, &["certificates"], &[]);
        assert!(listed.contains(revoked[at]) && !listed.contains('○'), "{listed}");
        let (_, shown) = said(&pc, language, &["certificates", "delete", &id], &[(words[at][2], "y")]);
        assert!(!shown.contains(words[at][0]), "{shown}");
        pc.assert_empty();
    }
}

/// S3-14: the terminal sends no one to a way to log in that the bank does not have.
#[test]
fn where_no_certificate_is_here_only_the_banks_own_ways_are_named() {
    for (name, named) in [("keiyaku", false), ("okmate", true)] {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        for (language, words) in LANGUAGES.into_iter().zip(["IDとパスワードで", "ID and password"]) {
            let (code, shown) = said(&pc, language, &["login", "--bank", name], &[]);
            assert!(code == Some(1) && shown.contains("no_usable_certificate"), "{shown}");
            assert_eq!(shown.contains(words), named, "{shown}");
        }
    }
}

/// M2: a certificate that is already on this PC is named as such, and can be used.
#[test]
fn a_second_acquisition_on_the_same_pc_says_where_the_certificate_is() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let password = bank.secret("hanakodt", "login_password");
    let words = [
        ["すでにこのパソコンにあります", "まで使えます", "その電子証明書でログインしてください"],
        ["on this PC already", "valid until", "Log in with it"],
    ];
    for ((language, words), login) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
        for user in ["hanakodt", "ｈａｎａｋｏｄｔ"] {
            let acquire = ["acquire", "--bank", "okmate", "--user", user];
            let (code, shown) = said(&pc, language, &acquire, &[(login, &password)]);
            assert_eq!(code, Some(1), "{shown}");
            for words in words {
                assert!(shown.contains(words), "{words}: {shown}");
            }
        }
        let (code, shown) = said(&pc, language, &["login", "--bank", "okmate"], &[(login, &password)]);
        assert!(code == Some(0) && ["(hanakodt)", "（hanakodt）"].iter().any(|id| shown.contains(id)), "{shown}");
    }
    assert_eq!(pc.certutil_keys(), 1, "nothing was made");
    assert_eq!(pc.inkan(&["certificates"], None).done()[0]["id"], row["id"]);
}

/// S3-9, S3-12: a user who has a token is asked for the one-time password, after the other fields.
#[test]
fn s3_12_an_administrator_without_a_token_is_asked_for_no_one_time_password() {
    // The questions use the bank's own words.
    let questions = [
        ("契約者ID:", "利用者暗証番号: ", "ワンタイムパスワード: "),
        ("Contract ID:", "User PIN: ", "One-time password: "),
    ];
    for (language, (contract, login, otp)) in LANGUAGES.into_iter().zip(questions) {
        let bank = Bank::start_with("keiyaku");
        let number = bank.contract().unwrap().to_owned();
        let pc = Pc::with(&bank);
        let password = bank.secret("kanrisya", "login_password");
        // A contract number that cannot be right is asked for once more, before any password.
        let turns = [(contract, "123"), (contract, number.as_str()), (login, &password)];
        let acquire = ["acquire", "--bank", "keiyaku", "--user", "kanrisya"];
        let (code, shown) = said(&pc, language, &acquire, &turns);
        assert!(code == Some(0) && !shown.contains(otp), "{shown}");

        let (password, shown_now) = (bank.secret("riyousya", "login_password"), bank.otp("riyousya", 0));
        let turns = [(contract, number.as_str()), (login, &password), (otp, &shown_now)];
        let (code, shown) = said(&pc, language, &["acquire", "--bank", "keiyaku", "--user", "riyousya"], &turns);
        assert_eq!(code, Some(0), "{shown}");
        assert_eq!(pc.certutil_keys(), 2);
    }
}

/// S1-3: with a certificate, the ID cannot be wrong.
#[test]
fn s1_3_a_wrong_password_with_a_certificate_is_the_password() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    // S1-1: the message also says whose password was compared.
    let words = [
        ["ログインパスワードが違います。電子証明書「hanakodt」から", "ログインIDか"],
        [
            "The login password is not right. It was compared with that of the login ID in the certificate hanakodt.",
            "The login ID or",
        ],
    ];
    for ((language, [right, wrong]), login) in LANGUAGES.into_iter().zip(words).zip(LOGIN_PASSWORD) {
        let turns = [(login, "Chigau2026")];
        let (_, with_certificate) = said(&pc, language, &["login", "--bank", "okmate"], &turns);
        assert!(with_certificate.contains(right) && !with_certificate.contains(wrong), "{with_certificate}");
        let (_, with_id) = said(&pc, language, &["login", "--bank", "okmate", "--user", "jirodt"], &turns);
        assert!(with_id.contains(wrong), "{with_id}");
    }
    pc.inkan(&["login", "--bank", "okmate"], Some(json!({ "login_password": "Hanako2026" }))).done();
}

/// S1-5: the terminal says where a certificate works: after the acquisition, and on a PC that has none.
#[test]
fn s1_5_a_certificate_works_on_the_pc_that_acquired_it_and_inkan_says_so() {
    let words = [
        (
            "電子証明書を取得したパソコンでないと、その電子証明書でのログインはできません。",
            "電子証明書は、取得したパソコンでだけ使えます。",
        ),
        (
            "Only the PC that got a certificate can log in with it.",
            "A certificate can be used only on the PC that got it.",
        ),
    ];
    let bank = Bank::start();
    for ((language, (acquired, none)), user) in LANGUAGES.into_iter().zip(words).zip(["hanakodt", "jirodt"]) {
        let pc = Pc::with(&bank);
        let acquire = ["acquire", "--bank", "okmate", "--user", user];
        let (code, said) = pc.inkan_says(language, &acquire, &bank.answers(user));
        assert!(code == 0 && said.contains(acquired), "{said}");
        let other = Pc::with(&bank);
        let (code, said) = other.inkan_says_beside(language, &["login", "--bank", "okmate"], &bank.answers(user));
        assert!(code == 1 && said.contains(none), "{said}");
    }
}
