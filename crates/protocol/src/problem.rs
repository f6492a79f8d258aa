use std::collections::BTreeMap;

use inkan_profile::Helper;
use serde::{Deserialize, Serialize};

use crate::Language;
use crate::code::{Code, Who};
use crate::printable::{printable, printable_within};
use crate::words::problem_words;

/// The parameter that names a [`Helper`].
const HELPER: &str = "helper";

/// The parameters that are a bank's own words: for the login ID, the two passwords and itself. Each has a message of the
/// same name, with the plain word for a problem without the parameter.
pub const CALLED: [&str; 4] = ["called_login_id", "called_login_password", "called_confirmation", "called_bank"];

/// The media type of a [`ProblemDocument`] (RFC 9457 §3).
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A reference of eight letters and digits, by which a help desk finds a problem in the logs.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Reference(pub String);

impl Reference {
    /// Makes a reference from five random bytes. The letters I, L, O and U are left out, because they are misread.
    pub fn from_bytes(bytes: [u8; 5]) -> Self {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let number = bytes.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        Self((0..8).map(|digit| char::from(ALPHABET[(number >> (5 * digit) & 31) as usize])).collect())
    }
}

/// An error that the operating system or one of its libraries returned, as its documentation lists the error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SystemCode {
    /// The name of the error, such as `CKR_DEVICE_REMOVED`. If the name is not known, `name` is the kind of number,
    /// such as `HRESULT`.
    pub name: String,
    /// The number of the error.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub number: i64,
}

impl SystemCode {
    /// Returns the number as documentation lists it: in hexadecimal above 0xffff, otherwise in decimal.
    pub fn number_text(&self) -> String {
        if self.number > 0xffff { format!("0x{:x}", self.number) } else { self.number.to_string() }
    }
}

/// A problem: its code, the parameters of its texts, and its reference. [`problem_words`] returns the texts.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Problem {
    /// The code of the problem.
    pub code: Code,
    /// The parameters of the texts, such as `user`.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// The reference for the help desk.
    pub reference: Reference,
    /// The error of the system on this PC. None if no call of the system failed, or if the problem came from a bank.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub system: Option<SystemCode>,
}

impl Problem {
    /// Returns a problem without parameters.
    pub fn new(code: Code, reference: Reference) -> Self {
        Self { code, params: BTreeMap::new(), reference, system: None }
    }

    /// Adds a parameter of the texts, in printable form.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.into(), printable(&value.into()).into_owned());
        self
    }

    /// Sets the error of the system.
    #[must_use]
    pub fn caused_by(self, system: Option<SystemCode>) -> Self {
        Self { system, ..self }
    }

    /// Sets the helper, by which the texts are chosen.
    #[must_use]
    pub fn helped_by(self, helper: Helper) -> Self {
        self.with(HELPER, helper.name())
    }

    /// Sets the helper who has the next certificate issued, because its holder cannot acquire it alone (S3-1).
    #[must_use]
    pub fn reissued_by(self, helper: Helper) -> Self {
        self.helped_by(helper).with("issue", "another")
    }

    /// Returns who can mend the problem: the helper that was set, or else the one of the code. If the certificate is
    /// already on this PC, the person can log in with it.
    pub fn who(&self) -> Who {
        let installed = self.params.get("here").is_some_and(|here| here == "installed");
        if self.code == Code::CertificateAlreadyIssued && installed {
            return Who::You;
        }
        if self.code == Code::RequestInvalid && self.params.get("late").is_some_and(|late| late == "yes") {
            return Who::You;
        }
        match self.params.get(HELPER).map(String::as_str) {
            Some("administrator" | "other_administrator") => Who::Administrator,
            Some("revocation_form" | "request_form" | "branch") => Who::Branch,
            Some("telephone") => Who::Bank,
            Some("revocation") => Who::You,
            _ => self.code.who(),
        }
    }

    /// Returns the problem with its texts in `language`.
    pub fn document(&self, language: Language) -> ProblemDocument {
        let words = problem_words(language);
        let name = self.code.name();
        // The words of the bank, or else the plain ones.
        let mut params = self.params.clone();
        for own in CALLED {
            params.entry(own.to_owned()).or_insert_with(|| words.text(&own.replace('_', "-"), &BTreeMap::new()));
        }
        ProblemDocument {
            kind: format!("urn:inkan:problem:{name}"),
            title: words.text(name, &params),
            status: self.code.status(),
            detail: words.attribute(name, "detail", &params),
            next: words.attribute(name, "next", &params),
            who: self.who(),
            code: self.code,
            params: self.params.clone(),
            reference: self.reference.clone(),
            system: self.system.clone(),
        }
    }
}

