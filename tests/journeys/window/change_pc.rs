//! The move to a new PC (J4) and the paper form (J5): the guide on both PCs, closed and opened again between the steps.

use std::fs;
use std::path::PathBuf;

use fantoccini::elements::Element;
use inkan_journeys::{Bank, Hand, Opening, Pc, Window, program};

super::by_both_hands!(
    j4_a_master_moves_with_both_pcs_at_hand,
    j4_an_administrator_moves_with_both_pcs_at_hand,
    j4_a_master_whose_old_pc_is_gone_moves,
    j4_an_administrator_whose_old_pc_is_gone_moves,
    j4_a_general_user_moves_by_an_administrators_hand,
    j5_who_stands_alone_hands_in_paper,
);

/// The answers of a person on the PC `this_pc`.
pub(super) struct Answers<'a> {
    pub(super) this_pc: &'a str,
    pub(super) role: &'a str,
    pub(super) user: &'a str,
    pub(super) old_works: Option<&'a str>,
    pub(super) other: &'a str,
}

impl Answers<'_> {
    pub(super) async fn given(&self, window: &Window) {
        window.click("nav-move").await;
        // S0-1: the page says this before anything else.
        let early = window.text("move-early").await;
        assert!(
            ["パソコンを替える前に、手続きが必要です", "Before you replace this PC"]
                .iter()
                .any(|words| early.contains(words)),
            "{early}"
        );
        pick(window, "this-pc", self.this_pc).await;
        pick(window, "role", self.role).await;
        window.fill("move-user", self.user).await;
        if let Some(works) = self.old_works {
            pick(window, "old-works", works).await;
        }
        pick(window, "other", self.other).await;
        window.click("move-begin").await;
    }
}

pub(super) async fn pick(window: &Window, question: &str, answer: &str) {
    window.tick(&format!("[data-test=\"{question}-{answer}\"]")).await;
}

/// Waits until that step is the next one, and returns it.
pub(super) async fn next(window: &Window, kind: &str) -> Element {
    window.select(&format!("[data-test=\"move-step\"][data-kind=\"{kind}\"][data-state=\"next\"]")).await
}

async fn opened(pc: &Pc, hand: Hand) -> Window {
    Window::on(pc).by(hand).open().await
}

/// Checks this PC (S0-2).
pub(super) async fn check(window: &Window) {
    next(window, "check_pc").await;
    window.click("move-check").await;
}

/// Acquires, and logs in with the new certificate (S0-7, S1-1).
async fn acquire_and_log_in(window: &Window, bank: &Bank, user: &str) {
    let password = bank.secret(user, "login_password");
    next(window, "acquire").await;
    window.click("move-acquire").await;
    window.fill("acquire-password", &password).await;
    window.click("acquire-submit").await;
    window.find("top").await;
    window.click("nav-move").await;
}

