use std::path::Path;

use inkan_client::{CertificateRow, Error, ImportFile, ImportableKey, Inkan, KeyChoice, OpenedFile, Unprotected};

use super::certificate_lines::details;
use crate::answers::{Answers, Question};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// `inkan certificates import`
pub(crate) struct Import<'a> {
    pub(crate) file: &'a Path,
    /// The choice of a key, as it was typed.
    pub(crate) key: Option<&'a str>,
    pub(crate) preview: bool,
    pub(crate) without_check: Unprotected,
}

impl Import<'_> {
    pub(crate) fn run(&self, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
        let file = ImportFile::read(self.file)?;
        let password = answers.get(Question::Pkcs12, output.words())?;
        let opened = OpenedFile::decode(file.content(), &password, self.without_check)?;
        if self.preview {
            let keys = inkan.preview_import(&opened)?;
            output.result(&keys, |words| keys.iter().flat_map(|key| key_lines(key, words)).collect());
        } else {
            let (row, unreadable) = self.import(&opened, inkan, answers, output)?;
            if unreadable > 0 {
                output.aside_lines(|words| vec![unreadable_line(unreadable, words)]);
            }
            output.result(&row, |words| {
                let done = words.with("imported", &[("name", &row.name)]);
                std::iter::once(done).chain(details(&row, words)).collect()
            });
        }
        Ok(())
    }
}

impl Import<'_> {
    /// Imports the chosen key. If the file has several keys and none was chosen, shows them and lets the user at the
    /// terminal choose.
    fn import(
        &self,
        file: &OpenedFile,
        inkan: &Inkan,
        answers: &Answers,
        output: &Output,
    ) -> Result<(CertificateRow, u32), Failure> {
        let chosen = self.key.map(|typed| file.key_meant(typed)).transpose()?;
        let imported = inkan.import(file, chosen.as_ref());
        let Err(Error::SeveralKeys(keys)) = imported else { return Ok(imported?) };
        if !answers.can_ask() {
            output.aside_lines(|words| keys.iter().flat_map(|key| key_lines(key, words)).collect());
            return Err(Error::SeveralKeys(keys).into());
        }
        let listed: Vec<String> = keys.iter().map(ImportableKey::told_apart).collect();
        let at = answers.choice(&output.words().text("import-choose"), &listed, None, "--key")?;
        let chosen = keys.get(at).map(|key| KeyChoice::Certificate(key.certificate.id.clone()));
        Ok(inkan.import(file, chosen.as_ref())?)
    }
}

fn key_lines(key: &ImportableKey, words: &Words) -> Vec<String> {
    let mut lines = vec![words.with("import-number", &[("number", &key.number.to_string())])];
    lines.extend(details(&key.certificate, words));
    if !key.chain.is_empty() {
        lines.push(words.with("import-chain", &[("chain", &key.chain.join(" · "))]));
    }
    if key.unprotected {
        lines.push(words.text("import-unprotected"));
    }
    if let Some(id) = &key.same_serial {
        lines.push(words.with("import-same-serial", &[("id", &id.0[..16])]));
    }
    if key.unreadable > 0 {
        lines.push(unreadable_line(key.unreadable, words));
    }
    if key.already_installed {
        lines.push(words.text("import-already"));
    }
    lines
}

fn unreadable_line(count: u32, words: &Words) -> String {
    words.with("import-unreadable", &[("count", &count.to_string())])
}