/// A problem with its texts, as a bank sends it (RFC 9457 §3).
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDocument {
    /// The type of the problem: `urn:inkan:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title, which says what happened.
    pub title: String,
    /// The HTTP status. 0 if the problem arose on the PC.
    pub status: u16,
    /// The detail, which says what the problem means.
    pub detail: String,
    /// The code of the problem.
    pub code: Code,
    /// Who can mend the problem.
    pub who: Who,
    /// What to do next.
    pub next: String,
    /// The parameters of the texts.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// The reference for the help desk.
    pub reference: Reference,
    /// The error of the system on this PC. A bank does not send it, and a value from a server is not read.
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub system: Option<SystemCode>,
}

/// Keeps the code, the reference and the parameters of a problem that a server sent. Reference and parameters are
/// escaped, since no text from a server may reach the screen unescaped.
impl From<ProblemDocument> for Problem {
    fn from(document: ProblemDocument) -> Self {
        let problem = Self::new(document.code, Reference(printable_within(&document.reference.0, 40)));
        document.params.into_iter().fold(problem, |problem, (name, value)| problem.with(&name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_the_same_everywhere() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.name()));
        }
    }

    #[test]
    fn a_code_of_the_future_is_unrecognised() {
        assert_eq!(serde_json::from_str::<Code>("\"from_the_future\"").unwrap(), Code::Unrecognised);
    }

    #[test]
    fn s3_4_s4_4_the_words_and_who_mends_it_follow_the_helper() {
        let told = |helper: Helper, language| {
            let problem = Problem::new(Code::NotPermitted, Reference(String::new())).helped_by(helper);
            let document = problem.document(language);
            (document.who, document.next)
        };
        assert_eq!(told(Helper::Administrator, Language::En).0, Who::Administrator);
        let (who, next) = told(Helper::RequestForm, Language::Ja);
        assert!(who == Who::Branch && next.contains("依頼書"), "{next}");
        let (who, next) = told(Helper::Telephone, Language::En);
        assert!(who == Who::Bank && next.contains("Call"), "{next}");
        assert_eq!(told(Helper::Revocation, Language::Ja).0, Who::You);
    }

    #[test]
    fn a_servers_problem_brings_no_controls() {
        let mut document = Problem::new(Code::UserUnknown, Reference("A\u{1b}]0;x\u{7}".into())).document(Language::En);
        document.params.insert("user".into(), "\u{9b}2J\u{202e}".into());
        let problem = Problem::from(document);
        assert_eq!(problem.reference.0, r"A\u{1b}]0;x\u{7}");
        assert_eq!(problem.params["user"], r"\u{9b}2J\u{202e}");
    }

    #[test]
    fn a_number_of_the_system_is_written_as_it_is_listed() {
        for (number, text) in [(50, "50"), (-25300, "-25300"), (0x8009_0016, "0x80090016"), (0xce53_4351, "0xce534351")]
        {
            assert_eq!(SystemCode { name: String::new(), number }.number_text(), text);
        }
    }

    #[test]
    fn what_the_system_said_is_in_the_document_and_no_server_says_it() {
        let problem = Problem::new(Code::TokenRemoved, Reference("ABCD1234".into()));
        let plain = serde_json::to_value(problem.document(Language::En)).unwrap();
        assert!(plain.get("system").is_none(), "{plain}");
        let system = SystemCode { name: "CKR_DEVICE_REMOVED".into(), number: 50 };
        let document = problem.caused_by(Some(system)).document(Language::En);
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["system"], serde_json::json!({ "name": "CKR_DEVICE_REMOVED", "number": 50 }));
        let back: ProblemDocument = serde_json::from_value(json).unwrap();
        assert_eq!(Problem::from(back).system, None);
    }

    #[test]
    fn a_document_goes_there_and_back() {
        let problem = Problem::new(Code::NotPermitted, Reference::from_bytes([0, 255, 1, 2, 3])).with("user", "jirodt");
        for language in [Language::Ja, Language::En] {
            let json = serde_json::to_string(&problem.document(language)).unwrap();
            let back: ProblemDocument = serde_json::from_str(&json).unwrap();
            assert_eq!(Problem::from(back), problem);
        }
    }
}
