//! Tests which certificate a login uses, what Inkan remembers of it, and what the clean-up may delete.

use std::path::Path;
use std::process::{Command, Stdio};

use inkan_journeys::{
    Authority, Bank, ClientCertificates, EXPIRED, Nginx, Outcome, Pc, VALID, Wanted, clock_ahead, program,
};
use serde_json::{Value, json};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

fn passwords(bank: &Bank, user: &str) -> Value {
    json!({
        "login_password": bank.secret(user, "login_password"),
        "confirmation_password": bank.secret(user, "confirmation_password"),
    })
}

fn revoke(bank: &Bank, pc: &Pc, user: &str) {
    let revoke = ["users", "--bank", "okmate", "--user", "ichirodt", "certificate", user, "--revoke", "--yes"];
    pc.inkan(&revoke, Some(passwords(bank, "ichirodt"))).done();
}

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn s1_1_a_choice_is_remembered_shown_forgotten_and_dropped_when_refused() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let hanako = pc.acquire(&bank, "hanakodt");
    let jiro = pc.acquire(&bank, "jirodt");
    let login = ["login", "--bank", "okmate"];
    let whose = |answers: &Value| pc.inkan(&login, Some(answers.clone())).done()["person"]["id"].take();

    // anchors 15: if two certificates fit, Inkan does not guess.
    let undecided = pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem();
    assert_eq!(undecided["code"], "several_certificates");

    let chosen = ["login", "--bank", "okmate", "--certificate", hanako["id"].as_str().unwrap()];
    pc.inkan(&chosen, Some(passwords(&bank, "hanakodt"))).done();
    // The last choice is remembered for a person who sees it. Without a person, no password is sent for the certificate
    // of the last login.
    let unguessed = pc.inkan(&login, Some(passwords(&bank, "jirodt"))).problem();
    assert_eq!(unguessed["code"], "several_certificates");
    let listed = pc.inkan(&["certificates"], None).done();
    let shown: Vec<_> = listed.as_array().unwrap().iter().filter(|row| row["last_used"] == true).collect();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["id"], hanako["id"]);

    pc.inkan(&["certificates", "forget", "--bank", "okmate"], None).done();
    let listed = pc.inkan(&["certificates"], None).done();
    assert!(listed.as_array().unwrap().iter().all(|row| row["last_used"] == false), "{listed}");

    // anchors 18: a remembered choice that the bank refuses is not tried again without a question.
    pc.inkan(&chosen, Some(passwords(&bank, "hanakodt"))).done();
    revoke(&bank, &Pc::with(&bank), "hanakodt");
    assert_eq!(pc.inkan(&chosen, Some(passwords(&bank, "hanakodt"))).problem()["code"], "certificate_revoked");
    assert_eq!(whose(&passwords(&bank, "jirodt")), "jirodt");
    let listed = pc.inkan(&["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(ids(&listed), [jiro["id"].as_str().unwrap(), hanako["id"].as_str().unwrap()]);
}

#[test]
fn m10_cleaning_takes_the_dead_and_leaves_the_live_one_of_the_same_name() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt");
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]), "the only live one stays");
    revoke(&bank, &pc, "hanakodt");
    let login = ["login", "--bank", "okmate", "--certificate", old["id"].as_str().unwrap()];
    assert_eq!(pc.inkan(&login, Some(passwords(&bank, "hanakodt"))).problem()["code"], "certificate_revoked");
    let new = pc.acquire(&bank, "hanakodt");

    // anchors 17: certificates of equal names are distinguished.
    let listed = pc.inkan(&["certificates"], None).done();
    assert_eq!(ids(&listed), [new["id"].as_str().unwrap(), old["id"].as_str().unwrap()]);
    assert_eq!((&listed[0]["usable"], &listed[1]["usable"]), (&json!(true), &json!(false)));
    assert_eq!(listed[1]["reasons"][0], "revoked");
    assert_ne!(listed[0]["serial"], listed[1]["serial"]);
    assert_eq!(pc.certutil_keys(), 2);

    // Without --yes and without a person to ask, nothing is deleted.
    let proposed = pc.inkan(&["certificates", "clean"], None);
    assert_eq!(proposed.value["kept"], json!([]));
    assert_eq!(ids(&proposed.value["spent"]), [old["id"].as_str().unwrap()], "what would go is named");
    assert_eq!(proposed.value["spent"][0]["reasons"][0], "revoked", "and why");
    assert_eq!(proposed.problem()["code"], "answer_missing");
    for (language, why) in [("ja", "銀行で失効されています"), ("en", "Revoked by the bank")] {
        let said = said_beside(&pc, 0, language, &["certificates", "clean"]);
        assert!(said.contains(why), "{said}");
    }
    assert_eq!(pc.certutil_certificates().len(), 2);
    let cleaned = pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleaned, json!([{ "id": old["id"], "key": "gone" }]));
    assert_eq!(ids(&pc.inkan(&["certificates"], None).done()), [new["id"].as_str().unwrap()]);
    assert_eq!(pc.certutil_keys(), 1);
    pc.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).done();
    assert_eq!(pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
}

