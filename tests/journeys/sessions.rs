//! A user's own sessions from the command line.

use inkan_journeys::{Bank, Pc, run};
use serde_json::{Value, json};

/// Logs in by curl, as another PC does, and returns the token.
fn elsewhere(bank: &Bank, user: &str) -> String {
    let body = json!({ "user": user, "login_password": bank.secret(user, "login_password") }).to_string();
    let url = format!("{}/v1/sessions", bank.portal().trim_end_matches('/'));
    let ca = bank.ca().display().to_string();
    let granted = run("curl", ["-sSf", "--cacert", &ca, "--json", &body, &url]);
    let granted: Value = serde_json::from_slice(&granted.stdout).unwrap();
    granted["token"].as_str().unwrap().to_owned()
}

/// Returns whether the session with that token goes on.
fn goes_on(bank: &Bank, token: &str) -> bool {
    let url = format!("{}/v1/top", bank.portal().trim_end_matches('/'));
    let (ca, bearer) = (bank.ca().display().to_string(), format!("Authorization: Bearer {token}"));
    let status = run("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", &ca, "-H", &bearer, &url]);
    status.stdout == b"200"
}

fn sessions<'a>(act: &[&'a str]) -> Vec<&'a str> {
    [&["sessions", "--bank", "okmate", "--user", "hanakodt"], act].concat()
}

#[test]
fn a_user_lists_the_own_sessions_and_ends_one_or_all_others() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let tokens = [elsewhere(&bank, "hanakodt"), elsewhere(&bank, "hanakodt"), elsewhere(&bank, "hanakodt")];
    let answers = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let done = |act: &[&str]| pc.inkan(&sessions(act), Some(answers.clone())).done();
    let list = done(&["list"]);
    let lines = list.as_array().unwrap();
    assert_eq!((lines.len(), lines.iter().filter(|line| line["this"] == true).count()), (4, 1), "{list}");
    assert!(!list.to_string().contains(&tokens[0]), "no token");

    let one = lines.iter().find(|line| line["this"] == false).unwrap()["id"].as_str().unwrap();
    for (language, method, this) in
        [("ja", "IDとパスワード", "（このコマンド）"), ("en", "ID and password", "(this command)")]
    {
        let (code, said) = pc.inkan_says(language, &sessions(&["list"]), &answers);
        assert_eq!((code, said.lines().count(), said.matches(this).count()), (0, 4, 1), "{said}");
        assert!(said.contains(method) && said.contains("127.0.0.1") && said.contains(&one[..8]), "{said}");
    }

    assert_eq!(done(&["end", &one[..8]]), json!({ "ended": [one] }));
    assert_eq!(tokens.iter().filter(|token| goes_on(&bank, token)).count(), 2);
    let gone = pc.inkan(&sessions(&["end", one]), Some(answers.clone())).problem();
    assert_eq!(gone["code"], "not_found");
    let others = done(&["end", "--others"]);
    assert_eq!(others["ended"].as_array().unwrap().len(), 2);
    assert_eq!(tokens.each_ref().map(|token| goes_on(&bank, token)), [false; 3]);
    assert_eq!(done(&["end", "--others"]), json!({ "ended": [] }));
    assert_eq!(pc.inkan_says("ja", &sessions(&["end"]), &answers).0, 2, "names no session");
}
