//! Turns an error into the problem on the screen: the values for its text, and its reference.

use inkan_profile::{Helper, PasswordKind};
use inkan_protocol::{AnswersError, AnswersFault, FileFault, Problem, Reference, SystemCode, printable_within};
use inkan_store::{CertificateFault, FileKind, Pkcs12Error, SUPPORTED_KEY_KINDS, StoreError};

use super::store_unavailable;
use super::{DataFile, Error};
use crate::Reason;
use crate::diagnostics::Safe;
use crate::enrolment::issued_refusal::IssuedRefusal;
use crate::net::transport_error::LONGEST_FACT;

impl Error {
    /// Returns the values for the text of a failure of the store, even if the store failed during a handshake.
    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Store(error) => store_facts(error),
            Self::KeyInHandshake(error) => inkan_store::signing_failure(error).map(store_facts).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Returns the system's error code, if a call of the certificate store failed.
    fn system(&self) -> Option<SystemCode> {
        let store = match self {
            Self::Store(error) => Some(error),
            Self::KeyInHandshake(error) => inkan_store::signing_failure(error),
            _ => None,
        };
        let inkan_store::SystemCode { name, number } = store?.system()?.code()?;
        Some(SystemCode { name, number })
    }

    /// Returns the problem for the screen. A problem that arose on this PC gets a reference, and is logged with it.
    pub fn into_problem(self) -> Problem {
        if let Self::LoginUnanswered(cause) = self {
            return cause.into_problem().with("session", "in_doubt");
        }
        let code = self.code();
        let here = || {
            let problem = Problem::new(code, fresh_reference()).caused_by(self.system());
            tracing::warn!(
                code = code.name(),
                reference = problem.reference.0.as_str(),
                cause = Safe::cause(&self).value(),
                "a problem was reported"
            );
            problem
        };
        match &self {
            Self::Bank(problem) => {
                tracing::warn!(
                    code = code.name(),
                    reference = problem.reference.0.as_str(),
                    "the bank refused a request"
                );
                problem.clone()
            }
            Self::Transport { address, cause } => with(here().with("address", address), cause.facts()),
            Self::NoProfile { address, instead } => {
                with(here().with("address", address).with("adding", "yes"), instead.facts())
            }
            Self::LoginElsewhere { address, host } => here().with("address", address).with("host", host),
            Self::Proxy { proxy, cause } => with(here(), cause.facts(proxy)),
            Self::ProxyAddress(proxy) => here().with("proxy", proxy),
            Self::Store(_) | Self::KeyInHandshake(_) => with(here(), self.params()),
            Self::Data(DataFile { path, .. }) | Self::FileUnwritable(path) => {
                here().with("file", path.display().to_string())
            }
            Self::File(path, fault) => {
                let problem = here().with("file", path.display().to_string());
                match fault {
                    FileFault::Missing => problem.with("reason", "missing"),
                    FileFault::Denied => problem.with("reason", "denied"),
                    FileFault::Unreadable(_) => problem.with("reason", "other"),
                    FileFault::Directory => problem.with("kind", "directory"),
                    FileFault::NotRegular => problem.with("kind", "device"),
                    FileFault::TooLarge { limit } => problem.with("limit", limit.to_string()),
                    FileFault::NotUnicode { line } => problem.with("line", line.to_string()),
                }
            }
            Self::OtherFile { name, kind } | Self::CaFile { name, kind } => {
                here().with("file", name).with("kind", kind.name())
            }
            Self::CaDamaged { name, number, of } => {
                here().with("file", name).with("number", number.to_string()).with("of", of.to_string())
            }
            Self::Answers(file, AnswersError { line, fault }) => {
                let problem = here().with("file", file.display().to_string()).with("line", line.to_string());
                match fault {
                    AnswersFault::Empty => problem.with("fault", "empty"),
                    AnswersFault::NotAnObject => problem.with("fault", "kind"),
                    AnswersFault::NotJson { column } => problem.with("column", column.to_string()),
                    AnswersFault::KeyUnknown { key, known } => problem.with("key", key).with("keys", known.join(", ")),
                    AnswersFault::KeyTwice { key } | AnswersFault::NotText { key } => problem.with("key", key),
                }
            }
            Self::Address(fault) => here().with("fault", fault.name()),
            Self::BankNotAdded(bank) | Self::NotABank(bank) | Self::NotASite(bank) => here().with("bank", bank),
            Self::ContractNumber { name, digits } => here().with("name", name).with("digits", digits.to_string()),
            Self::EntranceUnknown(entrances) => here().with("entrances", entrances),
            Self::OtherEntrance { certificate, entrance, fitting } => {
                here().with("name", certificate).with("entrance", entrance).with("fitting", fitting)
            }
            Self::AcquisitionRunning(user) | Self::NoAcquisitionWaiting(user) | Self::GuideOfOtherRole(user) => {
                here().with("user", user)
            }
            Self::RenewalTooEarly(from) => here().with("from", from),
            Self::ClockWrong { address, clocks } => with(here().with("address", address), clocks.facts()),
            Self::NoIdLogin { others } => {
                let at = if others.is_empty() { "bank" } else { "entrance" };
                here().with("at", at).with("entrances", others)
            }
            Self::CertificateUnusable { name, reason, from, until, today, clock_confirmed, ids, reissued_by } => {
                let problem = here().with("name", name).with("from", from).with("until", until).with("today", today);
                let problem = problem.with("judged", "here").with("methods", methods(*ids));
                let problem = problem.with("clock", if *clock_confirmed { "confirmed" } else { "unconfirmed" });
                let problem = match reissued_by {
                    Some(helper) => problem.reissued_by(*helper),
                    None => problem,
                };
                match reason {
                    Reason::Revoked => problem.with("reason", "revoked"),
                    Reason::Superseded => problem.with("newer", "here"),
                    Reason::SupersededElsewhere => problem.with("newer", "elsewhere"),
                    _ => problem,
                }
            }
            Self::NoUsableCertificate { ids } => here().with("methods", methods(*ids)),
            Self::CertificateDeleted(deleted) => {
                let facts = deleted.facts().map(|(name, value)| (name, value.to_owned()));
                with(here().with("reason", "deleted"), facts.to_vec())
            }
            Self::IssuedCertificate(refusal) => {
                let IssuedRefusal { fault, name, expected, issuer, from, until, now } = &**refusal;
                let cut = |text: &str| printable_within(text, LONGEST_FACT);
                let problem = here().with("fault", fault.name()).with("name", cut(name));
                let problem = problem.with("expected", expected.join(", ")).with("issuer", cut(issuer));
                problem.with("from", from).with("until", until).with("now", now)
            }
            Self::NotSpent(name) | Self::CertificateUnreadable(name) => here().with("name", name),
            Self::Malformed(what) => {
                what.facts().into_iter().fold(here(), |problem, (name, value)| problem.with(name, value))
            }
            Self::PasswordUnchanged(kind) => {
                let which = if *kind == PasswordKind::Confirmation { "confirmation" } else { "login" };
                here().with("which", which).with("fault", "unchanged")
            }
            Self::UserFieldNotAllowed(field) => here().with("field", field),
            Self::AlarmPeriod { alarm, change } => {
                let problem = here().with("fault", "alarm_period").with("alarm", alarm.to_string());
                problem.with("change", change.to_string())
            }
            Self::NotReissued => here().helped_by(Helper::Revocation),
            Self::PasswordChangeRequired { confirmation } => {
                here().with("how", if *confirmation { "both_answers" } else { "login_answer" })
            }
            Self::AnswerMissing(field) => {
                let kind = if field.starts_with("--") { "option" } else { "answer" };
                here().with("field", *field).with("kind", kind)
            }
            Self::NotEntered(what) => here().with("field", what),
            Self::AnswerUnused(fields) => here().with("fields", fields.join(", ")),
            Self::CertificateIdNeeded { given, candidates } => {
                here().with("given", given).with("candidates", candidates.join(" / "))
            }
            Self::Usage { why, command } => here().with("why", why).with("command", command),
            Self::OutputUnwritable(error) => here().with("cause", error.to_string()),
            Self::SeveralCertificates(names) => here().with("names", names.join(", ")),
            Self::SeveralKeys(keys) => {
                let names: Vec<String> =
                    keys.iter().map(|key| format!("{}: {}", key.number, key.told_apart())).collect();
                here().with("names", names.join("; "))
            }
            Self::Pkcs12(Pkcs12Error::EncryptionUnknown { algorithm }) => here().with("algorithm", algorithm),
            Self::Pkcs12(Pkcs12Error::TooManyIterations { iterations, limit }) => {
                here().with("iterations", iterations.to_string()).with("limit", limit.to_string())
            }
            Self::Pkcs12(Pkcs12Error::NoCertificate { keys }) => here().with("count", keys.to_string()),
            Self::Pkcs12(Pkcs12Error::CertificateUnreadable { fault, dates }) => {
                // Without the dates, the sentence about them would have a gap.
                match dates.as_ref().filter(|_| *fault == CertificateFault::Date) {
                    Some([from, until]) => here().with("fault", "date").with("from", from).with("until", until),
                    None => here().with("fault", "other"),
                }
            }
            Self::KeyNumberUnknown { given, keys } => here().with("given", given).with("count", keys.to_string()),
            Self::SeveralFiles(count) => {
                here().with("count", count.to_string()).with("most", crate::MOST_IMPORT_FILES.to_string())
            }
            Self::CaUnreadable => here().with("file", "CA").with("kind", FileKind::Unknown.name()),
            Self::Pkcs12(_)
            | Self::CertificateNotFound(_)
            | Self::NotConfirmed
            | Self::KeyMismatch
            | Self::NobodyElse
            | Self::NoPaper
            | Self::NothingToChange
            | Self::Cancelled
            | Self::LoginUnanswered(_)
            | Self::NotLoggedIn
            | Self::CannotOpen(_)
            | Self::Link(_)
            | Self::Fault => here(),
        }
    }
}