#[test]
fn a_certificate_of_another_bank_says_so() {
    let (here, elsewhere) = (Bank::start(), Bank::start());
    let pc = Pc::with(&here);
    pc.inkan(&["bank", "add", elsewhere.portal(), "--ca", &elsewhere.ca().display().to_string()], None).done();
    let row = pc.acquire(&here, "hanakodt");
    assert_eq!(row["bank"], "okmate");
    let reasons = |bank: &str| {
        let listed = pc.inkan(&["certificates", "list", "--bank", bank], None).done();
        listed[0]["reasons"].clone()
    };
    assert_eq!(reasons("okmate"), json!([]));
    assert_eq!(reasons("okmate-2"), json!(["not_of_this_bank"]));
    let login = ["login", "--bank", "okmate-2"];
    assert_eq!(pc.inkan(&login, Some(passwords(&elsewhere, "hanakodt"))).problem()["code"], "no_usable_certificate");
    // An unusable certificate is listed with its reason, not hidden. If it is chosen all the same, the bank refuses it.
    let forced = ["login", "--bank", "okmate-2", "--certificate", row["id"].as_str().unwrap()];
    let refused = pc.inkan(&forced, Some(passwords(&elsewhere, "hanakodt"))).problem();
    assert_eq!(refused["code"], "certificate_ca_unknown");
}

/// A site that accepts one CA, on a PC with certificates of that CA.
struct Site {
    pc: Pc,
    clients: Authority,
    _servers: Authority,
    _nginx: Nginx,
}

impl Site {
    fn start() -> Self {
        let [servers, clients] = ["Site Servers", "Site Clients"].map(Authority::new);
        let asked = ClientCertificates { authorities: clients.certificate(), crl: None, protocols: "TLSv1.2 TLSv1.3" };
        let nginx = Nginx::demanding(&servers.server(), &asked);
        let pc = Pc::new();
        pc.inkan(&["certificates"], None).done();
        let ca = servers.certificate().display().to_string();
        pc.inkan(&["bank", "add", &nginx.address(), "--site", "--ca", &ca], None).done();
        Self { pc, clients, _servers: servers, _nginx: nginx }
    }

    /// Puts a certificate of that user for these purposes on the PC.
    fn with(&self, name: &str, extensions: &[&str], validity: (&str, &str)) -> String {
        self.pc.take_in(&self.clients.issue(&Wanted { name, extensions, validity }))
    }

    fn reasons(&self, id: &str) -> Value {
        let rows = self.pc.inkan(&["certificates", "list", "--bank", "localhost"], None).done();
        rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["reasons"].clone()
    }
}

const LOGIN: &[&str] = &["extendedKeyUsage=clientAuth", "keyUsage=critical,digitalSignature"];
const MAIL: &[&str] = &["extendedKeyUsage=emailProtection", "keyUsage=critical,digitalSignature,keyEncipherment"];
const LATER: (&str, &str) = ("20210101000000Z", "20991231235959Z");
const NEXT_CENTURY: (&str, &str) = ("20980101000000Z", "20991231235959Z");

