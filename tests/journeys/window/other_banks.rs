//! The banks `keiyaku` and `shinkin` in the window: two entrances and contract numbers, and a frame with a software
//! keyboard.

use inkan_journeys::{Bank, Hand, Pc, Window, key};

super::by_both_hands!(
    s3_12_from_four_fields_to_the_top_page_and_each_certificate_at_its_entrance,
    s3_9_who_has_no_token_in_use_registers_it_while_acquiring,
    s4_6_from_the_acquisition_to_the_top_page_with_keys_on_the_screen,
);

/// S3-9 … S3-18.
async fn s3_12_from_four_fields_to_the_top_page_and_each_certificate_at_its_entrance(hand: Hand) {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let administrator = pc.acquire(&bank, "kanrisya")["id"].as_str().unwrap().to_owned();
    let window = Window::on(&pc).by(hand).open().await;
    // The only certificate here is the administrator's, so its entrance is selected.
    window.select("[data-test=\"entrance-administrators\"]:checked").await;
    assert_eq!(window.count("[data-test=\"login-id-open\"]").await, 0, "S3-14: this bank has no other way in");

    let password = bank.secret("riyousya", "login_password");
    window.click("acquire-open").await;
    window.fill("acquire-contract", "9876543").await;
    window.fill("acquire-user", "riyousya").await;
    window.fill("acquire-password", &password).await;
    window.click("acquire-submit").await;
    assert!(window.problem("contract_number_invalid").await.contains("契約者IDは11桁"));
    window.screenshot("s3-contract").await;
    window.empty("acquire-contract").await;
    window.fill("acquire-contract", bank.contract().unwrap()).await;
    window.click("acquire-submit").await;
    window.find("acquire-otp").await;
    window.screenshot("s3-otp").await;
    window.click("acquire-prove").await;
    window.problem("otp_required").await;
    // The page does not keep a secret that it has sent.
    window.fill("acquire-password", &password).await;
    window.fill("acquire-otp", &bank.otp("riyousya", 0)).await;
    window.click("acquire-prove").await;
    let said = window.text("acquired").await;
    assert!(said.contains("電子証明書のインストールが完了しました"), "S3-12: {said}");
    assert_eq!(window.text("badge").await, "利 利用者", "the session is that of the new certificate");
    window.click("log-out").await;
    window.select("[data-test=\"entrance-users\"]:checked").await;
    assert!(window.text("certificate").await.contains("00009876543 riyousya 1635"), "S3-15");
    window.screenshot("s3-start").await;

    // S3-16: the administrator's certificate at the users' entrance says which entrance it is for.
    window.click("choose-open").await;
    let row = format!("[data-test=\"certificate-row\"][data-id=\"{administrator}\"]");
    let told = window.select(&row).await.text().await.unwrap();
    assert!(told.contains("管理者ログイン用の電子証明書です"), "{told}");
    window.screenshot("s3-choose").await;
    window.click("other-entrance").await;
    window.select(&format!("{row} input:checked")).await;
    window.click("choose-submit").await;
    window.fill("password", &bank.secret("kanrisya", "login_password")).await;
    window.click("password-submit").await;
    window.find("top").await;
    assert_eq!(window.text("badge").await, "管 管理者");
    window.click("log-out").await;
    window.find("done").await;

    // S3-14, S3-18
    window.tick("[data-test=\"entrance-users\"]").await;
    window.select("[data-test=\"entrance-users\"]:checked").await;
    window.click("login-certificate").await;
    window.fill("password", &password).await;
    window.click("password-submit").await;
    window.find("top").await;
    assert_eq!(window.text("badge").await, "利 利用者");
    window.screenshot("s3-top").await;
    window.close().await;
}

