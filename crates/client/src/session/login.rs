use std::slice;
use std::sync::Arc;

use inkan_profile::{EntranceId, LoginMethod, PasswordKind};
use inkan_protocol::{
    CertificateAct, CertificateChange, Code, Connection as Channel, LogIn, LogInWithCertificate, Malformed, NextStep,
    Notice, PasswordChange, PasswordsChanged, Person, Problem, Secret, SessionGranted, Top, Typed, UserRecord,
    login_id, path,
};
use inkan_store::{Authorities, CertificateId, PrivateKey, StoreError, StoredCertificate};
use serde::Serialize;
use specta::Type;

use crate::certificates::list::candidate;
use crate::data::certificate_history::Memory;
use crate::enrolment::renewal::in_japan;
use crate::net::cause::day;
use crate::net::client_identity::Identity;
use crate::net::http_client::Connection;
use crate::session::log_out::{LogOut, is_over};
use crate::{Bank, CertificateRow, Error, Inkan, Reason, Transport};

/// How a person logs in.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// 電子証明書方式: that certificate, or the only person's usable one where none is named (S1-1 … S1-4).
    Certificate(Option<String>),
    /// ID・パスワード方式 (S1-6).
    Id {
        /// Contract number, at a bank that has them (S3-10).
        contract: Option<String>,
        /// Login ID.
        user: String,
    },
}

/// Who is logged in, and how.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LoggedIn {
    /// The bank's name here.
    pub bank: String,
    /// By which door (S3-18).
    pub entrance: EntranceId,
    /// Who.
    pub person: Person,
    /// What comes before the top page.
    pub next: NextStep,
    /// Whether a confirmation password is registered (S1-8), if the bank says so.
    pub confirmation_registered: Option<bool>,
    /// How the bank sees the connection.
    pub connection: Channel,
}

/// A session at a bank, which is logged out when it is dropped.
#[derive(Debug)]
pub struct Session {
    pub(crate) connection: Arc<Connection>,
    pub(crate) token: Secret,
    pub(crate) logged_in: LoggedIn,
    wrong_clock: Option<Problem>,
    end: LogOut,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end.on_drop();
    }
}