/// Returns the methods of login that a bank offers. The texts for a problem choose the next step by them.
fn methods(ids: bool) -> &'static str {
    if ids { "both" } else { "certificate" }
}

/// Returns the problem with these values.
fn with(problem: Problem, facts: Vec<(&'static str, String)>) -> Problem {
    facts.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

fn store_facts(error: &StoreError) -> Vec<(&'static str, String)> {
    match error {
        StoreError::Unavailable(cause) => store_unavailable::facts(cause),
        StoreError::KeyUnsupported { kind } => {
            vec![("kind", kind.clone()), ("supported", SUPPORTED_KEY_KINDS.to_owned())]
        }
        StoreError::SerialNumberTaken { by } => vec![("id", by.0.chars().take(16).collect())],
        StoreError::DeletionIncomplete { left } => vec![("left", left.clone())],
        StoreError::Refused { source, .. } | StoreError::ImportUnsupported(source) => {
            let known = if source.number().is_some() { "yes" } else { "no" };
            vec![("known", known.to_owned()), ("number", source.number().unwrap_or_default())]
        }
        _ => Vec::new(),
    }
}

fn fresh_reference() -> Reference {
    use ring::rand::{SecureRandom, SystemRandom};
    let mut bytes = [0; 5];
    // A reference only helps to find a log line. A reference of zeros is better than no problem on the screen.
    if SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("the system returns no random numbers");
    }
    Reference::from_bytes(bytes)
}
