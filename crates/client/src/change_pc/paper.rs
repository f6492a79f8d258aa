use std::path::PathBuf;

use inkan_protocol::Top;

use super::kept::Kept;
use crate::{Bank, Error, Inkan, Paper, PaperForm};

impl Inkan {
    /// Returns the paper that the guide of a bank leads to (S0-11, S3-4). It is filled with what this PC knows of the
    /// user. If `top` is given, it also has what the bank knows.
    ///
    /// # Errors
    /// [`Error::NoPaper`] if no guide leads to a paper; the errors of [`Inkan::guide`].
    pub fn paper(&self, bank: &str, top: Option<&Top>) -> Result<Paper, Error> {
        self.with_paper(bank, top, |form| form.paper(self.language))
    }

    /// Writes the paper as an HTML file into the user's documents, and returns its path.
    ///
    /// # Errors
    /// The errors of [`Self::paper`]; [`Error::FileUnwritable`].
    pub fn save_paper(&self, bank: &str, top: Option<&Top>) -> Result<PathBuf, Error> {
        let (name, page) =
            self.with_paper(bank, top, |form| (form.paper(self.language).title, form.html(self.language)))?;
        let directory = documents().ok_or_else(|| Error::FileUnwritable(name.clone().into()))?;
        let file = directory.join(name).with_extension("html");
        let written = std::fs::create_dir_all(&directory).and_then(|()| std::fs::write(&file, page));
        written.map(|()| file.clone()).map_err(|_| Error::FileUnwritable(file))
    }

    fn with_paper<T>(&self, bank: &str, top: Option<&Top>, make: impl FnOnce(&PaperForm<'_>) -> T) -> Result<T, Error> {
        let bank = self.bank(bank)?;
        let kept = Kept::read(&self.home, &bank.name)?.ok_or(Error::NoPaper)?;
        let form = self.form(&bank, &kept, top)?;
        if form.is_taken() { Ok(make(&form)) } else { Err(Error::NoPaper) }
    }

    fn form<'a>(&self, bank: &'a Bank, kept: &Kept, top: Option<&Top>) -> Result<PaperForm<'a>, Error> {
        let row = self.found(bank, kept)?.certificate;
        let top = top.filter(|top| kept.is_of(&top.person.id));
        let record = top.and_then(|top| top.certificate.as_ref());
        let request = &kept.request;
        Ok(PaperForm {
            profile: &bank.profile,
            role: request.asked.role.clone(),
            user: request.user.clone(),
            contract: request.contract.clone(),
            person: top.map(|top| top.person.name.clone()).or_else(|| row.as_ref()?.person.clone()),
            company: top.map(|top| top.company.clone()).or_else(|| row.as_ref()?.organisation.clone()),
            serial: record.map(|record| record.serial.clone()).or_else(|| Some(row.as_ref()?.serial.clone())),
            not_after: record.map(|record| record.not_after).or_else(|| Some(row.as_ref()?.not_after)),
        })
    }
}

/// Returns the user's documents directory, or else the home directory.
fn documents() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    Some(dirs.document_dir().unwrap_or(dirs.home_dir()).to_owned())
}
