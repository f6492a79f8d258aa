use std::collections::BTreeMap;
use std::error::Error;

use inkan_profile::Helper;
use inkan_protocol::{Code, Problem, Reference};

use crate::authority::AuthorityError;
use crate::keys::password_hash::HashingError;
use crate::keys::secret_box::SecretBoxError;

/// Why a request is refused. The answer has the code and its params; the cause goes to the log only.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: Code,
    params: BTreeMap<String, String>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// Returns a refusal with `code`.
    pub(crate) fn new(code: Code) -> Self {
        Self { code, params: BTreeMap::new(), cause: None }
    }

    /// Returns a refusal with `code` and the error that caused it.
    pub(crate) fn because(code: Code, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(code) }
    }

    /// Adds a param for the text of the problem.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.into(), value.into());
        self
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
        Self::because(Code::BankUnavailable, error)
    }
}

impl From<HashingError> for Refusal {
    fn from(error: HashingError) -> Self {
        Self::because(Code::BankFault, error)
    }
}

impl From<AuthorityError> for Refusal {
    fn from(error: AuthorityError) -> Self {
        Self::because(Code::BankFault, error)
    }
}

impl From<SecretBoxError> for Refusal {
    fn from(error: SecretBoxError) -> Self {
        Self::because(Code::BankFault, error)
    }
}
