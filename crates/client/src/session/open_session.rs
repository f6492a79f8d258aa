use std::sync::Arc;

use inkan_profile::{EntranceId, PasswordKind};
#[cfg(doc)]
use inkan_protocol::Code;
use inkan_protocol::{
    CertificateAction, CertificateChange, Connection as Channel, NextStep, Notice, PasswordChange, PasswordsChanged,
    Person, Problem, Secret, SessionGranted, SessionLine, Top, UserRecord, login_id, path,
};
use serde::Serialize;

use crate::net::http_client::Connection;
use crate::session::log_out::{LogOut, is_over};
use crate::{Bank, Error};

/// The user who is logged in, and how.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LoggedIn {
    /// The bank's name on this PC.
    pub bank: String,
    /// The entrance of the login (S3-18).
    pub entrance: EntranceId,
    /// The person who is logged in.
    pub person: Person,
    /// The next step, for example a password change before the top page.
    pub next: NextStep,
    /// Whether a confirmation password is registered (S1-8); none if the bank does not report it.
    pub confirmation_registered: Option<bool>,
    /// The passwords that another person set, which the forced change must change.
    pub set_by_another: Vec<PasswordKind>,
    /// The connection, as the bank sees it.
    pub connection: Channel,
}

/// A session at a bank, which is logged out when it is dropped.
#[derive(Debug)]
pub struct Session {
    pub(crate) connection: Arc<Connection>,
    pub(crate) token: Secret,
    pub(crate) logged_in: LoggedIn,
    pub(super) wrong_clock: Option<Problem>,
    end: LogOut,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end.on_drop();
    }
}

impl Session {
    /// Returns the session that the bank has granted.
    pub(super) fn new(bank: &Bank, entrance: EntranceId, opened: Connection, granted: SessionGranted) -> Self {
        let SessionGranted { token, person, next, confirmation_registered, set_by_another, connection } = granted;
        let bank = bank.name.clone();
        let logged_in = LoggedIn { bank, entrance, person, next, confirmation_registered, set_by_another, connection };
        let connection = Arc::new(opened);
        let end = LogOut::of(Arc::clone(&connection), token.clone());
        Self { connection, token, logged_in, wrong_clock: None, end }
    }

    /// Returns a handle that ends this session from another thread, for example from the thread that handles a signal.
    pub fn end(&self) -> LogOut {
        self.end.clone()
    }

    /// Drops a session that the bank has ended, without another request.
    pub fn forget(self) {
        self.end.forget();
    }

    /// Returns a problem if the login has shown that this PC's clock differs from the bank's; none if the clock is
    /// right.
    pub fn wrong_clock(&self) -> Option<&Problem> {
        self.wrong_clock.as_ref()
    }

    /// Returns whether the bank was asked for a change and has not answered. The bank may or may not have made the
    /// change.
    pub fn in_doubt(&self) -> bool {
        self.connection.in_doubt()
    }

    /// Returns the user who is logged in, and how.
    pub fn logged_in(&self) -> &LoggedIn {
        &self.logged_in
    }

    /// Returns the top page.
    ///
    /// # Errors
    /// [`Error::Bank`], [`Error::Transport`]: as for every request of a session.
    pub fn top(&self) -> Result<Top, Error> {
        self.connection.get(path::TOP, Some(&self.token))
    }

