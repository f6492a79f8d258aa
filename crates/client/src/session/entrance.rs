//! Chooses the entrance of a bank (S3-16, S3-18), and checks the contract number that users give there (S3-10).

use inkan_profile::{Entrance, EntranceId, LocalText, LoginMethod};
use inkan_protocol::{Language, digits};

use crate::{Bank, CertificateId, CertificateRow, Error, Inkan};

impl Inkan {
    /// Returns the entrance for a certificate. If no certificate is named, returns the most likely entrance: for the
    /// certificate of the last login, or else for the first usable certificate, or else the bank's first entrance
    /// (S3-18).
    ///
    /// # Errors
    /// The errors of [`Inkan::certificates`].
    pub fn usual_entrance(&self, bank: &str, certificate: Option<&CertificateId>) -> Result<EntranceId, Error> {
        let rows = self.certificates(Some(bank))?;
        let bank = self.bank(bank)?;
        let last = |row: &&CertificateRow| row.usable && row.last_used;
        let usual = match certificate {
            Some(id) => rows.iter().find(|row| row.id == *id),
            None => rows.iter().find(last).or_else(|| rows.iter().find(|row| row.usable)),
        };
        bank.entrance_for_certificate(None, usual.map_or("", |row| row.name.as_str()), self.language)
    }
}

impl Inkan {
    /// Refuses an entrance that the bank does not have, and a login by ID and password that the bank or the entrance
    /// does not offer. This check comes before any secret is asked for. Before it refuses, it asks the bank for its
    /// current profile.
    ///
    /// # Errors
    /// [`Error::EntranceUnknown`]; [`Error::NoIdLogin`]; [`Error::BankNotAdded`].
    pub fn check_entrance(&self, bank: &str, asked: Option<&EntranceId>, by_id: bool) -> Result<(), Error> {
        let known = self.bank(bank)?;
        known
            .check_entrance(asked, by_id, self.language)
            .or_else(|_| self.bank_now(bank)?.check_entrance(asked, by_id, self.language))
    }
}

impl Bank {
    fn check_entrance(&self, asked: Option<&EntranceId>, by_id: bool, language: Language) -> Result<(), Error> {
        let asked = asked.map(|asked| self.known_entrance(asked)).transpose()?;
        let with_ids = |one: &&Entrance| one.methods.contains(&LoginMethod::IdPassword);
        if !by_id || asked.map_or_else(|| self.entrances().any(|one| with_ids(&one)), |one| with_ids(&one)) {
            return Ok(());
        }
        let others: Vec<String> = self.entrances().filter(with_ids).map(|one| title(one, language)).collect();
        Err(Error::NoIdLogin { others: others.join(", ") })
    }

    /// Returns the contract number as it is sent. Returns none at a bank without contract numbers, even if one is
    /// given.
    ///
    /// # Errors
    /// [`Error::AnswerMissing`], [`Error::ContractNumber`].
    pub(crate) fn contract(&self, given: Option<&str>, language: Language) -> Result<Option<String>, Error> {
        let Some(rule) = &self.profile.contract_number else { return Ok(None) };
        let given = given.map(digits).filter(|text| !text.is_empty()).ok_or(Error::AnswerMissing("contract_id"))?;
        if rule.is_one(&given) {
            return Ok(Some(given));
        }
        Err(Error::ContractNumber { name: local(&rule.name, language).to_owned(), digits: rule.digits })
    }

    /// Returns the name of a certificate before the role of its holder is known.
    pub(crate) fn provisional_name(&self, contract: Option<&str>, user: &str) -> String {
        self.profile.certificate.name.of(contract.unwrap_or_default(), user).trim().to_owned()
    }

    /// Returns the entrance for a certificate with that common name: the one in `asked`, or else the first that admits
    /// the certificate.
    ///
    /// # Errors
    /// [`Error::EntranceUnknown`], [`Error::OtherEntrance`].
    pub(crate) fn entrance_for_certificate(
        &self,
        asked: Option<&EntranceId>,
        common_name: &str,
        language: Language,
    ) -> Result<EntranceId, Error> {
        let with_certificates = |one: &&Entrance| one.methods.contains(&LoginMethod::Certificate);
        let mut fitting = self.entrances().filter(with_certificates).filter(|one| one.admits_certificate(common_name));
        let Some(asked) = asked else {
            let first = fitting.next().or(self.profile.entrance(None));
            return first.map(|entrance| entrance.id.clone()).ok_or(Error::EntranceUnknown(String::new()));
        };
        let entrance = self.known_entrance(asked)?;
        let others: Vec<String> = fitting.map(|one| title(one, language)).collect();
        // A certificate that no entrance admits is not of this bank, and the bank itself reports it.
        if entrance.admits_certificate(common_name) || others.is_empty() {
            return Ok(entrance.id.clone());
        }
        Err(Error::OtherEntrance {
            certificate: common_name.to_owned(),
            entrance: title(entrance, language),
            fitting: others.join(", "),
        })
    }

