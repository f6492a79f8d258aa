use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Bank, run};

/// A key and its certificate in files, which only openssl and curl have made and fetched.
#[derive(Debug)]
pub struct EnrolledByHand {
    directory: TempDir,
    bank_ca: PathBuf,
}

impl EnrolledByHand {
    /// Returns the certificate in PEM.
    pub fn certificate(&self) -> PathBuf {
        self.directory.path().join("certificate.pem")
    }

    /// Returns the key in PEM.
    pub fn key(&self) -> PathBuf {
        self.directory.path().join("key.pem")
    }

    /// Returns the directory of the files.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// Returns certificate and key, as arguments for a server.
    pub fn files(&self) -> [String; 2] {
        [self.certificate(), self.key()].map(|file| file.display().to_string())
    }

    /// Sends a request by curl with this certificate, and returns status and body.
    pub fn curl(&self, url: &str, token: Option<&str>, body: Option<Value>) -> (u16, Value) {
        let mut arguments = vec![
            "--cert".into(),
            self.certificate().display().to_string(),
            "--key".into(),
            self.key().display().to_string(),
        ];
        if let Some(token) = token {
            arguments.extend(["-H".into(), format!("Authorization: Bearer {token}")]);
        }
        json_request(&self.bank_ca, url, arguments, body)
    }

    /// Sends a `DELETE` with this certificate, and returns the status.
    pub fn curl_delete(&self, url: &str, token: &str) -> u16 {
        let certificate = ["--cert".into(), self.certificate().display().to_string(), "--key".into()];
        let mut arguments = certificate.to_vec();
        arguments.extend([self.key().display().to_string(), "-X".into(), "DELETE".into()]);
        arguments.extend(["-H".into(), format!("Authorization: Bearer {token}")]);
        json_request(&self.bank_ca, url, arguments, None).0
    }

    /// Sends a `GET` without a certificate, and returns the status and the body.
    pub fn curl_without(&self, url: &str, token: &str) -> (u16, Value) {
        json_request(&self.bank_ca, url, vec!["-H".into(), format!("Authorization: Bearer {token}")], None)
    }
}

/// Returns an enrolment code of `user`, fetched by curl.
///
/// # Panics
/// Panics if the bank refuses.
pub fn enrolment_code(bank: &Bank, user: &str) -> String {
    let url = format!("{}/v1/enrolment-codes", bank.portal().trim_end_matches('/'));
    let request = json!({ "user": user, "login_password": bank.secret(user, "login_password") });
    let (status, answer) = json_request(&bank.ca(), &url, Vec::new(), Some(request));
    assert_eq!(status, 200, "{answer}");
    answer["code"].as_str().expect("a code").to_owned()
}

/// Revokes the certificate of `user` as `operator`, only by curl.
///
/// # Panics
/// Panics if the bank refuses.
pub fn revoke_by_hand(bank: &Bank, operator: &str, user: &str) {
    let url = |path: &str| format!("{}{path}", bank.portal().trim_end_matches('/'));
    let login = json!({ "user": operator, "login_password": bank.secret(operator, "login_password") });
    let (status, granted) = json_request(&bank.ca(), &url("/v1/sessions"), Vec::new(), Some(login));
    assert_eq!(status, 200, "{granted}");
    let bearer = format!("Authorization: Bearer {}", granted["token"].as_str().expect("a token"));
    let act = json!({ "act": "revoke", "confirmation_password": bank.secret(operator, "confirmation_password") });
    let path = format!("/v1/users/{user}/certificate");
    let (status, record) = json_request(&bank.ca(), &url(&path), vec!["-H".into(), bearer], Some(act));
    assert_eq!((status, &record["certificate"]["state"]), (200, &json!("revoked")), "{record}");
}

/// Enrols `user` with common tools: a code from the bank, `openssl req`, and EST by curl (RFC 7030 §4.2).
///
/// # Panics
/// Panics if any step fails.
pub fn enrol_by_hand(bank: &Bank, user: &str) -> EnrolledByHand {
    let enrolled = EnrolledByHand { directory: TempDir::new().expect("a temporary directory"), bank_ca: bank.ca() };
    let url = |path: &str| format!("{}{path}", bank.portal().trim_end_matches('/'));
    let code = enrolment_code(bank, user);
    let file = |name: &str| enrolled.directory.path().join(name).display().to_string();
    openssl(&[
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=by hand",
        "-keyout",
        &file("key.pem"),
        "-outform",
        "DER",
        "-out",
        &file("request.der"),
    ]);
    openssl(&["base64", "-in", &file("request.der"), "-out", &file("request.b64")]);
    let ca = bank.ca().display().to_string();
    let sent = run(
        "curl",
        [
            "-sS",
            "--fail-with-body",
            "--cacert",
            &ca,
            "-u",
            &format!("{user}:{code}"),
            "-H",
            "Content-Type: application/pkcs10",
            "--data-binary",
            &format!("@{}", file("request.b64")),
            "-o",
            &file("answer.b64"),
            &url("/.well-known/est/simpleenroll"),
        ],
    );
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    openssl(&["base64", "-d", "-A", "-in", &file("answer.b64"), "-out", &file("answer.p7")]);
    openssl(&["pkcs7", "-inform", "DER", "-in", &file("answer.p7"), "-print_certs", "-out", &file("certificate.pem")]);
    enrolled
}

fn openssl(arguments: &[&str]) {
    let output = run("openssl", arguments);
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn json_request(ca: &std::path::Path, url: &str, mut arguments: Vec<String>, body: Option<Value>) -> (u16, Value) {
    arguments.extend(["-sS".into(), "--cacert".into(), ca.display().to_string()]);
    arguments.extend(["-w".into(), "\n%{http_code}".into()]);
    if let Some(body) = body {
        arguments.extend(["-H".into(), "Content-Type: application/json".into(), "-d".into(), body.to_string()]);
    }
    arguments.push(url.to_owned());
    let output = run("curl", &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let (body, status) = text.rsplit_once('\n').expect("a status");
    (status.parse().expect("a number"), serde_json::from_str(body).unwrap_or(Value::Null))
}
