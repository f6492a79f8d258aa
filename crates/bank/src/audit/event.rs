use inkan_profile::{LoginMethod, PasswordKind};
use inkan_protocol::Code;
use serde::{Serialize, Serializer};

use crate::database::users::User;

/// The most that is kept of what somebody gave as their ID, in characters.
const GIVEN: usize = 64;

/// One thing that happened, as the log tells it. Holds no secret, whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Event {
    #[serde(flatten)]
    act: AuditAction,
    outcome: Outcome,
    actor: Actor,
    /// The key of the user to whom it was done, where that is not the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<String>,
}

/// What was done, or tried. Names are stable: who reads the log goes by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(crate) enum AuditAction {
    /// A login, with what by which entrance; none where none was named.
    LogIn {
        method: LoginMethod,
        entrance: Option<String>,
    },
    /// ID and password were shown, to get a certificate by.
    EnrolmentCheck,
    /// An enrolment code was shown.
    EnrolmentCodeShown,
    /// A request that no narrower act names, on a connection whose handshake showed a certificate.
    CertificateShown {
        fingerprint: String,
        method: String,
        path: String,
    },
    /// A request that no narrower act names: by its method and the path's template.
    Request {
        method: String,
        path: String,
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
    /// Which of the user's settings.
    UserEdited {
        fields: Vec<String>,
    },
    /// Which passwords; all that were locked where none is named.
    UserUnlocked {
        passwords: Vec<PasswordKind>,
    },
    ContractAdded,
    ContractFrozen,
    ContractUnfrozen,
}

/// What came of it.
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

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Actor {
    /// A user who proved who they are, by their key.
    User(String),
    /// Somebody who only said so: an ID as it was given, whether there is such a user or not.
    Claimed(String),
    /// Nobody that the request named.
    Unknown,
    /// The branch.
    Branch,
    /// The bank, by its rules.
    Bank,
}

impl Actor {
    /// Somebody who says to be that user; no more of it than fits any ID.
    pub(crate) fn claimed(id: &str) -> Self {
        Self::Claimed(id.chars().take(GIVEN).collect())
    }
}

impl Event {
    /// That somebody did something.
    pub(crate) fn done(actor: Actor, act: AuditAction) -> Self {
        Self { act, outcome: Outcome::Done, actor, subject: None, contract: None }
    }

    /// That `user` did something, in their contract.
    pub(crate) fn by(user: &User, act: AuditAction) -> Self {
        Self::done(Actor::User(user.key.clone()), act).in_contract(&user.contract)
    }

    /// That somebody was refused something.
    pub(crate) fn refused(actor: Actor, act: AuditAction, code: Code) -> Self {
        Self { outcome: Outcome::Refused(code), ..Self::done(actor, act) }
    }

    /// To whom it was done.
    #[must_use]
    pub(crate) fn upon(mut self, subject: &User) -> Self {
        if self.actor != Actor::User(subject.key.clone()) {
            self.subject = Some(subject.key.clone());
        }
        self.in_contract(&subject.contract)
    }

    /// To whom it was done, by their key.
    #[must_use]
    pub(crate) fn upon_key(mut self, subject: &str) -> Self {
        self.subject = Some(subject.to_owned());
        self
    }

    /// In which contract.
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
