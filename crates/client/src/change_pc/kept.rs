use inkan_profile::StepKind;
use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};

use super::migration_request::MigrationRequest;
use crate::{DataFile, Home};

/// The part of a guide that is saved on disk, because it cannot be read again from the store or the bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) request: MigrationRequest,
    /// The user's certificate when the guide began.
    pub(super) certificate: Option<CertificateId>,
    /// The steps that the user confirmed.
    #[serde(default)]
    said: Vec<StepKind>,
    /// The steps that were done on this PC.
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

    /// Writes the file. The caller holds its lock.
    fn write_alone(&self, home: &Home, bank: &str) -> Result<(), DataFile> {
        home.write(&file(bank), self)
    }

    pub(super) fn forget(home: &Home, bank: &str) -> Result<(), DataFile> {
        let _alone = home.alone_with(&file(bank))?;
        home.remove(&file(bank))
    }

    /// Changes the saved guide. Does nothing if no guide is saved.
    pub(super) fn change(home: &Home, bank: &str, act: impl FnOnce(&mut Self)) -> Result<(), DataFile> {
        let _alone = home.alone_with(&file(bank))?;
        let Some(mut kept) = Self::read(home, bank)? else { return Ok(()) };
        act(&mut kept);
        kept.write_alone(home, bank)
    }

    /// Returns whether the guide may be about that user. A guide without a login ID may be about any user.
    pub(super) fn is_of(&self, user: &str) -> bool {
        self.request.user.as_deref().is_none_or(|own| own == user)
    }

    pub(super) fn say(&mut self, kind: StepKind, done: bool) {
        put(&mut self.said, kind, done);
    }

    pub(super) fn note(&mut self, kind: StepKind, done: bool) {
        put(&mut self.noted, kind, done);
    }

    /// Records that the old certificate is revoked, whichever of the two steps did that.
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
