//! What Inkan remembers is forgotten on demand, and the report for a help desk contains no names.

use inkan_journeys::{Bank, Hand, Pc, Window};

super::by_both_hands!(what_is_remembered_is_forgotten_and_the_report_names_nobody);

async fn what_is_remembered_is_forgotten_and_the_report_names_nobody(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let row = pc.acquire(&bank, "hanakodt");
    let window = Window::on(&pc).by(hand).open().await;
    let password = bank.secret("hanakodt", "login_password");
    window.click("login-certificate").await;
    window.fill("password", &password).await;
    window.click("password-submit").await;
    window.find("top").await;
    window.click("log-out").await;
    window.find("done").await;
    window.click("login-id-open").await;
    window.fill("id-user", "ichirodt").await;
    window.fill("password", "Machigai99").await;
    window.click("password-submit").await;
    let problem = window.problem("login_failed").await;

    window.click("nav-settings").await;
    assert!(window.text("remembered-row").await.contains("hanakodt"));
    window.click("remembered-forget").await;
    window.find("remembered-forgotten").await;
    assert_eq!(window.count("[data-test=\"remembered-row\"]").await, 0);
    window.click("remembered-undo").await;
    window.find("remembered-row").await;
    window.click("remembered-forget").await;
    window.find("remembered-forgotten").await;
    window.screenshot("report-1-forgotten").await;

    window.click("report-open").await;
    let report = window.text("report").await;
    window.screenshot("report-2").await;
    let thumbprint = &row["id"].as_str().unwrap()[..8];
    for told in [env!("CARGO_PKG_VERSION"), bank.portal(), thumbprint, "login_failed", "okmate"] {
        assert!(report.contains(told), "{told}: {report}");
    }
    // The report contains the reference that the person reads to the help desk.
    let is_reference =
        |word: &&str| word.len() == 8 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let reference =
        problem.split(|c: char| !c.is_ascii_alphanumeric()).find(is_reference).unwrap_or_else(|| panic!("{problem}"));
    assert!(report.contains(reference), "{reference}: {report}");
    let whole = row["id"].as_str().unwrap();
    let serial = row["serial"].as_str().unwrap();
    let names = ["hanakodt", "ichirodt", "ゲータ", "花子", "Machigai99", &password, whole, serial];
    for secret in names.into_iter().chain(row["organisation"].as_str()) {
        assert!(!report.contains(secret), "{secret}: {report}");
    }
    window.close().await;

    // The command line writes the same report.
    let file = pc.home().join("report.txt");
    pc.inkan(&["doctor", "--report", &file.display().to_string()], None).done();
    let report = std::fs::read_to_string(file).unwrap();
    assert!(report.contains(bank.portal()) && report.contains(thumbprint), "{report}");
    assert!(!report.contains("hanakodt") && !report.contains("ゲータ"), "{report}");
}