    /// Keeps the session open: the bank's idle time starts again.
    ///
    /// # Errors
    /// The errors of [`Self::top`]. Any other refusal is a success, since the bank has received the request.
    pub fn stay(&self) -> Result<(), Error> {
        match self.token() {
            Err(Error::Bank(problem)) if !is_over(problem.code) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Opens a notice, which then counts as read (S1-19).
    ///
    /// # Errors
    /// The errors of [`Self::top`].
    pub fn notice(&self, id: &str) -> Result<Notice, Error> {
        self.connection.get(&with_id(path::NOTICE, id), Some(&self.token))
    }

    /// Returns the user's own sessions on every PC, the last login first. One of them is this session.
    ///
    /// # Errors
    /// The errors of [`Self::top`]. A bank of an older version answers [`Code::NotFound`] or [`Code::RequestInvalid`].
    pub fn own_sessions(&self) -> Result<Vec<SessionLine>, Error> {
        self.connection.get(path::SESSIONS, Some(&self.token))
    }

    /// Ends one of the user's own sessions, by the ID that [`Self::own_sessions`] returned.
    ///
    /// # Errors
    /// The errors of [`Self::top`]; [`Code::NotFound`] if there is no such session.
    pub fn end_session(&self, id: &str) -> Result<(), Error> {
        self.connection.delete(&with_id(path::SESSION, id), &self.token)
    }

    /// Ends every session of the user but this one.
    ///
    /// # Errors
    /// The errors of [`Self::top`].
    pub fn end_other_sessions(&self) -> Result<(), Error> {
        self.connection.delete(path::OTHER_SESSIONS, &self.token)
    }

    /// Changes both passwords, as the first login demands (S1-7 … S1-10).
    ///
    /// # Errors
    /// The errors of [`Self::top`]; [`Code::PasswordRuleBroken`] with the fault of a new password;
    /// [`Error::PasswordUnchanged`] before anything is sent.
    pub fn change_passwords(&mut self, change: &PasswordChange) -> Result<&LoggedIn, Error> {
        unlike_the_present(&self.connection.in_order(change)?)?;
        let changed: PasswordsChanged = self.connection.post(path::PASSWORDS, change, Some(&self.token))?;
        self.logged_in.next = changed.next;
        Ok(&self.logged_in)
    }

    /// Returns the users of the contract.
    ///
    /// # Errors
    /// The errors of [`Self::top`]; [`Code::NotPermitted`] for a general user (S0-14).
    pub fn users(&self) -> Result<Vec<UserRecord>, Error> {
        self.connection.get(path::USERS, Some(&self.token))
    }

    /// Returns one user of the contract.
    ///
    /// # Errors
    /// The errors of [`Self::users`]; [`Code::UserUnknown`].
    pub fn user(&self, id: &str) -> Result<UserRecord, Error> {
        self.connection.get(&with_id(path::USER, id), Some(&self.token))
    }

    /// Keeps, reissues or revokes a user's certificate. The operator confirms it with the confirmation password (S0-6,
    /// S3-6).
    ///
    /// # Errors
    /// The errors of [`Self::user`]; the refusals of the confirmation password; [`Code::NoLiveCertificate`].
    pub fn change_certificate(
        &self,
        user: &str,
        act: CertificateAction,
        confirmation_password: &Secret,
    ) -> Result<UserRecord, Error> {
        let change = CertificateChange { act, confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_CERTIFICATE, user), &change, Some(&self.token))
    }

    /// Ends the session at the bank (S1-15).
    ///
    /// # Errors
    /// The errors of [`LogOut::log_out`].
    pub fn log_out(self) -> Result<(), Error> {
        self.end.log_out()
    }
}

/// Refuses new passwords that equal the present ones.
fn unlike_the_present(change: &PasswordChange) -> Result<(), Error> {
    let same = |present: &Secret, new: &Secret| present.expose() == new.expose();
    let confirmation = change.confirmation_password.as_ref().zip(change.new_confirmation_password.as_ref());
    if same(&change.login_password, &change.new_login_password) {
        Err(Error::PasswordUnchanged(PasswordKind::Login))
    } else if confirmation.is_some_and(|(present, new)| same(present, new)) {
        Err(Error::PasswordUnchanged(PasswordKind::Confirmation))
    } else {
        Ok(())
    }
}

/// Returns `path` with the percent-encoded ID in place of `{id}`. The ID stays one segment of the path.
pub(crate) fn with_id(path: &str, id: &str) -> String {
    let encoded: String = login_id(id).bytes().map(encode_byte).collect();
    path.replace("{id}", &encoded)
}

fn encode_byte(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(with_id(path::USER, "../top"), "/v1/users/%2E%2E%2Ftop");
        assert_eq!(with_id(path::USER_CERTIFICATE, "hanakodt"), "/v1/users/hanakodt/certificate");
    }
}
