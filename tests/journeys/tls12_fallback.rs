//! Servers that accept a client certificate over TLS 1.2 only.

use inkan_client::protocol::{Language, Secret};
use inkan_client::{Credentials, Home, Inkan, Location};
use inkan_journeys::{Authority, Bank, Nginx, Pc};
use serde_json::json;

#[test]
fn a_server_whose_tls_1_3_takes_no_rsa_is_logged_in_to_over_1_2() {
    let bank = Bank::start();
    let pc = Pc::with(&bank);
    let password = json!({ "login_password": bank.secret("hanakodt", "login_password") });
    let acquire = ["acquire", "--bank", "okmate", "--user", "hanakodt", "--key", "rsa-2048"];
    pc.inkan(&acquire, Some(password.clone())).done();

    // Only the second of these schemes is for RSA keys, and it is for TLS 1.2 (RFC 8446 §4.2.3).
    let own = Authority::of(&bank);
    let nginx = Nginx::serving(
        &own.server(),
        &format!(
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client on; ssl_client_certificate {}; \
             ssl_conf_command ClientSignatureAlgorithms ECDSA+SHA256:RSA+SHA256; \
             location / {{ default_type application/json; return 200 '{}'; }}",
            bank.ca().display(),
            json!({
                "token": "t", "next": "top",
                "person": { "id": "hanakodt", "name": "", "role": "master" },
                "connection": { "protocol": "$ssl_protocol", "cipher": "$ssl_cipher", "certificate": "$ssl_client_verify" },
            })
        ),
    );
    // From now on this server is the bank's certificate login.
    let file = pc.home().join("banks/okmate.json");
    let moved = std::fs::read_to_string(&file).unwrap().replace(bank.certificate_login(), &nginx.address());
    std::fs::write(&file, moved).unwrap();

    let store = inkan_store::open(&Location::Nss(pc.database())).unwrap();
    let inkan = Inkan::with_store(Home::at(pc.home()), store, Language::Ja);
    let secret = Secret::from(bank.secret("hanakodt", "login_password"));
    let session = inkan.log_in("okmate", None, &Credentials::Certificate(None), &secret).unwrap();
    let seen = &session.logged_in().connection;
    assert_eq!((seen.protocol.as_str(), seen.certificate.as_deref()), ("TLSv1.2", Some("SUCCESS")), "{}", nginx.log());
}
