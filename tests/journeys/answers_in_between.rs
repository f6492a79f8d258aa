//! Another server answers in the bank's place, as a gateway or a filter of a company does: a real nginx that ends TLS
//! before the bank's portal. Inkan must not take an answer for the bank's that the bank has not sent (S0-7, S1-15).

use inkan_journeys::{Authority, Bank, Issued, Nginx, Pc, Relay};
use serde_json::json;

const PAGE: &str = "default_type text/html; return 200 '<html><body>Access is being checked.</body></html>';";

/// Starts nginx before the bank. The lines in `places` answer before the bank does.
fn between(bank: &Bank, own: &Issued, places: &str) -> Nginx {
    let portal = bank.portal().trim_end_matches('/');
    let lines = format!(
        "{places} location / {{ proxy_pass {portal}; proxy_ssl_verify off; proxy_set_header Host $http_host; \
         proxy_http_version 1.1; }}"
    );
    Nginx::serving(own, &lines)
}

fn place(path: &str, lines: &str) -> String {
    format!("location ~ {path}$ {{ {lines} }}")
}

/// Makes a PC that knows the bank by the address of a server before its portal.
fn pc(bank: &Bank, authority: &Authority, address: &str) -> Pc {
    let pc = Pc::new();
    let file = pc.directory().join("authorities.pem");
    let both = [authority.certificate(), &bank.ca()].map(|file| std::fs::read_to_string(file).unwrap()).concat();
    std::fs::write(&file, both).unwrap();
    pc.inkan(&["bank", "add", address, "--ca", &file.display().to_string()], None).done();
    pc
}

/// S1-15: the session has ended only if the bank says so. Standard output has one JSON value in both cases.
#[test]
fn s1_15_a_page_is_not_taken_for_the_end_of_a_session() {
    let (bank, authority) = (Bank::start(), Authority::new("Gateway CA"));
    let nginx = between(&bank, &authority.server(), &place("/v1/sessions/current", PAGE));
    let pc = pc(&bank, &authority, &nginx.address());
    let answers = bank.answers("jirodt");
    let outcome = pc.inkan(&["login", "--bank", "okmate", "--user", "jirodt"], Some(answers.clone()));
    assert_eq!((outcome.code, &outcome.value["bank"]), (1, &json!("okmate")), "{}", outcome.value);
    assert_eq!((bank.acts("jirodt", "log_in"), bank.logouts("jirodt")), (1, 0));
    for (language, words) in [("ja", "銀行側で終了します"), ("en", "A session that is still open ends by itself")]
    {
        let (code, said) = pc.inkan_says_beside(language, &["login", "--bank", "okmate", "--user", "jirodt"], &answers);
        assert!(code == 1 && said.contains(words), "{code} {said}");
    }
}

/// S1-15: a login whose answer is lost may have opened a session.
#[test]
fn s1_15_a_login_without_an_answer_of_the_bank_may_have_opened_a_session() {
    let (bank, authority) = (Bank::start(), Authority::new("Gateway CA"));
    let portal = bank.portal().trim_end_matches('/');
    let lost = [
        // Nobody knows whether the request has reached the bank.
        ("bank_unreachable", "return 444;".to_owned()),
        ("bank_unavailable", "return 504;".to_owned()),
        ("page_answered", PAGE.to_owned()),
        ("access_forbidden", "return 403;".to_owned()),
        ("bank_answer_unknown", "default_type application/json; return 200 '{}';".to_owned()),
        ("bank_unavailable", format!("proxy_pass {portal}; proxy_ssl_verify off; proxy_read_timeout 1ms;")),
    ];
    let own = authority.server();
    let servers = lost.map(|(code, lines)| (code, between(&bank, &own, &place("/v1/sessions", &lines))));
    for (code, nginx) in servers {
        let pc = pc(&bank, &authority, &nginx.address());
        let login = ["login", "--bank", "okmate", "--user", "jirodt"];
        let problem = pc.inkan(&login, Some(bank.answers("jirodt"))).problem();
        assert_eq!(problem["code"], code, "{problem}");
        for (language, words) in [("ja", "銀行側で終了します"), ("en", "A session that is still open ends by itself")]
        {
            let (ended, said) = pc.inkan_says_beside(language, &login, &bank.answers("jirodt"));
            assert!(ended == 1 && said.contains(words), "{code} {said}");
        }
    }
}

/// S0-7: an acquisition ends when the bank has confirmed it. The next run confirms what was not confirmed.
#[test]
fn s0_7_a_page_is_not_taken_for_the_banks_confirmation() {
    let (bank, authority) = (Bank::start(), Authority::new("Gateway CA"));
    let own = authority.server();
    let stages = ["/simpleenroll", "/installed"];
    let servers = stages.map(|path| between(&bank, &own, &place(path, PAGE)));
    let clear = between(&bank, &own, "");
    let relay = Relay::to(&servers[0].address());
    let pc = pc(&bank, &authority, &relay.address());
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt"];
    for server in &servers {
        relay.turn_to(&server.address());
        let problem = pc.inkan(&acquire, Some(bank.answers("hanakodt"))).problem();
        assert_eq!(problem["code"], "page_answered", "{problem}");
        assert_eq!(bank.acts("hanakodt", "certificate_acquired"), 0);
    }
    relay.turn_to(&clear.address());
    let done = pc.inkan(&acquire, Some(bank.answers("hanakodt"))).done();
    assert_eq!(done["resumed"], true, "{done}");
    assert_eq!(bank.acts("hanakodt", "certificate_acquired"), 1);
    assert_eq!(pc.certutil_certificates().len(), 1);
}