#[test]
fn m10_a_newer_certificate_that_cannot_log_in_takes_none_out_of_use() {
    let site = Site::start();
    let auth = site.with("hanako", LOGIN, VALID);
    site.with("hanako", MAIL, LATER);
    site.with("hanako", LOGIN, NEXT_CENTURY);
    // The certificate belongs to a namesake in another unit.
    let alternative = ["subjectAltName=email:hanako@example.jp", LOGIN[0], LOGIN[1]];
    site.with("hanako", &alternative, LATER);
    assert_eq!(site.reasons(&auth), json!([]));
    assert_eq!(site.pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
    assert_eq!(site.pc.certutil_keys(), 4);
}

#[test]
fn m10_what_opens_old_mail_or_is_of_another_program_is_never_cleared_away() {
    let site = Site::start();
    let old_mail = site.with("hanako", MAIL, EXPIRED);
    let everything = site.with("taro", &[], EXPIRED);
    let both = ["extendedKeyUsage=clientAuth,emailProtection", LOGIN[1]];
    let login_and_mail = site.with("jiro", &both, EXPIRED);
    let stranger = site.pc.take_in(&Authority::new("Another program").client("vpn", EXPIRED));
    let spent = site.with("saburo", LOGIN, EXPIRED);
    let cleaned = site.pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleaned, json!([{ "id": spent, "key": "gone" }]));
    let left = site.pc.inkan(&["certificates"], None).done();
    let mut left = ids(&left);
    left.sort_unstable();
    let mut expected = [&old_mail, &everything, &login_and_mail, &stranger].map(String::as_str);
    expected.sort_unstable();
    assert_eq!(left, expected);
    assert_eq!(site.pc.certutil_keys(), 4);
    // No site is left here that this certificate belongs to, so the clean-up does not propose it.
    site.with("shiro", LOGIN, EXPIRED);
    site.pc.inkan(&["bank", "remove", "localhost"], None).done();
    assert_eq!(site.pc.inkan(&["certificates", "clean", "--yes"], None).done(), json!([]));
}

#[test]
fn m2_after_a_reissue_on_the_same_pc_the_old_one_is_known_as_replaced() {
    let bank = Bank::start();
    let (pc, masters) = (Pc::with(&bank), Pc::with(&bank));
    let old = pc.acquire(&bank, "hanakodt");
    revoke(&bank, &masters, "hanakodt");
    // This PC does not know of the revocation.
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let acquired = pc.inkan(&acquire, Some(bank.answers("hanakodt"))).done();
    let new = &acquired["certificate"];
    assert_eq!(acquired["old"].as_array().unwrap().len(), 1, "{acquired}");
    assert_eq!((&acquired["old"][0]["id"], &acquired["old"][0]["reasons"]), (&old["id"], &json!(["superseded"])));

    let who = pc.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).done();
    assert_eq!(who["top"]["certificate"]["fingerprint_sha256"], new["id"], "a user need not choose between twins");
    let cleaned = pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert_eq!(cleaned, json!([{ "id": old["id"], "key": "gone" }]));
    assert_eq!(ids(&pc.inkan(&["certificates"], None).done()), [new["id"].as_str().unwrap()]);
}

#[test]
fn m2_a_second_acquisition_says_what_this_pc_knows_of_the_first() {
    let bank = Bank::start();
    let (pc, other) = (Pc::with(&bank), Pc::with(&bank));
    let row = pc.acquire(&bank, "hanakodt");
    let again = |pc: &Pc, language: &str| {
        let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
        let problem = pc.inkan_in(language, &acquire, Some(bank.answers("hanakodt"))).problem();
        assert_eq!(problem["code"], "certificate_already_issued");
        ["title", "detail", "next"].map(|part| problem[part].as_str().unwrap().to_owned())
    };
    let says = |said: &[String; 3], words: [&str; 3]| {
        for (said, words) in said.iter().zip(words) {
            assert!(said.contains(words), "{said:?} without {words:?}");
        }
    };
    let until = row["not_after"].as_str().unwrap()[..4].to_owned();
    says(&again(&pc, "en"), ["on this PC already", &until, "Log in"]);
    says(&again(&pc, "ja"), ["すでにこのパソコンにあります", &until, "ログインしてください"]);
    // At this bank, an administrator revokes their own certificate and those of others, and there is no reissue.
    says(
        &again(&other, "en"),
        ["issued already", "not on this PC", "Revoke it on the old PC, or have another administrator revoke it"],
    );
    says(
        &again(&other, "ja"),
        ["発行されています", "このパソコンにはありません", "前のパソコンで失効するか、別の管理者に失効を依頼"],
    );

    pc.inkan(&["certificates", "delete", row["id"].as_str().unwrap(), "--yes"], None).done();
    says(&again(&pc, "en"), ["deleted from this PC", "cannot be brought back", "Have another administrator revoke it"]);
    says(&again(&pc, "ja"), ["削除されています", "元に戻せず", "別の管理者に失効を依頼"]);
    // After the reissue the first certificate no longer matters.
    revoke(&bank, &other, "hanakodt");
    pc.acquire(&bank, "hanakodt");
    says(&again(&pc, "en"), ["on this PC already", &until, "Log in"]);
}

