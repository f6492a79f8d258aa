use inkan_store::{Authorities, CertificateId, DistinguishedName, StoredCertificate};
use serde::Serialize;
use time::OffsetDateTime;

use crate::data::certificate_history::CertificateHistory;
use crate::{CertificateRow, Error, Inkan};

/// A certificate with everything that is known about it on this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CertificateDetails {
    /// The certificate as in the list, judged for its own bank.
    pub certificate: CertificateRow,
    /// The CAs above the certificate: its issuer first, each followed by its own issuer.
    pub chain: Vec<ChainLink>,
    /// The time of the certificate's last login from this PC.
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub last_login: Option<OffsetDateTime>,
    /// The time from which the bank renews the certificate (M1); none if the bank is not added on this PC.
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub renewed_from: Option<OffsetDateTime>,
    /// Whether this is the only usable certificate of its bank. Without it, a login at the bank is not possible from
    /// this PC (M10).
    pub only_usable: bool,
}

/// A CA above a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChainLink {
    /// The subject of the CA (RFC 4514).
    pub subject: String,
    /// The last moment of validity; none for a CA whose own certificate is not in the store.
    #[serde(with = "time::serde::rfc3339::option")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub not_after: Option<OffsetDateTime>,
}

impl Inkan {
    /// Returns everything about one certificate. Asks the user nothing.
    ///
    /// # Errors
    /// The errors of [`Inkan::certificate`].
    pub fn certificate_details(&self, id: &CertificateId) -> Result<CertificateDetails, Error> {
        let contents = self.store()?.contents()?;
        if let Some(unreadable) = contents.unreadable.iter().find(|one| one.id == *id) {
            return Err(Error::CertificateUnreadable(unreadable.name()));
        }
        let all = contents.certificates;
        let at = all.iter().position(|one| one.id == *id);
        let (at, mut others) =
            (at.ok_or_else(|| Error::CertificateNotFound(id.0.clone()))?, self.judged(&all, &all, None, None)?);
        let (stored, certificate) = (&all[at], others.swap_remove(at));
        let bank = certificate.bank.as_deref().map(|bank| self.bank(bank)).transpose()?;
        let as_good = |one: &CertificateRow| one.usable && one.bank == certificate.bank;
        Ok(CertificateDetails {
            chain: self.chain_above(stored)?,
            last_login: CertificateHistory::read(&self.home)?.last_login(&certificate.id),
            renewed_from: bank.map(|bank| bank.profile.certificate.renewal_opens(certificate.not_after)),
            only_usable: certificate.usable && !others.iter().any(as_good),
            certificate,
        })
    }

    /// Returns the intermediates in the store that lead up from the certificate, and then the issuer name of the last
    /// one.
    fn chain_above(&self, certificate: &StoredCertificate) -> Result<Vec<ChainLink>, Error> {
        let chains = Authorities::read(self.store()?)?.chains(certificate);
        let (above, top) = chains.shown(self.clock.now());
        let parsed = above.into_iter().filter_map(|der| StoredCertificate::parse(der, None).ok());
        let mut links: Vec<ChainLink> = parsed
            .map(|authority| ChainLink { subject: authority.subject, not_after: Some(authority.not_after) })
            .collect();
        let top = top.and_then(DistinguishedName::text).unwrap_or_else(|| certificate.issuer.clone());
        links.push(ChainLink { subject: top, not_after: None });
        Ok(links)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::tests::test_client::{Ca, NOW, TestClient};

    #[test]
    fn the_details_are_those_of_the_certificate_that_was_asked_for() {
        let root = Ca::root("Root CA");
        let below = root.intermediate("Bank CA");
        let (one, other) = (below.issue("hanakodt", (100, 100)), below.issue("jirodt", (100, 100)));
        let client = TestClient::with(&below, &[&one, &other]);
        let broken = client.put_unreadable("broken");
        CertificateHistory::used(&client.home, "okmate", &other.id, None, NOW).unwrap();
        let details = client.certificate_details(&other.id).unwrap();
        assert_eq!((details.certificate.name.as_str(), details.last_login), ("jirodt", Some(NOW)));
        assert_eq!(details.renewed_from, Some(other.not_after - time::Duration::days(30)), "M1");
        let subjects = |details: &CertificateDetails| -> Vec<String> {
            details.chain.iter().map(|link| link.subject.clone()).collect()
        };
        assert_eq!(subjects(&details), ["CN=Bank CA"]);
        client.put_authority(&below);
        let details = client.certificate_details(&one.id).unwrap();
        assert_eq!((details.certificate.name.as_str(), details.last_login), ("hanakodt", None));
        assert_eq!(subjects(&details), ["CN=Bank CA", "CN=Root CA"]);
        assert_eq!(details.chain.iter().map(|link| link.not_after.is_some()).collect::<Vec<_>>(), [true, false]);
        assert!(matches!(client.certificate_details(&broken), Err(Error::CertificateUnreadable(_))));
        let missing = CertificateId("00".into());
        assert!(matches!(client.certificate_details(&missing), Err(Error::CertificateNotFound(_))));
    }

    #[test]
    fn m10_the_only_certificate_that_can_be_used_at_its_bank_is_marked() {
        let (ca, foreign) = (Ca::root("Bank CA"), Ca::root("Foreign CA"));
        let (one, expired) = (ca.issue("hanakodt", (100, 100)), ca.issue("jirodt", (100, -5)));
        let elsewhere = foreign.issue("shirodt", (100, 100));
        let client = TestClient::with(&ca, &[&one, &expired, &elsewhere]);
        client.add_site("site", &[&foreign]);
        let only = |certificate: &StoredCertificate| client.certificate_details(&certificate.id).unwrap().only_usable;
        assert!(only(&one) && only(&elsewhere) && !only(&expired));
        client.put(&[&ca.issue("ichirodt", (100, 100))]);
        assert!(!only(&one));
    }
}
