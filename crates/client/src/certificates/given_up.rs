//! Certificates that were revoked and then deleted on this PC. They show that the old PC of a change of PC has done its
//! part (S0-9, S0-12, S0-15).

use inkan_profile::RoleId;

use crate::certificates::row::CertificateRow;
use crate::data::certificate_history::{CertificateHistory, GivenUp};
use crate::services::holder::Holder;
use crate::{Error, Inkan, Reason};

impl Inkan {
    /// Returns whether a certificate of that role and user was deleted on this PC after its revocation, and the user
    /// has no newer certificate on record. If `user` is none, all such certificates of the role must belong to the same
    /// user.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn has_given_up(&self, bank: &str, role: &RoleId, user: Option<&str>) -> Result<bool, Error> {
        let bank = self.bank(bank)?;
        let history = CertificateHistory::read(&self.home)?;
        let pattern = bank.profile.certificate_name(role);
        let theirs = |one: &&GivenUp| {
            one.holder.bank == bank.name
                && pattern.read(&one.name).is_some()
                && user.is_none_or(|user| user == one.holder.user)
        };
        let mut found = history.given_up().iter().filter(theirs);
        Ok(found.next().is_some_and(|first| found.all(|other| other.holder == first.holder)))
    }

    /// Records, right before the deletion of a certificate, that it was revoked, if its revocation and its holder are
    /// known. The record counts only once the certificate is no longer in the store.
    pub(crate) fn note_given_up(&self, row: &CertificateRow, holder: Option<Holder>) -> Result<(), Error> {
        let revoked = row.reasons.contains(&Reason::Revoked);
        let Some(holder) = holder.filter(|_| revoked) else { return Ok(()) };
        let given_up = GivenUp { certificate: row.id.clone(), name: row.name.clone(), holder };
        Ok(CertificateHistory::gave_up(&self.home, given_up)?)
    }
}

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;
    use inkan_store::StoredCertificate;

    use super::*;
    use crate::certificates::tests::test_client::{Ca, KEIYAKU, OKMATE, TestClient};

    const CONTRACT: &str = "00009876543";

    fn revoke_and_delete(client: &TestClient, bank: &str, certificate: &StoredCertificate) {
        client.put(&[certificate]);
        CertificateHistory::refused(&client.home, Some(bank), &certificate.id, Code::CertificateRevoked).unwrap();
        client.delete(&certificate.id).unwrap();
    }

    #[test]
    fn s0_15_a_revoked_certificate_that_was_deleted_here_is_given_up() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::with(&ca, &[]);
        client.add_bank("second", OKMATE, &[&Ca::root("Second CA")], &[]);
        let given_up = |bank: &str, user| client.has_given_up(bank, &RoleId("general".into()), user).unwrap();
        let live = ca.issue("hanakodt", (100, 100));
        client.put(&[&live]);
        client.delete(&live.id).unwrap();
        assert!(!given_up("okmate", None), "the bank may still accept it");
        revoke_and_delete(&client, "okmate", &ca.issue("jirodt", (100, 100)));
        assert!(given_up("okmate", None) && given_up("okmate", Some("jirodt")));
        assert!(!given_up("okmate", Some("hanakodt")) && !given_up("second", None));
        revoke_and_delete(&client, "okmate", &ca.issue("jirodt", (10, 100)));
        assert!(given_up("okmate", None), "the same person");
        revoke_and_delete(&client, "okmate", &ca.issue("shirodt", (100, 100)));
        assert!(!given_up("okmate", None), "one of two persons");
        assert!(given_up("okmate", Some("jirodt")) && given_up("okmate", Some("shirodt")));
    }

    #[test]
    fn s3_16_the_name_of_the_certificate_says_the_role() {
        let ca = Ca::root("Bank CA");
        let client = TestClient::new();
        client.add_bank("keiyaku", KEIYAKU, &[&ca], &[]);
        revoke_and_delete(&client, "keiyaku", &ca.issue(&format!("{CONTRACT} riyousya 1635"), (100, 100)));
        let given_up = |role: &str| client.has_given_up("keiyaku", &RoleId(role.into()), Some("riyousya")).unwrap();
        assert!(given_up("user") && !given_up("administrator"));
    }
}
