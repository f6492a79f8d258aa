//! The guide at the terminal of a user whose old PC is gone: another user of the company revokes on their own PC.

use inkan_journeys::{Bank, Pc};

use super::{LANGUAGES, LOGIN_PASSWORD, said};

/// A user who changes PC, and the user who helps.
struct Helped {
    role: &'static str,
    user: &'static str,
    helper: &'static str,
    /// What the guide says about the request, in the order of [`LANGUAGES`].
    asks: [&'static str; 2],
    /// Whose confirmation password is needed, in the order of [`LANGUAGES`].
    password: [&'static str; 2],
    /// What the guide does not say, in the order of [`LANGUAGES`].
    wrong: [&'static str; 2],
}

/// Goes the whole way in both languages: the guide names the helper and what the helper does, the helper revokes, and
/// the guide goes on.
fn goes_the_whole_way(helped: &Helped) {
    let Helped { role, user, helper, asks, password, wrong } = helped;
    let does = [
        format!("依頼された方は、OKメイト・WEB にログインし、利用者の一覧から {user} を開いて、電子証明書を失効します"),
        format!("The person you ask logs in to OKmate WEB, opens {user} in the list of users, and revokes"),
    ];
    let needs = ["ログインID・ログインパスワードが必要です", "This needs Login ID, Login password"];
    let at_last = [
        "新しいパソコンでログインできたあと、古いパソコンから古い電子証明書を削除してください",
        "delete the old certificate from it once you have logged in on the new PC",
    ];
    let nothing_left = ["残っていることはありません", "Nothing is left to do"];
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let bank = Bank::start();
        let [old, new, theirs] = [(); 3].map(|()| Pc::with(&bank));
        old.acquire(&bank, user);
        let guide = [
            "change-pc",
            "--bank",
            "okmate",
            "--method",
            "certificate",
            "--role",
            role,
            "--old-pc",
            "gone",
            "--other-administrator",
            "yes",
            "--user",
            user,
        ];
        let own = bank.secret(user, "login_password");
        let turn = (LOGIN_PASSWORD[at], own.as_str());
        let (code, shown) = said(&new, language, &guide, &[turn]);
        assert_eq!(code, Some(0), "{shown}");
        // The way by the bank's own command, for a helper at a terminal.
        let command = format!("inkan users --bank okmate certificate {user} --revoke");
        for words in [asks[at], password[at], &does[at], &command, needs[at], at_last[at]] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!shown.contains(wrong[at]), "{shown}");
        new.assert_empty();

        // S0-6: the helper's own confirmation password.
        let [login, confirmation] = ["login_password", "confirmation_password"].map(|name| bank.secret(helper, name));
        let revoke = ["users", "--bank", "okmate", "--user", helper, "certificate", user, "--revoke"];
        let turns = [
            (LOGIN_PASSWORD[at], login.as_str()),
            (["失効しますか", "Revoke the certificate of"][at], "y"),
            (["確認用パスワード: ", "Confirmation password: "][at], &confirmation),
        ];
        let (code, shown) = said(&theirs, language, &revoke, &turns);
        assert_eq!(code, Some(0), "{shown}");

        // S0-7: the user's own login password, for the acquisition and for the login.
        let (code, shown) = said(&new, language, &guide, &[turn, turn]);
        assert_eq!(code, Some(0), "{shown}");
        for words in [nothing_left[at], at_last[at]] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert_eq!(new.certutil_keys(), 1);
    }
}

#[test]
fn s0_10_a_master_whose_old_pc_is_gone_is_helped_by_an_administrator() {
    goes_the_whole_way(&Helped {
        role: "master",
        user: "ichirodt",
        helper: "hanakodt",
        asks: [
            "[依頼された方のパソコン] 管理者ユーザに依頼し、ご自身の電子証明書を失効してもらいます",
            "[their PC] Have your certificate revoked by: administrator.",
        ],
        password: [
            "管理者ユーザの確認用パスワードが必要です",
            "This needs the Confirmation password of the administrator",
        ],
        wrong: ["マスターユーザまたは", "master user or"],
    });
}

#[test]
fn s0_13_an_administrator_whose_old_pc_is_gone_is_helped_by_the_master() {
    goes_the_whole_way(&Helped {
        role: "administrator",
        user: "hanakodt",
        helper: "ichirodt",
        asks: [
            "マスターユーザまたは他の管理者ユーザに依頼し",
            "Have your certificate revoked by: master user or another administrator.",
        ],
        password: ["依頼された方の確認用パスワードが必要です", "This needs their own Confirmation password"],
        wrong: ["行えません", "cannot revoke"],
    });
}

#[test]
fn s0_14_a_general_user_reads_that_another_must_revoke() {
    goes_the_whole_way(&Helped {
        role: "general",
        user: "jirodt",
        helper: "hanakodt",
        asks: [
            "一般ユーザは電子証明書の失効操作は行えません。マスターユーザまたは管理者ユーザに依頼し",
            "The role “General user” cannot revoke certificates. Have your certificate revoked by: master user or \
             administrator.",
        ],
        password: ["依頼された方の確認用パスワードが必要です", "This needs their own Confirmation password"],
        wrong: ["他の管理者ユーザ", "another administrator"],
    });
}
