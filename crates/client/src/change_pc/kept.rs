use inkan_profile::StepKind;
use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};

use super::migration_request::MigrationRequest;
use crate::{DataFile, Home};

/// What of a guide is on disk: what cannot be found again in the store or at the bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) request: MigrationRequest,
    /// The person's certificate when they began.
    pub(super) certificate: Option<CertificateId>,
    /// Done by the word of the person.
    #[serde(default)]
    said: Vec<StepKind>,
    /// Done here.
    #[serde(default)]
    noted: Vec<StepKind>,
}

impl Kept {
    pub(super) fn begun(request: MigrationRequest) -> Self {
        Self { request, certificate: None, said: Vec::new(), noted: Vec::new() }
    }

    pub(super) fn read(home: &Home, bank: &str) -> Result<Option<Self>, DataFile> {
        home.read(&file(bank))
    }

    pub(super) fn write(&self, home: &Home, bank: &str) -> Result<(), DataFile> {
        let _alone = home.alone_with(&file(bank))?;
        self.write_alone(home, bank)
    }

    /// Writes the file whose lock the caller holds.
    fn write_alone(&self, home: &Home, bank: &str) -> Result<(), DataFile> {
        home.write(&file(bank), self)
    }

    pub(super) fn forget(home: &Home, bank: &str) -> Result<(), DataFile> {
        let _alone = home.alone_with(&file(bank))?;
        home.remove(&file(bank))
    }

    /// Changes what is kept; nothing if nothing is.
    pub(super) fn change(home: &Home, bank: &str, act: impl FnOnce(&mut Self)) -> Result<(), DataFile> {
        let _alone = home.alone_with(&file(bank))?;
        let Some(mut kept) = Self::read(home, bank)? else { return Ok(()) };
        act(&mut kept);
        kept.write_alone(home, bank)
    }

    /// Returns whether the guide is that person's. One who gave no ID may be anybody.
    pub(super) fn is_of(&self, user: &str) -> bool {
        self.request.user.as_deref().is_none_or(|own| own == user)
    }

    pub(super) fn say(&mut self, kind: StepKind, done: bool) {
        put(&mut self.said, kind, done);
    }

    pub(super) fn note(&mut self, kind: StepKind, done: bool) {
        put(&mut self.noted, kind, done);
    }

    /// Keeps that the certificate that is given up is revoked, whoever does that on this way.
    pub(super) fn note_revoked(&mut self) {
        [StepKind::Revoke, StepKind::RevokeAndReport].into_iter().for_each(|kind| self.note(kind, true));
    }

    pub(super) fn said(&self, kind: StepKind) -> bool {
        self.said.contains(&kind)
    }

    pub(super) fn noted(&self, kind: StepKind) -> bool {
        self.noted.contains(&kind)
    }
}

fn put(kinds: &mut Vec<StepKind>, kind: StepKind, done: bool) {
    kinds.retain(|one| *one != kind);
    if done {
        kinds.push(kind);
    }
}

fn file(bank: &str) -> String {
    format!("change-pc/{bank}.json")
}
