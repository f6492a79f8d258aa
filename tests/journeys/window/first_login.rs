//! The first login of a user in the window: what the forms say, and the activation that is put off (S1-7 … S1-13).

use inkan_journeys::{Bank, Hand, Pc, Window};

super::by_both_hands!(s1_9_s1_11_s1_13_the_forms_say_their_rules_and_the_activation_is_offered_again);

async fn log_in(window: &Window, password: &str) {
    window.click("login-id-open").await;
    window.fill("id-user", "shirodt").await;
    window.fill("password", password).await;
    window.click("password-submit").await;
}

async fn s1_9_s1_11_s1_13_the_forms_say_their_rules_and_the_activation_is_offered_again(hand: Hand) {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let window = Window::on(&pc).by(hand).open().await;
    let password = bank.secret("shirodt", "login_password");
    log_in(&window, &password).await;
    window.page("change-passwords").await;
    let form = window.text("page").await;
    for words in [
        "6文字から12文字",
        "半角の英字と数字だけ（大文字と小文字は区別されます）",
        "英字と数字の両方を使う",
        "ログインIDと違う",
        "ログインパスワードと違う",
    ] {
        assert!(form.contains(words), "{words} in {form}");
    }
    assert_eq!(window.text("change-submit").await, "実行");
    window.fill("login-password", &password).await;
    window.fill("new-login-password", "Shiro2027").await;
    window.fill("again-login-password", "Shiro2027").await;
    window.fill("new-confirmation-password", "Kakunin99").await;
    window.fill("again-confirmation-password", "Kakunin99").await;
    window.click("change-submit").await;
    window.page("passwords-changed").await;
    let changed = window.text("page").await;
    assert!(changed.contains("ログインパスワード") && changed.contains("確認用パスワード"), "S1-11: {changed}");
    assert_eq!(window.text("change-done").await, "確認");
    window.click("change-done").await;

    window.page("token").await;
    let skip = window.text("token-skip-what").await;
    for words in ["お手持ちのハードトークンが働いていない場合や", "次にログインしたときに、もう一度ご案内します。"]
    {
        assert!(skip.contains(words), "S2-16: {skip}");
    }
    assert_eq!(window.text("token-skip").await, "ワンタイムパスワード利用開始登録の省略");
    // S2-15: an empty field is refused beside it.
    window.click("token-submit").await;
    window.find("token-serial-fault").await;
    window.click("token-skip").await;
    window.find("token-offered").await;
    window.click("log-out").await;
    window.find("done").await;

    // S1-13
    log_in(&window, "Shiro2027").await;
    window.page("token").await;
    window.fill("token-serial", "43456789").await;
    window.fill("token-otp", &bank.otp("shirodt", 0)).await;
    window.click("token-submit").await;
    window.find("top").await;
    assert_eq!(window.count("[data-test=\"token-offered\"]").await, 0);
    window.close().await;
}
