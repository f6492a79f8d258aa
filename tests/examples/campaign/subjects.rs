//! The users who are attacked. They have a contract of their own, so that no honest client is locked or frozen.

use std::sync::Arc;

use serde_json::json;

use crate::administration::{add_user, branch, enrol, enrolment_code, log_in, log_in_with_certificate};
use crate::attacked_bank::AttackedBank;
use crate::visitor::{Identity, Request};

/// The contract of the attacked users.
pub(crate) const CONTRACT: &str = "attacked";
/// The administrator of the contract.
pub(crate) const OPERATOR: &str = "shikakari";
/// A user upon whom the administrator acts.
pub(crate) const SUBJECT: &str = "taishou";
/// The administrator's passwords.
pub(crate) const LOGIN: &str = "Tsuru8kame3m";
pub(crate) const CONFIRMATION: &str = "Matsu7take2u";
/// The password that the branch gives, and that must be changed at the first login.
pub(crate) const FIRST: &str = "Haru5natsu9x";

/// An administrator with a certificate.
pub(crate) struct Subjects {
    /// The certificate of the administrator.
    pub(crate) identity: Arc<Identity>,
}

impl Subjects {
    /// Adds the users.
    pub(crate) async fn at(bank: &AttackedBank) -> Self {
        branch(bank, &["contracts", "add", CONTRACT, "--company", "攻撃対象株式会社"], "").expect("a contract");
        add_user(bank, CONTRACT, OPERATOR, "administrator", FIRST);
        add_user(bank, CONTRACT, SUBJECT, "general", FIRST);
        let (site, visitor) = (bank.site(0), bank.visitor());
        let (answer, session) = log_in(&visitor, site, OPERATOR, FIRST).await.expect("a login");
        let session = session.unwrap_or_else(|| panic!("no login: {answer:?}"));
        let change = json!({
            "login_password": FIRST, "new_login_password": LOGIN, "new_confirmation_password": CONFIRMATION,
        });
        let changed = visitor.ask(site.portal, &Request::post("/v1/passwords", &change).by(&session)).await;
        assert!(changed.as_ref().is_ok_and(|answer| answer.is_success()), "{changed:?}");
        let code = enrolment_code(bank, OPERATOR).expect("a code");
        let (answer, identity) = enrol(&visitor, site, OPERATOR, &code).await.expect("an enrolment");
        Self { identity: identity.unwrap_or_else(|| panic!("no certificate: {answer:?}")) }
    }

    /// Logs the administrator in with ID and password, at the process with that number. Returns the value of the header
    /// for the session.
    ///
    /// # Errors
    /// The answer, or the error of the connection, as text.
    pub(crate) async fn session(&self, bank: &AttackedBank, number: usize) -> Result<String, String> {
        let (answer, session) =
            log_in(&bank.visitor(), bank.site(number), OPERATOR, LOGIN).await.map_err(|error| error.to_string())?;
        session.ok_or_else(|| format!("{} {}", answer.status, answer.code()))
    }

    /// Logs the administrator in with the certificate.
    ///
    /// # Errors
    /// The answer, or the error of the connection, as text.
    pub(crate) async fn certificate_session(&self, bank: &AttackedBank, number: usize) -> Result<String, String> {
        let visitor = bank.visitor().with(Arc::clone(&self.identity));
        let (answer, session) =
            log_in_with_certificate(&visitor, bank.site(number), LOGIN).await.map_err(|error| error.to_string())?;
        session.ok_or_else(|| format!("{} {}", answer.status, answer.code()))
    }
}

/// Makes the branch unlock every password of the administrator.
pub(crate) fn unlock(bank: &AttackedBank, user: &str) {
    branch(bank, &["users", "unlock", "--user", user], "").expect("the branch unlocks");
}
