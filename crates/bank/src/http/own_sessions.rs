//! A user's own sessions, on every PC.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use inkan_protocol::{Code, SessionLine};

use super::session::Session;
use crate::audit::{self, AuditAction, Event};
use crate::database::certificates;
use crate::database::sessions::{self, StoredSession};
use crate::keys::digest::sha256_hex;
use crate::rules::refusal::Refusal;
use crate::rules::service::Service;
use crate::rules::session_limit;

/// The number of characters of a session's ID.
const ID: usize = 32;

/// Answers `GET` [`inkan_protocol::path::SESSIONS`].
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    session: Session,
) -> Result<Json<Vec<SessionLine>>, Refusal> {
    let now = service.now();
    let mut connection = service.database.read().await?;
    let mut lines = Vec::new();
    for stored in sessions::of_user(&mut connection, &session.user().key).await? {
        if session_limit::is_over(&service.profile, &stored, now) {
            continue;
        }
        let (id, this) = (id(&stored), stored.token_hash == session.token_hash());
        let certificate = match &stored.certificate {
            Some(fingerprint) => certificates::find(&mut connection, fingerprint).await?,
            None => None,
        };
        lines.push(SessionLine {
            id,
            this,
            method: stored.method,
            certificate: certificate.map(|certificate| certificate.record(now)),
            address: stored.address,
            begun: stored.begun,
            last_used: stored.last_used,
        });
    }
    // Within a second by ID, so that the order is the same in each answer and says nothing of the tokens.
    lines.sort_by(|one, other| (other.begun, &one.id).cmp(&(one.begun, &other.id)));
    Ok(Json(lines))
}

/// Answers `DELETE` [`inkan_protocol::path::SESSION`]: ends one session of the user.
pub(super) async fn end(
    State(service): State<Arc<Service>>,
    session: Session,
    Path(named): Path<String>,
) -> Result<StatusCode, Refusal> {
    end_those(&service, &session, |stored| id(stored) == named).await
}

/// Answers `DELETE` [`inkan_protocol::path::OTHER_SESSIONS`]: ends every session of the user but this one.
pub(super) async fn end_others(State(service): State<Arc<Service>>, session: Session) -> Result<StatusCode, Refusal> {
    match end_those(&service, &session, |stored| stored.token_hash != session.token_hash()).await {
        Err(refusal) if refusal.code() == Code::NotFound => Ok(StatusCode::NO_CONTENT),
        ended => ended,
    }
}

/// Ends the sessions of the user for which `which` returns true.
///
/// # Errors
/// [`Code::NotFound`] if there is none.
async fn end_those(
    service: &Service,
    session: &Session,
    which: impl Fn(&StoredSession) -> bool,
) -> Result<StatusCode, Refusal> {
    let now = service.now();
    let mut change = service.database.write().await?;
    let operator = session.operator().present(&service.profile, &mut change, now).await?;
    let user = operator.user().unwrap_or(session.user());
    let mut found = false;
    for stored in sessions::of_user(&mut change, &user.key).await?.iter().filter(|stored| which(stored)) {
        found = true;
        sessions::end(&mut change, &stored.token_hash).await?;
        audit::record(&mut change, now, Event::by(user, AuditAction::SessionEnded)).await?;
    }
    if !found {
        return Err(Refusal::new(Code::NotFound));
    }
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the ID of a session. It names the session and does not open it.
fn id(session: &StoredSession) -> String {
    sha256_hex(session.token_hash.as_bytes()).chars().take(ID).collect()
}
