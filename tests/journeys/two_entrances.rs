//! The bank with contract numbers and two entrances: four fields to acquire, and each certificate at its own entrance.

use inkan_journeys::{Bank, Pc};
use serde_json::{Value, json};

const USERS: &str = "利用者ログイン (users)";
const ADMINISTRATORS: &str = "管理者ログイン (administrators)";

fn with(mut answers: Value, more: Value) -> Value {
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

/// Puts the certificates of the administrator and of a user on one PC.
fn both() -> (Bank, Pc, Value, Value) {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let administrator = pc.acquire(&bank, "kanrisya");
    let answers = with(bank.answers("riyousya"), json!({ "otp": bank.otp("riyousya", 0) }));
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
    let user = pc.inkan(&acquire, Some(answers)).done()["certificate"].take();
    (bank, pc, administrator, user)
}

#[test]
fn s3_10_s3_15_acquiring_takes_the_contract_number() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
    let password = json!({ "login_password": bank.secret("riyousya", "login_password") });
    let refused = pc.inkan(&acquire, Some(password.clone())).problem();
    assert_eq!(refused["code"], "answer_missing");
    assert!(refused["detail"].as_str().unwrap().contains("contract_id"), "{refused}");
    for wrong in ["9876543", "0000987654x"] {
        let refused = pc.inkan(&acquire, Some(with(password.clone(), json!({ "contract_id": wrong })))).problem();
        assert_eq!(refused["code"], "contract_number_invalid");
        assert!(refused["detail"].as_str().unwrap().starts_with("契約者IDは11桁"), "the bank's own word: {refused}");
    }
    // The number of another contract with a right password gets the same answer as a wrong password.
    let other = with(password.clone(), json!({ "contract_id": "00009876544", "otp": bank.otp("riyousya", 0) }));
    assert_eq!(pc.inkan(&acquire, Some(other)).problem()["code"], "login_failed");
    pc.assert_empty();

    let answers = with(bank.answers("riyousya"), json!({ "otp": bank.otp("riyousya", 0) }));
    let acquired = pc.inkan(&acquire, Some(answers)).done();
    assert_eq!(acquired["certificate"]["name"], "00009876543 riyousya 1635");
    assert_eq!(acquired["old"], json!([]));
    let [(label, _)] = &pc.certutil_certificates()[..] else { panic!("one certificate") };
    assert_eq!(label, "00009876543 riyousya 1635 (ご契約先 法人IB)");
}

#[test]
fn s3_16_s3_18_each_certificate_at_its_own_entrance() {
    let (bank, pc, administrator, user) = both();
    assert_eq!(administrator["name"], "00009876543 1635");
    let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
    let login = |row: &Value, who: &str, entrance: &[&str]| {
        let certificate = id(row);
        let arguments = [&["login", "--bank", "keiyaku", "--certificate", &certificate], entrance].concat();
        pc.inkan(&arguments, Some(bank.answers(who)))
    };
    // Without `--entrance`, the first entrance that accepts the certificate is taken.
    let entered = login(&administrator, "kanrisya", &[]).done();
    assert_eq!((&entered["entrance"], &entered["person"]["id"]), (&json!("administrators"), &json!("kanrisya")));
    let entered = login(&user, "riyousya", &[]).done();
    assert_eq!((&entered["entrance"], &entered["person"]["id"]), (&json!("users"), &json!("riyousya")));

    let refused = login(&administrator, "kanrisya", &["--entrance", "users"]).problem();
    assert_eq!(refused["code"], "certificate_of_other_entrance");
    assert!(refused["detail"].as_str().unwrap().contains(USERS), "{refused}");
    assert!(refused["next"].as_str().unwrap().contains(ADMINISTRATORS), "{refused}");
    let refused = login(&user, "riyousya", &["--entrance", "administrators"]).problem();
    assert!(refused["next"].as_str().unwrap().contains(USERS), "{refused}");
    let refused = login(&user, "riyousya", &["--entrance", "cellar"]).problem();
    assert_eq!(refused["code"], "entrance_unknown");
    assert!(refused["detail"].as_str().unwrap().contains("users, administrators"), "{refused}");

    // With two certificates, the entrance alone decides which one is meant.
    let at = ["login", "--bank", "keiyaku", "--entrance", "administrators"];
    assert_eq!(pc.inkan(&at, Some(bank.answers("kanrisya"))).done()["person"]["id"], "kanrisya");
    let listed = pc.inkan(&["certificates", "list", "--bank", "keiyaku", "--entrance", "users"], None).done();
    let reasons: Vec<_> = listed.as_array().unwrap().iter().map(|row| row["reasons"].clone()).collect();
    assert_eq!(reasons, [json!([]), json!(["not_of_this_entrance"])]);
}

