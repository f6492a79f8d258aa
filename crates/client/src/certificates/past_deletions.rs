//! Certificates that were deleted on this PC by mistake. Their holder gets no other certificate while the bank counts
//! the deleted one as valid (M2).

use inkan_profile::RoleId;

use crate::certificates::deleted_here::DeletedHere;
use crate::certificates::row::CertificateRow;
use crate::data::certificate_history::{CertificateHistory, Deleted};
use crate::net::clocks::NOTICEABLE;
use crate::time_format::in_japan;
use crate::{Bank, DataFile, Inkan};

/// The smallest number of characters of an ID that identify a certificate.
const SHORTEST: usize = 8;

impl Inkan {
    /// Returns the newest certificate of that bank that was deleted on this PC. If `rows` is not empty, only
    /// certificates of the holders of `rows` count.
    pub(crate) fn deleted_here(&self, bank: &Bank, rows: &[CertificateRow]) -> Result<Option<DeletedHere>, DataFile> {
        let history = CertificateHistory::read(&self.home)?;
        let theirs = |deleted: &&Deleted| rows.is_empty() || rows.iter().any(|row| holds(bank, &history, row, deleted));
        Ok(self.deletions(bank, &history).find(theirs).map(|deleted| self.told(bank, deleted)))
    }

    /// Returns the certificate of that bank that was deleted on this PC and whose ID is `id` or begins with `id`.
    pub(crate) fn deleted_with_id(&self, bank: &Bank, id: &str) -> Result<Option<DeletedHere>, DataFile> {
        let id: String = id.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
        let history = CertificateHistory::read(&self.home)?;
        let meant = |deleted: &&Deleted| id.len() >= SHORTEST && deleted.certificate.0.starts_with(&id);
        Ok(self.deletions(bank, &history).find(meant).map(|deleted| self.told(bank, deleted)))
    }

    /// Returns the newest deleted certificate of each holder at that bank, unless a usable certificate of the holder is
    /// in `rows`.
    pub(crate) fn lost_by_deletion(&self, bank: &Bank, rows: &[CertificateRow]) -> Result<Vec<DeletedHere>, DataFile> {
        let history = CertificateHistory::read(&self.home)?;
        let mut lost: Vec<&Deleted> = Vec::new();
        for deleted in self.deletions(bank, &history) {
            let again = rows.iter().any(|row| row.usable && holds(bank, &history, row, deleted));
            if !again && lost.iter().all(|newer| newer.holder != deleted.holder) {
                lost.push(deleted);
            }
        }
        Ok(lost.into_iter().map(|deleted| self.told(bank, deleted)).collect())
    }

    /// Returns the deletions, the newest first. A certificate that has expired since then is left out, because it does
    /// not prevent the next one.
    fn deletions<'a>(&self, bank: &'a Bank, history: &'a CertificateHistory) -> impl Iterator<Item = &'a Deleted> {
        let now = self.clock.now();
        history.deletions_at(&bank.name).filter(move |deleted| deleted.not_after.is_none_or(|until| now <= until))
    }

    fn told(&self, bank: &Bank, deleted: &Deleted) -> DeletedHere {
        let profile = &bank.profile;
        let reissued = |role: &RoleId| profile.is_reissued(role);
        DeletedHere {
            user: deleted.holder.user.clone(),
            on: in_japan(deleted.at),
            dated: deleted.at <= self.clock.now().saturating_add(NOTICEABLE),
            bank: bank.name.clone(),
            helper: deleted.role.as_ref().map(|role| profile.helper_with_certificate(role)),
            reissued: match &deleted.role {
                Some(role) => reissued(role),
                None => profile.roles.iter().any(|role| reissued(&role.id)),
            },
        }
    }
}

fn holds(bank: &Bank, history: &CertificateHistory, row: &CertificateRow, deleted: &Deleted) -> bool {
    let holder = history.holder(&row.id).cloned().or_else(|| bank.holder_named(&row.name));
    row.bank.as_ref() == Some(&bank.name) && holder.as_ref() == Some(&deleted.holder)
}

#[cfg(test)]
mod tests {
    use inkan_profile::Helper;
    use inkan_protocol::Code;
    use inkan_store::StoredCertificate;
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::certificates::tests::test_client::{Ca, NOW, OKMATE, TestClient};
    use crate::services::holder::Holder;
    use crate::{CertificateId, Error};

    fn deleted(user: &str, id: &str, at: OffsetDateTime, not_after: Option<OffsetDateTime>) -> Deleted {
        let holder = Holder { bank: "okmate".to_owned(), contract: None, user: user.to_owned() };
        Deleted { certificate: CertificateId(id.to_owned()), holder, role: None, at, not_after }
    }

    fn remember(client: &TestClient, deleted: Deleted) {
        let id = deleted.certificate.clone();
        CertificateHistory::deleted(&client.home, &id, Some(deleted)).unwrap();
    }

    fn users(found: &[DeletedHere]) -> Vec<&str> {
        found.iter().map(|one| one.user.as_str()).collect()
    }

