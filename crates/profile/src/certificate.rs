use serde::{Deserialize, Serialize};
use specta::Type;

/// What a certificate of this bank is called and how long it lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CertificateRules {
    /// The subject's common name, in which `{user}` stands for the login ID (S1-2).
    pub name: String,
    /// Days from issue to expiry (M1).
    pub validity_days: u32,
    /// Days before expiry from which a renewal is offered (M1).
    pub renewal_days: u32,
    /// Minutes that an enrolment code is good for.
    pub enrolment_code_minutes: u32,
    /// Whether a user who holds a certificate may still log in with ID and password (M6).
    pub id_password_beside_certificate: bool,
}

impl CertificateRules {
    /// The common name of `user`'s certificate.
    pub fn common_name(&self, user: &str) -> String {
        self.name.replace("{user}", user)
    }

    /// The login ID inside a common name: the inverse of [`Self::common_name`].
    pub fn user_in<'a>(&self, common_name: &'a str) -> Option<&'a str> {
        let (before, after) = self.name.split_once("{user}")?;
        common_name.strip_prefix(before)?.strip_suffix(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(name: &str) -> CertificateRules {
        CertificateRules {
            name: name.into(),
            validity_days: 365,
            renewal_days: 30,
            enrolment_code_minutes: 10,
            id_password_beside_certificate: true,
        }
    }

    #[test]
    fn s1_2_the_name_is_the_login_id() {
        assert_eq!(rules("{user}").common_name("hanakodt"), "hanakodt");
        assert_eq!(rules("{user}").user_in("hanakodt"), Some("hanakodt"));
    }

    #[test]
    fn a_name_with_more_than_the_id_gives_the_id_back() {
        let rules = rules("00009876543 {user} 1635");
        assert_eq!(rules.user_in(&rules.common_name("riyousya")), Some("riyousya"));
        assert_eq!(rules.user_in("riyousya"), None);
    }
}
