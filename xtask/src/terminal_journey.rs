//! Walks the main journey without a window: a new PC gets its certificate, logs in, and deletes the certificate again.
//! The bank, the command line and the store are real. NSS's own `certutil` shows the contents of the store.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::answer::{list, text};
use crate::bank::DemoBank;
use crate::failure::Failure;
use crate::inkan::Inkan;
use crate::interrupt;
use crate::narration::{expect, say, tell};
use crate::nss;
use crate::top_page;

/// The user who owns the certificate (S2-12).
const PERSON: &str = "hanakodt";
/// The user who revokes the certificate (S2-12).
const OPERATOR: &str = "ichirodt";

/// Walks the whole journey in a separate folder below `target`, and removes the folder.
///
/// # Errors
/// The first step that does not end as expected.
pub(crate) fn walk(target: &Path) -> Result<(), Failure> {
    interrupt::leave_to_children()?;
    let folder = tempfile::Builder::new().prefix("journey-").tempdir_in(target).map_err(Failure::file(target))?;
    let home = folder.path().join("home");
    let store = folder.path().join("nssdb");
    for new in [&home, &store] {
        std::fs::create_dir(new).map_err(Failure::file(new))?;
    }
    let bank = DemoBank::start(folder.path())?;
    let journey = Journey { inkan: Inkan::new(&home, &store)?, bank, store };
    journey.walk().inspect_err(|_| eprintln!("\nThe bank's log:\n{}", journey.bank.log()))
}

struct Journey {
    bank: DemoBank,
    inkan: Inkan,
    store: PathBuf,
}

impl Journey {
    fn walk(&self) -> Result<(), Failure> {
        tell("The demo bank is up");
        say(format!("portal {}, certificate login {}", self.bank.portal, self.bank.certificate_login));
        let name = self.add_bank()?;
        let certificate = self.acquire(&name)?;
        self.log_in(&name, &certificate)?;
        self.revoke(&name, &certificate)?;
        self.be_refused(&name, &certificate)?;
        self.delete(&certificate)?;
        self.prove_empty()?;
        println!("\nThe journey ended as it must.");
        Ok(())
    }

    fn add_bank(&self) -> Result<String, Failure> {
        const STEP: &str = "Bank added";
        tell(STEP);
        let ca = self.bank.ca.to_string_lossy();
        let bank = self.inkan.ask(&["bank", "add", &self.bank.portal, "--ca", &ca], None)?.done(STEP)?;
        say(format!("{} ({})", text(&bank, "/title/en")?, text(&bank, "/name")?));
        Ok(text(&bank, "/name")?.to_owned())
    }

    /// Acquires a certificate, and returns its ID.
    fn acquire(&self, bank: &str) -> Result<String, Failure> {
        const STEP: &str = "Key made in the store";
        tell(STEP);
        let answers = self.login_password(PERSON)?;
        let acquired = self
            .inkan
            .ask(&["acquire", "--bank", bank, "--user", PERSON], Some(&answers))?
            .done("Certificate installed")?;
        let steps: Vec<&str> = list(&acquired, "/steps")?.iter().filter_map(Value::as_str).collect();
        let done = |step: &str| steps.contains(&step);
        let key = &acquired["certificate"]["key"];
        expect(STEP, done("key_made"), || steps.join(", "))?;
        say(format!("{} {} bits, kept by: {}", text(key, "/algorithm")?, key["bits"], text(key, "/protection")?));

        tell("CSR sent");
        expect("CSR sent", done("checked_by_bank") && done("request_sent"), || steps.join(", "))?;
        say("the bank checked the login password, gave an enrolment code, and issued by EST simpleenroll (RFC 7030)");

        tell("Certificate installed");
        expect("Certificate installed", done("installed") && done("bank_notified"), || steps.join(", "))?;
        let certificate = self.only_certificate(STEP, PERSON)?;
        let id = text(&certificate, "/id")?;
        expect("Certificate installed", text(&acquired, "/certificate/id")? == id, || certificate.to_string())?;
        for (what, pointer) in
            [("name", "/name"), ("issuer", "/issuer"), ("serial", "/serial"), ("until", "/not_after")]
        {
            say(format!("{what}: {}", text(&certificate, pointer)?));
        }
        let kept = nss::contents(&self.store)?;
        let usable = matches!(&kept.certificates[..], [(_, trust)] if trust == "u,u,u") && kept.keys.len() == 1;
        expect("Certificate installed", usable, || format!("NSS shows {kept:?}"))?;
        Ok(id.to_owned())
    }