/// Makes another administrator log in on their own PC, and revoke.
async fn revoked_by(operator: &str, subject: &str, bank: &Bank, hand: Hand) {
    let pc = Pc::with(bank);
    let window = opened(&pc, hand).await;
    window.click("login-id-open").await;
    window.fill("id-user", operator).await;
    window.fill("password", &bank.secret(operator, "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.click("nav-users").await;
    window.click_on(&format!("[data-id=\"{subject}\"] [data-test=\"user-open\"]")).await;
    window.click("certificate-open").await;
    window.tick("[data-test=\"act-revoke\"]").await;
    window.fill("confirmation-password", &bank.secret(operator, "confirmation_password")).await;
    window.click("certificate-submit").await;
    window.page("user-done").await;
    window.click("done-users").await;
    window.select(&format!("[data-test=\"user-row\"][data-id=\"{subject}\"][data-state=\"revoked\"]")).await;
    window.close().await;
}

/// S0-8, S0-9, S0-15.
async fn j4_a_master_moves_with_both_pcs_at_hand(hand: Hand) {
    moves_with_both_pcs_at_hand("master", "ichirodt", "マ マスターユーザ", hand).await;
}

/// S0-12: the way of an administrator is that of the master.
async fn j4_an_administrator_moves_with_both_pcs_at_hand(hand: Hand) {
    moves_with_both_pcs_at_hand("administrator", "hanakodt", "管 管理者ユーザ", hand).await;
}

async fn moves_with_both_pcs_at_hand(role: &str, user: &str, badge: &str, hand: Hand) {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, user);

    let answers = Answers { this_pc: "new", role, user, old_works: Some("yes"), other: "yes" };
    let window = opened(&new, hand).await;
    answers.given(&window).await;
    window.screenshot("40-move-begun").await;
    // S0-2: the bank's page names the systems and browsers.
    let environment = window.text("move-environment").await;
    for words in
        ["新しいパソコンのOS・ブラウザーが「OKメイト・WEB」の推奨環境であることをご確認ください", "推奨環境はこちら"]
    {
        assert!(environment.contains(words), "{environment}");
    }
    assert_eq!(window.count("[data-test=\"move-old-pc-at-hand\"]").await, 0, "the last step deletes");
    check(&window).await;
    next(&window, "revoke").await;
    window.close().await;

    let window = opened(&old, hand).await;
    Answers { this_pc: "old", old_works: None, ..answers }.given(&window).await;
    next(&window, "check_pc").await;
    window.click("move-said").await;
    next(&window, "revoke").await;
    window.screenshot("41-move-old-pc").await;
    window.click("move-log-in-to-revoke").await;
    window.fill("password", &bank.secret(user, "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    // S0-5
    assert_eq!(window.text("badge").await, badge);
    window.click("nav-move").await;
    window.click("move-revoke").await;
    window.fill("confirmation-password", "Chigau2026").await;
    window.click("move-revoke-submit").await;
    window.problem("confirmation_password_wrong").await;
    window.fill("confirmation-password", &bank.secret(user, "confirmation_password")).await;
    window.click("move-revoke-submit").await;
    window.find("move-revoked").await;
    next(&window, "acquire").await;
    window.screenshot("42-move-revoked").await;
    assert_eq!(window.count("[data-test=\"log-out\"]").await, 0, "the session ended with the certificate");
    window.close().await;

    let window = opened(&new, hand).await;
    window.click("nav-move").await;
    next(&window, "revoke").await;
    window.click("move-said").await;
    // S0-7
    let step = next(&window, "acquire").await.text().await.unwrap();
    assert!(step.contains("用意するもの：ログインID、ログインパスワード"), "{step}");
    acquire_and_log_in(&window, &bank, user).await;
    next(&window, "delete_old").await;
    window.screenshot("43-move-logged-in").await;
    window.close().await;

    let window = opened(&old, hand).await;
    window.click("nav-move").await;
    next(&window, "acquire").await;
    window.click("move-said").await;
    next(&window, "log_in").await;
    window.click("move-said").await;
    next(&window, "delete_old").await;
    window.click("move-delete").await;
    window.click("delete-open").await;
    window.click("delete-submit").await;
    window.find("deleted-notice").await;
    old.assert_empty();
    window.click("nav-move").await;
    window.find("move-finished").await;
    window.screenshot("44-move-finished").await;
    window.click("move-finish").await;
    window.find("move-begin").await;
    window.close().await;
    assert_eq!(new.certutil_keys(), 1);
}

/// S0-10.
async fn j4_a_master_whose_old_pc_is_gone_moves(hand: Hand) {
    let asks = "管理者ユーザに依頼してください。管理者ユーザの確認用パスワードが必要です";
    moves_with_the_help_of("hanakodt", ("master", "ichirodt"), asks, hand).await;
}

/// S0-13.
async fn j4_an_administrator_whose_old_pc_is_gone_moves(hand: Hand) {
    let asks = "マスターユーザまたは他の管理者ユーザに依頼してください。依頼された方の確認用パスワードが必要です";
    moves_with_the_help_of("ichirodt", ("administrator", "hanakodt"), asks, hand).await;
}

async fn moves_with_the_help_of(helper: &str, (role, user): (&str, &str), asks: &str, hand: Hand) {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, user);
    let window = opened(&new, hand).await;
    Answers { this_pc: "new", role, user, old_works: Some("no"), other: "yes" }.given(&window).await;
    check(&window).await;
    let step = next(&window, "revoke").await.text().await.unwrap();
    let does = format!(
        "依頼された方は、OKメイト・WEBにログインし、利用者の一覧から「{user}」を開いて、電子証明書を失効します"
    );
    for words in [asks, &does, "依頼の文をコピー"] {
        assert!(step.contains(words), "{words}: {step}");
    }
    assert!(!step.contains("マスターユーザに依頼") && !step.contains("行えません"), "{step}");
    window.close().await;
    revoked_by(helper, user, &bank, hand).await;
    let window = opened(&new, hand).await;
    window.click("nav-move").await;
    window.click("move-said").await;
    acquire_and_log_in(&window, &bank, user).await;
    window.find("move-finished").await;
    // S0-15: the old PC may still be there.
    let last = window.text("move-old-pc-at-hand").await;
    assert!(last.contains("古いパソコンから古い電子証明書を削除してください"), "{last}");
    window.close().await;
}

/// S0-14: whether the old PC works or not. A step that was marked as done too early is unmarked, and the bank says what
/// is missing.
async fn j4_a_general_user_moves_by_an_administrators_hand(hand: Hand) {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, "jirodt");
    let window = opened(&new, hand).await;
    let answers = Answers { this_pc: "new", role: "general", user: "jirodt", old_works: Some("yes"), other: "yes" };
    answers.given(&window).await;
    check(&window).await;
    next(&window, "revoke").await;
    let told = window.text("page").await;
    let says = "一般ユーザは電子証明書の失効操作は行えません。マスターユーザまたは管理者ユーザに依頼してください";
    assert!(told.contains(says), "{told}");
    window.click("move-said").await;
    next(&window, "acquire").await;
    window.click("move-acquire").await;
    window.fill("acquire-password", &bank.secret("jirodt", "login_password")).await;
    window.click("acquire-submit").await;
    window.problem("certificate_already_issued").await;
    window.click("nav-move").await;
    window.click("move-unsay").await;
    next(&window, "revoke").await;
    revoked_by("hanakodt", "jirodt", &bank, hand).await;
    window.click("move-said").await;
    acquire_and_log_in(&window, &bank, "jirodt").await;
    next(&window, "delete_old").await;
    window.click("move-said").await;
    window.find("move-finished").await;
    window.close().await;
}

/// S0-8: a certificate that works here shows neither that this is the new PC, nor that another certificate is revoked.
#[tokio::test]
async fn s0_8_a_certificate_that_was_here_shows_no_step_to_be_done() {
    let bank = Bank::start();
    let said = [
        (
            "ja",
            "ここが古いパソコンのときは",
            "済んでいるかどうか、このパソコンでは分かりません",
            "新しい電子証明書を取得しました",
        ),
        ("en", "If this is the old PC", "This PC can’t tell whether this is done", "The new certificate is on the PC"),
    ];
    for (language, warning, unknown, untrue) in said {
        let old = Pc::with(&bank);
        let acquired = if language == "ja" { old.acquire(&bank, "hanakodt") } else { old.acquire(&bank, "jirodt") };
        let (role, user) = if language == "ja" { ("administrator", "hanakodt") } else { ("general", "jirodt") };
        let window = Window::on(&old).speaking(language).open().await;
        Answers { this_pc: "new", role, user, old_works: Some("yes"), other: "yes" }.given(&window).await;
        next(&window, "check_pc").await;
        assert!(window.text("move-other-certificate").await.contains(warning));
        let step = window.select("[data-test=\"move-step\"][data-kind=\"revoke\"][data-state=\"unknown\"]").await;
        let told = step.text().await.unwrap();
        assert!(told.contains(unknown), "{told}");
        window.screenshot(&format!("45-move-unknown-{language}")).await;
        check(&window).await;
        next(&window, "log_in").await;
        window.find("move-other-certificate").await;
        let told = window.text("page").await;
        assert!(!told.contains(untrue), "{told}");
        // As the old PC: no step is done yet.
        window.click("move-again").await;
        Answers { this_pc: "old", role, user, old_works: None, other: "yes" }.given(&window).await;
        next(&window, "check_pc").await;
        assert_eq!(window.count("[data-test=\"move-step\"][data-state=\"done\"]").await, 0);
        assert_eq!(window.count("[data-test=\"move-other-certificate\"]").await, 0);
        window.close().await;
        assert_eq!(old.inkan(&["certificates"], None).done()[0]["id"], acquired["id"]);
    }
}

/// S3-2, Q7: a revoked certificate does not show that the next one is issued.
#[tokio::test]
async fn s3_2_a_revocation_is_not_shown_as_a_reissue() {
    let bank = Bank::start_with("shinkin");
    let (old, desk) = (Pc::with(&bank), Pc::with(&bank));
    old.acquire(&bank, "keir002");
    let revoke = ["users", "--bank", "shinkin", "--user", "keir001", "certificate", "keir002", "--revoke", "--yes"];
    desk.inkan(&revoke, Some(bank.answers("keir001"))).done();
    let login = ["login", "--bank", "shinkin"];
    assert_eq!(old.inkan(&login, Some(bank.answers("keir002"))).problem()["code"], "certificate_revoked");
    let window = Window::open(&old).await;
    Answers { this_pc: "old", role: "approver", user: "keir002", old_works: None, other: "yes" }.given(&window).await;
    next(&window, "check_pc").await;
    assert_eq!(window.count("[data-test=\"move-environment\"]").await, 0, "S0-2: this bank names no page");
    window.select("[data-test=\"move-step\"][data-kind=\"reissue\"][data-state=\"unknown\"]").await;
    window.close().await;
}

/// S3-1, S3-2, S3-4: at the bank with contract numbers the guide of a user leads to the administrator, and that of the
/// administrator to the request form.
#[tokio::test]
async fn s3_2_s3_4_the_guide_of_the_bank_with_contract_numbers() {
    let bank = Bank::start_with("keiyaku");
    let user: [(&str, &[&str]); 2] = [
        (
            "ja",
            &[
                "電子証明書を再発行してもらいます",
                "管理者に依頼してください",
                "管理者のご契約先確認暗証番号が必要です",
                "契約者ID、利用者ID、利用者暗証番号、ワンタイムパスワード",
                "このパソコンでログインします",
            ],
        ),
        ("en", &["administrator", "contract confirmation PIN", "contract ID, user ID, user PIN, one-time password"]),
    ];
    let form: [(&str, &[&str]); 2] = [
        ("ja", &["電子証明書再発行依頼書", "00009876543", "kanrisya", "ご契約先 法人IB", "お取引店 御中"]),
        ("en", &["00009876543", "kanrisya", "Corporate IB"]),
    ];
    for ((language, words), (_, paper)) in user.into_iter().zip(form) {
        let pc = Pc::with(&bank);
        let window = Window::on(&pc).speaking(language).open().await;
        for (role, id) in [("user", "riyousya"), ("administrator", "kanrisya")] {
            window.click("nav-move").await;
            if role == "administrator" {
                window.click("move-again").await;
            }
            pick(&window, "this-pc", "new").await;
            pick(&window, "role", role).await;
            window.empty("move-contract").await;
            window.fill("move-contract", bank.contract().unwrap()).await;
            window.empty("move-user").await;
            window.fill("move-user", id).await;
            pick(&window, "old-works", "no").await;
            pick(&window, "other", "yes").await;
            window.click("move-begin").await;
            check(&window).await;
            if role == "user" {
                next(&window, "reissue").await;
                let told = window.text("page").await;
                for words in words {
                    assert!(told.to_lowercase().contains(&words.to_lowercase()), "S3-2: {words} in {told}");
                }
            } else {
                next(&window, "hand_in_form").await;
                window.click("move-form").await;
                let shown = window.text("paper").await;
                for words in paper {
                    assert!(shown.contains(words), "S3-4: {words} in {shown}");
                }
            }
        }
        window.close().await;
    }
}

/// S0-15: a certificate that is deleted here does not show that the bank has revoked it.
#[tokio::test]
async fn s0_15_a_deletion_is_not_shown_as_a_revocation() {
    let bank = Bank::start();
    let old = Pc::with(&bank);
    let id = old.acquire(&bank, "ichirodt")["id"].as_str().unwrap().to_owned();
    let window = Window::open(&old).await;
    Answers { this_pc: "old", role: "master", user: "ichirodt", old_works: None, other: "yes" }.given(&window).await;
    next(&window, "check_pc").await;
    window.click("move-said").await;
    next(&window, "revoke").await;
    window.click("nav-certificates").await;
    window.click("certificate-row").await;
    window.click("delete-open").await;
    window.tick("[data-test=\"delete-understood\"]").await;
    window.click("delete-submit").await;
    window.find("deleted-notice").await;
    window.click("nav-move").await;
    next(&window, "revoke").await;
    window.close().await;
    old.assert_empty();
    assert!(!id.is_empty());
}

/// Prepares the window with a directory of documents of its own.
fn with_documents(pc: &Pc) -> (Opening<'_>, PathBuf) {
    let (configuration, documents) = (pc.home().join("config"), pc.home().join("Documents"));
    fs::create_dir_all(&configuration).unwrap();
    let text = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", documents.display());
    fs::write(configuration.join("user-dirs.dirs"), text).unwrap();
    (Window::on(pc).under("XDG_CONFIG_HOME", configuration), documents)
}

/// S0-11.
async fn j5_who_stands_alone_hands_in_paper(hand: Hand) {
    let bank = Bank::start();
    let (old, new) = (Pc::with(&bank), Pc::with(&bank));
    let row = old.acquire(&bank, "ichirodt");
    let (opening, documents) = with_documents(&new);
    let window = opening.by(hand).open().await;

    // After a login by ID and password, the bank knows what the new PC does not know.
    window.click("login-id-open").await;
    window.fill("id-user", "ichirodt").await;
    window.fill("password", &bank.secret("ichirodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.click("nav-move").await;
    pick(&window, "this-pc", "new").await;
    pick(&window, "old-works", "no").await;
    pick(&window, "other", "no").await;
    window.click("move-begin").await;
    check(&window).await;
    next(&window, "hand_in_form").await;
    // S0-15: it stands after all three cases of the master.
    window.find("move-old-pc-at-hand").await;
    window.click("move-form").await;
    let shown = window.text("paper").await;
    let serial = row["serial"].as_str().unwrap();
    for known in
        ["電子証明書失効届", "ゲータ商事株式会社", "ゲータ 一郎", "ichirodt", "マスターユーザ", serial, "お届け印"]
    {
        assert!(shown.contains(known), "{known} in {shown}");
    }
    window.screenshot("50-paper").await;
    window.click("paper-save").await;
    let saved = window.text("paper-saved").await;
    let file = documents.join("電子証明書失効届.html");
    assert!(saved.contains(&file.display().to_string()), "{saved}");
    assert!(fs::read_to_string(&file).unwrap().contains(serial));
    window.click("back").await;
    window.click("move-said").await;
    next(&window, "revoke_and_report").await;
    window.close().await;

    branch_revokes(&bank, "ichirodt");
    let window = opened(&new, hand).await;
    window.click("nav-move").await;
    next(&window, "revoke_and_report").await;
    window.screenshot("51-waiting-for-the-branch").await;
    window.click("move-said").await;
    acquire_and_log_in(&window, &bank, "ichirodt").await;
    window.find("move-finished").await;
    window.close().await;
}

fn branch_revokes(bank: &Bank, user: &str) {
    let output = std::process::Command::new(program("inkan-bank"))
        .args(["branch", "--data"])
        .arg(bank.data())
        .args(["certificates", "revoke", "--user", user])
        .output()
        .expect("the branch's console runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
