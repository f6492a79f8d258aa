//! A request whose body comes late: who asks is judged when the whole request is there, at every route that changes
//! something.
//!
//! The client sends the headers with `Expect: 100-continue` (RFC 9110 §10.1.1) and waits for the bank to ask for the
//! body. Then the operator changes, and only then the body goes out.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use inkan_protocol::{ENDPOINTS, Listener, Method, path};
use rcgen::KeyPair;
use serde_json::{Value, json};

use crate::operator_judged_again::{ADMINISTRATOR, Acting, Change, execute, written};
use crate::raw_connection::RawConnection;
use crate::test_bank::{HANAKO, Issued, JIRO, TestBank, request};
use crate::tokens_in_hand::HANAKO_CONFIRMS;

const JIRODT: Acting = Acting { key: "jirodt", contract: "demo", role: "general", lower: "general" };

/// What happens between the headers and the body, and the code of the refusal.
#[derive(Debug, Clone)]
struct Meanwhile {
    make: String,
    take_back: String,
    code: &'static str,
}

impl From<(Change, Acting)> for Meanwhile {
    fn from((change, operator): (Change, Acting)) -> Self {
        let [make, take_back] = change.statements(operator);
        Self { make, take_back, code: change.refusal() }
    }
}

fn revoked(issued: &Issued) -> Meanwhile {
    let set =
        |to: &str| format!("UPDATE certificates SET revoked = {to} WHERE fingerprint = '{}'", issued.fingerprint());
    Meanwhile { make: set("1"), take_back: set("NULL"), code: "certificate_revoked" }
}

fn code_ended() -> Meanwhile {
    let set = |hash: &str| format!("UPDATE enrolment_codes SET code_hash = {hash}");
    Meanwhile { make: set("'x' || code_hash"), take_back: set("substr(code_hash, 2)"), code: "enrolment_code_invalid" }
}

/// A request, with its headers apart from its body.
struct Withheld {
    method: Method,
    /// The path of the table of endpoints.
    endpoint: &'static str,
    /// The text that replaces the part of the path in braces.
    part: String,
    authorization: Option<String>,
    content_type: &'static str,
    body: String,
}

impl Withheld {
    fn json(method: Method, endpoint: &'static str, body: &Value) -> Self {
        let (part, content_type) = ("jirodt".to_owned(), "application/json");
        Self { method, endpoint, part, authorization: None, content_type, body: body.to_string() }
    }

    fn pkcs10(endpoint: &'static str) -> Self {
        let body = BASE64.encode(&request(&KeyPair::generate().unwrap()));
        Self { content_type: "application/pkcs10", body, ..Self::json(Method::Post, endpoint, &Value::Null) }
    }

    fn authorized(self, authorization: &str) -> Self {
        Self { authorization: Some(authorization.to_owned()), ..self }
    }

    fn headers(&self) -> String {
        let path = self.endpoint.replace("{id}", &self.part).replace("{fingerprint}", &self.part);
        let method = match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        let authorization = self.authorization.as_ref().map(|value| format!("Authorization: {value}\r\n"));
        format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n{}Content-Type: {}\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            authorization.unwrap_or_default(),
            self.content_type,
            self.body.len()
        )
    }
}

/// Has each of `meanwhile` happen between the headers and the body, and the request refused without a trace.
async fn is_judged_with_its_body(
    bank: &TestBank,
    listener: Listener,
    issued: Option<&Issued>,
    asked: &Withheld,
    meanwhile: &[Meanwhile],
) {
    let announced = bank.server.announcement();
    let address = match listener {
        Listener::CertificateLogin => &announced.certificate_login,
        Listener::Portal | Listener::Plain => &announced.portal,
    };
    for Meanwhile { make, take_back, code } in meanwhile {
        let said = format!("{listener:?} {:?} {}: {make}", asked.method, asked.endpoint);
        let mut line = RawConnection::open(bank, address, issued).await;
        line.send(&asked.headers()).await;
        assert_eq!(line.answer().await.0, 100, "{said}");
        execute(bank, std::slice::from_ref(make)).await;
        let before = written(bank).await;
        line.send(&asked.body).await;
        let (status, body) = line.answer().await;
        assert!(status >= 400 && body.contains(&format!("\"code\":\"{code}\"")), "{said}: {status} {body}");
        assert_eq!(written(bank).await, before, "{said}");
        execute(bank, std::slice::from_ref(take_back)).await;
    }
}

