use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use inkan_profile::{Act, LoginMethod};
use inkan_protocol::Code;
use time::{Duration, OffsetDateTime};

use crate::audit::{self, Actor, Event, Witness};
use crate::database::users::{self, User};
use crate::database::{Connection, sessions};
use crate::keys::digest::sha256_hex;
use crate::listeners::peer::Peer;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::time_format::time_in_japan;

/// The session of a request, for one whose passwords may still have to be changed.
#[derive(Debug)]
pub(super) struct NewSession {
    /// SHA-256 of its token in hex.
    pub(super) token_hash: String,
    /// Whose it is.
    pub(super) user: User,
    /// How it was begun.
    pub(super) method: LoginMethod,
}

/// The session of a request to which every page is open.
#[derive(Debug)]
pub(super) struct Session {
    session: NewSession,
    /// Until when this person may change nothing (M7).
    cooling_down: Option<OffsetDateTime>,
}

impl Session {
    /// Whose it is.
    pub(super) fn user(&self) -> &User {
        &self.session.user
    }

    /// How it was begun.
    pub(super) fn method(&self) -> LoginMethod {
        self.session.method
    }

    /// The user of that login ID in the same contract.
    pub(super) async fn subject(
        &self,
        service: &Service,
        connection: &mut Connection,
        login_id: &str,
    ) -> Result<User, Refusal> {
        let contract = &self.user().contract;
        let found = users::find(connection, &service.key(Some(contract), login_id)).await?;
        found
            .filter(|user| user.contract == *contract)
            .ok_or_else(|| Refusal::new(Code::UserUnknown).with("user", login_id))
    }

    /// Refuses unless this person's role grants `act`, and while a reissued certificate cools down (M7).
    pub(super) fn permit(&self, service: &Service, act: Act) -> Result<(), Refusal> {
        let role = &self.user().person.role;
        if !service.profile.may(role, act) {
            return Err(Refusal::new(Code::NotPermitted).helped_by(service.profile.helper_with(role, &[act])));
        }
        match self.cooling_down {
            Some(until) if act.changes() => Err(Refusal::new(Code::CoolingDown).with("until", time_in_japan(until))),
            _ => Ok(()),
        }
    }

    /// The same for an act upon somebody else: refuses, too, where this role does not look after theirs.
    pub(super) fn permit_upon(&self, service: &Service, act: Act, subject: &User) -> Result<(), Refusal> {
        let (profile, role) = (&service.profile, &self.user().person.role);
        if !profile.may_upon(role, act, &subject.person.role) {
            return Err(Refusal::new(Code::NotPermitted).helped_by(profile.helper_with(&subject.person.role, &[act])));
        }
        self.permit(service, act)
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
        let witness = Witness::from_request_parts(parts, service).await?;
        witness.claims(&session.user);
        // Before the idle limit: whoever holds no more than the token can end nothing with it either.
        if session.certificate.as_deref() != peer.fingerprint() {
            return Err(Refusal::new(Code::SessionNotBound));
        }
        let now = service.now();
        let limit = Duration::minutes(i64::from(service.profile.session_idle_minutes));
        if now - session.last_used >= limit {
            // Given back first: the one that writes may be the last of the pool.
            drop(connection);
            let mut change = service.database.write().await?;
            sessions::end(&mut change, &token_hash).await?;
            let over = Event::done(Actor::Bank, audit::Act::SessionEnded).upon_key(&session.user);
            audit::record(&mut change, now, over).await?;
            change.commit().await?;
            return Err(ended());
        }
        if now > session.last_used {
            sessions::touch(&mut connection, &token_hash, now).await?;
        }
        let user = users::find(&mut connection, &session.user).await?.ok_or_else(ended)?;
        service.in_good_standing(&user)?;
        witness.knows(&user);
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
        let cooling_down = service.cooling_down(&mut connection, &session.user).await?;
        Ok(Self { session, cooling_down })
    }
}

/// The bearer token (RFC 6750 §2.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
