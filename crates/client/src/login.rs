use inkan_profile::EntranceId;
use inkan_protocol::{
    CertificateAct, CertificateChange, Code, Connection as Channel, LogIn, LogInWithCertificate, NextStep, Notice,
    PasswordChange, PasswordsChanged, Person, Secret, SessionGranted, Top, UserRecord, path,
};
use inkan_store::CertificateId;
use serde::Serialize;
use specta::Type;

use crate::connection::Connection;
use crate::identity::Identity;
use crate::memory::Memory;
use crate::{Bank, Error, Inkan, Transport};

/// How a person logs in.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// 電子証明書方式: that certificate, or the only usable one where none is named (S1-1 … S1-4).
    Certificate(Option<String>),
    /// ID・パスワード方式 (S1-6).
    Id(String),
}

/// Who is logged in, and how.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LoggedIn {
    /// The bank's name here.
    pub bank: String,
    /// Who.
    pub person: Person,
    /// What comes before the top page.
    pub next: NextStep,
    /// How the bank sees the connection.
    pub connection: Channel,
}

/// A session at a bank. Dropped without [`Session::log_out`] it ends there by itself, after the bank's idle time.
#[derive(Debug)]
pub struct Session {
    pub(crate) connection: Connection,
    pub(crate) token: Secret,
    pub(crate) logged_in: LoggedIn,
}

impl Inkan {
    /// Logs in.
    ///
    /// # Errors
    /// [`Error::NoUsableCertificate`], [`Error::SeveralCertificates`], [`Error::CertificateNotFound`],
    /// [`Error::Transport`], [`Error::Store`], and the bank's refusals as [`Error::Bank`].
    pub fn log_in(
        &self,
        bank: &str,
        entrance: Option<EntranceId>,
        credentials: &Credentials,
        login_password: &Secret,
    ) -> Result<Session, Error> {
        let bank = self.bank(bank)?;
        match credentials {
            Credentials::Id(user) => {
                let connection = bank.portal(self)?;
                let request =
                    LogIn { entrance, contract: None, user: user.clone(), login_password: login_password.clone() };
                let granted = connection.post(path::SESSIONS, &request, None)?;
                Ok(Session::new(&bank, connection, granted))
            }
            Credentials::Certificate(id) => {
                let id = self.choose(&bank, id.as_deref())?;
                let connection = self.certificate_connection(&bank, &id)?;
                let request = LogInWithCertificate { entrance, login_password: login_password.clone() };
                let granted = connection.post(path::SESSIONS, &request, None);
                self.remember(&bank, &id, &granted)?;
                Ok(Session::new(&bank, connection, granted?))
            }
        }
    }

    /// Forgets which certificate made the last login at a bank, so that the next one asks again.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn forget_choice(&self, bank: &str) -> Result<(), Error> {
        let bank = self.bank(bank)?;
        Ok(Memory::forget(&self.home, &bank.name)?)
    }

    /// The certificate that was named, or the one that a login would use by itself.
    pub(crate) fn choose(&self, bank: &Bank, id: Option<&str>) -> Result<CertificateId, Error> {
        if let Some(id) = id {
            return Ok(self.certificate(id, Some(&bank.name))?.id);
        }
        let usable: Vec<_> = self.certificates(Some(&bank.name))?.into_iter().filter(|row| row.usable).collect();
        match usable.as_slice() {
            [] => Err(Error::NoUsableCertificate),
            [only] => Ok(only.id.clone()),
            several => match several.iter().find(|row| row.last_used) {
                Some(last) => Ok(last.id.clone()),
                None => Err(Error::SeveralCertificates(several.iter().map(|row| row.name.clone()).collect())),
            },
        }
    }

    pub(crate) fn certificate_connection(&self, bank: &Bank, id: &CertificateId) -> Result<Connection, Error> {
        let stored = self.store.certificates()?;
        let certificate = stored
            .into_iter()
            .find(|certificate| certificate.id == *id)
            .ok_or_else(|| Error::CertificateNotFound(id.0.clone()))?;
        let key = self.store.certificate_key(id)?;
        let identity = Identity::new(inkan_store::chain(self.store.as_ref(), &certificate)?, key);
        Connection::open(&bank.certificate_login, &bank.trust(), Some(identity), self.language)
    }

    fn remember(&self, bank: &Bank, id: &CertificateId, granted: &Result<SessionGranted, Error>) -> Result<(), Error> {
        match granted {
            Ok(_) => Memory::used(&self.home, &bank.name, id)?,
            Err(Error::Bank(problem)) if judges_certificate(problem.code) => {
                Memory::refused(&self.home, id, problem.code)?;
            }
            // Turned down in the handshake: it may be the server's fault, so only the remembered choice goes.
            Err(Error::Transport { cause: Transport::CertificateRefused(_), .. }) => {
                Memory::forget(&self.home, &bank.name)?;
            }
            Err(_) => {}
        }
        Ok(())
    }
}

