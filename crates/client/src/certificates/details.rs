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
