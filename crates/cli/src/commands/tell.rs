//! What an administrator tells a user whose certificate was reissued, so that the user can acquire the next one (S3-8,
//! S4-15).

use inkan_client::Session;
use inkan_client::profile::{PasswordKind, Profile, TokenState};
use inkan_client::protocol::UserRecord;
use serde::Serialize;
use time::OffsetDateTime;

use crate::bank_terms::{login_id, password_in_text};
use crate::commands::migration_steps::needs;
use crate::commands::user_lines::{labelled, line};
use crate::dates::moment;
use crate::words::Words;

/// The facts that the user needs.
#[derive(Debug, Serialize)]
pub(crate) struct Tell {
    /// The contract number, at a bank whose users give it beside their ID (S3-10).
    contract: Option<String>,
    /// The login ID.
    user: String,
    /// The acquisition deadline; none if there is no deadline (S4-11).
    #[serde(with = "time::serde::rfc3339::option")]
    deadline: Option<OffsetDateTime>,
    /// Whether the acquisition needs a token, and the user has not activated one (S3-9).
    token_unregistered: bool,
}

impl Tell {
    /// Returns what to tell the user of `record`, whose certificate was reissued.
    pub(crate) fn after_reissue(record: &UserRecord, profile: &Profile, session: &Session) -> Self {
        // The certificate is reissued. So a contract number that cannot be read is not an error.
        let contract = profile.contract_number.as_ref().and_then(|_| session.top().ok()?.contract);
        let token_unregistered = profile.acquiring_takes_otp(&record.person.role)
            && matches!(record.token.state, TokenState::Unregistered | TokenState::Revoked);
        let deadline = record.issue.as_ref().and_then(|issue| issue.deadline);
        Self { contract, user: record.person.id.clone(), deadline, token_unregistered }
    }

    /// Returns the lines for the administrator. The user's PC knows the bank by the name in its profile.
    pub(crate) fn lines(&self, record: &UserRecord, profile: &Profile, words: &Words) -> Vec<String> {
        let person = &record.person;
        let own = password_in_text(PasswordKind::Login, profile, words);
        let needs = needs(&person.role, profile, words);
        let facts = [
            ("name", person.name.as_str()),
            ("id", &person.id),
            ("bank", &profile.id),
            ("needs", &needs),
            ("password", &own),
        ];
        let number = profile.contract_number.as_ref();
        let contract = number.zip(self.contract.as_ref());
        let contract = contract.map(|(rule, number)| line(words.local(&rule.name).to_owned(), number, words));
        let place = number.and_then(|rule| rule.place.as_ref()).map(|place| words.local(place).to_owned());
        let deadline = self
            .deadline
            .map(|at| labelled(profile.words.deadline.as_ref(), "user-deadline", &moment(at, words.language()), words));
        let token = self.token_unregistered.then(|| words.with("tell-token", &facts));
        let told = contract
            .into_iter()
            .chain(place)
            .chain([line(login_id(profile, words), &self.user, words)])
            .chain(deadline)
            .chain([words.with("tell-needs", &facts)])
            .chain(token)
            .chain([words.with("tell-next", &facts), words.text("tell-delete")]);
        std::iter::once(words.with("tell-title", &facts)).chain(told.map(|line| format!("  {line}"))).collect()
    }
}
