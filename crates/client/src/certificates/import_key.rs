use inkan_store::{CertificateId, Contents, Pkcs12Entry, StoreError, StoredCertificate};

use crate::Error;
use crate::certificates::opened_file::OpenedFile;
use crate::certificates::typed_id::{half_width, meant};

/// The smallest number of characters of an ID. A text of fewer digits is the number of a key.
const SHORTEST_ID: usize = 8;

/// A choice of one key in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChoice {
    /// The key of that number, from 1, in the order of the file.
    Number(u32),
    /// The key of that certificate.
    Certificate(CertificateId),
}

impl KeyChoice {
    /// Returns the chosen entry of the file.
    pub(super) fn among<'a>(&self, entries: &'a [Pkcs12Entry]) -> Result<&'a Pkcs12Entry, Error> {
        let found = match self {
            Self::Number(number) => number.checked_sub(1).and_then(|at| entries.get(usize::try_from(at).ok()?)),
            Self::Certificate(id) => entries.iter().find(|entry| entry.identity.id() == *id),
        };
        let given = || match self {
            Self::Number(number) => number.to_string(),
            Self::Certificate(id) => id.0.clone(),
        };
        found.ok_or_else(|| Error::KeyNumberUnknown { given: given(), keys: entries.len() })
    }
}

impl OpenedFile {
    /// Returns the key that a user means by `typed`. `typed` is the key's number in the file, or its certificate as
    /// [`crate::Inkan::find_certificate`] accepts it.
    ///
    /// # Errors
    /// [`Error::KeyNumberUnknown`].
    pub fn key_meant(&self, typed: &str) -> Result<KeyChoice, Error> {
        let unknown = || Error::KeyNumberUnknown { given: typed.trim().to_owned(), keys: self.entries.len() };
        let number: String = typed.trim().chars().map(half_width).collect();
        if let Ok(number) = number.parse::<i64>()
            && typed.chars().count() < SHORTEST_ID
        {
            let fits = |number: &u32| usize::try_from(*number).is_ok_and(|at| (1..=self.entries.len()).contains(&at));
            return u32::try_from(number).ok().filter(fits).map(KeyChoice::Number).ok_or_else(unknown);
        }
        let parse = |entry: &Pkcs12Entry| StoredCertificate::parse(entry.identity.certificate(), None);
        let certificates = self.entries.iter().map(parse).collect::<Result<_, _>>().map_err(StoreError::from)?;
        let (meant, sure) = meant(typed, &Contents { certificates, unreadable: Vec::new() });
        meant.into_iter().next().filter(|_| sure).map(KeyChoice::Certificate).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use inkan_store::Identity;
    use rcgen::KeyPair;

    use super::*;
    use crate::certificates::tests::test_client::Ca;

    fn file(names: &[&str]) -> OpenedFile {
        let ca = Ca::root("Bank CA");
        let entry = |name: &&str| {
            let key = KeyPair::generate().unwrap();
            let certificate = ca.issue_with_key(name, (100, 100), &key);
            let identity = Identity::new(key.serialize_der().into(), certificate.der, Vec::new()).unwrap();
            Pkcs12Entry { friendly_name: None, identity, unreadable: 0 }
        };
        OpenedFile { entries: names.iter().map(entry).collect(), unprotected: false }
    }

    #[test]
    fn a_key_is_chosen_by_its_number_or_by_its_certificate() {
        let file = file(&["hanakodt", "jirodt"]);
        let [first, second] = [0, 1].map(|at| file.entries[at].identity.id());
        let chosen = |choice: KeyChoice| choice.among(&file.entries).map(|entry| entry.identity.id()).ok();
        assert_eq!(chosen(KeyChoice::Number(1)).as_ref(), Some(&first));
        assert_eq!(chosen(KeyChoice::Number(2)).as_ref(), Some(&second));
        assert_eq!(chosen(KeyChoice::Certificate(second.clone())).as_ref(), Some(&second));
        for unknown in
            [KeyChoice::Number(0), KeyChoice::Number(3), KeyChoice::Certificate(CertificateId("00".to_owned()))]
        {
            assert_eq!(chosen(unknown.clone()), None, "{unknown:?}");
        }
    }

    #[test]
    fn what_a_person_types_is_a_number_if_it_is_short_and_an_identity_if_it_is_not() {
        let file = file(&["12345678", "jirodt"]);
        let [first, second] = [0, 1].map(|at| file.entries[at].identity.id());
        let meant = |typed: &str| file.key_meant(typed).ok();
        for typed in ["2", " 2 ", "２", "0000002"] {
            assert_eq!(meant(typed), Some(KeyChoice::Number(2)), "{typed}");
        }
        assert_eq!(meant(&second.0), Some(KeyChoice::Certificate(second.clone())));
        assert_eq!(meant(&first.0.to_uppercase()), Some(KeyChoice::Certificate(first)));
        for typed in ["0", "3", "-1", "1234567", "00000002", "jirodt", ""] {
            let refused = file.key_meant(typed).unwrap_err();
            let Error::KeyNumberUnknown { given, keys } = refused else { panic!("{typed}: {refused}") };
            assert_eq!((given.as_str(), keys), (typed, 2));
        }
    }
}
