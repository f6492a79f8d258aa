use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use inkan_profile::{Entrance, EntranceId, LoginMethod, Permission, Profile};
use inkan_protocol::{Code, LogIn, LogInWithCertificate, NextStep, OperationKind, SessionGranted};
use time::OffsetDateTime;

use super::body::Body;
use super::certificate_guard::GuardedCertificate;
use super::session::NewSession;
use crate::audit::{self, AuditAction, AuditContext, Event};
use crate::database::sessions::StoredSession;
use crate::database::users::{self, Kind, User};
use crate::database::{Change, Connection, certificates, logins, operations, sessions, user_settings};
use crate::keys::digest::sha256_hex;
use crate::keys::random;
use crate::listeners::peer::Peer;
use crate::rules::certificate_validity::alive;
use crate::rules::password_tries::PasswordCheck;
use crate::rules::proven_password::ProvenPassword;
use crate::rules::refusal::Refusal;
use crate::rules::renewal;
use crate::rules::service::Service;
use crate::rules::session_limit;
use crate::rules::standing::in_good_standing;

/// Answers `POST` [`inkan_protocol::path::SESSIONS`] on the portal: logs in with ID and password (S1-6)
///
/// If the entrance has no login by ID, the request is refused before the password is looked at. So it neither tells a
/// right password from a wrong one nor locks the password for the login by certificate (S3-14). A user who logs in only
/// by certificate is judged like an unknown ID ([`password_tries`](crate::rules::password_tries)).
pub(super) async fn with_id(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    context: AuditContext,
    Body(login): Body<LogIn>,
) -> Result<Json<SessionGranted>, Refusal> {
    let key = service.key(login.contract.as_deref(), &login.user);
    let act = act(LoginMethod::IdPassword, login.entrance.as_ref());
    context.tries(act.clone());
    context.claims(&key);
    offered(&service, login.entrance.as_ref(), LoginMethod::IdPassword)?;
    let by_id = async {
        let (user, proof) =
            service.authenticate(&context, &key, login.login_password, PasswordCheck::LoginById).await?;
        enter(&service, user, &proof, login.entrance.as_ref(), LoginMethod::IdPassword, &peer, act).await
    };
    by_id.await.map_err(|refusal| with_hint(&service.profile, refusal))
}

/// Answers `POST` [`inkan_protocol::path::SESSIONS`] on the other listener: the certificate names the user (S1-3)
pub(super) async fn with_certificate(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Extension(GuardedCertificate(certificate)): Extension<GuardedCertificate>,
    context: AuditContext,
    Body(login): Body<LogInWithCertificate>,
) -> Result<Json<SessionGranted>, Refusal> {
    let act = act(LoginMethod::Certificate, login.entrance.as_ref());
    context.tries(act.clone());
    offered(&service, login.entrance.as_ref(), LoginMethod::Certificate)?;
    let (user, proof) =
        service.authenticate(&context, &certificate.user, login.login_password, PasswordCheck::Proved).await?;
    enter(&service, user, &proof, login.entrance.as_ref(), LoginMethod::Certificate, &peer, act).await
}

