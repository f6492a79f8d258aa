use std::collections::BTreeMap;

use inkan_protocol::Code;
use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{DataFile, Home, Lesson};

const FILE: &str = "memory.json";

/// What earlier logins taught about the certificates here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    /// By the bank's name, the certificate that last logged in there.
    last_used: BTreeMap<String, CertificateId>,
    /// When each certificate last logged in.
    used_at: BTreeMap<CertificateId, Moment>,
    /// Certificates that a bank has refused for good, and how.
    refused: BTreeMap<CertificateId, Code>,
}

/// A time as the file holds it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Moment(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

impl Memory {
    pub(crate) fn read(home: &Home) -> Result<Self, DataFile> {
        Ok(home.read(FILE)?.unwrap_or_default())
    }

    pub(crate) fn is_last_used(&self, bank: &str, certificate: &CertificateId) -> bool {
        self.last_used.get(bank) == Some(certificate)
    }

    /// When it last logged in from here.
    pub(crate) fn last_login(&self, certificate: &CertificateId) -> Option<OffsetDateTime> {
        self.used_at.get(certificate).map(|moment| moment.0)
    }

    pub(crate) fn is_revoked(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateRevoked)
    }

    pub(crate) fn is_superseded(&self, certificate: &CertificateId) -> bool {
        self.refused.get(certificate) == Some(&Code::CertificateSuperseded)
    }

    /// Keeps that `new`, which renews `old`, is to be chosen where `old` was, and `old` no more.
    pub(crate) fn renewed(home: &Home, old: &CertificateId, new: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            for used in memory.last_used.values_mut().filter(|used| *used == old) {
                *used = new.clone();
            }
            memory.refused.insert(old.clone(), Code::CertificateSuperseded);
        })
    }

    /// Keeps that `certificate` logged in at `bank` at that time.
    pub(crate) fn used(
        home: &Home,
        bank: &str,
        certificate: &CertificateId,
        at: OffsetDateTime,
    ) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.last_used.insert(bank.to_owned(), certificate.clone());
            memory.used_at.insert(certificate.clone(), Moment(at));
            memory.refused.remove(certificate);
        })
    }

    /// Keeps that a person picked `certificate` for a site. Whether the site took it, only the browser knows.
    pub(crate) fn picked(home: &Home, site: &str, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.last_used.insert(site.to_owned(), certificate.clone());
        })
    }

    /// Keeps that `certificate` was refused; a choice that was remembered is dropped, lest it be refused again silently.
    pub(crate) fn refused(home: &Home, certificate: &CertificateId, code: Code) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.last_used.retain(|_, used| used != certificate);
            memory.refused.insert(certificate.clone(), code);
        })
    }

    /// Forgets which certificate last logged in at `bank`.
    pub(crate) fn forget(home: &Home, bank: &str) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.last_used.remove(bank);
        })
    }

    /// Forgets that a certificate was refused.
    pub(crate) fn accepted(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.refused.remove(certificate);
        })
    }

    /// Learns once more what was forgotten.
    pub(crate) fn learn(home: &Home, what: &Lesson, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |memory| match what {
            Lesson::Used(bank) => {
                memory.last_used.insert(bank.clone(), certificate.clone());
            }
            Lesson::Refused(code) => {
                memory.refused.insert(certificate.clone(), *code);
            }
        })
    }

    /// All that it holds.
    pub(crate) fn lessons(self) -> Vec<(Lesson, CertificateId)> {
        let used = self.last_used.into_iter().map(|(bank, certificate)| (Lesson::Used(bank), certificate));
        let refused = self.refused.into_iter().map(|(certificate, code)| (Lesson::Refused(code), certificate));
        used.chain(refused).collect()
    }

    /// Forgets a certificate that is no longer here.
    pub(crate) fn deleted(home: &Home, certificate: &CertificateId) -> Result<(), DataFile> {
        Self::change(home, |memory| {
            memory.last_used.retain(|_, used| used != certificate);
            memory.used_at.remove(certificate);
            memory.refused.remove(certificate);
        })
    }

    fn change(home: &Home, act: impl FnOnce(&mut Self)) -> Result<(), DataFile> {
        let mut memory = Self::read(home)?;
        act(&mut memory);
        home.write(FILE, &memory)
    }
}