/// Every request of a session that changes something.
fn of_a_session(token: &str) -> Vec<Withheld> {
    let confirmed = json!({"confirmation_password": HANAKO_CONFIRMS});
    let passwords = json!({
        "login_password": HANAKO.1, "new_login_password": "Hanako2027",
        "confirmation_password": HANAKO_CONFIRMS, "new_confirmation_password": "Kakunin97",
    });
    let edit = json!({"forced_change": true, "confirmation_password": HANAKO_CONFIRMS});
    let revoke = json!({"act": "revoke", "confirmation_password": HANAKO_CONFIRMS});
    let revoke_tokens = json!({"users": ["shirodt"], "otp": "000000", "confirmation_password": HANAKO_CONFIRMS});
    let post = |endpoint, body: &Value| Withheld::json(Method::Post, endpoint, body);
    [
        Withheld::json(Method::Delete, path::CURRENT_SESSION, &json!({})),
        Withheld::json(Method::Delete, path::SESSION, &json!({})),
        Withheld::json(Method::Delete, path::OTHER_SESSIONS, &json!({})),
        post(path::PASSWORDS, &passwords),
        Withheld::json(Method::Patch, path::USER_SETTINGS, &edit),
        post(path::USER_UNLOCK, &confirmed),
        post(path::FREEZE, &confirmed),
        post(path::USER_CERTIFICATE, &revoke),
        post(path::TOKEN_ACTIVATION, &json!({"serial": "12345678", "otp": "000000"})),
        post(path::TOKEN_SKIP, &json!({})),
        post(path::TOKEN_RESYNC, &json!({"otp": "000000", "otp_next": "000001"})),
        post(path::TOKEN_REVOCATIONS, &revoke_tokens),
        post(path::USER_TOKEN_UNLOCK, &confirmed),
    ]
    .into_iter()
    .map(|asked| asked.authorized(&format!("Bearer {token}")))
    .collect()
}

#[tokio::test]
async fn at_every_route_that_changes_something_who_asks_is_judged_with_the_whole_body() {
    let mut walked = BTreeSet::new();
    let standing = |operator| [Change::Frozen, Change::LoginLocked].map(|change| Meanwhile::from((change, operator)));
    let (hanako, jiro) = (standing(ADMINISTRATOR), standing(JIRODT));
    let logged_out = Meanwhile::from((Change::LoggedOut, ADMINISTRATOR));
    let mut walk = async |bank: &TestBank, listener, issued, asked: Withheld, meanwhile: &[Meanwhile]| {
        is_judged_with_its_body(bank, listener, issued, &asked, meanwhile).await;
        walked.insert((format!("{listener:?}"), format!("{:?}", asked.method), asked.endpoint));
    };

    let bank = TestBank::open().await;
    let portal = Listener::Portal;
    let token = bank.log_in(HANAKO).await.token.unwrap();
    for asked in of_a_session(&token) {
        walk(&bank, portal, None, asked, &[&hanako[..], std::slice::from_ref(&logged_out)].concat()).await;
    }
    let log_in = json!({"user": HANAKO.0, "login_password": HANAKO.1});
    for endpoint in [path::SESSIONS, path::ENROLMENT_CODES] {
        walk(&bank, portal, None, Withheld::json(Method::Post, endpoint, &log_in), &hanako).await;
    }
    let code = bank.code(JIRO).await.ok();
    let basic = format!("{}:{}", code["user"].as_str().unwrap(), code["code"].as_str().unwrap());
    let basic = format!("Basic {}", BASE64.encode(basic.as_bytes()));
    let installed = |issued: &Issued| Withheld {
        part: issued.fingerprint(),
        ..Withheld::json(Method::Post, path::INSTALLED, &json!({}))
    };
    let of_a_code = [&jiro[..], &[code_ended()]].concat();
    walk(&bank, portal, None, Withheld::pkcs10(path::EST_SIMPLE_ENROLL).authorized(&basic), &of_a_code).await;
    let issued = bank.acquire(HANAKO).await;
    walk(&bank, portal, None, installed(&issued).authorized(&basic), &of_a_code).await;

    let here = Listener::CertificateLogin;
    let of_the_certificate = [&hanako[..], &[revoked(&issued)]].concat();
    let token = bank.log_in_with(&issued, HANAKO.1).await.token.unwrap();
    for asked in of_a_session(&token) {
        let meanwhile = [&of_the_certificate[..], std::slice::from_ref(&logged_out)].concat();
        walk(&bank, here, Some(&issued), asked, &meanwhile).await;
    }
    let log_in = Withheld::json(Method::Post, path::SESSIONS, &json!({"login_password": HANAKO.1}));
    for asked in [log_in, Withheld::pkcs10(path::EST_SIMPLE_REENROLL), installed(&issued)] {
        walk(&bank, here, Some(&issued), asked, &of_the_certificate).await;
    }

    let changing = ENDPOINTS.iter().filter(|one| one.method != Method::Get && one.path != path::OCSP);
    let all = changing.flat_map(|one| {
        one.listeners.iter().map(move |listener| (format!("{listener:?}"), format!("{:?}", one.method), one.path))
    });
    assert_eq!(walked, all.collect(), "every route is walked");
}
