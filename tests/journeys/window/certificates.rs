//! The certificates of a PC in the real window: from a file (J3), cleaned up (J8), renewed (J9).

use std::path::PathBuf;
use std::process::Command;

use inkan_journeys::{
    Authority, Bank, Drag, EXPIRED, Hand, Pc, ProxyModule, Twist, VALID, Window, choose_by_keys, enrol_by_hand, run,
    softoken,
};
use serde_json::json;

super::by_both_hands!(
    j3_a_file_is_imported_and_logs_in,
    j8_what_is_spent_goes_with_its_keys_and_the_live_one_stays,
    j9_a_certificate_is_renewed_and_the_old_one_deleted,
);

const PASSWORD: &str = "Himitsu2026";

async fn j3_a_file_is_imported_and_logs_in(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let enrolled = enrol_by_hand(&bank, "hanakodt");
    let [certificate, key] = enrolled.files();
    let file = enrolled.directory().join("hanakodt.p12");
    let secret = format!("pass:{PASSWORD}");
    let out = file.display().to_string();
    let export = ["pkcs12", "-export", "-inkey", &key, "-in", &certificate, "-passout", &secret, "-out", &out];
    assert!(run("openssl", export).status.success());

    let window = Window::on(&pc).by(hand).open().await;
    if hand == Hand::Pointer {
        let another = enrolled.certificate();
        // Of several files, those that can be imported are, one after the other. The others are named with the reason.
        over(&window, vec![file.clone(), another.clone()], "several", true).await;
        assert!(window.text("import-refused").await.contains(&another.file_name().unwrap().display().to_string()));
        assert_eq!(window.text("import-file").await, "hanakodt.p12");
        window.click("import-cancel").await;
        over(&window, vec![another], "one", false).await;
        window.problem("file_certificate_only").await;
        window.screenshot("40-drop-refused").await;
        window.click("drop-close").await;
        over(&window, vec![file.clone()], "one", true).await;
    } else {
        window.click("nav-certificates").await;
        window.click("import-open").await;
        let (process, chosen) = (window.process(), file.clone());
        tokio::task::spawn_blocking(move || choose_by_keys(process, &chosen)).await.unwrap();
    }
    window.page("import").await;
    assert_eq!(window.text("import-file").await, "hanakodt.p12");
    window.fill("import-password", "wrong").await;
    window.click("import-look").await;
    window.problem("pkcs12_password_wrong").await;
    window.fill("import-password", PASSWORD).await;
    window.click("import-look").await;
    assert!(window.text("import-key").await.contains("hanakodt"));
    pc.assert_empty();
    window.screenshot("41-import").await;
    window.click("import-submit").await;
    window.find("import-login").await;
    window.screenshot("42-imported").await;
    assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (1, 1));
    window.click("import-login").await;

    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.close().await;
}

/// Drags files over the window, checks what it shows, and drops the files.
pub(super) async fn over(window: &Window, files: Vec<PathBuf>, number: &str, keeps: bool) {
    let process = window.process();
    let held = files.len();
    let drag = tokio::task::spawn_blocking(move || {
        let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        Drag::over(process, &files)
    });
    let drag = drag.await.unwrap();
    window.select(&format!("[data-test=\"drop-overlay\"][data-files=\"{held}\"]:popover-open")).await;
    window.screenshot(&format!("40-drop-{number}")).await;
    tokio::task::spawn_blocking(move || drag.drop_here()).await.unwrap();
    if keeps {
        window.page("import").await;
    }
}

async fn j8_what_is_spent_goes_with_its_keys_and_the_live_one_stays(hand: Hand) {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let superseded = pc.acquire(&bank, "hanakodt")["id"].as_str().unwrap().to_owned();
    let live = pc.inkan(&["renew", "--bank", "okmate"], None).done()["certificate"]["id"].as_str().unwrap().to_owned();
    let expired = pc.take_in(&Authority::of(&bank).client("jirodt", EXPIRED));
    let orphan = orphan(&pc);
    assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (4, 3));

    let window = Window::on(&pc).by(hand).open().await;
    window.click("nav-certificates").await;
    window.click("clean-open").await;
    for id in [&superseded, &expired, &orphan] {
        window.select(&format!("[data-test=\"spent-row\"][data-id=\"{id}\"] input:checked")).await;
    }
    // M10: the live certificate is not offered.
    assert_eq!(window.count("[data-test=\"spent-row\"]").await, 3);
    window.screenshot("43-clean-up").await;
    window.click("clean-submit").await;
    window.find("clean-report").await;
    assert_eq!(window.count("[data-test=\"clean-outcome\"][data-left=\"false\"]").await, 3);
    window.screenshot("44-clean-up-done").await;
    assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (1, 1));
    window.click("clean-done").await;
    window.select(&format!("[data-test=\"certificate-row\"][data-id=\"{live}\"]")).await;
    assert_eq!(window.count("[data-test=\"certificate-row\"]").await, 1);
    window.close().await;
}

/// Makes a certificate whose deletion was cut off after its key was deleted.
fn orphan(pc: &Pc) -> String {
    let authority = Authority::new("A stranger");
    let file = authority.client("ichirodt", VALID).pkcs12().display().to_string();
    let row = pc.inkan(&["certificates", "import", &file], Some(json!({ "pkcs12_password": "" }))).done();
    let id = row["id"].as_str().unwrap().to_owned();
    let proxy = ProxyModule::before(&softoken(), Twist::DieAfterDestroying(1));
    let mut command: Command = pc.command();
    command.env("LD_LIBRARY_PATH", proxy.directory()).args(["certificates", "delete", &id, "--yes"]);
    assert!(!command.output().unwrap().status.success());
    id
}

async fn j9_a_certificate_is_renewed_and_the_old_one_deleted(hand: Hand) {
    let bank = Bank::renewing_at_once();
    let pc = Pc::with(&bank);
    let old = pc.acquire(&bank, "hanakodt")["id"].as_str().unwrap().to_owned();
    let window = Window::on(&pc).by(hand).open().await;
    window.find("ending").await;
    window.click("renew-open").await;
    window.click("renew-submit").await;
    window.find("renew-old").await;
    window.screenshot("45-renewed").await;
    assert_eq!(pc.certutil_keys(), 2);
    window.click("renew-delete-old").await;
    window.click("delete-submit").await;
    window.find("deleted-notice").await;
    assert_eq!((pc.certutil_certificates().len(), pc.certutil_keys()), (1, 1));
    assert_eq!(window.count(&format!("[data-test=\"certificate-row\"][data-id=\"{old}\"]")).await, 0);

    window.click("nav-login").await;
    window.click("login-certificate").await;
    window.fill("password", &bank.secret("hanakodt", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.close().await;
}
