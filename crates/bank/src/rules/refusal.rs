use std::collections::BTreeMap;
use std::error::Error;

use inkan_profile::Helper;
use inkan_protocol::{Code, Problem, Reference};
use time::Duration;

use super::time_format::time_in_japan;
use crate::authority::AuthorityError;
use crate::database::TooManyWait;
use crate::keys::password_hash::HashingError;
use crate::keys::secret_box::SecretBoxError;

/// After how many seconds a client tries again if the bank has too much to do.
const BUSY: u32 = 2;
/// After how many seconds a client tries again if the bank fails.
const FAILED: u32 = 10;
/// After how many seconds a client tries again if the bank needs another CA: a person makes it.
const WITHOUT_CA: u32 = 24 * 60 * 60;

/// Why a request is refused. The answer has the code and its params; the cause goes to the log only.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: Code,
    /// The HTTP status of the answer.
    status: u16,
    params: BTreeMap<String, String>,
    /// After how many seconds the client may try again, if the answer says so.
    retry_after: u32,
    /// Whether the bank works, and has too much to do.
    overload: bool,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// Returns a refusal with `code`.
    pub(crate) fn new(code: Code) -> Self {
        let retry_after = if code == Code::CaEnding { WITHOUT_CA } else { FAILED };
        Self { code, status: code.status(), params: BTreeMap::new(), retry_after, overload: false, cause: None }
    }

    /// Returns a refusal with `code` and the error that caused it.
    pub(crate) fn because(code: Code, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(code) }
    }

    /// Returns the refusal of a request that the bank cannot read, with the HTTP status that says why.
    pub(crate) fn unreadable(status: u16, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { status, ..Self::because(Code::RequestInvalid, cause) }
    }

    /// Returns the refusal of a request that would have to wait too long. Nothing was done.
    pub(crate) fn busy(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { retry_after: BUSY, overload: true, ..Self::because(Code::BankUnavailable, cause) }
    }

    /// Adds a param for the text of the problem.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    /// Sets after which time the client may try again.
    #[must_use]
    pub(crate) fn until(self, wait: Duration) -> Self {
        let seconds = wait.whole_seconds().saturating_add(i64::from(wait.subsec_nanoseconds() > 0));
        Self { retry_after: u32::try_from(seconds.max(1)).unwrap_or(u32::MAX), ..self }
    }

    /// Adds who can do it instead (S3-4, S4-4).
    #[must_use]
    pub(crate) fn helped_by(self, helper: Helper) -> Self {
        self.with("helper", helper.name())
    }

    /// Returns the code.
    pub(crate) fn code(&self) -> Code {
        self.code
    }

    /// Returns the HTTP status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// Returns whether the bank works, and has too much to do.
    pub(crate) fn is_overload(&self) -> bool {
        self.overload
    }

    /// Returns after how many seconds the client may try again (RFC 9110 §10.2.3). Every answer that says that the bank
    /// cannot serve the client now has this time: 503 (RFC 9110 §15.6.4) and 429 (RFC 6585 §4).
    pub(crate) fn retry_after(&self) -> Option<u32> {
        matches!(self.status, 429 | 503).then_some(self.retry_after)
    }

    /// Returns the params as text: `user hanakodt`.
    pub(crate) fn about(&self) -> String {
        let params: Vec<String> = self.params.iter().map(|(name, value)| format!("{name} {value}")).collect();
        params.join(", ")
    }

    /// Returns the error that caused the refusal.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// Returns the problem for the answer, without the cause.
    pub(crate) fn problem(&self, reference: Reference) -> Problem {
        Problem { params: self.params.clone(), ..Problem::new(self.code, reference) }
    }
}

/// Converts an error of the database. Without its database, the bank refuses every request.
impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::AnyDriverError(ref cause) if cause.is::<TooManyWait>() => Self::busy(error),
            // The database may be down, or there may be too much to do.
            sqlx::Error::PoolTimedOut => Self { retry_after: BUSY, ..Self::because(Code::BankUnavailable, error) },
            _ => Self::because(Code::BankUnavailable, error),
        }
    }
}

impl From<HashingError> for Refusal {
    fn from(error: HashingError) -> Self {
        match error {
            HashingError::Busy => Self::busy(error),
            HashingError::Argon2(_) | HashingError::BrokenOff => Self::because(Code::BankFault, error),
        }
    }
}

impl From<AuthorityError> for Refusal {
    fn from(error: AuthorityError) -> Self {
        match error {
            AuthorityError::Ending { ends, .. } => {
                Self::because(Code::CaEnding, error).with("until", time_in_japan(ends))
            }
            _ => Self::because(Code::BankFault, error),
        }
    }
}

impl From<SecretBoxError> for Refusal {
    fn from(error: SecretBoxError) -> Self {
        Self::because(Code::BankFault, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_the_code_and_the_params_and_not_the_cause() {
        let refusal = Refusal::because(Code::NotPermitted, "the cause").with("user", "hanakodt");
        let refusal = refusal.helped_by(Helper::Administrator);
        assert_eq!(refusal.about(), format!("helper {}, user hanakodt", Helper::Administrator.name()));
        let problem = refusal.problem(Reference("4F6Q-K1ZT".to_owned()));
        assert_eq!((refusal.code(), problem.code), (Code::NotPermitted, Code::NotPermitted));
        assert_eq!(problem.params.get("user").map(String::as_str), Some("hanakodt"));
        assert!(!serde_json::to_string(&problem).unwrap().contains("the cause"));
        assert_eq!(refusal.cause().map(ToString::to_string).as_deref(), Some("the cause"));
        assert!(Refusal::new(Code::NotPermitted).cause().is_none());
    }

    #[test]
    fn a_bank_without_its_database_is_unavailable() {
        let refusal = Refusal::from(sqlx::Error::PoolTimedOut);
        assert_eq!(refusal.code(), Code::BankUnavailable);
        assert!(refusal.cause().is_some());
    }

    #[test]
    fn every_answer_that_the_bank_cannot_serve_now_says_when_to_try_again() {
        for code in Code::ALL {
            let again = Refusal::new(*code).retry_after();
            assert_eq!(again.is_some(), matches!(code.status(), 429 | 503), "{}", code.name());
        }
        let after = |refusal: Refusal| refusal.retry_after();
        assert_eq!(after(Refusal::from(sqlx::Error::PoolTimedOut)), Some(2));
        assert_eq!(after(Refusal::from(sqlx::Error::WorkerCrashed)), Some(10));
        assert_eq!(after(Refusal::busy("much to do")), Some(2));
        assert_eq!(after(Refusal::new(Code::CaEnding)), Some(86_400));
        let limited = |wait| after(Refusal::new(Code::TooManyCertificates).until(wait));
        assert_eq!(limited(Duration::minutes(5)), Some(300));
        assert_eq!(limited(Duration::milliseconds(1_001)), Some(2));
        assert_eq!(limited(Duration::ZERO), Some(1));
    }
}