impl Inkan {
    /// Logs in, where no entrance is named by the first that admits the certificate or the person (S3-18).
    ///
    /// # Errors
    /// [`Error::NoUsableCertificate`], [`Error::SeveralCertificates`], [`Error::CertificateNotFound`],
    /// [`Error::OtherEntrance`] (S3-16), [`Error::EntranceUnknown`], [`Error::ContractNumber`], [`Error::Transport`], [`Error::Store`], and the bank's refusals as [`Error::Bank`].
    pub fn log_in(
        &self,
        bank: &str,
        entrance: Option<EntranceId>,
        credentials: &Credentials,
        login_password: &Secret,
    ) -> Result<Session, Error> {
        let known = self.bank(bank)?;
        // The bank is asked what it publishes now while somebody logs in by what is known.
        let asking = self.asking_anew(&known);
        let session = self.begin_session(&known, entrance.clone(), credentials, login_password);
        let current = asking.end(&known);
        let mut session = match (session, current) {
            (Err(error), Some(current)) if may_have_changed(&error) => {
                tracing::info!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank has changed what it publishes, and is tried as it is now"
                );
                let again = self.begin_session(&current, entrance, credentials, login_password);
                again.map_err(|error| self.or_the_clock(&current, error))?
            }
            (session, _) => session.map_err(|error| self.or_the_clock(&known, error))?,
        };
        session.wrong_clock = self.wrong_clock_by(&self.bank(bank)?, &session.connection).map(Error::into_problem);
        let method = match credentials {
            Credentials::Certificate(_) => LoginMethod::Certificate,
            Credentials::Id { .. } => LoginMethod::IdPassword,
        };
        self.note_arrival(&session.logged_in, method)?;
        Ok(session)
    }

    fn begin_session(
        &self,
        bank: &Bank,
        entrance: Option<EntranceId>,
        credentials: &Credentials,
        login_password: &Secret,
    ) -> Result<Session, Error> {
        match credentials {
            Credentials::Id { contract, user } => {
                contract.iter().chain([user]).for_each(|name| self.known.note(name));
                let request = LogIn {
                    entrance: None,
                    contract: bank.contract(contract.as_deref(), self.language)?,
                    user: user.clone(),
                    login_password: login_password.clone(),
                };
                self.log_in_with_id(bank, entrance.as_ref(), &request)
            }
            Credentials::Certificate(id) => {
                let row = self.choose_for_login(bank, entrance.as_ref(), id.as_deref())?;
                let entrance = bank.entrance_for_certificate(entrance.as_ref(), &row.name, self.language)?;
                let connection = self.certificate_connection(bank, &row.id)?;
                let request =
                    LogInWithCertificate { entrance: Some(entrance.clone()), login_password: login_password.clone() };
                // What follows may fail; the session is logged out then.
                let session = granted(&connection, &request)
                    .map_err(|error| with_certificate(error, &row.name))
                    .map(|granted| Session::new(bank, entrance, connection, granted));
                self.remember(bank, &row, &session)?;
                session.map_err(|error| self.with_the_newer(bank, &row, error))
            }
        }
    }

    /// Forgets which certificate made the last login at a bank, or was picked last for a site, so that the next one asks again.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn forget_choice(&self, bank: &str) -> Result<(), Error> {
        Ok(Memory::forget(&self.home, self.service(bank)?.name())?)
    }

    /// At the entrance that was asked for, or at each until one admits the person: a password that is wrong is wrong at
    /// the first, and counts once.
    fn log_in_with_id(&self, bank: &Bank, asked: Option<&EntranceId>, request: &LogIn) -> Result<Session, Error> {
        let connection = bank.portal(self)?;
        let mut refused = Error::EntranceUnknown(String::new());
        for entrance in bank.entrances_for_id(asked)? {
            let request = LogIn { entrance: Some(entrance.clone()), ..request.clone() };
            match granted(&connection, &request) {
                Ok(granted) => return Ok(Session::new(bank, entrance, connection, granted)),
                Err(Error::Bank(problem)) if problem.code == Code::EntranceNotAllowed => {
                    refused = Error::Bank(problem);
                }
                Err(error) => return Err(error),
            }
        }
        Err(refused)
    }

    /// Returns the certificate with which a login would be made, before any secret is asked for.
    ///
    /// # Errors
    /// [`Error::NoUsableCertificate`], [`Error::SeveralCertificates`], [`Error::CertificateNotFound`],
    /// [`Error::CertificateIdNeeded`], [`Error::OtherEntrance`] (S3-16), [`Error::EntranceUnknown`], [`Error::Store`].
    pub fn certificate_for_login(
        &self,
        bank: &str,
        entrance: Option<&EntranceId>,
        id: Option<&str>,
    ) -> Result<CertificateRow, Error> {
        let bank = self.bank(bank)?;
        let row = self.choose_for_login(&bank, entrance, id)?;
        bank.entrance_for_certificate(entrance, &row.name, self.language)?;
        Ok(row)
    }

    /// The certificate that was named, or the one that a login uses by itself. Which of several people is meant is never
    /// guessed by the last login (S1-1).
    pub(crate) fn choose_for_login(
        &self,
        bank: &Bank,
        entrance: Option<&EntranceId>,
        id: Option<&str>,
    ) -> Result<CertificateRow, Error> {
        if let Some(id) = id {
            return self.certificate_or_deletion(bank, id);
        }
        let rows = self.candidates(bank, entrance)?;
        let several_people = rows.iter().any(|row| rows.iter().any(|other| other.name != row.name));
        if several_people { Err(several(&rows)) } else { one_of(&rows) }
    }

    /// The certificate of that identity, or that it was deleted here.
    fn certificate_or_deletion(&self, bank: &Bank, id: &str) -> Result<CertificateRow, Error> {
        match self.certificate(id, Some(&bank.name)) {
            Err(Error::CertificateNotFound(id)) => {
                let deleted = self.deleted_with_id(bank, &id)?;
                Err(deleted.map_or(Error::CertificateNotFound(id), Error::from))
            }
            found => found,
        }
    }

    /// The certificates that a login can use, at least one; or the one that leads to another entrance.
    fn candidates(&self, bank: &Bank, entrance: Option<&EntranceId>) -> Result<Vec<CertificateRow>, Error> {
        let rows = self.certificates_at(Some(&bank.name), entrance)?;
        let (usable, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.usable);
        if !usable.is_empty() {
            return Ok(usable);
        }
        let elsewhere = others.iter().find(|row| row.reasons == [Reason::NotOfThisEntrance]);
        elsewhere.map(|row| vec![row.clone()]).ok_or_else(|| self.why_none(bank, &others))
    }

    /// Returns why none of these can be used: the reason of the bank's own certificate here, or that there is none.
    pub(crate) fn why_none(&self, bank: &Bank, others: &[CertificateRow]) -> Error {
        let mut entrances = bank.profile.entrances.iter();
        let ids = entrances.any(|entrance| entrance.methods.contains(&LoginMethod::IdPassword));
        let foreign = [
            Reason::NotOfThisBank,
            Reason::NotOfThisEntrance,
            Reason::NotAcceptedByServer,
            Reason::IntermediateMissing,
        ];
        let own = |row: &&CertificateRow| !row.reasons.iter().any(|reason| foreign.contains(reason));
        let found = others.iter().find(own).and_then(|row| Some((row, *row.reasons.first()?)));
        // A revoked, superseded or expired certificate is the reason only if no later one of the holder was deleted here.
        let over = |row: &CertificateRow| {
            row.reasons.iter().any(|it| it.is_superseded() || matches!(it, Reason::Revoked | Reason::Expired))
        };
        let theirs: Vec<CertificateRow> = found.iter().map(|(row, _)| (*row).clone()).collect();
        if theirs.iter().all(over)
            && let Ok(Some(deleted)) = self.deleted_here(bank, &theirs)
        {
            return deleted.into();
        }
        let Some((row, reason)) = found else { return Error::NoUsableCertificate { ids } };
        if reason == Reason::KeyUnsupported {
            return StoreError::KeyUnsupported { kind: row.key_kind.clone() }.into();
        }
        let (from, until, today) = (in_japan(row.not_before), day(row.not_after), day(self.clock.now()));
        let unusable = Error::CertificateUnusable {
            name: row.name.clone(),
            reason,
            from,
            until,
            today,
            clock_confirmed: false,
            ids,
        };
        // A clock that is wrong is what has to be set right.
        self.or_the_clock(bank, unusable)
    }

    /// Opens the key of a certificate.
    ///
    /// # Errors
    /// As [`CertificateStore::certificate_key`](inkan_store::CertificateStore::certificate_key), and
    /// [`StoreError::KeyUnsupported`] before anything is opened.
    pub(crate) fn signing_key(&self, certificate: &StoredCertificate) -> Result<Arc<dyn PrivateKey>, StoreError> {
        if !certificate.key_kind.is_supported() {
            return Err(StoreError::KeyUnsupported { kind: certificate.key_kind.to_string() });
        }
        self.store()?.certificate_key(&certificate.id)
    }

    pub(crate) fn certificate_connection(&self, bank: &Bank, id: &CertificateId) -> Result<Connection, Error> {
        let stored = self.store()?.certificates()?;
        let certificate = stored
            .into_iter()
            .find(|certificate| certificate.id == *id)
            .ok_or_else(|| Error::CertificateNotFound(id.0.clone()))?;
        let key = self.signing_key(&certificate)?;
        let chains = Authorities::read(self.store()?)?.chains(&certificate);
        let mut identity = Identity::new(chains, key, self.clock.now());
        identity.incomplete &= !self.is_accepted_by_itself(&certificate.issuer_name);
        let connection = self.connection(&bank.certificate_login, &bank.trust(), Some(identity))?;
        Ok(connection.for_passwords(&bank.profile.passwords))
    }

    /// Returns the same refusal of a certificate that is superseded, with the place of the newer one, or that the newer one
    /// was deleted here.
    fn with_the_newer(&self, bank: &Bank, row: &CertificateRow, error: Error) -> Error {
        match error {
            Error::Bank(problem) if problem.code == Code::CertificateSuperseded => {
                match self.deleted_here(bank, slice::from_ref(row)) {
                    Ok(Some(deleted)) => deleted.into(),
                    _ => Error::Bank(problem.with("newer", self.place_of_the_newer(&row.id))),
                }
            }
            other => other,
        }
    }

    fn remember(&self, bank: &Bank, row: &CertificateRow, granted: &Result<Session, Error>) -> Result<(), Error> {
        let id = &row.id;
        match granted {
            Ok(granted) => {
                let holder = bank.holder_of(&row.name, &granted.logged_in.person.id);
                Memory::used(&self.home, &bank.name, id, holder, self.clock.now())?;
                Memory::held_as(&self.home, id, &granted.logged_in.person.role)?;
            }
            Err(Error::Bank(problem)) if judges_certificate(problem.code) => {
                Memory::refused(&self.home, Some(&bank.name), id, problem.code)?;
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

/// Asks for a session. If the bank was asked and no answer of the bank came, the bank may have granted one.
fn granted(connection: &Connection, request: &(impl Serialize + Typed)) -> Result<SessionGranted, Error> {
    connection.post(path::SESSIONS, request, None).map_err(|error| match error {
        Error::Bank(_) => error,
        error if connection.in_doubt() => Error::LoginUnanswered(Box::new(error)),
        error => error,
    })
}

/// The only one, or the one that made the last login.
fn one_of(rows: &[CertificateRow]) -> Result<CertificateRow, Error> {
    match rows {
        [only] => Ok(only.clone()),
        rows => rows.iter().find(|row| row.last_used).cloned().ok_or_else(|| several(rows)),
    }
}

fn several(rows: &[CertificateRow]) -> Error {
    Error::several_certificates(rows)
}

impl Error {
    /// Returns that each of these could be meant, and what distinguishes them.
    pub fn several_certificates(rows: &[CertificateRow]) -> Self {
        Self::SeveralCertificates(rows.iter().map(candidate).collect())
    }
}

/// The same refusal for somebody whose ID came from the certificate of that name: only the password can be wrong.
fn with_certificate(error: Error, name: &str) -> Error {
    match error {
        Error::Bank(problem) if problem.code == Code::LoginFailed => {
            Error::Bank(problem.with("method", "certificate").with("name", name))
        }
        other => other,
    }
}

/// Whether what a bank publishes may be the cause: it has moved, or has other rules than those that are known here. A
/// login that the bank may have heard is never sent twice.
fn may_have_changed(error: &Error) -> bool {
    matches!(
        error,
        Error::Transport {
            cause: Transport::NameUnknown
                | Transport::ConnectionRefused
                | Transport::NoRoute
                | Transport::PlainHttp
                | Transport::NotTls
                | Transport::TlsNotAgreed(_)
                | Transport::ServerCertificate(_)
                | Transport::CertificateRefused(_),
            ..
        } | Error::NoUsableCertificate { .. }
            | Error::CertificateDeleted(_)
            | Error::OtherEntrance { .. }
            | Error::EntranceUnknown(_)
            | Error::ContractNumber { .. }
            | Error::Malformed(Malformed::PasswordTooLong { .. })
    )
}

/// The refusals that are about the certificate and not about what was typed.
fn judges_certificate(code: Code) -> bool {
    matches!(
        code,
        Code::CertificateRevoked | Code::CertificateSuperseded | Code::CertificateExpired | Code::CertificateUnknown
    )
}

impl Session {
    fn new(bank: &Bank, entrance: EntranceId, connection: Connection, granted: SessionGranted) -> Self {
        let SessionGranted { token, person, next, confirmation_registered, connection: channel } = granted;
        let bank = bank.name.clone();
        let logged_in = LoggedIn { bank, entrance, person, next, confirmation_registered, connection: channel };
        let connection = Arc::new(connection);
        let end = LogOut::of(Arc::clone(&connection), token.clone());
        Self { connection, token, logged_in, wrong_clock: None, end }
    }

    /// Returns what ends this session from another thread, such as that of a signal.
    pub fn end(&self) -> LogOut {
        self.end.clone()
    }

    /// Drops a session that the bank has ended, without another request.
    pub fn forget(self) {
        self.end.forget();
    }

    /// That this PC's clock is wrong by the bank's, as the login has shown; none where it is right.
    pub fn wrong_clock(&self) -> Option<&Problem> {
        self.wrong_clock.as_ref()
    }

    /// Returns whether the bank was asked to change something and has not answered, so that it may have done it or not.
    pub fn in_doubt(&self) -> bool {
        self.connection.in_doubt()
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

    /// Says that somebody is still here: the bank's idle time begins anew.
    ///
    /// # Errors
    /// As [`Self::top`]; whatever else the bank refuses, it has heard.
    pub fn stay(&self) -> Result<(), Error> {
        match self.token() {
            Err(Error::Bank(problem)) if !is_over(problem.code) => Ok(()),
            other => other.map(drop),
        }
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
    /// As [`Self::top`]; [`Code::PasswordRuleBroken`] says what is wrong with the new ones; [`Error::PasswordUnchanged`]
    /// before anything is sent.
    pub fn change_passwords(&mut self, change: &PasswordChange) -> Result<&LoggedIn, Error> {
        unlike_the_present(&change.in_order()?)?;
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

    /// Ends the session at the bank (S1-15).
    ///
    /// # Errors
    /// As [`LogOut::log_out`].
    pub fn log_out(self) -> Result<(), Error> {
        self.end.log_out()
    }
}

/// Refuses new passwords that are the present ones.
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

/// A path with its one place filled. An ID that is more than one segment stays one: it is percent-encoded.
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