/// S0-13, S0-14, S3-2, S3-4, S4-2: after a deletion by mistake, each command reports it, and names who can help next.
#[test]
fn m2_after_a_deletion_login_renew_and_doctor_say_what_this_pc_knows() {
    let cases = [
        (
            "okmate",
            "jirodt",
            true,
            "administrator",
            ["管理者に失効を依頼", "Have an administrator of your company revoke it"],
        ),
        (
            "okmate",
            "hanakodt",
            true,
            "administrator",
            ["別の管理者に失効を依頼", "Have another administrator revoke it"],
        ),
        ("okmate", "jirodt", false, "administrator", ["管理者ご自身", "For an administrator’s own"]),
        (
            "keiyaku",
            "riyousya",
            false,
            "administrator",
            ["管理者に再発行を依頼", "Have an administrator of your company reissue it"],
        ),
        (
            "shinkin",
            "keir002",
            true,
            "administrator",
            ["管理者に再発行を依頼", "Have an administrator of your company reissue it"],
        ),
    ];
    for (name, user, logs_in, who, nexts) in cases {
        let bank = Bank::start_with(name);
        let pc = Pc::with(&bank);
        let mut answers = bank.answers(user);
        if name == "keiyaku" {
            answers["otp"] = json!(bank.otp(user, 0));
        }
        let row = pc.inkan(&["acquire", "--bank", name, "--user", user], Some(answers)).done()["certificate"].take();
        let id = row["id"].as_str().unwrap();
        let password = || Some(json!({ "login_password": bank.secret(user, "login_password") }));
        if logs_in {
            pc.inkan(&["login", "--bank", name], password()).done();
        }
        pc.inkan(&["certificates", "delete", id, "--yes"], None).done();
        for (language, next) in ["ja", "en"].into_iter().zip(nexts) {
            let title = if language == "ja" { "削除されています" } else { "was deleted from this PC" };
            let commands: [&[&str]; 4] = [
                &["login", "--bank", name],
                &["login", "--bank", name, "--certificate", &id[..16]],
                &["renew", "--bank", name],
                &["renew", "--bank", name, "--certificate", id],
            ];
            for arguments in commands {
                let problem = pc.inkan_in(language, arguments, password()).problem();
                assert_eq!(problem["code"], "no_usable_certificate", "{arguments:?}: {problem}");
                assert_eq!(problem["who"], who, "{arguments:?}: {problem}");
                for (part, words) in [("title", title), ("detail", user), ("next", next)] {
                    assert!(problem[part].as_str().unwrap().contains(words), "{arguments:?}: {words}: {problem}");
                }
            }
            let report = pc.inkan_in(language, &["doctor", "--bank", name], None).done();
            let said =
                report["checks"].as_array().unwrap().iter().find(|check| check["code"] == "no_usable_certificate");
            let said = said.unwrap_or_else(|| panic!("no word of the deletion: {report}"));
            assert_eq!((&said["level"], &said["remedy"]["act"]), (&json!("warning"), &json!("change_pc")), "{said}");
            assert!(said["next"].as_str().unwrap().contains(next), "{said}");
        }
    }
}