    #[test]
    fn m2_the_newest_deletion_of_a_holder_is_found() {
        let ca = Ca::root("Bank CA");
        let (hanako, jiro) = (ca.issue("hanakodt", (300, 100)), ca.issue("jirodt", (300, 100)));
        let client = TestClient::with(&ca, &[&hanako, &jiro]);
        client.add_bank("second", OKMATE, &[&Ca::root("Second CA")], &[]);
        let [bank, second] = ["okmate", "second"].map(|name| client.bank(name).unwrap());
        let of = |certificates: &[&StoredCertificate]| {
            let rows: Vec<CertificateRow> = certificates.iter().map(|one| client.row(one, None)).collect();
            client.deleted_here(&bank, &rows).unwrap().map(|deleted| deleted.user)
        };
        assert_eq!(of(&[]), None);
        remember(&client, deleted("hanakodt", "aa", NOW, None));
        assert_eq!(of(&[]).as_deref(), Some("hanakodt"));
        assert_eq!(of(&[&hanako]).as_deref(), Some("hanakodt"));
        assert_eq!(of(&[&jiro]), None, "another person");
        assert_eq!(of(&[&jiro, &hanako]).as_deref(), Some("hanakodt"));
        assert_eq!(client.deleted_here(&second, &[]).unwrap(), None, "another bank");
        let foreign = CertificateRow { bank: Some("second".to_owned()), ..client.row(&hanako, None) };
        assert_eq!(client.deleted_here(&bank, &[foreign]).unwrap(), None, "a namesake at another bank");
        remember(&client, deleted("jirodt", "bb", NOW, None));
        assert_eq!(of(&[]).as_deref(), Some("jirodt"), "the newest");
    }

    #[test]
    fn a_deletion_is_found_by_the_beginning_of_an_identity_that_is_long_enough() {
        let client = TestClient::with(&Ca::root("Bank CA"), &[]);
        let bank = client.bank("okmate").unwrap();
        remember(&client, deleted("hanakodt", "0123456789abcdef", NOW, None));
        let found = |id: &str| client.deleted_with_id(&bank, id).unwrap().map(|deleted| deleted.user);
        for id in ["01234567", "01:23:45:67", "0123456789ABCDEF"] {
            assert_eq!(found(id).as_deref(), Some("hanakodt"), "{id}");
        }
        for id in ["0123456", "", "11234567", "99999999"] {
            assert_eq!(found(id), None, "{id}");
        }
    }

    #[test]
    fn a_person_has_lost_a_certificate_if_no_other_one_of_theirs_can_be_used() {
        let ca = Ca::root("Bank CA");
        let (hanako, revoked) = (ca.issue("hanakodt", (300, 100)), ca.issue("jirodt", (300, 100)));
        let client = TestClient::with(&ca, &[&hanako, &revoked]);
        CertificateHistory::refused(&client.home, Some("okmate"), &revoked.id, Code::CertificateRevoked).unwrap();
        for (user, id) in [("hanakodt", "aa"), ("jirodt", "bb"), ("shirodt", "cc"), ("shirodt", "dd")] {
            remember(&client, deleted(user, id, NOW, None));
        }
        let bank = client.bank("okmate").unwrap();
        let lost = client.lost_by_deletion(&bank, &client.certificates(None).unwrap()).unwrap();
        assert_eq!(users(&lost), ["shirodt", "jirodt"], "each once, and not who has another one");
        assert_eq!(users(&client.lost_by_deletion(&bank, &[]).unwrap()), ["shirodt", "jirodt", "hanakodt"]);
    }

    #[test]
    fn a_deleted_certificate_that_has_expired_since_keeps_its_holder_from_nothing() {
        let client = TestClient::with(&Ca::root("Bank CA"), &[]);
        let bank = client.bank("okmate").unwrap();
        remember(&client, deleted("hanakodt", "aa", NOW, Some(NOW)));
        remember(&client, deleted("jirodt", "bb", NOW, Some(NOW - Duration::SECOND)));
        assert_eq!(users(&client.lost_by_deletion(&bank, &[]).unwrap()), ["hanakodt"]);
    }

    #[test]
    fn a_deletion_says_who_helps_and_when_it_was() {
        let client = TestClient::with(&Ca::root("Bank CA"), &[]);
        let bank = client.bank("okmate").unwrap();
        let role = Some(RoleId("general".into()));
        let last = NOW + NOTICEABLE;
        remember(&client, Deleted { role, ..deleted("hanakodt", "aa", last, None) });
        remember(&client, deleted("jirodt", "bb", last + Duration::SECOND, None));
        let [jiro, hanako] = <[DeletedHere; 2]>::try_from(client.lost_by_deletion(&bank, &[]).unwrap()).unwrap();
        assert!(hanako.dated && !jiro.dated, "this PC's clock was ahead");
        let facts = hanako.facts();
        let expected = [
            ("user", "hanakodt"),
            ("on", "2026-11-21 09:02"),
            ("dated", "yes"),
            ("bank", "okmate"),
            ("helper", Helper::Administrator.name()),
            ("role", "known"),
            ("act", "revoke"),
        ];
        assert_eq!(facts, expected);
        assert_eq!(jiro.facts()[5], ("role", "unknown"));
    }

    #[test]
    fn a_login_with_a_certificate_that_was_deleted_here_says_so() {
        let ca = Ca::root("Bank CA");
        let one = ca.issue("hanakodt", (100, 100));
        let client = TestClient::with(&ca, &[&one]);
        assert_eq!(client.certificate_for_login("okmate", None, None).unwrap(), one.id);
        client.delete(&one.id).unwrap();
        let user = |error: Error| match error {
            Error::CertificateDeleted(deleted) => deleted.user,
            other => panic!("{other}"),
        };
        assert_eq!(user(client.certificate_for_login("okmate", None, Some(&one.id)).unwrap_err()), "hanakodt");
        assert_eq!(user(client.certificate_for_login("okmate", None, None).unwrap_err()), "hanakodt");
        assert_eq!(user(client.find_for_login("okmate", &one.id.0).unwrap_err()), "hanakodt");
    }
}
