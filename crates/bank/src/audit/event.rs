use std::collections::BTreeMap;
use std::net::IpAddr;

use inkan_profile::{LoginMethod, PasswordKind};
use inkan_protocol::Code;
use serde::{Serialize, Serializer};

use super::source_address::source_address;
use crate::database::users::User;

/// The greatest number of characters that the log keeps of an ID that a request named.
const GIVEN: usize = 64;

/// An event in the audit log. Contains no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Event {
    #[serde(flatten)]
    act: AuditAction,
    outcome: Outcome,
    actor: Actor,
    /// The key of the user whom the action concerns, if that is not the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<String>,
    /// The address from which the request came.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<IpAddr>,
}

/// An action that was done or tried. The names are stable, since programs read the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(crate) enum AuditAction {
    /// A login by a method, at the entrance that the request named.
    LogIn {
        method: LoginMethod,
        entrance: Option<String>,
    },
    /// The check of ID and password before an enrolment.
    EnrolmentCheck,
    /// An enrolment code was used.
    EnrolmentCodeShown,
    /// A request without an action of its own, on a connection with a client certificate.
    CertificateShown {
        fingerprint: String,
        method: String,
        path: String,
    },
    /// A request without an action of its own: its method and the template of its path.
    Request {
        method: String,
        path: String,
    },
    /// Refusals of one sender that were not recorded one by one, as a count for each code.
    RefusalsCounted {
        codes: BTreeMap<&'static str, u64>,
    },
    SessionEnded,
    PasswordLocked {
        password: PasswordKind,
    },
    PasswordsChanged,
    EnrolmentCodeMade,
    CertificateIssued {
        serial: String,
        fingerprint: String,
    },
    CertificateAcquired {
        fingerprint: String,
    },
    CertificateRenewed {
        fingerprint: String,
        renews: String,
    },
    CertificateKept,
    CertificateReissued {
        serial: Option<String>,
    },
    CertificateRevoked {
        serial: Option<String>,
    },
    TokenActivated {
        serial: String,
    },
    TokenActivationSkipped,
    TokenResynchronised {
        serial: String,
    },
    TokenRevoked {
        serial: String,
    },
    TokenLocked {
        serial: String,
    },
    TokenUnlocked {
        serial: String,
    },
    TokensImported {
        count: usize,
    },
    TokenHandedOut {
        serial: String,
    },
    UserAdded,
    /// An edit of the user's settings, with the names of the fields.
    UserEdited {
        fields: Vec<String>,
    },
    /// An unlock of passwords. If no password is named, every locked password was unlocked.
    UserUnlocked {
        passwords: Vec<PasswordKind>,
    },
    ContractAdded,
    ContractFrozen,
    ContractUnfrozen,
}

/// Whether the action was done, or was refused with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Refused(Code),
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Done => "done",
            Self::Refused(code) => code.name(),
        })
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Actor {
    /// An authenticated user, by key.
    User(String),
    /// A claimed ID, as it was given, whether the user exists or not.
    Claimed(String),
    /// The request named no user.
    Unknown,
    /// The branch.
    Branch,
    /// The bank itself, by its rules.
    Bank,
}

impl Actor {
    /// Returns the actor with the ID that a request claims. An ID of more than [`GIVEN`] characters is cut off.
    pub(crate) fn claimed(id: &str) -> Self {
        Self::Claimed(id.chars().take(GIVEN).collect())
    }
}

impl Event {
    /// Returns the event that `actor` did `act`.
    pub(crate) fn done(actor: Actor, act: AuditAction) -> Self {
        Self { act, outcome: Outcome::Done, actor, subject: None, contract: None, address: source_address() }
    }

    /// Returns the event that `user` did `act`, in the contract of `user`.
    pub(crate) fn by(user: &User, act: AuditAction) -> Self {
        Self::done(Actor::User(user.key.clone()), act).in_contract(&user.contract)
    }

    /// Returns the event that `act` was refused to `actor` with `code`.
    pub(crate) fn refused(actor: Actor, act: AuditAction, code: Code) -> Self {
        Self { outcome: Outcome::Refused(code), ..Self::done(actor, act) }
    }

    /// Sets the user whom the action concerns, and the contract of that user.
    #[must_use]
    pub(crate) fn upon(mut self, subject: &User) -> Self {
        if self.actor != Actor::User(subject.key.clone()) {
            self.subject = Some(subject.key.clone());
        }
        self.in_contract(&subject.contract)
    }

    /// Sets the user whom the action concerns, by the key of that user.
    #[must_use]
    pub(crate) fn upon_key(mut self, subject: &str) -> Self {
        self.subject = Some(subject.to_owned());
        self
    }

    /// Sets the address from which the requests came.
    #[must_use]
    pub(super) fn sent_from(mut self, address: IpAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets the contract in which the action was done or tried.
    #[must_use]
    pub(crate) fn in_contract(mut self, contract: &str) -> Self {
        self.contract = Some(contract.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_gives_as_their_id_is_kept_as_given_and_bounded() {
        let event = Event::refused(Actor::claimed(&"印".repeat(5000)), AuditAction::EnrolmentCheck, Code::LoginFailed);
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["actor"]["claimed"], "印".repeat(GIVEN));
        assert_eq!(json["act"], "enrolment_check");
        assert_eq!(json["outcome"], "login_failed");
        assert_eq!(json.as_object().unwrap().len(), 3, "{json}");
    }
}