/// The refusals that are about the certificate and not about what was typed.
fn judges_certificate(code: Code) -> bool {
    matches!(
        code,
        Code::CertificateRevoked | Code::CertificateSuperseded | Code::CertificateExpired | Code::CertificateUnknown
    )
}

impl Session {
    fn new(bank: &Bank, connection: Connection, granted: SessionGranted) -> Self {
        let SessionGranted { token, person, next, connection: channel } = granted;
        let logged_in = LoggedIn { bank: bank.name.clone(), person, next, connection: channel };
        Self { connection, token, logged_in }
    }

    /// Who is logged in, and how.
    pub fn logged_in(&self) -> &LoggedIn {
        &self.logged_in
    }

    /// The top page.
    ///
    /// # Errors
    /// [`Error::Bank`], [`Error::Transport`]: as for every request of a session.
    pub fn top(&self) -> Result<Top, Error> {
        self.connection.get(path::TOP, Some(&self.token))
    }

    /// Opens a notice, which is read from then on (S1-19).
    ///
    /// # Errors
    /// As [`Self::top`].
    pub fn notice(&self, id: &str) -> Result<Notice, Error> {
        self.connection.get(&with_id(path::NOTICE, id), Some(&self.token))
    }

    /// Changes both passwords, as the first login demands (S1-7 … S1-10).
    ///
    /// # Errors
    /// As [`Self::top`]; [`Code::PasswordRuleBroken`] says what is wrong with the new ones.
    pub fn change_passwords(&mut self, change: &PasswordChange) -> Result<&LoggedIn, Error> {
        let changed: PasswordsChanged = self.connection.post(path::PASSWORDS, change, Some(&self.token))?;
        self.logged_in.next = changed.next;
        Ok(&self.logged_in)
    }

    /// The users of the contract.
    ///
    /// # Errors
    /// As [`Self::top`]; [`Code::NotPermitted`] for a general user (S0-14).
    pub fn users(&self) -> Result<Vec<UserRecord>, Error> {
        self.connection.get(path::USERS, Some(&self.token))
    }

    /// One user of the contract.
    ///
    /// # Errors
    /// As [`Self::users`]; [`Code::UserUnknown`].
    pub fn user(&self, id: &str) -> Result<UserRecord, Error> {
        self.connection.get(&with_id(path::USER, id), Some(&self.token))
    }

    /// Keeps, reissues or revokes a user's certificate, proved by the operator's confirmation password (S0-6, S3-6).
    ///
    /// # Errors
    /// As [`Self::user`]; the refusals of the confirmation password; [`Code::NoLiveCertificate`].
    pub fn change_certificate(
        &self,
        user: &str,
        act: CertificateAct,
        confirmation_password: &Secret,
    ) -> Result<UserRecord, Error> {
        let change = CertificateChange { act, confirmation_password: confirmation_password.clone() };
        self.connection.post(&with_id(path::USER_CERTIFICATE, user), &change, Some(&self.token))
    }

    /// Ends the session at the bank (S1-15). One that is over already, as after revoking the certificate that began it,
    /// is as good.
    ///
    /// # Errors
    /// As [`Self::top`]; the session ends by itself then, after the bank's idle time.
    pub fn log_out(self) -> Result<(), Error> {
        match self.connection.delete(path::CURRENT_SESSION, &self.token) {
            Err(Error::Bank(problem))
                if matches!(
                    problem.code,
                    Code::SessionEnded | Code::CertificateRevoked | Code::CertificateSuperseded
                ) =>
            {
                Ok(())
            }
            other => other,
        }
    }
}

/// A path with its one place filled. An ID that is more than one segment stays one: it is percent-encoded.
pub(crate) fn with_id(path: &str, id: &str) -> String {
    let encoded: String = id.bytes().map(encode_byte).collect();
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
