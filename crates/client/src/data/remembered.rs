use inkan_store::CertificateId;
use serde::{Deserialize, Serialize};

use crate::data::certificate_history::{Lesson, Memory};
use crate::{Error, Inkan};

/// Something that earlier logins taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Remembered {
    /// What.
    pub what: Lesson,
    /// Of which certificate.
    pub certificate: CertificateId,
    /// What that is called, where it is still here.
    #[serde(default)]
    pub name: Option<String>,
}

impl Inkan {
    /// What is remembered of earlier logins.
    ///
    /// # Errors
    /// [`Error::Data`]. A store that cannot be read leaves the certificates without names.
    pub fn remembered(&self) -> Result<Vec<Remembered>, Error> {
        let lessons = Memory::read(&self.home)?.lessons();
        if lessons.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.certificates(None).unwrap_or_default();
        let name = |id: &CertificateId| rows.iter().find(|row| row.id == *id).map(|row| row.name.clone());
        Ok(lessons
            .into_iter()
            .map(|(what, certificate)| Remembered { what, name: name(&certificate), certificate })
            .collect())
    }

    /// Forgets one thing; not remembered is success.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn forget(&self, lesson: &Remembered) -> Result<(), Error> {
        match &lesson.what {
            Lesson::Used(bank) => Memory::forget(&self.home, bank)?,
            Lesson::Refused(_) => Memory::accepted(&self.home, &lesson.certificate)?,
        }
        Ok(())
    }

    /// Remembers again what was forgotten.
    ///
    /// # Errors
    /// [`Error::Data`].
    pub fn remember_again(&self, lesson: &Remembered) -> Result<(), Error> {
        Ok(Memory::learn(&self.home, &lesson.what, &lesson.certificate)?)
    }
}

#[cfg(test)]
mod tests {
    use inkan_protocol::Code;

    use super::*;
    use crate::Home;

    #[test]
    fn what_was_learnt_is_told_forgotten_and_learnt_again() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let [used, refused] = ["aa", "bb"].map(|id| CertificateId(id.to_owned()));
        Memory::used(&home, "okmate", &used, None, time::OffsetDateTime::UNIX_EPOCH).unwrap();
        Memory::refused(&home, Some("okmate"), &refused, Code::CertificateRevoked).unwrap();
        let lessons = Memory::read(&home).unwrap().lessons();
        let expected = [
            (Lesson::Used("okmate".into()), used.clone()),
            (Lesson::Refused(Code::CertificateRevoked), refused.clone()),
        ];
        assert_eq!(lessons, expected);
        Memory::forget(&home, "okmate").unwrap();
        Memory::accepted(&home, &refused).unwrap();
        assert_eq!(Memory::read(&home).unwrap().lessons(), []);
        for (what, certificate) in &expected {
            Memory::learn(&home, what, certificate).unwrap();
        }
        assert_eq!(Memory::read(&home).unwrap().lessons(), expected);
    }
}
