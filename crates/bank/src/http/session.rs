use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use inkan_profile::{LoginMethod, Permission};
use inkan_protocol::{Code, possible_login_id};

use crate::audit::{self, Actor, AuditAction, AuditContext, Event};
use crate::database::users::{self, User};
use crate::database::{Connection, sessions};
use crate::keys::digest::sha256_hex;
use crate::listeners::peer::Peer;
use crate::rules::operator::{Operator, PresentOperator};
use crate::rules::proven_password::ProvenPassword;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::session_limit;
use crate::rules::standing::{cooling_down, in_good_standing};

/// The session of a request, whose user may still have to change the passwords.
#[derive(Debug)]
pub(super) struct NewSession {
    /// The SHA-256 of the session's token in hex.
    pub(super) token_hash: String,
    /// The user of the session.
    pub(super) user: User,
    /// How the user logged in.
    pub(super) method: LoginMethod,
}

impl NewSession {
    /// Returns the user of the session as an operator, with the proof of the confirmation password if it was given.
    pub(super) fn operator<'a>(&'a self, confirmed: Option<&'a ProvenPassword>) -> Operator<'a> {
        Operator::Session { user: &self.user.key, token_hash: &self.token_hash, confirmed }
    }
}

/// The session of a request, whose user need not change the passwords.
#[derive(Debug)]
pub(super) struct Session {
    session: NewSession,
    /// The user as read at the start of the request.
    operator: PresentOperator,
}

impl Session {
    /// Returns the user of the session.
    pub(super) fn user(&self) -> &User {
        &self.session.user
    }

    /// Returns the operator as read at the start of the request, so that an action can be refused before a password is
    /// compared.
    pub(super) fn present(&self) -> &PresentOperator {
        &self.operator
    }

    /// Returns the user of the session as an operator who gave the confirmation password.
    pub(super) fn confirmed<'a>(&'a self, proof: &'a ProvenPassword) -> Operator<'a> {
        self.session.operator(Some(proof))
    }

    /// Returns the user of the session as an operator.
    pub(super) fn operator(&self) -> Operator<'_> {
        self.session.operator(None)
    }

    /// Returns the SHA-256 of the session's token in hex.
    pub(super) fn token_hash(&self) -> &str {
        &self.session.token_hash
    }

    /// Returns how the user logged in.
    pub(super) fn method(&self) -> LoginMethod {
        self.session.method
    }

    /// Returns the user of that login ID in the contract of the session's user.
    ///
    /// # Errors
    /// [`Code::LoginIdMalformed`], [`Code::UserUnknown`].
    pub(super) async fn subject(
        &self,
        service: &Service,
        connection: &mut Connection,
        login_id: &str,
    ) -> Result<User, Refusal> {
        let contract = &self.user().contract;
        let login_id = possible_login_id(login_id)?;
        let login_id = login_id.as_str();
        let found = users::find(connection, &service.key(Some(contract), login_id)).await?;
        found
            .filter(|user| user.contract == *contract)
            .ok_or_else(|| Refusal::new(Code::UserUnknown).with("user", login_id))
    }

    /// Checks that the user's role grants `act`, and that no reissued certificate is cooling down (M7).
    pub(super) fn permit(&self, service: &Service, act: Permission) -> Result<(), Refusal> {
        self.operator.permit(&service.profile, act)
    }
}

impl FromRequestParts<Arc<Service>> for NewSession {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Refusal> {
        let ConnectInfo(peer) = ConnectInfo::<Peer>::from_request_parts(parts, service)
            .await
            .map_err(|rejection| Refusal::because(Code::BankFault, rejection))?;
        let ended = || Refusal::new(Code::SessionEnded);
        let token_hash = sha256_hex(bearer(parts).ok_or_else(ended)?.as_bytes());
        let mut connection = service.database.read().await?;
        let session = sessions::find(&mut connection, &token_hash).await?.ok_or_else(ended)?;
        let context = AuditContext::from_request_parts(parts, service).await?;
        context.claims(&session.user);
        // This comes before the limits of time, so that a stolen token alone does not end the session.
        if session.certificate.as_deref() != peer.fingerprint() {
            return Err(Refusal::new(Code::SessionNotBound));
        }
        let now = service.now();
        if session_limit::is_over(&service.profile, &session, now) {
            // Given back first: the one that writes may be the last of the pool.
            drop(connection);
            let mut change = service.database.write().await?;
            sessions::end(&mut change, &token_hash).await?;
            let over = Event::done(Actor::Bank, AuditAction::SessionEnded).upon_key(&session.user);
            audit::record(&mut change, now, over).await?;
            change.commit().await?;
            return Err(ended());
        }
        if now > session.last_used {
            sessions::touch(&mut connection, &token_hash, now).await?;
        }
        let user = users::find(&mut connection, &session.user).await?.ok_or_else(ended)?;
        in_good_standing(&service.profile, &user)?;
        context.knows(&user);
        Ok(Self { token_hash, user, method: session.method })
    }
}

impl FromRequestParts<Arc<Service>> for Session {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Refusal> {
        let session = NewSession::from_request_parts(parts, service).await?;
        if session.user.forced_change {
            return Err(Refusal::new(Code::PasswordChangeRequired));
        }
        let mut connection = service.database.read().await?;
        let cooling_down = cooling_down(&service.profile, &mut connection, &session.user, service.now()).await?;
        let operator = PresentOperator::User { user: Box::new(session.user.clone()), cooling_down };
        Ok(Self { session, operator })
    }
}

/// Returns the bearer token (RFC 6750 §2.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