    /// Returns the entrances that a user with ID and password may try, in this order. Only the bank knows the user's
    /// role.
    ///
    /// # Errors
    /// [`Error::EntranceUnknown`].
    pub(crate) fn entrances_for_id(&self, asked: Option<&EntranceId>) -> Result<Vec<EntranceId>, Error> {
        if let Some(asked) = asked {
            return Ok(vec![self.known_entrance(asked)?.id.clone()]);
        }
        let (open, closed): (Vec<_>, Vec<_>) =
            self.entrances().partition(|one| one.methods.contains(&LoginMethod::IdPassword));
        Ok(open.into_iter().chain(closed).map(|entrance| entrance.id.clone()).collect())
    }

    fn known_entrance(&self, id: &EntranceId) -> Result<&Entrance, Error> {
        let names = || self.entrances().map(|one| one.id.0.as_str()).collect::<Vec<_>>().join(", ");
        self.profile.entrance(Some(id)).ok_or_else(|| Error::EntranceUnknown(names()))
    }

    fn entrances(&self) -> impl Iterator<Item = &Entrance> {
        self.profile.entrances.iter()
    }
}

/// Returns the entrance's name, and its ID for the command line.
fn title(entrance: &Entrance, language: Language) -> String {
    format!("{} ({})", local(&entrance.name, language), entrance.id.0)
}

/// Returns a text of a profile in one language.
pub(crate) fn local(text: &LocalText, language: Language) -> &str {
    match language {
        Language::Ja => &text.ja,
        Language::En => &text.en,
    }
}

#[cfg(test)]
mod tests {
    use inkan_profile::Profile;
    use url::Url;

    use super::*;

    const ADMINISTRATOR: &str = "00009876543 1635";
    const USER: &str = "00009876543 riyousya 1635";

    fn bank(profile: &str) -> Bank {
        let address = Url::parse("https://bank.example").unwrap();
        Bank {
            name: "bank".into(),
            certificate_login: address.clone(),
            address,
            profile: Profile::from_toml(profile).unwrap().published(),
            ca: None,
            issuers: Vec::new(),
            accepted: Vec::new(),
        }
    }

    fn keiyaku() -> Bank {
        bank(include_str!("../../../../profiles/keiyaku.toml"))
    }

    fn okmate() -> Bank {
        bank(include_str!("../../../../profiles/okmate.toml"))
    }

    fn named(id: &str) -> EntranceId {
        EntranceId(id.into())
    }

    #[test]
    fn s3_18_the_first_entrance_that_admits_the_certificate_is_taken() {
        let chosen = |name| keiyaku().entrance_for_certificate(None, name, Language::Ja).unwrap();
        assert_eq!(chosen(USER), named("users"));
        assert_eq!(chosen(ADMINISTRATOR), named("administrators"));
        assert_eq!(chosen("a stranger"), named("users"), "the bank reports what is wrong with the certificate");
        assert_eq!(okmate().entrance_for_certificate(None, "hanakodt", Language::Ja).unwrap(), named("users"));
    }

    #[test]
    fn s3_16_a_certificate_of_the_other_entrance_is_told_which_it_is() {
        let asked = named("users");
        let refused = keiyaku().entrance_for_certificate(Some(&asked), ADMINISTRATOR, Language::Ja);
        let Err(Error::OtherEntrance { certificate, entrance, fitting }) = refused else { panic!("{refused:?}") };
        assert_eq!(certificate, ADMINISTRATOR);
        assert_eq!(
            (entrance.as_str(), fitting.as_str()),
            ("利用者ログイン (users)", "管理者ログイン (administrators)")
        );
        assert_eq!(keiyaku().entrance_for_certificate(Some(&asked), USER, Language::Ja).unwrap(), asked);
        let unknown = keiyaku().entrance_for_certificate(Some(&named("cellar")), USER, Language::Ja);
        assert!(matches!(unknown, Err(Error::EntranceUnknown(names)) if names == "users, administrators"));
    }

    #[test]
    fn s3_10_a_contract_number_is_checked_before_it_is_sent() {
        let sent = |given| keiyaku().contract(given, Language::Ja);
        assert_eq!(sent(Some(" 00009876543 ")).unwrap().as_deref(), Some("00009876543"));
        assert!(matches!(sent(None), Err(Error::AnswerMissing("contract_id"))));
        for wrong in ["1234", "0000987654x"] {
            assert!(matches!(sent(Some(wrong)), Err(Error::ContractNumber { digits: 11, .. })), "{wrong}");
        }
        assert_eq!(okmate().contract(Some("00009876543"), Language::Ja).unwrap(), None);
    }

    #[test]
    fn s3_15_a_key_is_called_after_contract_and_user() {
        assert_eq!(keiyaku().provisional_name(Some("00009876543"), "riyousya"), USER);
        assert_eq!(okmate().provisional_name(None, "hanakodt"), "hanakodt");
    }
}
