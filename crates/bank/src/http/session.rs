use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use inkan_profile::{Act, LoginMethod};
use inkan_protocol::Code;
use time::Duration;

use crate::database::sessions;
use crate::database::users::{self, User};
use crate::digest::sha256_hex;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::tls::Peer;

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
pub(super) struct Session(pub(super) NewSession);

impl Session {
    /// Whose it is.
    pub(super) fn user(&self) -> &User {
        &self.0.user
    }

    /// Refuses unless this person's role grants `act`.
    pub(super) fn permit(&self, service: &Service, act: Act) -> Result<(), Refusal> {
        if service.profile.may(&self.user().person.role, act) { Ok(()) } else { Err(Refusal::new(Code::NotPermitted)) }
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
        // Before the idle limit: whoever holds no more than the token can end nothing with it either.
        if session.certificate.as_deref() != peer.fingerprint() {
            return Err(Refusal::new(Code::SessionNotBound));
        }
        let now = service.now();
        let limit = Duration::minutes(i64::from(service.profile.session_idle_minutes));
        if now - session.last_used >= limit {
            sessions::end(&mut connection, &token_hash).await?;
            return Err(ended());
        }
        if now > session.last_used {
            sessions::touch(&mut connection, &token_hash, now).await?;
        }
        let user = users::find(&mut connection, &session.user).await?.ok_or_else(ended)?;
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
        Ok(Self(session))
    }
}

/// The bearer token (RFC 6750 §2.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