/// S3-9, S1-7 at a role that has no confirmation password.
async fn s3_9_who_has_no_token_in_use_registers_it_while_acquiring(hand: Hand) {
    let bank = Bank::start_with("keiyaku");
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    let password = bank.secret("S0001", "login_password");
    window.click("acquire-open").await;
    window.fill("acquire-contract", bank.contract().unwrap()).await;
    window.fill("acquire-user", "S0001").await;
    window.fill("acquire-password", &password).await;
    window.click("acquire-submit").await;
    window.fill("acquire-otp", &bank.otp("S0001", 0)).await;
    window.click("acquire-prove").await;
    window.problem("token_not_active").await;
    window.fill("acquire-password", &password).await;
    window.fill("acquire-otp", &bank.otp("S0001", 0)).await;
    window.fill("acquire-serial", "22345678").await;
    window.screenshot("s3-serial").await;
    window.click("acquire-prove").await;
    window.page("change-passwords").await;
    assert_eq!(window.count("[data-test=\"new-confirmation-password\"]").await, 0);
    window.fill("login-password", &password).await;
    window.fill("new-login-password", "Niban2027").await;
    window.fill("again-login-password", "Niban2027").await;
    window.screenshot("s3-change").await;
    window.click("change-submit").await;
    window.page("passwords-changed").await;
    window.click("change-done").await;
    window.find("top").await;
    window.close().await;
}

/// S4-6, S4-7, Q1.
async fn s4_6_from_the_acquisition_to_the_top_page_with_keys_on_the_screen(hand: Hand) {
    let bank = Bank::start_with("shinkin");
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    let password = bank.secret("keir001", "login_password");
    window.click("acquire-open").await;
    assert!(window.text("page").await.contains("お客様ID"));
    window.fill("acquire-user", "keir001").await;
    window.fill("acquire-password", &password).await;
    window.click("acquire-submit").await;
    window.find("acquired").await;
    window.click("log-out").await;
    window.click("login-certificate").await;

    // A wrong key first, so that the test sees the erase key work.
    window.click("password-keyboard").await;
    window.find("software-keyboard").await;
    enter_keys(&window, hand).await;
    type_on_screen(&window, "Xy").await;
    window.click_among_keys("[data-test=\"key-erase\"]").await;
    window.click_among_keys("[data-test=\"key-clear\"]").await;
    type_on_screen(&window, &password).await;
    window.screenshot("s4-keyboard").await;
    window.click_among_keys("[data-test=\"key-close\"]").await;
    // The focus returns to the button.
    window.select("[data-test=\"password-keyboard\"]:focus").await;
    window.click("password-submit").await;
    window.find("top").await;

    let frame = window.text("bank-frame").await;
    assert!(frame.contains("5120") && frame.contains("信用金庫 WEB-FB"), "{frame}");
    assert!(frame.contains("今回のログイン") && frame.contains("前回"), "{frame}");
    let administration = window.select("[data-test^=\"menu-\"][aria-expanded]").await;
    assert!(administration.text().await.unwrap().contains("管理機能"));
    window.click_on("[data-test^=\"menu-\"][aria-expanded]").await;
    window.select("[data-test^=\"menu-\"][aria-expanded=\"true\"]").await;
    let page = window.text("page").await;
    for entry in ["IDメンテナンス", "IDロック解除", "カレンダー管理", "利用履歴照会", "WEB-FB取引停止"]
    {
        assert!(page.contains(entry), "{entry}: {page}");
    }
    window.screenshot("s4-top").await;
    window.press(key::ESCAPE).await;
    window.select("[data-test^=\"menu-\"][aria-expanded=\"false\"]").await;
    window.close().await;
}

/// Moves from the button to the keys by the tab key.
async fn enter_keys(window: &Window, hand: Hand) {
    if hand == Hand::Keyboard {
        window.reach("[data-test^=\"key-\"]").await;
    }
}

async fn type_on_screen(window: &Window, text: &str) {
    let mut capitals = false;
    for letter in text.chars() {
        if letter.is_ascii_uppercase() != capitals && letter.is_ascii_alphabetic() {
            window.click_among_keys("[data-test=\"key-shift\"]").await;
            capitals = !capitals;
        }
        window.click_among_keys(&format!("[data-test=\"key-{}\"]", letter.to_ascii_lowercase())).await;
    }
    if capitals {
        window.click_among_keys("[data-test=\"key-shift\"]").await;
    }
}
