//! What the branch and the administrators of a contract do in the course of an attack.

use std::io::Write;
use std::process::{Output, Stdio};
use std::sync::Arc;

use data_encoding::BASE64;
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};

use crate::attacked_bank::{AttackedBank, Site};
use crate::visitor::{Answer, Identity, Request, Visitor};

/// Runs a command of the branch, with `input` on standard input, and returns what it printed.
///
/// # Errors
/// What the command printed on standard error.
pub(crate) fn branch(bank: &AttackedBank, arguments: &[&str], input: &str) -> Result<Value, String> {
    let mut console = bank.console(arguments);
    console.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = console.spawn().expect("inkan-bank starts");
    // A command that does not read its input is as good.
    let _ = process.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = process.wait_with_output().expect("inkan-bank ends");
    match status.success() {
        true => Ok(serde_json::from_slice(&stdout).unwrap_or_default()),
        false => Err(String::from_utf8_lossy(&stderr).trim().to_owned()),
    }
}

/// Adds a user by the branch, who must change the password at the first login.
pub(crate) fn add_user(bank: &AttackedBank, contract: &str, id: &str, role: &str, password: &str) {
    let arguments =
        ["users", "add", "--contract", contract, "--id", id, "--name", "攻撃 対象", "--role", role, "--answers", "-"];
    branch(bank, &arguments, &json!({ "login_password": password }).to_string()).expect("a user is added");
}

/// Makes a code by the branch, with which any EST client gets the certificate of that user.
///
/// # Errors
/// The reason, such as a user who has a certificate.
pub(crate) fn enrolment_code(bank: &AttackedBank, user: &str) -> Result<String, String> {
    let made = branch(bank, &["enrolment-code", "--user", user], "")?;
    Ok(made["code"].as_str().ok_or_else(|| format!("no code in {made}"))?.to_owned())
}

/// Returns a key and the body of a request for its certificate.
pub(crate) fn key_and_request() -> (KeyPair, Vec<u8>) {
    let key = KeyPair::generate().expect("a key");
    let request = CertificateParams::default().serialize_request(&key).expect("a request");
    (key, BASE64.encode(request.der()).into_bytes())
}

/// Enrols `user` with an enrolment code, and returns the answer, with the certificate if there is one.
pub(crate) async fn enrol(
    visitor: &Visitor,
    site: Site,
    user: &str,
    code: &str,
) -> std::io::Result<(Answer, Option<Arc<Identity>>)> {
    let (key, body) = key_and_request();
    let basic = basic(user, code);
    let request = Request {
        method: "POST",
        path: "/.well-known/est/simpleenroll",
        authorization: Some(&basic),
        content_type: Some("application/pkcs10"),
        body,
    };
    let answer = visitor.ask(site.portal, &request).await?;
    let identity = answer.is_success().then(|| certificate(&answer.body)).flatten();
    let identity = identity.map(|certificate| Arc::new(Identity { certificate, key: key.serialize_der() }));
    Ok((answer, identity))
}

/// Returns the value of the header of a Basic authentication.
pub(crate) fn basic(user: &str, code: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{user}:{code}").as_bytes()))
}

/// Returns the certificate in the body of an EST answer.
fn certificate(body: &[u8]) -> Option<Vec<u8>> {
    let packed: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    inkan_protocol::certs_only::decode(&BASE64.decode(&packed).ok()?).ok()?.into_iter().next()
}

/// Logs in with ID and password, and returns the answer and the value of the header for the session.
pub(crate) async fn log_in(
    visitor: &Visitor,
    site: Site,
    user: &str,
    password: &str,
) -> std::io::Result<(Answer, Option<String>)> {
    let asked = json!({ "user": user, "login_password": password });
    let answer = visitor.ask(site.portal, &Request::post("/v1/sessions", &asked)).await?;
    let session = bearer(&answer);
    Ok((answer, session))
}

/// Logs in with the visitor's certificate.
pub(crate) async fn log_in_with_certificate(
    visitor: &Visitor,
    site: Site,
    password: &str,
) -> std::io::Result<(Answer, Option<String>)> {
    let asked = json!({ "login_password": password });
    let answer = visitor.ask(site.certificate_login, &Request::post("/v1/sessions", &asked)).await?;
    let session = bearer(&answer);
    Ok((answer, session))
}

fn bearer(answer: &Answer) -> Option<String> {
    answer.json()["token"].as_str().map(|token| format!("Bearer {token}"))
}

/// Returns what the bank says about the certificate of the visitor: `session_ended` if it is live, since the visitor
/// shows no session.
pub(crate) async fn standing(visitor: &Visitor, site: Site) -> std::io::Result<String> {
    Ok(visitor.ask(site.certificate_login, &Request::get("/v1/top")).await?.code())
}
