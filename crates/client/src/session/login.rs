use std::slice;
use std::sync::Arc;

use inkan_profile::{EntranceId, LoginMethod};
use inkan_protocol::{Code, LogIn, LogInWithCertificate, Malformed, Secret, SessionGranted, Typed, path};
use inkan_store::{Authorities, CertificateId, PrivateKey, StoreError, StoredCertificate};
use serde::Serialize;

use crate::certificates::list::candidate;
use crate::certificates::listing::Listing;
use crate::data::certificate_history::CertificateHistory;
use crate::net::client_identity::Identity;
use crate::net::http_client::Connection;
use crate::time_format::day;
use crate::time_format::in_japan;
use crate::{Bank, CertificateRow, Error, Found, Inkan, Reason, Service, Session, Transport};

/// How a user logs in.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// A certificate (電子証明書方式): the one with this ID. If no ID is given, the login takes the usable certificate. If
    /// usable certificates belong to several users, the login is refused (S1-1 … S1-4).
    Certificate(Option<CertificateId>),
    /// A login ID and a password (ID・パスワード方式, S1-6).
    Id {
        /// The contract number, at a bank that has contract numbers (S3-10).
        contract: Option<String>,
        /// The login ID.
        user: String,
    },
}

impl Inkan {
    /// Logs in. If no entrance is named, takes the first entrance that admits the certificate or the user (S3-18).
    ///
    /// # Errors
    /// [`Error::NoUsableCertificate`], [`Error::SeveralCertificates`], [`Error::CertificateNotFound`],
    /// [`Error::OtherEntrance`] (S3-16), [`Error::EntranceUnknown`], [`Error::ContractNumber`], [`Error::Transport`],
    /// [`Error::Store`], and the bank's refusals as [`Error::Bank`].
    pub fn log_in(
        &self,
        bank: &str,
        entrance: Option<EntranceId>,
        credentials: &Credentials,
        login_password: &Secret,
    ) -> Result<Session, Error> {
        let known = self.bank(bank)?;
        // The bank is asked for its current profile while the login runs with the stored profile.
        let asking = self.asking_anew(&known);
        let listing = Listing::of(self);
        let session = self.begin_session(&known, &listing, entrance.clone(), credentials, login_password);
        let current = asking.end(&known);
        let mut session = match (session, current) {
            (Err(error), Some(current)) if may_have_changed(&error) => {
                tracing::info!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "the bank publishes a new profile: the login is tried again with it"
                );
                let again = self.begin_session(&current, &listing, entrance, credentials, login_password);
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
        listing: &Listing<'_>,
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
                let row = self.choose_for_login(bank, listing, entrance.as_ref(), id.as_ref())?;
                let entrance = bank.entrance_for_certificate(entrance.as_ref(), &row.name, self.language)?;
                let connection = self.certificate_connection(bank, &row.id)?;
                let request =
                    LogInWithCertificate { entrance: Some(entrance.clone()), login_password: login_password.clone() };
                // The next steps may fail. The session is then dropped, and so logged out.
                let session = granted(&connection, &request)
                    .map_err(|error| with_certificate(error, &row.name))
                    .map(|granted| Session::new(bank, entrance, connection, granted));
                self.remember(bank, &row, &session)?;
                session.map_err(|error| {
                    let error = self.with_reissuer(bank, &row, error);
                    self.with_the_newer(bank, listing, &row, error)
                })
            }
        }
    }

    /// Forgets which certificate made the last login at a bank, or was picked last for a site. The user is asked again
    /// the next time.
    ///
    /// # Errors
    /// [`Error::BankNotAdded`], [`Error::Data`].
    pub fn forget_choice(&self, bank: &str) -> Result<(), Error> {
        Ok(CertificateHistory::forget(&self.home, self.service(bank)?.name())?)
    }

    /// Logs in at the entrance in `asked`, or tries each entrance until one admits the user. A wrong password is
    /// refused at the first entrance, so it counts once.
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

    /// Returns the certificate that the user typed for a login, by the same rules as [`Self::find_certificate`].
    ///
    /// # Errors
    /// The errors of [`Self::find_certificate`]; [`Error::CertificateDeleted`] if the certificate was deleted on this
    /// PC; [`Error::CertificateUnreadable`].
    pub fn find_for_login(&self, bank: &str, typed: &str) -> Result<CertificateId, Error> {
        let bank = self.bank(bank)?;
        match self.find_certificate(typed, Some(&bank.name)).and_then(Found::readable) {
            Ok(row) => Ok(row.id),
            Err(Error::CertificateNotFound(id)) => {
                let deleted = self.deleted_with_id(&bank, &id)?;
                Err(deleted.map_or(Error::CertificateNotFound(id), Error::from))
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the certificate that a login would use, before any secret is asked for.
    ///
    /// # Errors
    /// [`Error::NoUsableCertificate`], [`Error::SeveralCertificates`], [`Error::CertificateNotFound`],
    /// [`Error::OtherEntrance`] (S3-16), [`Error::EntranceUnknown`], [`Error::Store`].
    pub fn certificate_for_login(
        &self,
        bank: &str,
        entrance: Option<&EntranceId>,
        id: Option<&CertificateId>,
    ) -> Result<CertificateId, Error> {
        let bank = self.bank(bank)?;
        let row = self.choose_for_login(&bank, &Listing::of(self), entrance, id)?;
        bank.entrance_for_certificate(entrance, &row.name, self.language)?;
        Ok(row.id)
    }

    /// Returns the named certificate, or the one that a login uses by itself. If certificates of several users are
    /// usable, the last login does not decide between them (S1-1).
    pub(crate) fn choose_for_login(
        &self,
        bank: &Bank,
        listing: &Listing<'_>,
        entrance: Option<&EntranceId>,
        id: Option<&CertificateId>,
    ) -> Result<CertificateRow, Error> {
        if let Some(id) = id {
            return self.certificate_or_deletion(bank, id);
        }
        let rows = self.candidates(bank, listing, entrance)?;
        let several_people = rows.iter().any(|row| rows.iter().any(|other| other.name != row.name));
        if several_people { Err(several(&rows)) } else { one_of(&rows) }
    }

    /// Returns the certificate with that ID, or an error that it was deleted on this PC. Judges it apart from the other
    /// certificates, since the bank decides whether it accepts the certificate.
    fn certificate_or_deletion(&self, bank: &Bank, id: &CertificateId) -> Result<CertificateRow, Error> {
        let missing = match self.stored_certificate(id) {
            Ok(stored) => {
                let service = Service::Bank(Box::new(bank.clone()));
                return self.row_among(id, slice::from_ref(&stored), Some(&service));
            }
            // The store may hold a certificate with that ID that cannot be read.
            Err(Error::CertificateNotFound(_)) => self.certificate(id, Some(&bank.name)).map(drop),
            Err(error) => return Err(error),
        };
        let deleted = self.deleted_with_id(bank, &id.0)?;
        Err(match (missing, deleted) {
            (Err(Error::CertificateNotFound(_)), Some(deleted)) => deleted.into(),
            (Err(error), _) => error,
            (Ok(()), _) => Error::CertificateNotFound(id.0.clone()),
        })
    }

    /// Returns the certificates that a login can use, at least one. If there are none, returns a certificate that is
    /// for another entrance.
    fn candidates(
        &self,
        bank: &Bank,
        listing: &Listing<'_>,
        entrance: Option<&EntranceId>,
    ) -> Result<Vec<CertificateRow>, Error> {
        let service = Service::Bank(Box::new(bank.clone()));
        let rows = self.list_of(listing.contents()?, Some(&service), entrance)?.certificates;
        let (usable, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.usable);
        if !usable.is_empty() {
            return Ok(usable);
        }
        let elsewhere = others.iter().find(|row| row.reasons == [Reason::NotOfThisEntrance]);
        elsewhere.map(|row| vec![row.clone()]).ok_or_else(|| self.why_none(bank, &others))
    }

    /// Returns why none of these certificates can be used: the reason of the bank's own certificate in the store, or
    /// the fact that the store has none.
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
        // A revoked, superseded or expired certificate is the reason only if no later certificate of the holder was
        // deleted on this PC.
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
            reissued_by: row.reissued_by,
        };
        // If this PC's clock is wrong, the user must set the clock, so the clock is reported.
        self.or_the_clock(bank, unusable)
    }

    /// Opens the key of a certificate.
    ///
    /// # Errors
    /// The errors of [`CertificateStore::certificate_key`](inkan_store::CertificateStore::certificate_key), and
    /// [`StoreError::KeyUnsupported`] before anything is opened.
    pub(crate) fn signing_key(&self, certificate: &StoredCertificate) -> Result<Arc<dyn PrivateKey>, StoreError> {
        if !certificate.key_kind.is_supported() {
            return Err(StoreError::KeyUnsupported { kind: certificate.key_kind.to_string() });
        }
        self.store()?.certificate_key(&certificate.id)
    }

    pub(crate) fn certificate_connection(&self, bank: &Bank, id: &CertificateId) -> Result<Connection, Error> {
        let certificate = self.stored_certificate(id)?;
        let key = self.signing_key(&certificate)?;
        let chains = Authorities::read(self.store()?)?.chains(&certificate);
        let mut identity = Identity::new(chains, key, self.clock.now());
        identity.incomplete &= !self.is_accepted_by_itself(&certificate.issuer_name);
        let connection = self.connection(&bank.certificate_login, &bank.trust(), Some(identity))?;
        Ok(connection.of_bank(&bank.profile))
    }

    /// Adds who has the next certificate issued to the bank's refusal of a revoked or expired certificate, if the holder
    /// cannot acquire it alone (S3-1).
    fn with_reissuer(&self, bank: &Bank, row: &CertificateRow, error: Error) -> Error {
        let Error::Bank(problem) = error else { return error };
        let rules = &bank.profile.certificate;
        let alone = match problem.code {
            Code::CertificateRevoked => rules.self_issue,
            Code::CertificateExpired => rules.self_issue || rules.in_grace(row.not_after, self.clock.now()),
            _ => true,
        };
        if alone {
            return Error::Bank(problem);
        }
        let history = CertificateHistory::read(&self.home).unwrap_or_default();
        let helper = bank.helper_with_certificate(&row.name, history.role(&row.id));
        Error::Bank(problem.reissued_by(helper))
    }

    /// Adds the place of the newer certificate to the bank's refusal of a superseded certificate. If the newer
    /// certificate was deleted on this PC, returns that error.
    fn with_the_newer(&self, bank: &Bank, listing: &Listing<'_>, row: &CertificateRow, error: Error) -> Error {
        match error {
            Error::Bank(problem) if problem.code == Code::CertificateSuperseded => {
                match self.deleted_here(bank, slice::from_ref(row)) {
                    Ok(Some(deleted)) => deleted.into(),
                    _ => Error::Bank(problem.with("newer", self.place_of_the_newer(listing, &row.id))),
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
                CertificateHistory::used(&self.home, &bank.name, id, holder, self.clock.now())?;
                CertificateHistory::held_as(&self.home, id, &granted.logged_in.person.role)?;
            }
            Err(Error::Bank(problem)) if judges_certificate(problem.code) => {
                CertificateHistory::refused(&self.home, Some(&bank.name), id, problem.code)?;
            }
            // The server refused the certificate in the handshake. The server may be at fault, so only the remembered
            // choice is forgotten.
            Err(Error::Transport { cause: Transport::CertificateRefused(_), .. }) => {
                CertificateHistory::forget(&self.home, &bank.name)?;
            }
            Err(_) => {}
        }
        Ok(())
    }
}

/// Asks for a session. If the request was sent and the bank has not answered, the bank may have granted a session.
fn granted(connection: &Connection, request: &(impl Serialize + Typed)) -> Result<SessionGranted, Error> {
    connection.post(path::SESSIONS, request, None).map_err(|error| match error {
        Error::Bank(_) => error,
        error if connection.in_doubt() => Error::LoginUnanswered(Box::new(error)),
        error => error,
    })
}

/// Returns the only certificate, or else the one that made the last login.
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
    /// Returns an error that names each of these certificates, with the details that distinguish them.
    pub fn several_certificates(rows: &[CertificateRow]) -> Self {
        Self::SeveralCertificates(rows.iter().map(candidate).collect())
    }
}

/// Adds the certificate's name to a refused login. The login ID came from that certificate, so only the password can be
/// wrong.
fn with_certificate(error: Error, name: &str) -> Error {
    match error {
        Error::Bank(problem) if problem.code == Code::LoginFailed => {
            Error::Bank(problem.with("method", "certificate").with("name", name))
        }
        other => other,
    }
}

/// Returns whether a change of the bank's profile may be the cause of the error: the bank has moved, or has other rules
/// than the stored profile. A login that the bank may have received is never sent twice.
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

/// Returns whether a refusal concerns the certificate, and not a typed value.
fn judges_certificate(code: Code) -> bool {
    matches!(
        code,
        Code::CertificateRevoked | Code::CertificateSuperseded | Code::CertificateExpired | Code::CertificateUnknown
    )
}