#[test]
fn s3_16_the_only_certificate_is_of_the_other_entrance() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "kanrisya");
    let login = ["login", "--bank", "keiyaku", "--entrance", "users"];
    let refused = pc.inkan_in("en", &login, Some(bank.answers("kanrisya"))).problem();
    assert_eq!(refused["code"], "certificate_of_other_entrance");
    assert!(refused["next"].as_str().unwrap().contains("Administrator login (administrators)"), "{refused}");
}

#[test]
fn s3_14_s3_18_id_and_password_open_neither_entrance() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    for user in ["kanrisya", "riyousya"] {
        let login = ["login", "--bank", "keiyaku", "--user", user];
        let refused = pc.inkan(&login, Some(bank.answers(user))).problem();
        assert_eq!(refused["code"], "id_password_not_allowed", "{user}");
    }
    // A wrong password is neither sent nor counted at this entrance.
    let wrong = with(bank.answers("riyousya"), json!({ "login_password": "Chigau2026" }));
    let login = ["login", "--bank", "keiyaku", "--user", "riyousya"];
    assert_eq!(pc.inkan(&login, Some(wrong)).problem()["code"], "id_password_not_allowed");
}

#[test]
fn s3_18_the_entrances_are_listed() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let listed = pc.inkan(&["bank", "list"], None).done();
    let ids: Vec<_> = listed[0]["entrances"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, ["users", "administrators"]);
    let (_, said) = pc.inkan_says("ja", &["bank", "list"], &json!({}));
    assert!(said.contains("--entrance administrators  管理者ログイン"), "{said}");
}

#[test]
fn s3_9_who_has_activated_no_token_does_so_while_acquiring() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "S0001"];
    let otp = json!({ "otp": bank.otp("S0001", 0) });
    let refused = pc.inkan(&acquire, Some(with(bank.answers("S0001"), otp.clone()))).problem();
    assert_eq!(refused["code"], "token_not_active");
    for key in ["token_serial", "otp"] {
        assert!(refused["next"].as_str().unwrap().contains(key), "{refused}");
    }
    pc.assert_empty();
    let answers = with(with(bank.answers("S0001"), otp), json!({ "token_serial": "22345678" }));
    let acquired = pc.inkan(&acquire, Some(answers)).done();
    assert_eq!(acquired["certificate"]["name"], "00009876543 S0001 1635");
    // S1-7: the first login still changes the PIN, and asks for no confirmation PIN, which users of this bank do not
    // have.
    let change = with(bank.answers("S0001"), json!({ "new_login_password": "Niban2027" }));
    let entered = pc.inkan(&["login", "--bank", "keiyaku"], Some(change)).done();
    assert_eq!((&entered["token"]["state"], &entered["token"]["serial"]), (&json!("active"), &json!("22345678")));
}

#[test]
fn s3_9_riyousya_needs_the_one_time_password_to_acquire() {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "keiyaku", "--user", "riyousya"];
    let missing = pc.inkan(&acquire, Some(bank.answers("riyousya"))).problem();
    let wrong = pc.inkan(&acquire, Some(with(bank.answers("riyousya"), json!({ "otp": "000000" })))).problem();
    assert_eq!((&missing["code"], &wrong["code"]), (&json!("otp_required"), &json!("otp_wrong")));
    pc.assert_empty();
}

/// S3-18: an entrance that no password can open is refused before a password is asked for.
#[test]
fn s3_18_an_entrance_that_is_not_there_is_refused_before_the_password() {
    let (bank, pc, ..) = both();
    let none = || Some(json!({ "contract_id": bank.contract() }));
    for language in ["ja", "en"] {
        for more in [&["--user", "riyousya"][..], &[]] {
            let login = [&["login", "--bank", "keiyaku", "--entrance", "nowhere"], more].concat();
            let refused = pc.inkan_in(language, &login, none()).problem();
            assert_eq!(refused["code"], "entrance_unknown", "{refused}");
            assert!(refused["detail"].as_str().unwrap().contains("users, administrators"), "{refused}");
        }
        let refused = pc.inkan_in(language, &["login", "--bank", "keiyaku", "--user", "riyousya"], none()).problem();
        assert_eq!(refused["code"], "id_password_not_allowed", "{refused}");
        let words = if language == "ja" { "この銀行では" } else { "At this bank you log in with a certificate" };
        assert!(refused["detail"].as_str().unwrap().contains(words), "{refused}");
    }
    let okmate = Bank::start();
    let pc = Pc::with(&okmate);
    let login = ["login", "--bank", "okmate", "--user", "hanakodt", "--entrance", "nowhere"];
    assert_eq!(pc.inkan(&login, Some(json!({}))).problem()["code"], "entrance_unknown");
}