/// Answers `DELETE` [`inkan_protocol::path::CURRENT_SESSION`] (S1-15).
pub(super) async fn log_out(State(service): State<Arc<Service>>, session: NewSession) -> Result<StatusCode, Refusal> {
    let mut change = service.database.write().await?;
    sessions::end(&mut change, &session.token_hash).await?;
    audit::record(&mut change, service.now(), Event::by(&session.user, AuditAction::SessionEnded)).await?;
    change.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the step after a login, or after a change of passwords.
pub(super) async fn next_step(
    service: &Service,
    connection: &mut Connection,
    user: &User,
    forced_change: bool,
) -> Result<NextStep, Refusal> {
    if forced_change {
        return Ok(NextStep::PasswordChange);
    }
    let may = service.profile.may(&user.person.role, Permission::ActivateOwnToken);
    let offered = may && service.own_token(connection, user).await?.offered;
    Ok(if offered { NextStep::TokenActivation } else { NextStep::Top })
}

/// Begins the session of a user whose password was right, if the entrance allows it.
async fn enter(
    service: &Service,
    user: User,
    proof: &ProvenPassword,
    entrance: Option<&EntranceId>,
    method: LoginMethod,
    peer: &Peer,
    act: AuditAction,
) -> Result<Json<SessionGranted>, Refusal> {
    let now = service.now();
    let token = random::session_token();
    let mut change = service.database.write().await?;
    // The user is read again: they may have been locked or frozen, or the password changed, since it was compared.
    let user = users::find(&mut change, &user.key).await?.unwrap_or(user);
    in_good_standing(&service.profile, &user)?;
    proof.holds(&service.profile, &mut change).await?;
    open_to(service, &user, entrance, method)?;
    match peer.fingerprint() {
        Some(fingerprint) => begin_use(&mut change, fingerprint, now).await?,
        None => without_certificate(service, &mut change, &user, now).await?,
    }
    let ended = session_limit::end_all_over(&service.profile, &mut change, now).await?;
    audit::sessions_ended(&mut change, now, ended).await?;
    let session = StoredSession {
        token_hash: sha256_hex(token.expose().as_bytes()),
        user: user.key.clone(),
        method,
        certificate: peer.fingerprint().map(str::to_owned),
        address: audit::source_address().map(|address| address.to_string()),
        begun: now,
        last_used: now,
    };
    sessions::add(&mut change, &session).await?;
    logins::add(&mut change, &user.key, method, now).await?;
    audit::record(&mut change, now, Event::by(&user, act)).await?;
    let forced_change = forced_change(&mut change, &user, now).await?;
    let next = next_step(service, &mut change, &user, forced_change).await?;
    let confirmation = users::password(&mut change, &user.key, Kind::Confirmation).await?;
    let confirmation_registered = Some(confirmation.is_some_and(|stored| stored.hash.is_some()));
    change.commit().await?;
    tracing::info!(user = user.key, ?method, "logged in");
    let connection = peer.connection();
    let set_by_another = user.set_by_another;
    Ok(Json(SessionGranted { token, person: user.person, next, confirmation_registered, set_by_another, connection }))
}

/// Returns the login as an action for the audit log. A long name of an entrance is cut off, as a long ID is.
fn act(method: LoginMethod, entrance: Option<&EntranceId>) -> AuditAction {
    AuditAction::LogIn { method, entrance: entrance.map(|entrance| entrance.0.chars().take(64).collect()) }
}

/// Returns whether the passwords must be changed now: by an administrator's order, or because the change period is over
/// (S4-8).
async fn forced_change(change: &mut Change, user: &User, now: OffsetDateTime) -> Result<bool, Refusal> {
    if user.forced_change {
        return Ok(true);
    }
    let settings = user_settings::of_user(change, &user.key).await?;
    let over = settings.change_due().is_some_and(|due| now >= due);
    if over {
        users::set_forced_change(change, &user.key, true).await?;
    }
    Ok(over)
}

/// Returns the entrance of that name, if users log in there by `method`.
///
/// # Errors
/// [`Code::EntranceNotAllowed`]; [`Code::IdPasswordNotAllowed`] if the entrance has no login by ID.
fn offered<'a>(
    service: &'a Service,
    entrance: Option<&EntranceId>,
    method: LoginMethod,
) -> Result<&'a Entrance, Refusal> {
    let closed = || Refusal::new(Code::EntranceNotAllowed);
    let entrance = service.profile.entrance(entrance).ok_or_else(closed)?;
    if entrance.methods.contains(&method) {
        return Ok(entrance);
    }
    Err(match method {
        LoginMethod::IdPassword => Refusal::new(Code::IdPasswordNotAllowed),
        LoginMethod::Certificate => closed(),
    })
}

/// Adds to the refusal of a login by ID, at a bank where a certificate ends that login (M6), that who holds a certificate
/// logs in with it. The hint does not depend on the ID.
fn with_hint(profile: &Profile, refusal: Refusal) -> Refusal {
    match refusal.code() {
        Code::LoginFailed | Code::LoginPasswordLocked if !profile.certificate.id_password_beside_certificate => {
            refusal.with("holders", "certificate")
        }
        _ => refusal,
    }
}

fn open_to(service: &Service, user: &User, entrance: Option<&EntranceId>, method: LoginMethod) -> Result<(), Refusal> {
    match offered(service, entrance, method)?.roles.contains(&user.person.role) {
        true => Ok(()),
        false => Err(Refusal::new(Code::EntranceNotAllowed)),
    }
}

/// Checks the certificate again inside the transaction that writes, and records that it is on a PC.
async fn begin_use(change: &mut Change, fingerprint: &str, now: OffsetDateTime) -> Result<(), Refusal> {
    let certificate =
        certificates::find(change, fingerprint).await?.ok_or_else(|| Refusal::new(Code::CertificateUnknown))?;
    alive(&certificate, now)?;
    if renewal::acquire(change, &certificate, now).await? {
        let user = &certificate.user;
        let acquired = AuditAction::CertificateAcquired { fingerprint: fingerprint.to_owned() };
        audit::record(change, now, Event::done(audit::Actor::User(user.clone()), acquired)).await?;
        operations::add(change, OperationKind::CertificateAcquired, user, user, now).await?;
    }
    Ok(())
}

/// Refuses a login without the certificate like a wrong password, if the user has got one since the password was
/// compared and the profile requires it (M6).
async fn without_certificate(
    service: &Service,
    change: &mut Change,
    user: &User,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    if service.profile.certificate.id_password_beside_certificate {
        return Ok(());
    }
    match certificates::last_of_user(change, &user.key).await? {
        Some(certificate) if certificate.is_live(now) => Err(Refusal::new(Code::LoginFailed)),
        _ => Ok(()),
    }
}