    /// Returns the only certificate of this PC, which must be usable and have that login ID (S1-2).
    fn only_certificate(&self, step: &'static str, name: &str) -> Result<Value, Failure> {
        let all = self.inkan.ask(&["certificates"], None)?.done(step)?;
        let [one] = list(&all, "")? else {
            return Err(Failure::Unexpected { step, found: all.to_string() });
        };
        expect(step, one["name"] == name && one["usable"] == true, || one.to_string())?;
        Ok(one.clone())
    }

    fn log_in(&self, bank: &str, certificate: &str) -> Result<(), Failure> {
        const STEP: &str = "Logged in over mTLS";
        tell(STEP);
        let answers = self.login_password(PERSON)?;
        let login =
            self.inkan.ask(&["login", "--bank", bank, "--certificate", certificate], Some(&answers))?.done(STEP)?;
        let protocol = text(&login, "/connection/protocol")?;
        let shown = text(&login, "/connection/certificate")?;
        expect(STEP, protocol.starts_with("TLSv1.") && shown == PERSON, || login["connection"].to_string())?;
        expect(STEP, login["next"] == "top", || login["next"].to_string())?;
        say(format!("protocol: {protocol}"));
        say(format!("cipher: {}", text(&login, "/connection/cipher")?));
        say(format!("certificate: {shown}"));
        top_page::read(&login["top"], PERSON)
    }

    fn revoke(&self, bank: &str, certificate: &str) -> Result<(), Failure> {
        const STEP: &str = "Revoked";
        tell(STEP);
        let operator = self.bank.person(OPERATOR)?;
        let answers = json!({
            "login_password": operator.login_password,
            "confirmation_password": operator.confirmation_password,
        });
        let command = ["users", "--bank", bank, "--user", OPERATOR, "certificate", PERSON, "--revoke", "--yes"];
        let user = self.inkan.ask(&command, Some(&answers))?.done(STEP)?;
        let record = &user["certificate"];
        let same = record["fingerprint_sha256"] == certificate;
        expect(STEP, same && record["state"] == "revoked", || user.to_string())?;
        say(format!(
            "by {OPERATOR}: the certificate of {}, serial {}",
            text(&user, "/person/id")?,
            text(record, "/serial")?
        ));
        Ok(())
    }

    fn be_refused(&self, bank: &str, certificate: &str) -> Result<(), Failure> {
        const STEP: &str = "Login refused";
        tell(STEP);
        let answers = self.login_password(PERSON)?;
        let problem =
            self.inkan.ask(&["login", "--bank", bank, "--certificate", certificate], Some(&answers))?.problem(STEP)?;
        expect(STEP, problem["code"] == "certificate_revoked", || problem.to_string())?;
        for (what, pointer) in [
            ("code", "/code"),
            ("why", "/title"),
            ("detail", "/detail"),
            ("who can mend it", "/who"),
            ("next", "/next"),
        ] {
            say(format!("{what}: {}", text(&problem, pointer)?));
        }
        say(format!("reference: {}", text(&problem, "/reference")?));
        Ok(())
    }

    fn delete(&self, certificate: &str) -> Result<(), Failure> {
        const STEP: &str = "Deleted";
        tell(STEP);
        let deleted = self.inkan.ask(&["certificates", "delete", certificate, "--yes"], None)?.done(STEP)?;
        expect(STEP, deleted == json!([{"id": certificate, "key": "gone"}]), || deleted.to_string())?;
        say("certificate and key are gone");
        Ok(())
    }

    fn prove_empty(&self) -> Result<(), Failure> {
        const STEP: &str = "The store is empty";
        tell(STEP);
        let left = nss::contents(&self.store)?;
        expect(STEP, left.certificates.is_empty() && left.keys.is_empty(), || format!("NSS shows {left:?}"))?;
        say("NSS's own certutil shows neither a certificate nor a key");
        Ok(())
    }

    fn login_password(&self, id: &str) -> Result<Value, Failure> {
        Ok(json!({ "login_password": self.bank.person(id)?.login_password }))
    }
}