#[test]
fn m2_a_deletion_is_no_matter_any_more_once_the_person_has_another_certificate() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    pc.inkan(&["certificates", "delete", row["id"].as_str().unwrap(), "--yes"], None).done();
    let spoken_of = |pc: &Pc| {
        let report = pc.inkan(&["doctor", "--bank", "okmate"], None).done();
        report["checks"].as_array().unwrap().iter().any(|check| check["code"] == "no_usable_certificate")
    };
    assert!(spoken_of(&pc));
    revoke(&bank, &pc, "hanakodt");
    pc.acquire(&bank, "hanakodt");
    assert!(!spoken_of(&pc));
    pc.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).done();
    // A certificate that the bank is known to refuse is deleted as it should be (S0-15).
    revoke(&bank, &pc, "hanakodt");
    pc.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).problem();
    pc.inkan(&["certificates", "clean", "--yes"], None).done();
    assert!(!spoken_of(&pc));
    let problem = pc.inkan_in("en", &["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).problem();
    assert_eq!(problem["title"], "There is no certificate to use", "{problem}");
}

/// S0-14, S3-2: a user who may not revoke is not sent to the old PC. At a bank that reissues, the user is sent to ask
/// for a reissue.
#[test]
fn m2_a_second_acquisition_names_only_what_the_bank_has() {
    let cases = [
        ("okmate", "jirodt", ["管理者に失効を依頼", "Have an administrator of your company revoke it"]),
        ("keiyaku", "riyousya", ["管理者に再発行を依頼", "Have an administrator of your company reissue it"]),
        ("shinkin", "keir002", ["管理者に再発行を依頼", "Have an administrator of your company reissue it"]),
    ];
    for (name, user, words) in cases {
        let bank = Bank::start_with(name);
        let (pc, other) = (Pc::with(&bank), Pc::with(&bank));
        let acquire = ["acquire", "--bank", name, "--user", user];
        let answers = || {
            let mut answers = bank.answers(user);
            if name == "keiyaku" {
                answers["otp"] = json!(bank.otp(user, 0));
            }
            answers
        };
        pc.inkan(&acquire, Some(answers())).done();
        for (language, words) in ["ja", "en"].into_iter().zip(words) {
            let problem = other.inkan_in(language, &acquire, Some(answers())).problem();
            assert_eq!(problem["code"], "certificate_already_issued", "{problem}");
            let next = problem["next"].as_str().unwrap();
            assert!(next.starts_with(words), "{next}");
        }
    }
}

#[test]
fn a_login_says_why_the_banks_own_certificate_here_cannot_be_used() {
    let bank = Bank::start();
    let login =
        |pc: &Pc| pc.inkan_in("en", &["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).problem();
    let pc = Pc::with(&bank);
    pc.inkan(&["certificates"], None).done();
    assert_eq!(login(&pc)["code"], "no_usable_certificate");
    let authority = Authority::of(&bank);
    pc.take_in(&authority.client("hanakodt", EXPIRED));
    let expired = login(&pc);
    assert_eq!(expired["code"], "certificate_expired");
    assert!(expired["detail"].as_str().unwrap().contains("hanakodt"), "{expired}");
    assert_eq!(expired["title"], "This certificate has expired", "the bank has confirmed this PC's clock");
    let keyless = Pc::with(&bank);
    keyless.inkan(&["certificates"], None).done();
    keyless.take_in_without_key(&authority.client("hanakodt", VALID));
    assert_eq!(login(&keyless)["code"], "key_missing");
    let early = Pc::with(&bank);
    early.inkan(&["certificates"], None).done();
    early.take_in(&authority.client("hanakodt", NEXT_CENTURY));
    let early = login(&early);
    assert_eq!(early["code"], "certificate_not_yet_valid");
    assert!(early["detail"].as_str().unwrap().contains("1 Jan 2098"), "{early}");
}

/// Runs `inkan` with this PC's clock so many seconds ahead of the bank's. Returns what a person reads on standard
/// error.
fn said_beside(pc: &Pc, seconds: i64, language: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program("inkan"));
    command.args(["--lang", language, "--store"]).arg(format!("nss:{}", pc.database().display())).args(arguments);
    command.env("INKAN_HOME", pc.home()).env_remove("INKAN_STORE").envs(clock_ahead(seconds)).stdin(Stdio::null());
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

fn with_clock(pc: &Pc, seconds: i64, arguments: &[&str], answers: Option<Value>) -> Outcome {
    let environment = clock_ahead(seconds);
    let environment: Vec<(&str, &Path)> =
        environment.iter().map(|(name, value)| (*name, Path::new(value.as_str()))).collect();
    pc.inkan_under(&environment, "en", arguments, answers)
}

#[test]
fn a_clock_that_is_minutes_behind_is_told_and_stops_no_login() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    let acquired = with_clock(&pc, -180, &acquire, Some(bank.answers("hanakodt"))).done();
    assert_eq!((&acquired["certificate"]["usable"], &acquired["clock"]["code"]), (&json!(true), &json!("clock_wrong")));
    let told = &acquired["clock"]["params"];
    assert_eq!(
        (&told["amount"], &told["unit"], &told["direction"]),
        (&json!("3"), &json!("minutes"), &json!("behind"))
    );
    let login = ["login", "--bank", "okmate"];
    with_clock(&pc, -180, &login, Some(passwords(&bank, "hanakodt"))).done();
    // If the clock is right, there is nothing to report.
    let right = pc.inkan(&["acquire", "--bank", "okmate", "--user", "jirodt"], Some(bank.answers("jirodt"))).done();
    assert_eq!(right.get("clock"), None, "{right}");
}

#[test]
fn a_clock_that_is_far_behind_is_what_a_login_names() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    for seconds in [-3 * 3600, -400 * 86_400] {
        let listed = with_clock(&pc, seconds, &["certificates", "list", "--bank", "okmate"], None).done();
        assert_eq!(listed[0]["reasons"], json!(["not_yet_valid"]));
        let login = ["login", "--bank", "okmate"];
        let problem = with_clock(&pc, seconds, &login, Some(passwords(&bank, "hanakodt"))).problem();
        assert_eq!(problem["code"], "clock_wrong", "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("behind"), "{problem}");
    }
    // A certificate that begins later is a different case.
    let early = Pc::with(&bank);
    early.inkan(&["certificates"], None).done();
    early.take_in(&Authority::of(&bank).client("hanakodt", NEXT_CENTURY));
    let problem = early.inkan(&["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).problem();
    assert_eq!(problem["code"], "certificate_not_yet_valid");
}

/// By a clock that is a year ahead every certificate looks expired, and a deletion cannot be undone.
#[test]
fn m10_a_clock_that_was_never_compared_is_compared_before_anything_is_cleared_away() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    for days in [400, 1_000] {
        let proposed = with_clock(&pc, days * 86_400, &["certificates", "clean", "--yes"], None).done();
        assert_eq!(proposed, json!([]), "{days}");
    }
    assert_eq!(pc.certutil_keys(), 1);
    pc.inkan(&["login", "--bank", "okmate"], Some(bank.answers("hanakodt"))).done();
}

#[test]
fn m10_a_clock_is_compared_with_a_site_too_before_anything_is_cleared_away() {
    let authority = Authority::new("Site CA");
    let clients = ClientCertificates { authorities: authority.certificate(), crl: None, protocols: "TLSv1.3" };
    let site = Nginx::demanding(&authority.server(), &clients);
    let pc = Pc::new();
    let soon =
        (OffsetDateTime::now_utc() + Duration::days(100)).format(format_description!("[year][month][day]000000Z"));
    pc.take_in(&authority.client("hanakodt", ("20200101000000Z", &soon.unwrap())));
    let ca = authority.certificate().display().to_string();
    pc.inkan(&["bank", "add", &site.address(), "--site", "--ca", &ca], None).done();
    let proposed = with_clock(&pc, 400 * 86_400, &["certificates", "clean", "--yes"], None).done();
    assert_eq!(proposed, json!([]));
    assert_eq!(pc.certutil_keys(), 1);
}

#[test]
fn m10_a_clock_that_is_known_to_be_ahead_clears_nothing_away() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let year = 400 * 86_400;
    // The bank's answer has a time, also if the login is refused.
    let days = 2 * 86_400;
    with_clock(&pc, days, &["login", "--bank", "okmate"], Some(passwords(&bank, "hanakodt"))).done();
    let listed = with_clock(&pc, year, &["certificates", "list", "--bank", "okmate"], None).done();
    assert_eq!(listed[0]["reasons"], json!(["expired"]));
    let ahead = with_clock(&pc, 366 * 86_400, &["certificates", "clean", "--yes"], None).done();
    assert_eq!(ahead, json!([]), "{row}");
    // If no service says the time, a certificate that looks expired stays, and is named with the reason.
    drop(bank);
    let words =
        [("ja", "削除しません：hanakodt", "確かめられませんでした"), ("en", "Not deleted: hanakodt", "could be asked")];
    for (language, stays, why) in words {
        let kept = said_beside(&pc, year, language, &["certificates", "clean", "--yes"]);
        assert!(kept.contains(stays) && kept.contains(why), "{kept}");
    }
}

/// Until a service has confirmed this PC's clock, a date alone proves nothing.
#[test]
fn an_expiry_by_a_clock_that_nobody_confirmed_is_said_with_the_clock() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    pc.acquire(&bank, "hanakodt");
    let answers = passwords(&bank, "hanakodt");
    drop(bank);
    let commands: [&[&str]; 3] =
        [&["login", "--bank", "okmate"], &["renew", "--bank", "okmate"], &["certificates", "list", "--bank", "okmate"]];
    for arguments in commands {
        let outcome = with_clock(&pc, 400 * 86_400, arguments, Some(answers.clone()));
        let said = outcome.value.to_string();
        match outcome.value["problem"]["code"].as_str() {
            Some(code) => {
                assert_eq!(code, "certificate_expired", "{arguments:?}: {said}");
                assert!(said.contains("has expired, or this PC’s clock is ahead"), "{arguments:?}: {said}");
                assert!(said.contains("delete nothing"), "{arguments:?}: {said}");
            }
            None => assert_eq!(outcome.value[0]["reasons"], json!(["expired"]), "{said}"),
        }
    }
}
