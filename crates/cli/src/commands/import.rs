use std::fs::File;
use std::io::Read;
use std::path::Path;

use inkan_client::{Error, ImportableKey, Inkan, MAX_PKCS12_BYTES, Unprotected};
use zeroize::Zeroizing;

use super::certificates::details;
use crate::answers::{Answers, Question};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::Words;

/// `inkan certificates import`
pub(crate) struct Import<'a> {
    pub(crate) file: &'a Path,
    pub(crate) choice: Option<&'a str>,
    pub(crate) preview: bool,
    pub(crate) without_check: Unprotected,
}

impl Import<'_> {
    pub(crate) fn run(&self, inkan: &Inkan, answers: &Answers, output: &Output) -> Result<(), Failure> {
        let content = read(self.file)?;
        let password = answers.get(Question::Pkcs12, output.words())?;
        if self.preview {
            let keys = inkan.preview_import(&content, &password, self.without_check)?;
            output.result(&keys, |words| keys.iter().flat_map(|key| key_lines(key, words)).collect());
        } else {
            let row = inkan.import(&content, &password, self.choice, self.without_check)?;
            output.result(&row, |words| {
                let done = words.with("imported", &[("name", &row.name)]);
                std::iter::once(done).chain(details(&row, words)).collect()
            });
        }
        Ok(())
    }
}

/// No more than shows that it is too much: somebody may name a disk image.
fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let limit = u64::try_from(MAX_PKCS12_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut content = Zeroizing::new(Vec::new());
    let read = File::open(file).and_then(|file| file.take(limit).read_to_end(&mut content));
    read.map(|_| content).map_err(|_| Failure::Journey(Error::File(file.to_owned())))
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
    if key.already_installed {
        lines.push(words.text("import-already"));
    }
    lines
}
